package dev.earshot.bench.bots;

import dev.earshot.audio.domain.AudioTime;
import dev.earshot.schema.avro.AudioChunk;
import java.util.HashMap;
import java.util.Map;

/** Adds up what came of every track. Thread-safe. */
final class AudioTally {

    private static final class Track {
        private long chunks;
        private long lastSequence = -1;
        private boolean hasEnded;
    }

    private final Map<String, Track> tracks = new HashMap<>();
    private long samples;
    private long lostSamples;

    synchronized void take(AudioChunk chunk) {
        Track track = tracks.computeIfAbsent(chunk.getTrackId(), id -> new Track());
        track.chunks++;
        track.lastSequence = Math.max(track.lastSequence, chunk.getSequence());
        track.hasEnded |= chunk.getEndOfTrack();
        samples += chunk.getSampleCount();
        lostSamples += chunk.getLostSamples();
    }

    /** Tracks that were heard. */
    synchronized int tracks() {
        return tracks.size();
    }

    /** Whether every track that was heard has ended. */
    synchronized boolean isOver() {
        return tracks.values().stream().allMatch(track -> track.hasEnded);
    }

    /** Chunks that the numbering promises and that did not come; a track without an end misses that chunk. */
    synchronized long missing() {
        return tracks.values().stream()
                .mapToLong(track -> track.lastSequence + 1 - track.chunks + (track.hasEnded ? 0 : 1))
                .sum();
    }

    synchronized double seconds() {
        return samples / (double) AudioTime.RATE_HZ;
    }

    synchronized double lostSeconds() {
        return lostSamples / (double) AudioTime.RATE_HZ;
    }
}
