package dev.earshot.asr.domain;

import java.util.ArrayList;
import java.util.List;

/**
 * Finds the words of an open utterance that will not change any more: those on which two hypotheses in a row agree, as far as
 * the model's look-ahead allows. What was once stable stays in front of every later partial. One instance per utterance, not
 * thread-safe.
 *
 * <p>Source: LocalAgreement-2, Macháček et al. 2023 (arXiv 2307.14743) §3.
 */
public final class LocalAgreement {

    /**
     * What to show.
     *
     * @param words all words so far
     * @param stableWords how many of them, from the front, will not change
     */
    public record Shown(List<RecognizedWord> words, int stableWords) {}

    private final List<RecognizedWord> stable = new ArrayList<>();
    private List<RecognizedWord> previous = List.of();

    /**
     * Takes the next hypothesis.
     *
     * @param words all words heard since the start of the utterance
     * @param trustedMs words that end later are never stable yet: more audio may still change them
     */
    public Shown agree(List<RecognizedWord> words, int trustedMs) {
        List<RecognizedWord> shown = behindStable(words);
        int agreed = stable.size();
        while (agreed < shown.size()
                && agreed < previous.size()
                && shown.get(agreed).text().equals(previous.get(agreed).text())
                && shown.get(agreed).endMs() <= trustedMs) {
            stable.add(shown.get(agreed));
            agreed++;
        }
        previous = shown;
        return new Shown(shown, agreed);
    }

    private List<RecognizedWord> behindStable(List<RecognizedWord> words) {
        if (stable.isEmpty()) {
            return words;
        }
        var shown = new ArrayList<>(stable);
        if (beginsWithStable(words)) {
            shown.addAll(words.subList(stable.size(), words.size()));
        } else {
            int heardTo = stable.get(stable.size() - 1).endMs();
            words.stream().filter(word -> word.startMs() >= heardTo).forEach(shown::add);
        }
        return shown;
    }

    private boolean beginsWithStable(List<RecognizedWord> words) {
        if (words.size() < stable.size()) {
            return false;
        }
        for (int i = 0; i < stable.size(); i++) {
            if (!words.get(i).text().equals(stable.get(i).text())) {
                return false;
            }
        }
        return true;
    }
}
