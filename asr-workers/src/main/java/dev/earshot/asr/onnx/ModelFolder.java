package dev.earshot.asr.onnx;

import dev.earshot.asr.port.ModelException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** The files of one model: those that ship inside this jar, or a folder of the user's. */
final class ModelFolder {

    static final String BUILTIN = "builtin";

    private static final String BUILTIN_RESOURCES = "/dev/earshot/asr/model/builtin/";

    private final String name;
    private final Source source;

    private ModelFolder(String name, Source source) {
        this.name = name;
        this.source = source;
    }

    /**
     * @param model {@code builtin}, or the path of a folder with a {@code model.json}
     */
    static ModelFolder of(String model) {
        if (model.equals(BUILTIN)) {
            return new ModelFolder(
                    "built-in model", file -> ModelFolder.class.getResourceAsStream(BUILTIN_RESOURCES + file));
        }
        Path folder = path(model);
        if (!Files.isDirectory(folder)) {
            throw new ModelException("MODEL: " + model
                    + " is no folder (expected: builtin, or the path of a folder with" + " a model.json)");
        }
        return new ModelFolder("model folder " + model, file -> Files.newInputStream(folder.resolve(file)));
    }

    private static Path path(String model) {
        try {
            return Path.of(model);
        } catch (InvalidPathException e) {
            throw new ModelException("MODEL: " + model + " is no path (expected: builtin, or the path of a folder)", e);
        }
    }

    /** A whole file. Throws {@link ModelException} when it is not there or cannot be read. */
    byte[] bytes(String file) {
        try (InputStream in = open(file)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    /** A text file's lines. */
    List<String> lines(String file) {
        try (var reader = new BufferedReader(new InputStreamReader(open(file), StandardCharsets.UTF_8))) {
            return reader.lines().toList();
        } catch (IOException | java.io.UncheckedIOException e) {
            throw unreadable(file, e);
        }
    }

    /** SHA-256 of a file, hex. */
    String sha256(String file) {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
        try (InputStream in = new DigestInputStream(open(file), digest)) {
            in.transferTo(java.io.OutputStream.nullOutputStream());
        } catch (IOException e) {
            throw unreadable(file, e);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    ModelException broken(String file, String reason) {
        return new ModelException(name + ": " + file + ": " + reason);
    }

    ModelException broken(String file, String reason, Throwable cause) {
        return new ModelException(name + ": " + file + ": " + reason, cause);
    }

    private InputStream open(String file) {
        try {
            InputStream in = source.open(file);
            if (in != null) {
                return in;
            }
        } catch (IOException e) {
            throw new ModelException(name + ": " + file + " is missing or cannot be read; fetch the model again", e);
        }
        throw new ModelException(name + ": " + file + " is missing; build the jar again");
    }

    private ModelException unreadable(String file, Exception e) {
        return new ModelException(name + ": " + file + " cannot be read (" + e.getMessage() + ")", e);
    }

    private interface Source {
        @org.jspecify.annotations.Nullable
        InputStream open(String file) throws IOException;
    }
}
