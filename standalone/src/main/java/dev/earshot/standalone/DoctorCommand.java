package dev.earshot.standalone;

import dev.earshot.standalone.doctor.Finding;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Looks at this machine; exit code 0 when nothing is missing. */
@Command(
        name = "doctor",
        description = "What is here, what is missing, and what to do about it.",
        mixinStandardHelpOptions = true)
final class DoctorCommand implements Callable<Integer> {

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "${env:EARSHOT_DATA:-.earshot/data}",
            description = "folder in which `up` keeps its data (EARSHOT_DATA)")
    private Path data = Path.of("");

    @Mixin
    private final AllPortOptions ports = new AllPortOptions();

    @Mixin
    private final ServerOptions servers = new ServerOptions();

    @Override
    public Integer call() {
        List<Finding> findings = MachineCheckup.run(data, ports.toPorts(), servers.toAddresses());
        for (Finding finding : findings) {
            System.out.printf("%-8s %-16s %s%n", finding.level().word(), finding.subject(), finding.text());
            if (!finding.advice().isEmpty()) {
                System.out.printf("%-8s %-16s → %s%n", "", "", finding.advice());
            }
        }
        return findings.stream().anyMatch(finding -> finding.level() == Finding.Level.BAD) ? 1 : 0;
    }
}
