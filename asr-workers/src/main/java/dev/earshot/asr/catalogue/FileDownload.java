package dev.earshot.asr.catalogue;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.NoRouteToHostException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Objects;
import java.util.function.LongConsumer;

/**
 * Brings one file here over HTTP. What has come lies in {@code NAME.part}: a broken connection goes on from there ({@code
 * Range}), now or at the next start; the file gets its name only when its SHA-256 is right.
 */
final class FileDownload {

    private static final int TIMEOUT_MS = 30_000;
    private static final int TRIES_WITHOUT_PROGRESS = 4;
    private static final int BUFFER_BYTES = 1 << 16;

    private final String url;
    private final CatalogueFile file;
    private final Path target;
    private final Path folder;
    private final Path part;
    private final Duration pause;

    /** @param pause before another try; the second one waits twice as long, and so on */
    FileDownload(String url, CatalogueFile file, Path target, Duration pause) {
        this.url = url;
        this.file = file;
        this.target = target;
        this.folder = Objects.requireNonNull(target.toAbsolutePath().getParent(), "a file lies in a folder");
        this.part = folder.resolve(target.getFileName() + ".part");
        this.pause = pause;
    }

    /**
     * Blocking. Throws {@link IOException} with a reason for people when it cannot be had; what has come is kept for the next
     * time, unless it is wrong.
     *
     * @param progress told how many bytes of the file are here
     */
    void run(LongConsumer progress) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        int failures = 0;
        while (size() < file.bytes()) {
            long before = size();
            try {
                append(progress);
            } catch (FileNotFoundException | UnknownHostException | ConnectException | NoRouteToHostException e) {
                throw new IOException(reason(e), e);
            } catch (IOException e) {
                failures = size() > before ? 1 : failures + 1;
                if (failures == TRIES_WITHOUT_PROGRESS) {
                    throw new IOException(
                            reason(e) + "; what has come is kept, and the next try goes on from there", e);
                }
                Thread.sleep(pause.multipliedBy(failures).toMillis());
            }
        }
        takeIfRight();
    }

    private static String reason(IOException e) {
        if (e instanceof UnknownHostException) {
            return "the host " + e.getMessage() + " is not known here";
        }
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    private long size() throws IOException {
        return Files.exists(part) ? Files.size(part) : 0;
    }

    private void append(LongConsumer progress) throws IOException {
        long have = size();
        var connection = (HttpURLConnection) URI.create(url).toURL().openConnection();
        connection.setConnectTimeout(TIMEOUT_MS);
        connection.setReadTimeout(TIMEOUT_MS);
        connection.setRequestProperty("User-Agent", "earshot");
        // What is compressed on the way has other lengths.
        connection.setRequestProperty("Accept-Encoding", "identity");
        if (have > 0) {
            connection.setRequestProperty("Range", "bytes=" + have + "-");
        }
        try {
            int status = connection.getResponseCode();
            if (status != HttpURLConnection.HTTP_OK && status != HttpURLConnection.HTTP_PARTIAL) {
                refused(status);
            }
            boolean goesOn = status == HttpURLConnection.HTTP_PARTIAL;
            try (InputStream in = connection.getInputStream();
                    OutputStream out = goesOn
                            ? Files.newOutputStream(part, StandardOpenOption.APPEND)
                            : Files.newOutputStream(part)) {
                copy(in, out, goesOn ? have : 0, progress);
            }
        } finally {
            connection.disconnect();
        }
        if (size() < file.bytes()) {
            throw new IOException("the connection ended after " + size() + " of " + file.bytes() + " bytes");
        }
    }

    private void refused(int status) throws IOException {
        String answer = url + " answers " + status;
        if (status == 416) {
            // There is less there than is here already: begin again.
            Files.deleteIfExists(part);
            throw new IOException(answer);
        }
        if (status >= 500 || status == 429) {
            throw new IOException(answer);
        }
        throw new FileNotFoundException(answer);
    }

    private void copy(InputStream in, OutputStream out, long from, LongConsumer progress) throws IOException {
        var buffer = new byte[BUFFER_BYTES];
        long done = from;
        for (int read = in.read(buffer); read >= 0 && done <= file.bytes(); read = in.read(buffer)) {
            out.write(buffer, 0, read);
            done += read;
            progress.accept(done);
        }
    }

    private void takeIfRight() throws IOException {
        String digest = sha256(part);
        if (Files.size(part) != file.bytes() || !digest.equals(file.sha256())) {
            long size = Files.size(part);
            Files.delete(part);
            throw new IOException(file.path() + " from " + url + " is not the file that was published: " + size
                    + " bytes, SHA-256 " + digest + " (expected: " + file.bytes() + " bytes, " + file.sha256()
                    + "); it was deleted");
        }
        Files.move(part, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    static String sha256(Path path) throws IOException {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
        try (InputStream in = new DigestInputStream(Files.newInputStream(path), digest)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
