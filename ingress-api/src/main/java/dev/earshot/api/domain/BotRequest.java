package dev.earshot.api.domain;

import org.jspecify.annotations.Nullable;

/**
 * A bot that somebody asks for, with everything in order.
 *
 * @param address the meeting
 * @param url the link that the bot opens
 * @param botName name to show in the meeting; null for one of ours
 * @param language a code of {@link Languages}; null leaves it to the ASR workers' setting
 * @param task {@code transcribe} or {@code translate}; null leaves it to the ASR workers' setting
 * @param transcribeEnabled null for the deployment's default
 * @param recordingEnabled null for the deployment's default
 * @param leave when the bot goes by itself
 */
public record BotRequest(
        MeetingAddress address,
        String url,
        @Nullable String botName,
        @Nullable String language,
        @Nullable String task,
        @Nullable Boolean transcribeEnabled,
        @Nullable Boolean recordingEnabled,
        AutomaticLeave leave) {

    /** When the bot goes by itself, in milliseconds; null for the fleet's default. */
    public record AutomaticLeave(
            @Nullable Long maxBotTime,
            @Nullable Long maxWaitForAdmission,
            @Nullable Long maxTimeLeftAlone,
            @Nullable Long noOneJoinedTimeout) {

        public static final AutomaticLeave DEFAULTS = new AutomaticLeave(null, null, null, null);
    }
}
