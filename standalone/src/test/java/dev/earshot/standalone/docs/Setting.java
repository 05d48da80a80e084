package dev.earshot.standalone.docs;

import dev.earshot.standalone.Earshot;
import java.lang.reflect.AnnotatedElement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/**
 * One option that can also be set by the environment, as the code declares it.
 *
 * @param command the command that has it: a service's name, {@code up}, …
 * @param env name of the environment variable
 * @param option the option's longest name
 * @param defaultValue as declared; empty for none
 */
record Setting(String command, String env, String option, String defaultValue, String description) {

    /** The commands of {@code run}: each is a process of its own. */
    static final Set<String> SERVICES =
            Earshot.commandLine().getSubcommands().get("run").getSubcommands().keySet();

    private static final Pattern ENV_DEFAULT = Pattern.compile("\\$\\{(?:env:)?([A-Z][A-Z0-9_]*)(?::-([^}]*))?}");

    /** Every such option of every command of {@code earshot}, in the order of declaration. */
    static List<Setting> all() {
        List<Setting> found = new ArrayList<>();
        collect(Earshot.commandLine(), found);
        return found;
    }

    private static void collect(CommandLine command, List<Setting> found) {
        String name = spoken(command);
        for (OptionSpec option : command.getCommandSpec().options()) {
            declared(option)
                    .map(ENV_DEFAULT::matcher)
                    .filter(Matcher::matches)
                    .map(env -> new Setting(
                            name,
                            env.group(1),
                            option.longestName(),
                            env.group(2) == null ? "" : env.group(2),
                            oneLine(option, env.group(1))))
                    .ifPresent(found::add);
        }
        command.getSubcommands().values().forEach(sub -> collect(sub, found));
    }

    /** A service by its own name, everything else by the command that a person thinks of. */
    private static String spoken(CommandLine command) {
        CommandLine parent = command.getParent();
        boolean isPart = parent != null
                && parent.getParent() != null
                && !parent.getCommandName().equals("run");
        return (isPart ? parent : command).getCommandName();
    }

    /** Picocli resolves variables in {@code defaultValue()}; the annotation still has them. */
    private static Optional<String> declared(OptionSpec option) {
        return option.userObject() instanceof AnnotatedElement element
                ? Optional.ofNullable(element.getAnnotation(CommandLine.Option.class))
                        .map(CommandLine.Option::defaultValue)
                : Optional.empty();
    }

    /** The description without what the table's other columns say. */
    private static String oneLine(OptionSpec option, String env) {
        return String.join(" ", option.description())
                .replaceAll("\\s*\\([^()]*(?:\\$\\{DEFAULT-VALUE}|" + env + ")[^()]*\\)", "")
                .replace("|", "\\|")
                .replaceAll("\\s+", " ")
                .trim();
    }
}
