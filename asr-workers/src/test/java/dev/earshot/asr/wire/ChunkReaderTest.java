package dev.earshot.asr.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.earshot.asr.SpeechClips;
import dev.earshot.asr.domain.Chunk;
import dev.earshot.asr.domain.DecodingOptions;
import dev.earshot.schema.Records;
import dev.earshot.schema.avro.AudioChunk;
import dev.earshot.schema.avro.AudioCodec;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChunkReaderTest {

    private static final short[] SPEECH = SpeechClips.all().get(0).samples();
    private static final int FIRST = 16_000;

    private final ChunkReader reader = new ChunkReader();

    static {
        Records.trust();
    }

    @Test
    void opus_lineUpWithWhatWasEncoded() throws UnreadableChunkException {
        short[] original = Arrays.copyOfRange(SPEECH, FIRST, FIRST + 3200);
        short[] heard = samples(opus(OpusChunks.encode(SPEECH, FIRST, 3200)));

        int best = 0;
        for (int shift = -40; shift <= 40; shift++) {
            best = correlation(original, heard, shift) > correlation(original, heard, best) ? shift : best;
        }
        assertThat(best).as("samples").isBetween(-16, 16);
        assertThat(correlation(original, heard, best)).isGreaterThan(0.85);
    }

    @Test
    void opus_soundsTheSame_whateverWasDecodedBefore() throws UnreadableChunkException {
        AudioChunk chunk = opus(OpusChunks.encode(SPEECH, FIRST, 3200));
        short[] fresh = samples(chunk);
        samples(opus(OpusChunks.encode(SPEECH, 0, 3200)));

        assertThat(samples(chunk)).isEqualTo(fresh);
        assertThat(new ChunkReader().read(chunk, 7, Instant.EPOCH).samples()).isEqualTo(fresh);
    }

    @Test
    void opus_mayEndInsideAPacket() throws UnreadableChunkException {
        AudioChunk chunk = AudioChunk.newBuilder(opus(OpusChunks.encode(SPEECH, FIRST, 1000)))
                .setSampleCount(1000)
                .build();

        assertThat(samples(chunk)).hasSize(1000);
    }

    @Test
    void pcm_isTakenAsItIs() throws UnreadableChunkException {
        AudioChunk chunk = AudioChunk.newBuilder(opus(ByteBuffer.wrap(new byte[] {1, 0, -1, -1})))
                .setCodec(AudioCodec.PCM_S16LE)
                .setSampleCount(2)
                .build();

        assertThat(samples(chunk)).containsExactly(1, -1);
    }

    @Test
    void anEndMark_hasNoAudio() throws UnreadableChunkException {
        AudioChunk end = AudioChunk.newBuilder(opus(ByteBuffer.allocate(0)))
                .setSampleCount(0)
                .setEndOfTrack(true)
                .build();

        Chunk read = reader.read(end, 3, Instant.EPOCH);

        assertThat(read.samples()).isEmpty();
        assertThat(read.endOfTrack()).isTrue();
        assertThat(read.offset()).isEqualTo(3);
    }

    @Test
    void saysWhatIsWrong() {
        AudioChunk good = opus(OpusChunks.encode(SPEECH, FIRST, 3200));
        ByteBuffer garbage = ByteBuffer.wrap(new byte[500]);

        refuses(AudioChunk.newBuilder(good).setSampleRateHz(48_000).build(), "sample_rate_hz: 48000 (expected: 16000)");
        refuses(AudioChunk.newBuilder(good).setCodec(AudioCodec.UNKNOWN).build(), "codec: newer than this worker");
        refuses(AudioChunk.newBuilder(good).setPayload(garbage).build(), "Opus packet 0: 0 bytes");
        refuses(AudioChunk.newBuilder(good).setPayload(ByteBuffer.allocate(0)).build(), "0 packets for 3200 samples");
        refuses(AudioChunk.newBuilder(good).setCodec(AudioCodec.PCM_S16LE).build(), "bytes for 3200 samples");
        refuses(AudioChunk.newBuilder(good).setSampleCount(2000).build(), "bytes behind the packets of 2000 samples");
        refuses(AudioChunk.newBuilder(good).setSampleCount(6400).build(), "11 packets for 6400 samples");
        refuses(
                AudioChunk.newBuilder(good)
                        .setPayload(ByteBuffer.allocate(10_000_000))
                        .build(),
                "payload: 10000000 bytes (expected: at most 131072)");
        refuses(AudioChunk.newBuilder(good).setSampleCount(-1).build(), "sample_count: -1 (expected: 0..16000)");
        refuses(AudioChunk.newBuilder(good).setSequence(-1).build(), "sequence: -1");
        refuses(AudioChunk.newBuilder(good).setFirstSample(-1).build(), "first_sample: -1 (expected: 0..41472000000)");
    }

    @Test
    void aPlaceBeyondThirtyDays_isNoPlace() throws UnreadableChunkException {
        long thirtyDays = 30L * 24 * 3600 * 16_000;
        AudioChunk good = opus(OpusChunks.encode(SPEECH, FIRST, 3200));
        AudioChunk beyond =
                AudioChunk.newBuilder(good).setFirstSample(thirtyDays + 1).build();

        assertThat(reader.place(
                        AudioChunk.newBuilder(good).setFirstSample(thirtyDays).build(), 0, Instant.EPOCH))
                .isNotNull();
        refuses(beyond, "first_sample: 41472000001 (expected: 0..41472000000)");
        assertThatThrownBy(() -> reader.place(beyond, 0, Instant.EPOCH)).isInstanceOf(UnreadableChunkException.class);
    }

    @Test
    void aTimeInAnotherUnit_isNoTime() {
        Instant nanosTakenForMicros = Instant.EPOCH.plus(1_700_000_000_000_000_000L, ChronoUnit.MICROS);
        AudioChunk good = opus(OpusChunks.encode(SPEECH, FIRST, 3200));
        for (Instant time : List.of(nanosTakenForMicros, Instant.EPOCH.minusSeconds(9_000_000_000L))) {
            AudioChunk bad = AudioChunk.newBuilder(good).setCapturedAt(time).build();

            refuses(bad, "captured_at: ");
            assertThatThrownBy(() -> reader.place(bad, 0, Instant.EPOCH)).isInstanceOf(UnreadableChunkException.class);
        }
    }

    @Test
    void whatTheUserAsksFor_isRead_andAnUnknownTaskIsNone() throws UnreadableChunkException {
        AudioChunk good = opus(OpusChunks.encode(SPEECH, FIRST, 3200));

        assertThat(options(good, null, null)).isEqualTo(DecodingOptions.NONE);
        assertThat(options(good, "de", "translate")).isEqualTo(new DecodingOptions("de", true));
        assertThat(options(good, null, "transcribe")).isEqualTo(new DecodingOptions(null, false));
        assertThat(options(good, "de", "sing")).isEqualTo(new DecodingOptions("de", null));
    }

    private DecodingOptions options(AudioChunk chunk, String language, String task) throws UnreadableChunkException {
        AudioChunk asked =
                AudioChunk.newBuilder(chunk).setLanguage(language).setTask(task).build();
        return reader.read(asked, 0, Instant.EPOCH).options();
    }

    @Test
    void brokenPackets_areRefused_notThrownAtTheCaller() {
        var random = new java.util.Random(5);
        byte[] good = OpusChunks.encode(SPEECH, FIRST, 3200).array();
        for (int i = 0; i < 300; i++) {
            byte[] bad = good.clone();
            for (int hits = 0; hits < 20; hits++) {
                bad[random.nextInt(bad.length)] = (byte) random.nextInt();
            }
            try {
                assertThat(samples(opus(ByteBuffer.wrap(bad)))).hasSize(3200);
            } catch (UnreadableChunkException e) {
                assertThat(e).hasMessageContaining("Opus");
            }
        }
    }

    @Test
    void aChunkOfAnotherRate_stillHasItsPlace() throws UnreadableChunkException {
        AudioChunk chunk = AudioChunk.newBuilder(opus(ByteBuffer.allocate(0)))
                .setSampleRateHz(48_000)
                .setSampleCount(9600)
                .build();

        Chunk place = reader.place(chunk, 0, Instant.EPOCH);

        assertThat(place.samples()).isNull();
        assertThat(place.sampleCount()).isEqualTo(3200);
    }

    private void refuses(AudioChunk chunk, String says) {
        assertThatThrownBy(() -> reader.read(chunk, 0, Instant.EPOCH))
                .isInstanceOf(UnreadableChunkException.class)
                .hasMessageContaining(says);
    }

    private short[] samples(AudioChunk chunk) throws UnreadableChunkException {
        return reader.read(chunk, 0, Instant.EPOCH).samples();
    }

    private static AudioChunk opus(ByteBuffer payload) {
        return AudioChunk.newBuilder()
                .setMeetingId("1")
                .setSessionUid("s")
                .setTrackId("s:t0")
                .setSequence(5)
                .setFirstSample(FIRST)
                .setSampleCount(3200)
                .setSampleRateHz(16_000)
                .setCodec(AudioCodec.OPUS)
                .setPayload(payload)
                .setCapturedAt(Instant.EPOCH)
                .build();
    }

    private static double correlation(short[] a, short[] b, int shift) {
        double ab = 0;
        double aa = 0;
        double bb = 0;
        for (int i = 100; i < a.length - 100; i++) {
            ab += (double) a[i] * b[i + shift];
            aa += (double) a[i] * a[i];
            bb += (double) b[i + shift] * b[i + shift];
        }
        return ab / Math.sqrt(aa * bb);
    }
}
