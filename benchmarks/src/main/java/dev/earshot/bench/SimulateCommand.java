package dev.earshot.bench;

import dev.earshot.segment.simulation.MeetingSimulation;
import dev.earshot.segment.simulation.MeetingSimulation.Outcome;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.LongStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Meetings at random, each checked against what was really said in it. */
@Command(
        name = "simulate",
        description =
                "Random meetings with loss, repetition, disorder and dying processes, through the fold; counts broken"
                        + " promises.",
        mixinStandardHelpOptions = true)
final class SimulateCommand implements Callable<Integer> {

    /** More would only scroll the first ones away. */
    private static final int MOST_SHOWN = 10;

    @Spec
    @SuppressWarnings("NullAway.Init") // Set by picocli.
    private CommandSpec spec;

    @Option(
            names = "--meetings",
            paramLabel = "N",
            defaultValue = "10000",
            description = "how many meetings (default: ${DEFAULT-VALUE})")
    private long meetings;

    @Option(
            names = "--seed",
            paramLabel = "S",
            defaultValue = "1",
            description =
                    "seed of the first meeting, the next has the next; with --meetings 1 it plays one meeting again"
                            + " (default: ${DEFAULT-VALUE})")
    private long seed;

    @Override
    public Integer call() throws Exception {
        if (meetings < 1) {
            throw new IllegalArgumentException("--meetings: " + meetings + " (expected: at least 1)");
        }
        PrintWriter out = spec.commandLine().getOut();
        List<Outcome> broken = LongStream.range(seed, seed + meetings)
                .parallel()
                .mapToObj(MeetingSimulation::run)
                .filter(outcome -> !outcome.violations().isEmpty())
                .toList();
        broken.stream()
                .limit(MOST_SHOWN)
                .forEach(outcome ->
                        out.println("seed " + outcome.seed() + ": " + String.join("; ", outcome.violations())));
        out.printf("%d meetings from seed %d, %d of them broke a promise%n", meetings, seed, broken.size());
        Results.write("simulate", List.of(row(broken.size())), out);
        return broken.isEmpty() ? 0 : 1;
    }

    private String row(int violations) {
        return new JsonRow()
                .put("meetings", meetings)
                .put("violations", violations)
                .put("seed", seed)
                .toString();
    }
}
