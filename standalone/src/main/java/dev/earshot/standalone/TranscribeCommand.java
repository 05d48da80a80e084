package dev.earshot.standalone;

import dev.earshot.api.export.TranscriptFormat;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** An audio file through the whole pipeline. */
@Command(
        name = "transcribe",
        description = "An audio file through the whole pipeline: text on standard output.",
        mixinStandardHelpOptions = true)
final class TranscribeCommand implements Callable<Integer> {

    @Parameters(paramLabel = "FILE", description = "WAV; other formats when ffmpeg is on the PATH")
    private Path file = Path.of("");

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "txt",
            description = "${COMPLETION-CANDIDATES}; default ${DEFAULT-VALUE}")
    private TranscriptFormat format = TranscriptFormat.TXT;

    @Option(names = "--speaker", paramLabel = "NAME", description = "the name of who speaks")
    private @Nullable String speaker;

    @Option(names = "--language", paramLabel = "CODE", description = "ISO 639-1 code, as en")
    private @Nullable String language;

    @Option(names = "--output", paramLabel = "FILE", description = "write here instead of to standard output")
    private @Nullable Path output;

    @Override
    public Integer call() throws Exception {
        requireWritable(output);
        String text = format.write(new FileTranscription(file, speaker, language).run());
        if (output == null) {
            System.out.print(text);
        } else {
            Files.writeString(output, text);
        }
        return 0;
    }

    /** Said before the work is done, not after. */
    private static void requireWritable(@Nullable Path output) {
        if (output == null) {
            return;
        }
        Path folder = output.toAbsolutePath().getParent();
        if (folder == null || !Files.isWritable(folder) || Files.isDirectory(output)) {
            throw new IllegalArgumentException(
                    "--output: " + output + " cannot be written (expected: a file in a folder that is there)");
        }
    }
}
