package dev.earshot.bot.domain;

/** Where the meeting page says that the bot is. */
public enum Presence {
    /** The page is loading, or shows nothing that the platform's script knows. */
    UNKNOWN,
    /** Before asking to join. */
    LOBBY,
    /** Asked, and waiting for somebody to let us in. */
    WAITING,
    /** In the meeting. */
    IN_CALL,
    /** Nobody let us in, by decision. */
    DENIED,
    /** Somebody threw us out. */
    REMOVED,
    /** The meeting is over. */
    ENDED;

    /** Whether the stay is over. */
    public boolean isEnd() {
        return this == DENIED || this == REMOVED || this == ENDED;
    }
}
