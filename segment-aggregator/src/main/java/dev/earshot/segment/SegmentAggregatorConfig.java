package dev.earshot.segment;

import dev.earshot.segment.domain.SegmentRules;
import dev.earshot.segment.file.FilterSource;
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
 * @param filter what is no speech: {@code none}, {@code standard}, {@code strict}, or a file of rules
 */
public record SegmentAggregatorConfig(
        SegmentRules rules,
        SegmentStream.Settings stream,
        DatabaseUrl database,
        String redisUrl,
        Duration startTimeout,
        String filter) {

    public SegmentAggregatorConfig {
        RedisLiveView.address(redisUrl);
        FilterSource.check(filter);
    }

    /** With the standard filter. */
    public SegmentAggregatorConfig(
            SegmentRules rules,
            SegmentStream.Settings stream,
            DatabaseUrl database,
            String redisUrl,
            Duration startTimeout) {
        this(rules, stream, database, redisUrl, startTimeout, "standard");
    }
}
