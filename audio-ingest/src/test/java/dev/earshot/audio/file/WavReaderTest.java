package dev.earshot.audio.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WavReaderTest {

    @ParameterizedTest
    @CsvSource({"1, 8", "1, 16", "1, 24", "1, 32", "3, 32", "3, 64", "65534, 16"})
    void readsSamples_ofEachCoding(int coding, int bits) throws IOException {
        byte[] wav = wav(coding, bits, 1, 22_050, 4, new double[] {0, 0.5, -0.5, 0.25});

        try (WavReader reader = open(wav)) {
            float[] mono = new float[10];
            assertThat(reader.sampleRateHz()).isEqualTo(22_050);
            assertThat(reader.read(mono)).isEqualTo(4);
            assertThat(mono[1]).isEqualTo(0.5f, within(0.01f));
            assertThat(mono[2]).isEqualTo(-0.5f, within(0.01f));
            assertThat(mono[3]).isEqualTo(0.25f, within(0.01f));
            assertThat(reader.read(mono)).isEqualTo(-1);
        }
    }

    @Test
    void mixesChannelsDown() throws IOException {
        byte[] wav = wav(1, 16, 2, 48_000, 2, new double[] {0.5, -0.5, 0.5, 0.25});

        try (WavReader reader = open(wav)) {
            float[] mono = new float[2];
            assertThat(reader.read(mono)).isEqualTo(2);
            assertThat(mono[0]).isEqualTo(0f, within(0.001f));
            assertThat(mono[1]).isEqualTo(0.375f, within(0.001f));
        }
    }

    @Test
    void readsToTheEnd_whenTheHeaderCannotKnowTheSize() throws IOException {
        byte[] wav = wav(1, 16, 1, 16_000, -1, new double[] {0.1, 0.2, 0.3});

        try (WavReader reader = open(wav)) {
            assertThat(reader.read(new float[10])).isEqualTo(3);
            assertThat(reader.read(new float[10])).isEqualTo(-1);
        }
    }

    @Test
    void refusesWhatIsNoWav() {
        byte[] text = "Dear Sir or Madam, please find attached".getBytes(StandardCharsets.UTF_8);

        assertThatThrownBy(() -> open(text))
                .isInstanceOf(AudioFormatException.class)
                .hasMessage("test.wav is not a WAV file: it does not start with RIFF…WAVE.");
        assertThatThrownBy(() -> open(new byte[0]))
                .hasMessage("test.wav is not a WAV file: it ends within the header.");
        assertThatThrownBy(() -> open(Arrays.copyOf(wav(1, 16, 1, 16_000, 1, new double[1]), 30)))
                .hasMessageContaining("it ends within the header");
    }

    @Test
    void refusesTruncatedData_afterWhatIsThere() throws IOException {
        byte[] wav = wav(1, 16, 1, 16_000, 8_000, new double[3]);

        try (WavReader reader = open(wav)) {
            assertThatThrownBy(() -> reader.read(new float[100]))
                    .isInstanceOf(AudioFormatException.class)
                    .hasMessageStartingWith("test.wav is truncated: its header promises 8000 samples, it has 3.");
        }
    }

    @ParameterizedTest
    @CsvSource({"2, 4, 1, 16000", "1, 12, 1, 16000", "1, 16, 0, 16000", "1, 16, 1, 0", "85, 16, 2, 44100"})
    void refusesFormat_thatItCannotRead(int coding, int bits, int channels, int rateHz) {
        byte[] wav = wav(coding, bits, channels, rateHz, 0, new double[0]);

        assertThatThrownBy(() -> open(wav))
                .isInstanceOf(AudioFormatException.class)
                .hasMessageStartingWith(
                        "test.wav has an unsupported WAV format: coding " + coding + ", " + bits + " bits");
    }

    private static WavReader open(byte[] wav) throws IOException {
        return WavReader.open(new ByteArrayInputStream(wav), "test.wav");
    }

    /** A WAV with a chunk that nobody knows before the data; {@code promised} samples per channel, -1 for "unknown". */
    private static byte[] wav(int coding, int bits, int channels, int rateHz, int promised, double[] samples) {
        boolean extensible = coding == 65_534;
        var bytes = ByteBuffer.allocate(200 + samples.length * 8).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(-1);
        bytes.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(extensible ? 40 : 16);
        bytes.putShort((short) coding).putShort((short) channels).putInt(rateHz).putInt(0);
        bytes.putShort((short) 0).putShort((short) bits);
        if (extensible) {
            bytes.putShort((short) 22)
                    .putShort((short) bits)
                    .putInt(0)
                    .putShort((short) 1)
                    .put(new byte[14]);
        }
        bytes.put("LIST".getBytes(StandardCharsets.US_ASCII)).putInt(3).put(new byte[4]);
        bytes.put("data".getBytes(StandardCharsets.US_ASCII));
        bytes.putInt(promised < 0 ? -1 : promised * channels * bits / 8);
        for (double sample : samples) {
            switch (bits) {
                case 8 -> bytes.put((byte) (128 + sample * 127));
                case 16 -> bytes.putShort((short) (sample * 32767));
                case 24 -> {
                    int value = (int) (sample * 8388607);
                    bytes.put((byte) value).put((byte) (value >> 8)).put((byte) (value >> 16));
                }
                case 32 -> {
                    if (coding == 3) {
                        bytes.putFloat((float) sample);
                    } else {
                        bytes.putInt((int) (sample * Integer.MAX_VALUE));
                    }
                }
                default -> bytes.putDouble(sample);
            }
        }
        return Arrays.copyOf(bytes.array(), bytes.position());
    }
}
