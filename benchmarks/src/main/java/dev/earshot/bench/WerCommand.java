package dev.earshot.bench;

import dev.earshot.asr.AsrConfig;
import dev.earshot.bench.wer.Corpus;
import dev.earshot.bench.wer.WerRow;
import dev.earshot.bench.wer.WerRun;
import dev.earshot.eventlog.app.Ending;
import dev.earshot.schema.avro.AudioCodec;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Word errors of a model on a folder of speech. */
@Command(
        name = "wer",
        description =
                "Errors and latency of a model on a folder of speech with transcripts, whole and as in a live meeting.",
        mixinStandardHelpOptions = true)
final class WerCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // Set by picocli.
    private CommandSpec spec;

    @Option(names = "--audio", paramLabel = "DIR", required = true, description = "folder of audio and transcripts")
    private Path audio = Path.of("");

    @Option(names = "--model", paramLabel = "MODEL", description = "as for asr-workers (default: its own)")
    private @Nullable String model;

    @Option(
            names = "--tracks",
            paramLabel = "N",
            defaultValue = "16",
            description = "files said at a time, in real time (default: ${DEFAULT-VALUE})")
    private int tracks;

    @Option(
            names = "--opus",
            description = "stream in Opus, as meetings do, and not in PCM: what it costs is then in the streaming row")
    private boolean opus;

    @Override
    public Integer call() throws Exception {
        if (tracks < 1) {
            throw new IllegalArgumentException("--tracks: " + tracks + " (expected: at least 1)");
        }
        List<Corpus.Utterance> corpus = Corpus.read(audio);
        PrintWriter out = spec.commandLine().getOut();
        WerRow row;
        try (var ending = Ending.ofThisThread()) {
            AsrConfig asr = model == null ? WorkerStage.settings() : WorkerStage.settings("--model", model);
            row = new WerRun(asr, corpus, tracks, opus ? AudioCodec.OPUS : AudioCodec.PCM_S16LE).measure();
        } catch (InterruptedException e) {
            return 130;
        }
        out.println(Machine.describe() + ", model " + (model == null ? "of the settings" : model));
        out.println(row.text());
        Results.write("wer", List.of(row.json()), out);
        return 0;
    }
}
