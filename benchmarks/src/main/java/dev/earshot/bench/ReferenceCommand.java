package dev.earshot.bench;

import dev.earshot.bench.reference.ReferenceData;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Our front ends and tokenizers against published files, which are not ours to ship. */
@Command(
        name = "reference",
        description = "Filter banks and tokenizers against openai-whisper's own files; exit code 0 when all agree.",
        mixinStandardHelpOptions = true)
final class ReferenceCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // Set by picocli.
    private CommandSpec spec;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            required = true,
            description =
                    "folder with mel_filters.npz, gpt2.tiktoken, multilingual.tiktoken and whisper-tiny.en/*.json")
    private Path data = Path.of("");

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        List<ReferenceData.Finding> findings = new ReferenceData(data).compare();
        List<String> rows = new ArrayList<>();
        for (ReferenceData.Finding finding : findings) {
            out.printf("%-8s %-34s %s%n", finding.good() ? "agrees" : "DIFFERS", finding.what(), finding.detail());
            rows.add(new JsonRow()
                    .put("check", finding.what())
                    .put("agrees", finding.good() ? 1 : 0)
                    .put("detail", finding.detail())
                    .toString());
        }
        Results.write("reference", rows, out);
        return findings.stream().allMatch(ReferenceData.Finding::good) ? 0 : 1;
    }
}
