package dev.earshot.api.web;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.DefaultHttpContent;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.reactivestreams.Subscription;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.core.publisher.SignalType;
import reactor.netty.channel.AbortedException;
import reactor.netty.http.server.HttpServerResponse;

/**
 * Writes one viewer's server-sent events straight to its connection, each at once. The frameworks' own ways make a writer for
 * every event, or take 128 events before they look at how fast the client reads; here only a few are on their way, so that
 * what is pending waits where newer text supersedes it.
 */
final class EventWriter extends BaseSubscriber<byte[]> {

    /** Events given to the connection and not yet taken by the network. */
    private static final int ON_THEIR_WAY = 4;

    private final Channel channel;
    private final MonoSink<Void> done;

    private EventWriter(Channel channel, MonoSink<Void> done) {
        this.channel = channel;
        this.done = done;
    }

    /** The thread that writes to the response's connection. */
    static EventLoop threadOf(ServerHttpResponse response) {
        return channelOf(nativeOf(response)).eventLoop();
    }

    /** Sends the headers as they are, then the events; completes when they end or the client is gone. */
    static Mono<Void> write(ServerHttpResponse response, Flux<byte[]> events) {
        HttpServerResponse netty = nativeOf(response);
        Mono<Void> body = Mono.create(done -> {
            var writer = new EventWriter(channelOf(netty), done);
            done.onDispose(writer);
            events.subscribe(writer);
        });
        return netty.sendHeaders().then().then(body).onErrorResume(AbortedException.class, gone -> Mono.empty());
    }

    @Override
    protected void hookOnSubscribe(Subscription subscription) {
        subscription.request(ON_THEIR_WAY);
    }

    /** Always as a task: what another thread has handed over must not be overtaken by what the connection's own thread writes. */
    @Override
    protected void hookOnNext(byte[] event) {
        channel.eventLoop().execute(() -> send(event));
    }

    private void send(byte[] event) {
        channel.writeAndFlush(new DefaultHttpContent(Unpooled.wrappedBuffer(event)))
                .addListener(written -> {
                    if (written.isSuccess()) {
                        request(1);
                    } else {
                        cancel();
                    }
                });
    }

    @Override
    protected void hookOnError(Throwable error) {
        done.error(error);
    }

    /** Behind the events that wait to be written. */
    @Override
    protected void hookFinally(SignalType type) {
        channel.eventLoop().execute(done::success);
    }

    private static HttpServerResponse nativeOf(ServerHttpResponse response) {
        return ServerHttpResponseDecorator.getNativeResponse(response);
    }

    private static Channel channelOf(HttpServerResponse response) {
        var channel = new AtomicReference<Channel>();
        response.withConnection(connection -> channel.set(connection.channel()));
        return Objects.requireNonNull(channel.get());
    }
}
