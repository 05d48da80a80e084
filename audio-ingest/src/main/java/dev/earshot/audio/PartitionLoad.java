package dev.earshot.audio;

/**
 * Spreads tracks over the partitions of the audio topic: a new track goes where this process has the fewest open ones. Ties
 * go to the first such partition at or after the one that the track's id hashes to, so that processes do not all begin with
 * partition 0. Thread-safe.
 */
final class PartitionLoad {

    private final int[] openTracks;

    PartitionLoad(int partitions) {
        openTracks = new int[partitions];
    }

    /** Takes a place for a track and returns its partition. */
    synchronized int take(String trackId) {
        int start = Math.floorMod(trackId.hashCode(), openTracks.length);
        int best = start;
        for (int i = 1; i < openTracks.length; i++) {
            int partition = (start + i) % openTracks.length;
            if (openTracks[partition] < openTracks[best]) {
                best = partition;
            }
        }
        openTracks[best]++;
        return best;
    }

    /** Gives a place back. */
    synchronized void release(int partition) {
        openTracks[partition]--;
    }
}
