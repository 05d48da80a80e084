package dev.earshot.asr.onnx;

import dev.earshot.asr.domain.AudioTime;
import dev.earshot.asr.domain.LanguageRules;
import dev.earshot.asr.domain.RecognizedWord;
import dev.earshot.asr.domain.Transcription;
import dev.earshot.asr.domain.Window;
import dev.earshot.asr.domain.mel.Features;
import dev.earshot.asr.domain.mel.WhisperFrontEnd;
import dev.earshot.asr.domain.whisper.Attempt;
import dev.earshot.asr.domain.whisper.Belief;
import dev.earshot.asr.domain.whisper.Loops;
import dev.earshot.asr.domain.whisper.Stretch;
import dev.earshot.asr.domain.whisper.Vocabulary;
import dev.earshot.asr.port.ModelInfo;
import dev.earshot.asr.port.Recognizer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Recognises speech with Whisper on ONNX Runtime: windows of up to 30 s at a time, several together; longer ones piece by piece,
 * each from where the one before ended.
 *
 * <p>Owns native memory: close it. Called by one thread at a time.
 */
final class WhisperRecognizer implements Recognizer {

    /** A decoder keeps keys and values of the whole window for each: 18 MB (tiny) to 300 MB (medium). */
    private static final int MOST_TOGETHER = 4;
    /** In less than this nothing is said, though Whisper would say something. */
    private static final int SHORTEST_MS = 100;

    /** A decoder that closes a stretch at once must not hold us up. */
    private static final int SMALLEST_STEP_MS = 200;

    private static final int WINDOW_MS = WhisperFrontEnd.WINDOW_SAMPLES / AudioTime.SAMPLES_PER_MS;
    private static final int USUAL_BANDS = 80;
    private static final String ENGLISH = "en";

    private final WhisperGraphs graphs;
    private final WhisperSettings settings;
    private final Vocabulary vocabulary;
    private final LanguageRules rules;
    private final WhisperFrontEnd frontEnd;
    private final ModelInfo model;
    private boolean closed;

    private WhisperRecognizer(
            WhisperGraphs graphs,
            WhisperSettings settings,
            LanguageRules rules,
            WhisperFrontEnd frontEnd,
            ModelInfo model) {
        this.graphs = graphs;
        this.settings = settings;
        this.vocabulary = settings.vocabulary();
        this.rules = rules;
        this.frontEnd = frontEnd;
        this.model = model;
    }

    /** Loads the folder's model. Throws {@link dev.earshot.asr.port.ModelException} with one sentence when that cannot be done. */
    static WhisperRecognizer load(ModelFolder folder, Compute compute, LanguageRules rules) {
        WhisperFiles files = WhisperFiles.find(folder);
        if (files == null) {
            throw folder.empty(WhisperFiles.EXPECTED);
        }
        WhisperSettings settings = WhisperSettings.read(folder);
        for (String language : rules.languages()) {
            if (settings.multilingual() && !settings.vocabulary().languages().containsKey(language)) {
                throw new IllegalArgumentException("language: " + language + " (expected: one that the model speaks: "
                        + String.join(" ", settings.vocabulary().languages().keySet()) + ")");
            }
        }
        ModelCard card = ModelCard.read(folder);
        String language = settings.multilingual() ? card.language() : ENGLISH;
        WhisperGraphs graphs = files.encoder() == null
                ? new BeamSearchWhisper(folder, files.decoder(), settings.vocabulary(), compute)
                : new SplitWhisper(folder, files.encoder(), files.decoder(), settings, compute);
        int bands = graphs.bands() > 0 ? graphs.bands() : settings.bands();
        var recognizer = new WhisperRecognizer(
                graphs,
                settings,
                rules,
                new WhisperFrontEnd(bands > 0 ? bands : USUAL_BANDS),
                new ModelCard(card.family(), card.name(), language, card.notice())
                        .info(folder, folder.sha256(files.graphs()), compute.provider()));
        try {
            // The first run pays for memory, and shows whether the graphs fit each other.
            recognizer.decode(List.of(new Window(new float[AudioTime.SAMPLE_RATE_HZ])));
            return recognizer;
        } catch (RuntimeException e) {
            recognizer.close();
            throw e;
        }
    }

    @Override
    public ModelInfo model() {
        return model;
    }

    @Override
    public List<Transcription> decode(List<Window> windows) {
        if (closed) {
            throw new IllegalStateException("WhisperRecognizer is closed");
        }
        List<Listening> all = windows.stream().map(Listening::new).toList();
        List<Listening> open = all.stream().filter(Listening::isOpen).toList();
        while (!open.isEmpty()) {
            for (int from = 0; from < open.size(); from += MOST_TOGETHER) {
                decodeTogether(open.subList(from, Math.min(open.size(), from + MOST_TOGETHER)));
            }
            open = open.stream().filter(Listening::isOpen).toList();
        }
        return all.stream().map(Listening::transcription).toList();
    }

