package dev.earshot.asr.port;

import dev.earshot.asr.domain.SpeechWindow;
import java.util.List;

/**
 * Says how likely somebody speaks in windows of 32 ms, one from each of many tracks.
 *
 * <p>The answer to a window depends on its samples and its memory alone, never on its neighbours. Called by one thread at a
 * time. Throws {@link IllegalStateException} after {@link #close}.
 */
public interface SpeechDetector extends AutoCloseable {

    /** Answers each window and brings its memory up to date. */
    void detect(List<SpeechWindow> windows);

    /** Frees the model. Closing twice does nothing. */
    @Override
    void close();
}
