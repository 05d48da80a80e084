package dev.earshot.asr.port;

import dev.earshot.asr.domain.Transcription;
import dev.earshot.asr.domain.Window;
import java.util.List;

/**
 * Decodes a batch of windows of speech, one from each of many tracks.
 *
 * <p>Knows nothing of streams or of Kafka. The answer to a window depends on that window alone, never on its neighbours in
 * the batch. Called by one thread at a time. A window may be of any length, an empty one has no words. Throws {@link
 * IllegalStateException} after {@link #close}.
 */
public interface Recognizer extends AutoCloseable {

    /** What decodes here. */
    ModelInfo model();

    /** One transcription per window, in the same order. */
    List<Transcription> decode(List<Window> windows);

    /** Frees the model. Closing twice does nothing. */
    @Override
    void close();
}
