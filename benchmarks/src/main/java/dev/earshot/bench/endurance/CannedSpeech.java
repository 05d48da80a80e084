package dev.earshot.bench.endurance;

import dev.earshot.audio.codec.ChunkEncoder;
import dev.earshot.audio.domain.AudioTime;
import dev.earshot.audio.domain.ChunkFramer;
import dev.earshot.bench.latency.SpeechLoop;
import dev.earshot.schema.avro.AudioCodec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The speech loop, cut to whole chunks and encoded once: who plays it for hours needs no processor to. Immutable. */
final class CannedSpeech {

    private final List<byte[]> payloads;

    private CannedSpeech(List<byte[]> payloads) {
        this.payloads = payloads;
    }

    static CannedSpeech of(SpeechLoop speech) {
        ChunkEncoder encoder = ChunkEncoder.of(AudioCodec.OPUS);
        List<byte[]> payloads = new ArrayList<>();
        var framer = new ChunkFramer(
                encoder.history(),
                encoder.lookahead(),
                frame -> payloads.add(encoder.encode(frame.window(), frame.sampleCount())));
        short[] samples = new short[speech.length() / AudioTime.CHUNK_SAMPLES * AudioTime.CHUNK_SAMPLES];
        speech.copy(0, 0, samples);
        framer.write(samples, 0, Instant.EPOCH, 0);
        framer.end();
        return new CannedSpeech(List.copyOf(payloads));
    }

    /** Chunks in one round. */
    int chunks() {
        return payloads.size();
    }

    /** The payload of a chunk of 200 ms; the rounds follow each other. */
    byte[] chunk(long number) {
        return payloads.get((int) (number % payloads.size()));
    }
}
