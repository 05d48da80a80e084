package dev.earshot.asr.onnx;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/**
 * The few lengths that windows are padded to: so many to a doubling. Runs of a few shapes need memory once, and kernels are
 * chosen once; and as a window's bucket follows from its own length, its neighbours in a run change nothing for it.
 *
 * <p>Eight to a doubling cost 4 % of padding on average, four 8 %.
 *
 * @param shortest length of the smallest bucket: a multiple of how many there are to a doubling
 * @param perDoubling buckets from one length to twice that
 */
record LengthBuckets(int shortest, int perDoubling) {

    /** The smallest bucket that holds so much. */
    int of(int length) {
        int doubling = shortest;
        while (2 * doubling < length) {
            doubling *= 2;
        }
        int step = doubling / perDoubling;
        return Math.max(shortest, (length + step - 1) / step * step);
    }

    /** All buckets from the smallest to the one that holds so much. */
    List<Integer> upTo(int longest) {
        var buckets = new ArrayList<Integer>();
        for (int bucket = shortest; bucket < of(longest); bucket = of(bucket + 1)) {
            buckets.add(bucket);
        }
        buckets.add(of(longest));
        return buckets;
    }

    /**
     * Indices of what has the same bucket, in groups, the shortest first; what has no length is in none.
     *
     * @param mostTogether how many of a bucket may be in a group: at least 1
     */
    List<List<Integer>> group(int[] lengths, IntUnaryOperator mostTogether) {
        List<Integer> byLength = IntStream.range(0, lengths.length)
                .filter(i -> lengths[i] > 0)
                .boxed()
                .sorted(Comparator.comparingInt(i -> lengths[i]))
                .toList();
        var groups = new ArrayList<List<Integer>>();
        int from = 0;
        for (int to = 1; to <= byLength.size(); to++) {
            int bucket = of(lengths[byLength.get(from)]);
            if (to == byLength.size()
                    || to - from == mostTogether.applyAsInt(bucket)
                    || of(lengths[byLength.get(to)]) != bucket) {
                groups.add(byLength.subList(from, to));
                from = to;
            }
        }
        return groups;
    }
}
