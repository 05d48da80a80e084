package dev.earshot.api.web;

import dev.earshot.api.domain.Meeting;
import dev.earshot.api.domain.Platform;
import dev.earshot.api.feed.FeedCutException;
import dev.earshot.api.feed.Frame;
import dev.earshot.api.feed.LiveFeed;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.util.concurrent.Queues;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** What is said and heard on one WebSocket. Heard messages are taken one after the other. */
final class SocketConversation {

    /** Answers that may wait for a client who asks and does not read; one more ends the conversation. */
    private static final int MOST_UNREAD = 1024;

    private static final int MOST_AT_ONCE = 256;

    /** A meeting as clients name it. */
    private record Address(String platform, String nativeId) {

        Map<String, String> view() {
            var view = new LinkedHashMap<String, String>();
            view.put("platform", platform);
            view.put("native_id", nativeId);
            return view;
        }
    }

    /** What a client may follow. */
    @FunctionalInterface
    interface Access {

        /** The meeting that it means; empty when there is none, or none of its own. */
        Mono<Meeting> find(String platform, String nativeId);
    }

    private final Access access;
    private final LiveFeed feed;
    private final boolean early;
    private final Sinks.Many<Flux<ByteBuffer>> flows = Sinks.many()
            .unicast()
            .onBackpressureBuffer(Queues.<Flux<ByteBuffer>>get(MOST_UNREAD).get());
    private final Map<Address, Sinks.Empty<Void>> followed = new ConcurrentHashMap<>();

    /** With {@code early}, what is said of meetings is said in the frames of the contract's generation E. */
    SocketConversation(Access access, LiveFeed feed, boolean early) {
        this.access = access;
        this.feed = feed;
        this.early = early;
    }

    /** What is to be sent, UTF-8: answers and feeds, each a flow of its own. */
    Flux<Flux<ByteBuffer>> said() {
        return flows.asFlux();
    }

    /** Takes in one message of the client. */
    Mono<Void> hear(String message) {
        JsonNode request;
        try {
            request = LiveSocket.MAPPER.readTree(message);
        } catch (JacksonException e) {
            return answer(LiveSocket.error("invalid_json", null));
        }
        return switch (request.path("action").asString("")) {
            case "ping" -> answer(frame("pong", null));
            case "subscribe" -> subscribe(request.path("meetings"));
            case "unsubscribe" -> unsubscribe(request.path("meetings"));
            default -> answer(LiveSocket.error("unknown_action", null));
        };
    }

    /** Stops everything that is followed. */
    void end() {
        followed.values().forEach(Sinks.Empty::tryEmitEmpty);
        flows.tryEmitComplete();
    }

    private Mono<Void> subscribe(JsonNode wanted) {
        if (wanted.size() > MOST_AT_ONCE) {
            return answer(
                    LiveSocket.error("invalid_subscribe_payload", "'meetings' list is longer than " + MOST_AT_ONCE));
        }
        if (!wanted.isArray() || wanted.isEmpty()) {
            String complaint =
                    wanted.isArray() ? "'meetings' list cannot be empty" : "'meetings' must be a non-empty list";
            return answer(LiveSocket.error("invalid_subscribe_payload", complaint));
        }
        if (wanted.valueStream().noneMatch(JsonNode::isObject)) {
            return answer(LiveSocket.error("invalid_subscribe_payload", "no valid meeting objects"));
        }
        var complaints = new ArrayList<String>();
        var good = new ArrayList<Address>();
        var feeds = new ArrayList<Flux<ByteBuffer>>();
        return Flux.range(0, wanted.size())
                .concatMap(i -> {
                    Optional<Address> address = address(wanted.get(i));
                    if (address.isEmpty()) {
                        complaints.add("meetings[" + i + "] invalid native_meeting_id for platform '"
                                + wanted.get(i).path("platform").asString("") + "'");
                        return Mono.empty();
                    }
                    Address named = address.get();
                    return access.find(named.platform, named.nativeId)
                            .doOnNext(meeting -> {
                                good.add(named);
                                feeds.add(follow(named, meeting, cursor(wanted.get(i))));
                            })
                            .switchIfEmpty(Mono.fromRunnable(
                                    () -> complaints.add("meetings[" + i + "] not authorized or not found for user")));
                })
                .then(Mono.defer(() -> {
                    Flux<ByteBuffer> answers = complaints.isEmpty()
                            ? Flux.empty()
                            : Flux.just(LiveSocket.error("invalid_subscribe_payload", complaints));
                    return say(answers.concatWithValues(frame(
                                    "subscribed",
                                    good.stream().map(Address::view).toList()))
                            .concatWith(Flux.merge(Flux.fromIterable(feeds), Math.max(1, feeds.size()))));
                }))
                .onErrorResume(
                        ErrorAnswers::isSomebodyAway,
                        error -> answer(LiveSocket.error("authorization_call_failed", LiveSocket.NOBODY_ANSWERS)));
    }

