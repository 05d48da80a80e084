package dev.earshot.segment.redis;

import dev.earshot.schema.LiveView;
import dev.earshot.schema.avro.TranscriptLive;
import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.reactive.RedisReactiveCommands;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.avro.message.BinaryMessageEncoder;
import reactor.core.publisher.Mono;

/**
 * Writes one record to the live view unless Redis has a newer one of the same track, in one step on the server.
 *
 * <p>Revisions lie beside the view, since a track without pending text leaves the view but must not come back by an older
 * record. The same revision is written again: after an aborted transaction it may say something else.
 */
final class LiveViewWriter {

    private static final String SCRIPT =
            """
            local known = redis.call('HGET', KEYS[2], ARGV[1])
            if known and tonumber(known) > tonumber(ARGV[2]) then return 0 end
            redis.call('HSET', KEYS[2], ARGV[1], ARGV[2])
            redis.call('EXPIRE', KEYS[2], ARGV[4])
            if ARGV[3] == '' then
              redis.call('HDEL', KEYS[1], ARGV[1])
            else
              redis.call('HSET', KEYS[1], ARGV[1], ARGV[3])
              redis.call('EXPIRE', KEYS[1], ARGV[4])
            end
            return 1
            """;

    private static final byte[] TIME_TO_LIVE = bytes(Long.toString(LiveView.TIME_TO_LIVE.toSeconds()));
    private static final byte[] NOTHING = {};

    private final RedisReactiveCommands<byte[], byte[]> redis;
    private final String digest;

    LiveViewWriter(RedisReactiveCommands<byte[], byte[]> redis) {
        this.redis = redis;
        this.digest = redis.digest(SCRIPT);
    }

    Mono<Void> write(TranscriptLive live) {
        String view = LiveView.key(live.getMeetingId());
        byte[][] keys = {bytes(view), bytes(view + ":revisions")};
        byte[][] arguments = {
            bytes(live.getTrackId()),
            bytes(Long.toString(live.getRevision())),
            live.getPending().isEmpty() ? NOTHING : encode(live),
            TIME_TO_LIVE
        };
        return redis.evalsha(digest, ScriptOutputType.INTEGER, keys, arguments)
                .onErrorResume(
                        RedisNoScriptException.class,
                        unknown -> redis.eval(SCRIPT, ScriptOutputType.INTEGER, keys, arguments))
                .then();
    }

    private static byte[] encode(TranscriptLive live) {
        try {
            BinaryMessageEncoder<TranscriptLive> encoder = TranscriptLive.getEncoder();
            ByteBuffer encoded = encoder.encode(live);
            var bytes = new byte[encoded.remaining()];
            encoded.get(bytes);
            return bytes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
