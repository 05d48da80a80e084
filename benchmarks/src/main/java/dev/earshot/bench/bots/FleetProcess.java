package dev.earshot.bench.bots;

import dev.earshot.bench.ChildJvm;
import dev.earshot.bot.app.BotFleetCommand;
import dev.earshot.localstack.LocalStack;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A node of the fleet in a process of its own, so that what it takes can be told from what the benchmark takes. */
final class FleetProcess implements AutoCloseable {

    private static final long END_SECONDS = 60;

    private final Process process;

    private FleetProcess(Process process) {
        this.process = process;
    }

    static FleetProcess start(LocalStack stack, int bots) throws IOException {
        List<String> flags = List.of("-Xmx192m", "-XX:+UseSerialGC", "-Djava.io.tmpdir=" + stack.temporaryDir());
        List<String> arguments = List.of(
                "--kafka=" + stack.bootstrapServers(),
                "--registry=" + stack.schemaRegistryUrl(),
                "--max-bots=" + bots,
                "--bot-port=0");
        ProcessBuilder builder = ChildJvm.of("bench-bots.log", flags, BotFleetCommand.class, arguments)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        return new FleetProcess(builder.start());
    }

    /** The node, its drivers and browsers. */
    ProcessTree tree() {
        return new ProcessTree(process.toHandle());
    }

    /** Asks the node to end, which leaves its meetings first. */
    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }
}
