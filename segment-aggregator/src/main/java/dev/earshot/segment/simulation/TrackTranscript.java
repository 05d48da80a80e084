package dev.earshot.segment.simulation;

import dev.earshot.schema.avro.TranscriptKind;
import dev.earshot.schema.avro.TranscriptSegment;
import dev.earshot.schema.avro.Word;
import dev.earshot.segment.domain.Span;
import dev.earshot.segment.domain.Spans;
import dev.earshot.segment.simulation.TrackScript.Speech;
import dev.earshot.segment.simulation.TrackScript.SpokenWord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The transcript of one track beside what was really said on it. */
final class TrackTranscript {

    private static final int SAMPLES_PER_MS = 16;

    private final SimulatedSession session;
    private final TrackScript track;
    private final List<TranscriptSegment> segments;
    private final List<TranscriptSegment> gaps;
    private final Map<String, SpokenWord> spoken = new HashMap<>();
    private final Map<String, String> speakers = new HashMap<>();
    private final List<String> broken = new ArrayList<>();

    TrackTranscript(SimulatedSession session, TrackScript track, List<TranscriptSegment> entries) {
        this.session = session;
        this.track = track;
        this.segments = TranscriptPromises.only(entries, entry -> entry.getKind() == TranscriptKind.SEGMENT);
        this.gaps = TranscriptPromises.only(entries, entry -> entry.getKind() == TranscriptKind.GAP);
        for (Speech speech : track.speech()) {
            for (SpokenWord word : speech.words()) {
                spoken.put(word.text(), word);
                speakers.put(word.text(), speech.participantId());
            }
        }
    }

    List<String> broken() {
        checkOrder();
        checkWords();
        segments.forEach(this::checkSpeaker);
        return broken;
    }

    private void checkOrder() {
        long end = 0;
        for (TranscriptSegment segment : segments) {
            require(segment.getStartSample() >= end, segment.getSegmentId() + " overlaps the segment before it");
            require(!segment.getText().isBlank(), segment.getSegmentId() + " says nothing");
            end = segment.getEndSample();
        }
        long lost = gaps.stream()
                .mapToLong(gap -> gap.getEndSample() - gap.getStartSample())
                .sum();
        require(TranscriptPromises.spans(gaps).length() == lost, track.trackId() + " has gaps that overlap");
    }

    /** Each word once and in order, or in a gap; unless nobody ever learnt how long the track was. */
    private void checkWords() {
        int last = -1;
        Set<Integer> heard = new HashSet<>();
        for (TranscriptSegment segment : segments) {
            for (Word word : segment.getWords()) {
                SpokenWord truth = spoken.get(word.getText());
                if (truth == null) {
                    require(false, word.getText() + " was never said");
                } else {
                    require(truth.number() > last, word.getText() + " is out of order or there twice");
                    last = truth.number();
                    heard.add(truth.number());
                }
            }
        }
        Spans lost = TranscriptPromises.spans(gaps);
        for (SpokenWord word : spoken.values()) {
            boolean isExcused = word.number() > last && !isLengthKnown();
            if (!heard.contains(word.number()) && !isExcused) {
                long middle = word.middleMs() * SAMPLES_PER_MS;
                require(
                        !lost.and(Spans.of(new Span(middle, middle + 1))).isEmpty(),
                        word.text() + " is neither in the transcript nor in a gap");
            }
        }
    }

    private boolean isLengthKnown() {
        return switch (session.endToldBy()) {
            case WITH_TRACKS -> true;
            case WITHOUT_TRACKS -> !segments.isEmpty() || !gaps.isEmpty();
            case BY_STATUS, NEVER -> false;
        };
    }

    private void checkSpeaker(TranscriptSegment segment) {
        Set<String> truth = new HashSet<>();
        segment.getWords().forEach(word -> truth.add(speakers.get(word.getText())));
        String told = segment.getParticipantId();
        if (told == null) {
            require(track.isMixed(), segment.getSegmentId() + " has no speaker on a track of one voice");
        } else {
            require(truth.contains(told), segment.getSegmentId() + " was said by " + truth + ", not by " + told);
        }
    }

    private void require(boolean holds, String otherwise) {
        if (!holds) {
            broken.add(otherwise);
        }
    }
}
