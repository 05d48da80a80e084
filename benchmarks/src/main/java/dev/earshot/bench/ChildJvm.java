package dev.earshot.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How a benchmark starts what is measured or killed in a process of its own: with our class path, and a log beside ours. */
public final class ChildJvm {

    private ChildJvm() {}

    /**
     * A JVM that is not started yet; its environment is ours but for the log.
     *
     * @param log name of its log file
     * @param flags of the JVM: its heap, its collector
     */
    public static ProcessBuilder of(String log, List<String> flags, Class<?> main, List<String> arguments) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags);
        command.addAll(List.of(
                "--enable-native-access=ALL-UNNAMED", "-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(arguments);
        var builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        Path ours = Path.of(System.getenv().getOrDefault("EARSHOT_LOG", ".earshot/earshot.log"));
        builder.environment().put("EARSHOT_LOG", ours.resolveSibling(log).toString());
        return builder;
    }
}
