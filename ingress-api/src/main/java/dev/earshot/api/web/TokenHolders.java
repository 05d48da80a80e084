package dev.earshot.api.web;

import dev.earshot.api.domain.Meeting;
import dev.earshot.api.domain.RefusedException;
import dev.earshot.api.postgres.Meetings;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Lets those in who have a stream token and no key: to the one meeting that it is for. */
final class TokenHolders {

    private final StreamTokens tokens;
    private final Meetings meetings;
    private final Clock clock;

    TokenHolders(StreamTokens tokens, Meetings meetings, Clock clock) {
        this.tokens = tokens;
        this.meetings = meetings;
        this.clock = clock;
    }

    /** Completes when the token opens that meeting; else fails with {@link RefusedException}. */
    Mono<Void> require(@Nullable String token, long meetingId) {
        return token != null && tokens.opens(token, meetingId, Instant.now(clock))
                ? Mono.empty()
                : Mono.error(refusal());
    }

    /** The meeting that a token is for, if that is the one meant; else fails with {@link RefusedException}. */
    Mono<Meeting> meeting(@Nullable String token, String platform, String nativeMeetingId) {
        long id = StreamTokens.meetingOf(token == null ? "" : token);
        return require(token, id)
                .then(Mono.defer(() -> meetings.byId(id)))
                .filter(meeting ->
                        meeting.platform().equals(platform) && nativeMeetingId.equals(meeting.nativeMeetingId()))
                .switchIfEmpty(Mono.error(TokenHolders::refusal));
    }

    private static RefusedException refusal() {
        return new RefusedException(401, "Invalid or expired stream token");
    }
}
