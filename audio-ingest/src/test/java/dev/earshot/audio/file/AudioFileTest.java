package dev.earshot.audio.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AudioFileTest {

    @TempDir
    private Path folder;

    @Test
    void givesSixteenKilohertzMono_whateverTheFileHas() throws IOException {
        Path file = Files.write(folder.resolve("a.wav"), wav(48_000, 2, 48_000));

        int samples = 0;
        try (AudioFile audio = AudioFile.open(file)) {
            for (short[] piece = audio.next(); piece != null; piece = audio.next()) {
                assertThat(piece).isNotEmpty();
                samples += piece.length;
            }
            assertThat(audio.next()).isNull();
        }
        assertThat(samples).isEqualTo(16_000);
    }

    @Test
    void cutFile_isRefused() throws IOException {
        Path file = Files.write(folder.resolve("cut.wav"), Arrays.copyOf(wav(16_000, 1, 1), 44));

        assertThatThrownBy(() -> {
                    try (AudioFile audio = AudioFile.open(file)) {
                        audio.next();
                    }
                })
                .hasMessageContaining("cut.wav is truncated");
    }

    @Test
    void whatIsNoAudio_isRefusedWithASentence() throws IOException {
        Path file = Files.writeString(folder.resolve("notes.mp3"), "Dear diary");

        // Which sentence depends on whether this machine has ffmpeg.
        assertThatThrownBy(() -> AudioFile.open(file))
                .isInstanceOf(AudioFormatException.class)
                .hasMessageMatching("notes\\.mp3 is not .*ffmpeg.*");
        assertThatThrownBy(() -> AudioFile.open(folder.resolve("none.wav")))
                .hasMessage("There is no file " + folder.resolve("none.wav") + ".");
    }

    private static byte[] wav(int rateHz, int channels, int frames) {
        int bytes = frames * channels * 2;
        var wav = ByteBuffer.allocate(44 + bytes).order(ByteOrder.LITTLE_ENDIAN);
        wav.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(36 + bytes);
        wav.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
        wav.putShort((short) 1).putShort((short) channels).putInt(rateHz).putInt(rateHz * channels * 2);
        wav.putShort((short) (channels * 2)).putShort((short) 16);
        wav.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(bytes);
        return wav.array();
    }
}
