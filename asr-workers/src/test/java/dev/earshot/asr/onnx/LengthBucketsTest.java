package dev.earshot.asr.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class LengthBucketsTest {

    private static final LengthBuckets BUCKETS = new LengthBuckets(800, 4);

    @Test
    void thereAreSoMany_toADoubling() {
        assertThat(BUCKETS.upTo(4000)).containsExactly(800, 1000, 1200, 1400, 1600, 2000, 2400, 2800, 3200, 4000);
        assertThat(BUCKETS.upTo(1)).containsExactly(800);
    }

    @Property
    void aBucketHolds_andIsOneOfThem(@ForAll @IntRange(min = 1, max = 100_000) int length) {
        int bucket = BUCKETS.of(length);

        assertThat(bucket).isGreaterThanOrEqualTo(length).isLessThan(Math.max(801, length * 5 / 4 + 2));
        assertThat(BUCKETS.of(bucket)).isEqualTo(bucket);
        assertThat(BUCKETS.upTo(length)).endsWith(bucket);
    }

    @Test
    void onlyWhatSharesABucket_runsTogether() {
        int[] lengths = {1300, 0, 900, 1201, 5000, 1000, 1390};

        assertThat(BUCKETS.group(lengths, bucket -> 2))
                .isEqualTo(List.of(List.of(2, 5), List.of(3, 0), List.of(6), List.of(4)));
    }
}
