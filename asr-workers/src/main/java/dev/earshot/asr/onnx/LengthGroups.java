package dev.earshot.asr.onnx;

import dev.earshot.asr.domain.Window;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Puts windows of about the same length together, so that one run does not pad short ones to the longest. */
final class LengthGroups {

    /** Windows share a run when padding them to the longest costs at most this factor. */
    private static final double SPREAD = 1.5;

    private LengthGroups() {}

    /**
     * Indices of windows, group by group, the shortest first; windows without samples are in none.
     *
     * @param mostTogether windows in a group at most
     */
    static List<List<Integer>> of(List<Window> windows, int mostTogether) {
        List<Integer> byLength = IntStream.range(0, windows.size())
                .boxed()
                .filter(i -> windows.get(i).samples().length > 0)
                .sorted(Comparator.comparingInt(i -> windows.get(i).samples().length))
                .toList();
        var groups = new ArrayList<List<Integer>>();
        int from = 0;
        for (int to = 1; to <= byLength.size(); to++) {
            if (to == byLength.size()
                    || to - from == mostTogether
                    || length(windows, byLength.get(to)) > SPREAD * length(windows, byLength.get(from))) {
                groups.add(byLength.subList(from, to));
                from = to;
            }
        }
        return groups;
    }

    private static int length(List<Window> windows, int index) {
        return windows.get(index).samples().length;
    }
}
