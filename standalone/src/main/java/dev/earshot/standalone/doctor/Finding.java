package dev.earshot.standalone.doctor;

/**
 * What one look found.
 *
 * @param level how bad it is
 * @param subject what was looked at
 * @param text what was found, one sentence
 * @param advice what to do about it; empty when nothing is to be done
 */
public record Finding(Level level, String subject, String text, String advice) {

    /** How bad a finding is. */
    public enum Level {
        GOOD("ok"),
        NOTE("note"),
        BAD("missing");

        private final String word;

        Level(String word) {
            this.word = word;
        }

        /** How it is said on screen. */
        public String word() {
            return word;
        }
    }

    static Finding good(String subject, String text) {
        return new Finding(Level.GOOD, subject, text, "");
    }

    static Finding note(String subject, String text, String advice) {
        return new Finding(Level.NOTE, subject, text, advice);
    }

    static Finding bad(String subject, String text, String advice) {
        return new Finding(Level.BAD, subject, text, advice);
    }
}
