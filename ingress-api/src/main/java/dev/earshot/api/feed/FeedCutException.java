package dev.earshot.api.feed;

/** A feed ends here though more will come: its viewer is to come back with the cursor that it has got. */
public final class FeedCutException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Why. */
    public enum Reason {
        TOO_SLOW("the client did not read for so long that too much waited for it"),
        GOING_AWAY("this server is shutting down");

        private final String sentence;

        Reason(String sentence) {
            this.sentence = sentence;
        }
    }

    private final Reason reason;

    public FeedCutException(Reason reason) {
        // Without a stack trace: it says nothing, and thousands may be cut at once.
        super(reason.sentence, null, false, false);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
