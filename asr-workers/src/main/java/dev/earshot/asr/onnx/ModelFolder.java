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
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The files of one model: those that ship inside this jar, or a folder of the user's. */
final class ModelFolder {

    static final String BUILTIN = "builtin";

    private static final String BUILTIN_RESOURCES = "/dev/earshot/asr/model/builtin/";

    private final String name;
    private final @Nullable Path folder;

    private ModelFolder(String name, @Nullable Path folder) {
        this.name = name;
        this.folder = folder;
    }

    /**
     * @param model {@code builtin}, or the path of a folder with a {@code model.json}
     */
    static ModelFolder of(String model) {
        if (model.equals(BUILTIN)) {
            return new ModelFolder("built-in model", null);
        }
        Path folder = parsed(model);
        if (!Files.isDirectory(folder)) {
            throw new ModelException("MODEL: " + model
                    + " is no folder (expected: builtin, or the path of a folder with a model in it)");
        }
        return new ModelFolder("model folder " + model, folder);
    }

    /** What to call the model where nothing else says it. */
    String modelName() {
        return folder == null
                ? BUILTIN
                : String.valueOf(folder.toAbsolutePath().normalize().getFileName());
    }

    boolean has(String file) {
        return folder == null
                ? ModelFolder.class.getResource(BUILTIN_RESOURCES + file) != null
                : Files.isRegularFile(folder.resolve(file));
    }

    /** The first file whose name, below a folder, begins and ends so; null when there is none. */
    @Nullable
    String find(String below, String begins, String ends) {
        if (folder == null || !Files.isDirectory(folder.resolve(below))) {
            return null;
        }
        try (Stream<Path> files = Files.list(folder.resolve(below))) {
            return files.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    .filter(file -> file.startsWith(begins) && file.endsWith(ends))
                    .sorted()
                    .findFirst()
                    .map(file -> below.isEmpty() ? file : below + "/" + file)
                    .orElse(null);
        } catch (IOException e) {
            throw unreadable(below, e);
        }
    }

    /** Where a file lies. Throws {@link ModelException} when it is not there. */
    Path path(String file) {
        if (folder == null || !has(file)) {
            throw new ModelException(name + ": " + file + " is missing; fetch the model again");
        }
        return folder.resolve(file);
    }

    /** What to say of a folder in which nothing is known. */
    ModelException empty(String expected) {
        return new ModelException(name + ": no model is in it that can be run (expected: " + expected + ")");
    }

    private static Path parsed(String model) {
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

    /** SHA-256 of a file, hex; of several, that of all of them one behind the other. */
    String sha256(String... files) {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
        for (String file : files) {
            try (InputStream in = new DigestInputStream(open(file), digest)) {
                in.transferTo(java.io.OutputStream.nullOutputStream());
            } catch (IOException e) {
                throw unreadable(file, e);
            }
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
        if (folder == null) {
            InputStream in = ModelFolder.class.getResourceAsStream(BUILTIN_RESOURCES + file);
            if (in == null) {
                throw new ModelException(name + ": " + file + " is missing; build the jar again");
            }
            return in;
        }
        try {
            return Files.newInputStream(folder.resolve(file));
        } catch (IOException e) {
            throw new ModelException(name + ": " + file + " is missing or cannot be read; fetch the model again", e);
        }
    }

    private ModelException unreadable(String file, Exception e) {
        return new ModelException(name + ": " + file + " cannot be read (" + e.getMessage() + ")", e);
    }
}
