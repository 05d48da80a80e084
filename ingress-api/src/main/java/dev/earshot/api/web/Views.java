package dev.earshot.api.web;

import dev.earshot.api.domain.Meeting;
import dev.earshot.api.domain.MeetingStatus;
import dev.earshot.api.domain.TokenRow;
import dev.earshot.api.domain.User;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The bodies of answers; the JSON names are the components' in snake case, and nulls are written. */
final class Views {

    /** Kept with a meeting for our own use. */
    private static final Set<String> INTERNAL = Set.of("swept_at");

    private Views() {}

    record MessageView(String message) {}

    /** What a meeting went through, newest first. */
    record MeetingEventsView(List<Object> events, long meetingId, int count) {

        static MeetingEventsView of(Meeting meeting, int limit) {
            var newestFirst = new ArrayList<>(meeting.transitions());
            Collections.reverse(newestFirst);
            List<Object> shown = newestFirst.stream()
                    .limit(limit)
                    .map(MeetingEventsView::event)
                    .toList();
            return new MeetingEventsView(shown, meeting.id(), shown.size());
        }

        private static Object event(Object transition) {
            var event = new LinkedHashMap<Object, Object>();
            event.put("type", "meeting.status_change");
            if (transition instanceof Map<?, ?> members) {
                event.putAll(members);
            }
            return event;
        }
    }

    record MeetingView(
            long id,
            long userId,
            String platform,
            @Nullable String nativeMeetingId,
            @Nullable String constructedMeetingUrl,
            String status,
            @Nullable String botContainerId,
            @Nullable Instant startTime,
            @Nullable Instant endTime,
            @Nullable String completionReason,
            @Nullable String failureStage,
            Map<String, Object> data,
            Instant createdAt,
            Instant updatedAt) {

        static MeetingView of(Meeting meeting) {
            return new MeetingView(
                    meeting.id(),
                    meeting.userId(),
                    meeting.platform(),
                    meeting.nativeMeetingId(),
                    meeting.url(),
                    meeting.status().wire(),
                    meeting.botName(),
                    meeting.startTime(),
                    meeting.endTime(),
                    meeting.completionReason(),
                    meeting.failureStage(),
                    shown(meeting.data()),
                    meeting.createdAt(),
                    meeting.updatedAt());
        }
    }

    record MeetingsView(List<MeetingView> meetings) {}

    /** A meeting in a list of many. */
    record SlimMeetingView(
            long id,
            String platform,
            @Nullable String nativeMeetingId,
            String status,
            @Nullable String botContainerId,
            @Nullable Instant startTime,
            @Nullable Instant endTime,
            Instant createdAt,
            Instant updatedAt,
            Map<String, Object> data) {

        private static final int NOTES_PREVIEW = 120;
        private static final int PARTICIPANTS_PREVIEW = 3;

        static SlimMeetingView of(Meeting meeting, boolean withData) {
            return new SlimMeetingView(
                    meeting.id(),
                    meeting.platform(),
                    meeting.nativeMeetingId(),
                    meeting.status().wire(),
                    meeting.botName(),
                    meeting.startTime(),
                    meeting.endTime(),
                    meeting.createdAt(),
                    meeting.updatedAt(),
                    withData ? shown(meeting.data()) : slim(meeting.data()));
        }

        private static Map<String, Object> slim(Map<String, Object> data) {
            List<?> participants = data.get("participants") instanceof List<?> list ? list : List.of();
            List<?> transitions = data.get("status_transition") instanceof List<?> list ? list : List.of();
            String notes = data.get("notes") instanceof String text ? text : null;
            var slim = new LinkedHashMap<String, Object>();
            slim.put("name", data.get("name"));
            slim.put("completion_reason", data.get("completion_reason"));
            slim.put(
                    "participants",
                    participants.stream().limit(PARTICIPANTS_PREVIEW).toList());
            slim.put("participants_count", participants.size());
            slim.put(
                    "notes_preview",
                    notes == null ? null : notes.substring(0, Math.min(NOTES_PREVIEW, notes.length())));
            slim.put("languages", data.get("languages"));
            slim.put("last_transition", transitions.isEmpty() ? null : transitions.get(transitions.size() - 1));
            slim.put("has_recording", false);
            return slim;
        }
    }

