package dev.earshot.bench.wer;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Reads a folder of speech with what was said, in any of three layouts: a {@code *.tsv} with the columns {@code file} and
 * {@code transcript}; LibriSpeech's {@code *.trans.txt}, in subfolders too; or a {@code NAME.txt} beside each audio file.
 */
public final class Corpus {

    private static final List<String> AUDIO = List.of(".wav", ".flac", ".ogg", ".mp3");

    /** An audio file and what is said in it. */
    public record Utterance(Path audio, String text) {}

    private Corpus() {}

    /** All utterances of a folder whose audio is there; throws {@link IllegalArgumentException} when there is none. */
    public static List<Utterance> read(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new IllegalArgumentException("--audio " + folder + " is no folder");
        }
        var utterances = new ArrayList<Utterance>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                String name = file.getFileName().toString();
                if (name.endsWith(".tsv")) {
                    addTable(file, utterances);
                } else if (name.endsWith(".trans.txt")) {
                    addLibriSpeech(file, utterances);
                } else if (name.endsWith(".txt")) {
                    addOne(file, name.substring(0, name.length() - 4), Files.readString(file), utterances);
                }
            }
        }
        if (utterances.isEmpty()) {
            throw new IllegalArgumentException("--audio " + folder + " holds no transcripts (expected: a .tsv with the"
                    + " columns file and transcript, LibriSpeech's .trans.txt, or NAME.txt beside NAME.wav)");
        }
        return utterances;
    }

    private static void addTable(Path table, List<Utterance> utterances) throws IOException {
        List<String> lines = Files.readAllLines(table, StandardCharsets.UTF_8);
        List<String> head = lines.isEmpty() ? List.of() : List.of(lines.get(0).split("\t"));
        int file = head.indexOf("file");
        int transcript = head.indexOf("transcript");
        if (file < 0 || transcript < 0) {
            return;
        }
        for (String line : lines.subList(1, lines.size())) {
            String[] cells = line.split("\t");
            Path audio = table.resolveSibling(cells.length > Math.max(file, transcript) ? cells[file] : "");
            if (Files.isRegularFile(audio)) {
                utterances.add(new Utterance(audio, cells[transcript]));
            }
        }
    }

    private static void addLibriSpeech(Path transcripts, List<Utterance> utterances) throws IOException {
        for (String line : Files.readAllLines(transcripts, StandardCharsets.UTF_8)) {
            int space = line.indexOf(' ');
            if (space > 0) {
                addOne(transcripts, line.substring(0, space), line.substring(space + 1), utterances);
            }
        }
    }

    private static void addOne(Path beside, String name, String text, List<Utterance> utterances) {
        AUDIO.stream()
                .map(ending -> beside.resolveSibling(name + ending))
                .filter(Files::isRegularFile)
                .findFirst()
                .ifPresent(audio -> utterances.add(new Utterance(audio, text)));
    }
}
