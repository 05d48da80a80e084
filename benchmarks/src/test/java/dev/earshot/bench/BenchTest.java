package dev.earshot.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class BenchTest {

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        CommandLine bench = Bench.commandLine();
        bench.setOut(new PrintWriter(out));
        bench.setErr(new PrintWriter(err));
        return bench.execute(arguments);
    }

    private Path speech() throws IOException {
        Files.createFile(folder.resolve("a.wav"));
        Files.writeString(folder.resolve("a.txt"), "hello");
        return folder;
    }

    @Test
    void explainsItself() {
        assertThat(run("--help")).isZero();
        assertThat(out.toString()).contains("latency", "worker", "jmh");
        assertThat(run("latency", "--help")).isZero();
        assertThat(out.toString()).contains("--tracks", "--minutes");
    }

    @Test
    void simulatesMeetings() {
        assertThat(run("simulate", "--meetings", "20", "--seed", "5")).isZero();
        assertThat(out.toString()).endsWith("{\"meetings\":20,\"violations\":0,\"seed\":5}" + System.lineSeparator());
    }

    @Test
    void asksForAName_whenNoneIsGiven() {
        assertThat(run()).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(err.toString()).contains("which benchmark?", "./earshot bench --help");
    }

    @Test
    void refusesWhatMakesNoSense_inOneSentence() throws IOException {
        assertThat(run("latency", "--tracks", "0")).isEqualTo(CommandLine.ExitCode.SOFTWARE);
        assertThat(err.toString()).startsWith("earshot: --tracks [0] --minutes 1.0 (expected: 1..10000 tracks");
        assertThat(run("wer", "--audio", speech().toString(), "--model", "huge"))
                .isEqualTo(CommandLine.ExitCode.SOFTWARE);
        assertThat(err.toString())
                .contains("earshot: MODEL: huge is no folder and no model that is known (expected: builtin,");
        assertThat(run("latencies")).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(err.toString()).contains("did you mean latency?", "./earshot bench --help says what there is");
    }
}