    private Flux<ByteBuffer> follow(Address address, Meeting meeting, long cursor) {
        Sinks.Empty<Void> stop = Sinks.empty();
        Sinks.Empty<Void> before = followed.put(address, stop);
        if (before != null) {
            before.tryEmitEmpty();
        }
        return feed.frames(meeting.id(), cursor)
                .flatMapMany(frames -> frames)
                .filter(Frame::hasJson)
                // One at a time: what waits must wait where newer text can supersede it.
                .concatMapIterable(frame -> early ? frame.earlyJson() : List.of(frame.json()), 1)
                .takeUntilOther(stop.asMono());
    }

    private Mono<Void> unsubscribe(JsonNode unwanted) {
        if (!unwanted.isArray()) {
            return answer(LiveSocket.error("invalid_unsubscribe_payload", "'meetings' must be a list"));
        }
        var complaints = new ArrayList<String>();
        var gone = new ArrayList<Map<String, String>>();
        for (int i = 0; i < unwanted.size(); i++) {
            Address address = address(unwanted.get(i)).orElse(null);
            Sinks.Empty<Void> stop = address == null ? null : followed.remove(address);
            if (address == null || stop == null) {
                complaints.add("meetings[" + i + "] not currently subscribed");
            } else {
                stop.tryEmitEmpty();
                gone.add(address.view());
            }
        }
        if (!complaints.isEmpty()) {
            return answer(LiveSocket.error("invalid_unsubscribe_payload", complaints))
                    .then(Mono.defer(() -> answer(frame("unsubscribed", gone))));
        }
        return answer(frame("unsubscribed", gone));
    }

    private Mono<Void> answer(ByteBuffer frame) {
        return say(Flux.just(frame));
    }

    private Mono<Void> say(Flux<ByteBuffer> flow) {
        return flows.tryEmitNext(flow) == Sinks.EmitResult.FAIL_OVERFLOW
                ? Mono.error(new FeedCutException(FeedCutException.Reason.TOO_SLOW))
                : Mono.empty();
    }

    private static Optional<Address> address(JsonNode meeting) {
        String nativeId = meeting.path("native_id")
                .asString(meeting.path("native_meeting_id").asString(""));
        return Platform.of(meeting.path("platform").asString(""), true)
                .filter(platform -> platform.acceptsId(nativeId))
                .map(platform -> new Address(platform.wire(), nativeId));
    }

    /** Clients of the contract bootstrap over REST; ours may name the cursor that they have got there. */
    private static long cursor(JsonNode meeting) {
        JsonNode after = meeting.path("after");
        return after.isIntegralNumber() ? after.asLong() : LiveFeed.FROM_NOW_ON;
    }

    private static ByteBuffer frame(String type, @Nullable List<Map<String, String>> meetings) {
        var frame = new LinkedHashMap<String, Object>();
        frame.put("type", type);
        if (meetings != null) {
            frame.put("meetings", meetings);
        }
        return ByteBuffer.wrap(LiveSocket.MAPPER.writeValueAsBytes(frame));
    }
}
