package dev.earshot.bot.domain;

/**
 * How a stay ended.
 *
 * @param status {@code completed} or {@code failed}
 * @param reason the public API's completion reason
 * @param detail one sentence for people
 */
public record Ending(String status, String reason, String detail) {

    /** The stay went as it should. */
    public static Ending completed(String reason, String detail) {
        return new Ending("completed", reason, detail);
    }

    /** The stay did not come about or broke off. */
    public static Ending failed(String reason, String detail) {
        return new Ending("failed", reason, detail);
    }

    public boolean isFailure() {
        return status.equals("failed");
    }
}
