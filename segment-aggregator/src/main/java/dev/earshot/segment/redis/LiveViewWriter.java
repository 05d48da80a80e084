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
import java.util.List;
import org.apache.avro.message.BinaryMessageEncoder;
import reactor.core.publisher.Mono;

/**
 * Writes records to the live view with one command, each unless Redis has a newer one of the same track.
 *
 * <p>Revisions lie beside the view, since a track without pending text leaves the view but must not come back by an older
 * record. The same revision is written again: after an aborted transaction it may say something else.
 */
final class LiveViewWriter {

    /** Keys: view and revisions of each record. Arguments: time to live; track, revision and value of each. */
    private static final String SCRIPT =
            """
            for i = 1, #KEYS / 2 do
              local view, revisions = KEYS[2 * i - 1], KEYS[2 * i]
              local track, revision, value = ARGV[3 * i - 1], ARGV[3 * i], ARGV[3 * i + 1]
              local known = redis.call('HGET', revisions, track)
              if not known or tonumber(known) <= tonumber(revision) then
                redis.call('HSET', revisions, track, revision)
                redis.call('EXPIRE', revisions, ARGV[1])
                if value == '' then
                  redis.call('HDEL', view, track)
                else
                  redis.call('HSET', view, track, value)
                  redis.call('EXPIRE', view, ARGV[1])
                end
              end
            end
            """;

    private static final byte[] TIME_TO_LIVE = bytes(Long.toString(LiveView.TIME_TO_LIVE.toSeconds()));
    private static final byte[] NOTHING = {};

    private final RedisReactiveCommands<byte[], byte[]> redis;
    private final String digest;

    LiveViewWriter(RedisReactiveCommands<byte[], byte[]> redis) {
        this.redis = redis;
        this.digest = redis.digest(SCRIPT);
    }

    Mono<Void> write(List<TranscriptLive> records) {
        var keys = new byte[2 * records.size()][];
        var arguments = new byte[1 + 3 * records.size()][];
        arguments[0] = TIME_TO_LIVE;
        for (int i = 0; i < records.size(); i++) {
            TranscriptLive live = records.get(i);
            String view = LiveView.key(live.getMeetingId());
            keys[2 * i] = bytes(view);
            keys[2 * i + 1] = bytes(view + ":revisions");
            arguments[3 * i + 1] = bytes(live.getTrackId());
            arguments[3 * i + 2] = bytes(Long.toString(live.getRevision()));
            arguments[3 * i + 3] = live.getPending().isEmpty() ? NOTHING : encode(live);
        }
        return redis.evalsha(digest, ScriptOutputType.STATUS, keys, arguments)
                .onErrorResume(
                        RedisNoScriptException.class,
                        unknown -> redis.eval(SCRIPT, ScriptOutputType.STATUS, keys, arguments))
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
