package dev.earshot.audio;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Bytes of a request's body, kept on disk until all of them are there. The file can be read by this user only and loses its
 * name as soon as it is open, so that people's voices are gone with the process, even with one that was killed. One caller at
 * a time; closing twice does nothing.
 */
final class Upload implements AutoCloseable {

    private static final int BUFFER = 1 << 16;

    private final FileChannel file;

    private Upload(FileChannel file) {
        this.file = file;
    }

    static Upload begin(Path folder) throws IOException {
        Path named = Files.createTempFile(folder, "earshot-upload-", ".wav");
        // On Unix this deletes at once, not on close.
        return new Upload(FileChannel.open(
                named, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE));
    }

    void append(byte[] bytes) throws IOException {
        ByteBuffer left = ByteBuffer.wrap(bytes);
        while (left.hasRemaining()) {
            file.write(left);
        }
    }

    /** From the first byte on; nothing can be appended after that. Closing the stream closes this. */
    InputStream read() throws IOException {
        file.position(0);
        return new BufferedInputStream(Channels.newInputStream(file), BUFFER);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
