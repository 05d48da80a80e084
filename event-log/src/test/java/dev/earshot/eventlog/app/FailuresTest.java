package dev.earshot.eventlog.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.eventlog.EventLogException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class FailuresTest {

    @Command(name = "earshot")
    private static final class Failing implements Callable<Integer> {

        private final Throwable failure;

        private Failing(Throwable failure) {
            this.failure = failure;
        }

        @Override
        public Integer call() throws Exception {
            if (failure instanceof Error error) {
                throw error;
            }
            throw (Exception) failure;
        }
    }

    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of(new EventLogException("Kafka is away"), "earshot: Kafka is away"),
                Arguments.of(
                        new CompletionException(new IllegalArgumentException("port: 0 (expected: 1..)")),
                        "earshot: port: 0 (expected: 1..)"),
                Arguments.of(
                        new NoSuchFileException("/nowhere"),
                        "earshot: /nowhere cannot be used: there is no such file or folder"),
                Arguments.of(
                        new IOException("broken"),
                        "earshot: unexpected: java.io.IOException: broken (the log file has the details)"),
                Arguments.of(
                        new NoClassDefFoundError("a/B"),
                        "earshot: a part of it cannot be loaded: java.lang.NoClassDefFoundError: a/B; is the build complete,"
                                + " and made for this machine? (the log file has the details)"),
                Arguments.of(
                        new CompletionException(new UnsatisfiedLinkError("no libx")),
                        "earshot: a part of it cannot be loaded: java.lang.UnsatisfiedLinkError: no libx; is the build"
                                + " complete, and made for this machine? (the log file has the details)"),
                Arguments.of(
                        new StackOverflowError(),
                        "earshot: unexpected: java.lang.StackOverflowError (the log file has the details)"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void saysWhatWentWrongInOneSentence(Throwable failure, String sentence) {
        assertThat(said(failure)).isEqualTo(sentence + System.lineSeparator());
    }

    @Test
    void saysHowMuchMemoryIsAllowed() {
        assertThat(said(new OutOfMemoryError("Java heap space")))
                .matches("earshot: out of memory \\(\\d+ MB are allowed\\); EARSHOT_JAVA_OPTS=-Xmx… allows more\\R");
    }

    private static String said(Throwable failure) {
        var printed = new StringWriter();
        int code = Failures.said(new CommandLine(new Failing(failure)).setErr(new PrintWriter(printed)))
                .execute();
        assertThat(code).isEqualTo(CommandLine.ExitCode.SOFTWARE);
        return printed.toString();
    }
}
