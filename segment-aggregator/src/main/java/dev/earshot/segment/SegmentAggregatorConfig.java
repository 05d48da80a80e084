package dev.earshot.segment;

import dev.earshot.segment.domain.SegmentRules;
import dev.earshot.segment.postgres.DatabaseUrl;
import dev.earshot.segment.redis.RedisLiveView;
import dev.earshot.segment.streams.SegmentStream;
import java.time.Duration;

/**
 * What the aggregator needs to know besides the log.
 *
 * @param rules how long text may change
 * @param stream how the fold runs
 * @param database where confirmed entries go
 * @param redisUrl where the live view goes, {@code redis://host:port/database}
 * @param startTimeout how long starting waits for PostgreSQL
 */
public record SegmentAggregatorConfig(
        SegmentRules rules,
        SegmentStream.Settings stream,
        DatabaseUrl database,
        String redisUrl,
        Duration startTimeout) {

    public SegmentAggregatorConfig {
        RedisLiveView.address(redisUrl);
    }
}