    record SlimMeetingsView(List<SlimMeetingView> meetings, boolean hasMore) {}

    record BotStatusView(
            @Nullable String containerId,
            @Nullable String containerName,
            String platform,
            @Nullable String nativeMeetingId,
            String status,
            String normalizedStatus,
            Instant createdAt,
            Map<String, String> labels,
            String meetingIdFromName,
            @Nullable Instant startTime,
            String meetingStatus,
            Map<String, Object> data) {

        static BotStatusView of(Meeting meeting) {
            String normalized = normalized(meeting.status());
            return new BotStatusView(
                    meeting.botName(),
                    meeting.botName(),
                    meeting.platform(),
                    meeting.nativeMeetingId(),
                    normalized,
                    normalized,
                    meeting.createdAt(),
                    Map.of("earshot.user_id", Long.toString(meeting.userId())),
                    Long.toString(meeting.id()),
                    meeting.startTime(),
                    meeting.status().wire(),
                    shown(meeting.data()));
        }

        private static String normalized(MeetingStatus status) {
            return switch (status) {
                case REQUESTED -> "Requested";
                case JOINING, AWAITING_ADMISSION, NEEDS_HUMAN_HELP -> "Starting";
                case ACTIVE -> "Up";
                case STOPPING -> "Stopping";
                case COMPLETED -> "Exited";
                case FAILED -> "Failed";
            };
        }
    }

    record BotStatusesView(List<BotStatusView> runningBots) {}

    record StreamTokenView(String token, Instant expiresAt, long expiresIn, String url) {}

    record CallerView(long userId, String email, Set<String> scopes, int maxConcurrent) {}

    record UserView(
            long id,
            String email,
            @Nullable String name,
            @Nullable String imageUrl,
            int maxConcurrentBots,
            Instant createdAt,
            Map<String, Object> data) {

        static UserView of(User user) {
            return new UserView(
                    user.id(),
                    user.email(),
                    user.name(),
                    user.imageUrl(),
                    user.maxConcurrentBots(),
                    user.createdAt(),
                    withoutSecret(user.data()));
        }
    }

    record UserWithTokensView(
            long id,
            String email,
            @Nullable String name,
            @Nullable String imageUrl,
            int maxConcurrentBots,
            Instant createdAt,
            Map<String, Object> data,
            List<TokenView> apiTokens) {

        static UserWithTokensView of(User user, List<TokenRow> tokens) {
            return new UserWithTokensView(
                    user.id(),
                    user.email(),
                    user.name(),
                    user.imageUrl(),
                    user.maxConcurrentBots(),
                    user.createdAt(),
                    withoutSecret(user.data()),
                    tokens.stream().map(TokenView::of).toList());
        }
    }

    record TokenView(
            long id,
            long userId,
            List<String> scopes,
            @Nullable String name,
            Instant createdAt,
            @Nullable Instant lastUsedAt,
            @Nullable Instant expiresAt) {

        static TokenView of(TokenRow row) {
            return new TokenView(
                    row.id(),
                    row.userId(),
                    row.scopes(),
                    row.name(),
                    row.createdAt(),
                    row.lastUsedAt(),
                    row.expiresAt());
        }
    }

    /** The only answer that ever carries a key. */
    record NewTokenView(
            long id,
            String token,
            long userId,
            Instant createdAt,
            List<String> scopes,
            @Nullable String name,
            @Nullable Instant lastUsedAt,
            @Nullable Instant expiresAt) {

        static NewTokenView of(TokenRow row, String token) {
            return new NewTokenView(
                    row.id(),
                    token,
                    row.userId(),
                    row.createdAt(),
                    row.scopes(),
                    row.name(),
                    row.lastUsedAt(),
                    row.expiresAt());
        }
    }

    private static Map<String, Object> shown(Map<String, Object> data) {
        var shown = new LinkedHashMap<>(withoutSecret(data));
        shown.keySet().removeAll(INTERNAL);
        return shown;
    }

    private static Map<String, Object> withoutSecret(Map<String, Object> data) {
        var shown = new LinkedHashMap<>(data);
        shown.remove("webhook_secret");
        return shown;
    }
}
