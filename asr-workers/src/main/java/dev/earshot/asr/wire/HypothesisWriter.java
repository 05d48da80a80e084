package dev.earshot.asr.wire;

import dev.earshot.asr.domain.AudioTime;
import dev.earshot.asr.domain.Gap;
import dev.earshot.asr.domain.LocalAgreement;
import dev.earshot.asr.domain.Progress;
import dev.earshot.asr.domain.RecognizedWord;
import dev.earshot.asr.domain.Transcription;
import dev.earshot.asr.port.ModelInfo;
import dev.earshot.schema.avro.AsrHypothesis;
import dev.earshot.schema.avro.AudioGap;
import dev.earshot.schema.avro.HypothesisKind;
import dev.earshot.schema.avro.Word;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Writes records of {@code asr.hypothesis.v1}. Immutable, thread-safe. */
public final class HypothesisWriter {

    private final ModelInfo model;

    public HypothesisWriter(ModelInfo model) {
        this.model = model;
    }

    public AsrHypothesis partial(
            TrackIdentity track, Evidence audio, int revision, LocalAgreement.Shown shown, long decodeMicros) {
        return speech(track, audio, revision, new Transcription(shown.words()), decodeMicros)
                .setKind(HypothesisKind.PARTIAL)
                .setStablePrefixWords(shown.stableWords())
                .build();
    }

    public AsrHypothesis finalOf(
            TrackIdentity track, Evidence audio, int revision, Transcription heard, long decodeMicros) {
        return speech(track, audio, revision, heard, decodeMicros)
                .setKind(HypothesisKind.FINAL)
                .setStablePrefixWords(heard.words().size())
                .build();
    }

    public AsrHypothesis progress(TrackIdentity track, Evidence audio, Progress progress) {
        return about(track, audio)
                .setKind(HypothesisKind.PROGRESS)
                .setUtteranceId(null)
                .setRevision(0)
                .setGaps(progress.gaps().stream().map(HypothesisWriter::gap).toList())
                .setEndOfTrack(progress.endOfTrack())
                .build();
    }

    private AsrHypothesis.Builder speech(
            TrackIdentity track, Evidence audio, int revision, Transcription heard, long decodeMicros) {
        long startMs = AudioTime.millis(audio.startSample());
        return about(track, audio)
                .setUtteranceId(track.trackId() + ":" + startMs)
                .setRevision(revision)
                .setText(heard.text())
                .setWords(heard.words().stream().map(word -> word(word, audio)).toList())
                .setLanguage(language(audio, heard))
                .setModelName(model.name())
                .setModelHash(model.hash())
                .setDecodeMicros(decodeMicros);
    }

    /** What was heard counts for more than what the model is for, and that for more than what somebody asked for. */
    private @Nullable String language(Evidence audio, Transcription heard) {
        if (heard.language() != null) {
            return heard.language();
        }
        return model.language() != null ? model.language() : audio.askedLanguage();
    }

    private static AsrHypothesis.Builder about(TrackIdentity track, Evidence audio) {
        return AsrHypothesis.newBuilder()
                .setMeetingId(track.meetingId())
                .setSessionUid(track.sessionUid())
                .setTrackId(track.trackId())
                .setStartSample(audio.startSample())
                .setEndSample(audio.endSample())
                .setAudioPartition(track.partition())
                .setAudioFirstOffset(audio.firstOffset())
                .setAudioLastOffset(audio.lastOffset())
                .setStartCapturedAt(instant(audio.startMicros()))
                .setEndCapturedAt(instant(audio.endMicros()))
                .setReadyAt(instant(audio.readyMicros()));
    }

    /** The model may place a last letter in the silence that was put behind the audio. */
    private static Word word(RecognizedWord word, Evidence audio) {
        long startMs = AudioTime.millis(audio.startSample());
        long endMs = AudioTime.millis(audio.endSample());
        return new Word(
                word.text(),
                Math.min(endMs, startMs + word.startMs()),
                Math.min(endMs, startMs + word.endMs()),
                word.confidence());
    }

    private static AudioGap gap(Gap gap) {
        return new AudioGap(
                gap.startSample(), gap.endSample(), gap.reason().name().toLowerCase(Locale.ROOT));
    }

    private static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }
}