    private void decodeTogether(List<Listening> group) {
        List<Features> features = group.stream()
                .map(listening ->
                        frontEnd.features(listening.window.samples(), listening.positionMs * AudioTime.SAMPLES_PER_MS))
                .toList();
        try (WhisperGraphs.Heard heard = graphs.hear(features)) {
            nameLanguages(group, heard);
            List<Attempt> believed = believed(group, heard);
            for (int i = 0; i < group.size(); i++) {
                group.get(i).take(believed.get(i));
            }
        }
    }

    /** A window's language is what its track was said to speak, or the only one there is to choose, or what it sounds like. */
    private void nameLanguages(List<Listening> group, WhisperGraphs.Heard heard) {
        if (!settings.multilingual() || group.stream().allMatch(listening -> listening.language != null)) {
            return;
        }
        List<String> choice =
                rules.languages().isEmpty() ? List.copyOf(vocabulary.languages().keySet()) : rules.languages();
        List<Integer> tokens = choice.stream()
                .map(code -> vocabulary.languages().getOrDefault(code, vocabulary.endOfText()))
                .toList();
        int[] likeliest = choice.size() == 1 ? new int[0] : heard.likeliest(tokens);
        for (int i = 0; i < group.size(); i++) {
            if (group.get(i).language == null) {
                group.get(i).language = choice.get(choice.size() == 1 ? 0 : tokens.indexOf(likeliest[i]));
            }
        }
    }

    /** Decodes all, and those that cannot be believed again and again at rising temperatures. */
    private List<Attempt> believed(List<Listening> group, WhisperGraphs.Heard heard) {
        List<Integer> rows = IntStream.range(0, group.size()).boxed().toList();
        var attempts = new Attempt[group.size()];
        int most = graphs.canTryAgain() ? Belief.attempts() : 1;
        for (int attempt = 0; attempt < most && !rows.isEmpty(); attempt++) {
            List<int[]> prompts =
                    rows.stream().map(row -> prompt(group.get(row))).toList();
            List<Attempt> decoded = heard.decode(rows, prompts, Belief.temperature(attempt));
            for (int i = 0; i < rows.size(); i++) {
                attempts[rows.get(i)] = decoded.get(i);
            }
            rows = rows.stream()
                    .filter(row -> Belief.needsAnother(attempts[row]))
                    .toList();
        }
        return List.of(attempts);
    }

    private int[] prompt(Listening listening) {
        String language = listening.language;
        IntStream prompt = IntStream.of(vocabulary.startOfTranscript());
        Integer spoken = language == null ? null : vocabulary.languages().get(language);
        if (settings.multilingual() && spoken != null) {
            int task = listening.translate ? vocabulary.translate() : vocabulary.transcribe();
            prompt = IntStream.concat(prompt, IntStream.of(spoken, task));
        }
        return graphs.tellsTime()
                ? prompt.toArray()
                : IntStream.concat(prompt, IntStream.of(vocabulary.noTimestamps()))
                        .toArray();
    }

    @Override
    public void close() {
        closed = true;
        graphs.close();
    }

    /** One window on its way: what was heard of it so far, and from where on it must still be listened to. */
    private final class Listening {

        private final Window window;
        private final int lengthMs;
        private final List<RecognizedWord> words = new ArrayList<>();
        private final boolean translate;
        private @Nullable String language;
        private int positionMs;

        Listening(Window window) {
            this.window = window;
            this.lengthMs = window.samples().length / AudioTime.SAMPLES_PER_MS;
            Boolean translated = window.options().translate();
            this.translate = settings.multilingual() && (translated != null ? translated : rules.translate());
            String asked = window.options().language();
            String code = asked == null ? null : LanguageRules.code(asked);
            this.language = vocabulary.languages().containsKey(code) ? code : null;
        }

        boolean isOpen() {
            return lengthMs - positionMs >= SHORTEST_MS;
        }

        void take(Attempt attempt) {
            int heardMs = Math.min(WINDOW_MS, lengthMs - positionMs);
            Stretch.Cut cut = Stretch.cut(attempt, vocabulary, heardMs);
            if (!Belief.isSilence(attempt)) {
                List<RecognizedWord> said = cut.stretches().stream()
                        .flatMap(stretch -> stretch.words(vocabulary).stream())
                        .toList();
                (Belief.isLoop(attempt) ? Loops.removed(said) : said).forEach(this::add);
            }
            int step = Belief.isSilence(attempt) ? heardMs : cut.nextMs();
            positionMs += step >= SMALLEST_STEP_MS ? step : heardMs;
        }

        private void add(RecognizedWord word) {
            int before = words.isEmpty() ? 0 : words.get(words.size() - 1).endMs();
            int startMs = Math.max(before, positionMs + word.startMs());
            words.add(new RecognizedWord(
                    word.text(), startMs, Math.max(startMs + 1, positionMs + word.endMs()), word.confidence()));
        }

        Transcription transcription() {
            if (words.isEmpty()) {
                return Transcription.EMPTY;
            }
            String spoken = settings.multilingual() ? language : ENGLISH;
            return new Transcription(words, translate ? ENGLISH : spoken);
        }
    }
}
