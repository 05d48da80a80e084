package dev.earshot.bench;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Our end of a {@link ChildJvm} that answers each line with a line, and ends when nobody is left to ask. One thread at a time. */
public final class AskedChild implements AutoCloseable {

    private static final long PATIENCE_S = 20;

    private final String name;
    private final String log;
    private final Process process;
    private final BufferedWriter questions;
    private final BufferedReader answers;

    private AskedChild(String name, String log, Process process) {
        this.name = name;
        this.log = log;
        this.process = process;
        this.questions = new BufferedWriter(new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
        this.answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /**
     * Starts it.
     *
     * @param name what it runs, for messages
     * @param settings environment variables besides ours
     */
    public static AskedChild start(
            String name, String log, List<String> flags, Class<?> main, Map<String, String> settings)
            throws IOException {
        ProcessBuilder builder = ChildJvm.of(log, flags, main, List.of());
        builder.environment().putAll(settings);
        return new AskedChild(name, log, builder.start());
    }

    /** Asks and waits for the answer; throws IllegalStateException when the process is gone. */
    public String ask(String question) throws IOException {
        questions.write(question + "\n");
        questions.flush();
        String answer = answers.readLine();
        if (answer == null) {
            throw new IllegalStateException("the " + name + "'s process ended by itself; see " + log);
        }
        return answer;
    }

    @Override
    public void close() throws IOException, InterruptedException {
        try {
            questions.close();
        } finally {
            if (!process.waitFor(PATIENCE_S, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        }
    }
}
