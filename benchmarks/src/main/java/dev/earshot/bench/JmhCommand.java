package dev.earshot.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The small benchmarks, through JMH: nanoseconds a call, and bytes allocated. */
@Command(name = "jmh", description = "The small benchmarks, each beside a baseline.", mixinStandardHelpOptions = true)
final class JmhCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // Set by picocli.
    private CommandSpec spec;

    @Parameters(
            paramLabel = "PATTERN",
            arity = "0..1",
            defaultValue = ".*",
            description = "which ones, a regular expression (default: all)")
    @SuppressWarnings("NullAway.Init") // Set by picocli.
    private String pattern;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "2",
            description = "length of a round; five are measured after three to warm up (default: ${DEFAULT-VALUE})")
    private int seconds;

    @Override
    public Integer call() throws Exception {
        var options = new OptionsBuilder()
                .include("dev\\.earshot\\.bench\\..*" + pattern)
                .forks(1)
                .warmupIterations(3)
                .warmupTime(TimeValue.seconds(seconds))
                .measurementIterations(5)
                .measurementTime(TimeValue.seconds(seconds))
                .addProfiler("gc")
                .build();
        List<String> rows = new ArrayList<>();
        for (RunResult result : new Runner(options).run()) {
            var primary = result.getPrimaryResult();
            var allocated = result.getSecondaryResults().get("gc.alloc.rate.norm");
            rows.add(new JsonRow()
                    .put("benchmark", result.getParams().getBenchmark().replaceAll(".*\\.(\\w+\\.\\w+)$", "$1"))
                    .put("ns", primary.getScore(), 1)
                    .put("error_ns", primary.getScoreError(), 1)
                    .put("allocated_bytes", allocated == null ? Double.NaN : allocated.getScore(), 0)
                    .toString());
        }
        Results.write("jmh", rows, spec.commandLine().getOut());
        return 0;
    }
}
