package dev.earshot.audio;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class PartitionLoadTest {

    private final PartitionLoad load = new PartitionLoad(4);

    @Test
    void spreadsTracksEvenly() {
        int[] tracks = new int[4];
        for (int i = 0; i < 40; i++) {
            tracks[load.take("track-" + i)]++;
        }

        assertThat(tracks).containsOnly(10);
    }

    @Test
    void takesFreePlace_whenOneWasReleased() {
        int[] taken = new int[8];
        Arrays.setAll(taken, i -> load.take("track-" + i));
        load.release(taken[3]);

        assertThat(load.take("another")).isEqualTo(taken[3]);
    }
}
