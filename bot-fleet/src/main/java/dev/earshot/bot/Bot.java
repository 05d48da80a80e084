package dev.earshot.bot;

import dev.earshot.audio.AudioPublisher;
import dev.earshot.audio.domain.DecodingOptions;
import dev.earshot.bot.domain.BotOrder;
import dev.earshot.bot.domain.Stay;
import dev.earshot.bot.mock.MockScenario;
import dev.earshot.eventlog.EventLog;
import java.util.List;
import java.util.stream.Stream;

/**
 * One bot's stay in one meeting, from joining to the last event.
 *
 * <p>{@link #run} belongs to one platform thread; the other methods answer at once on any thread.
 */
sealed interface Bot extends Runnable permits BrowserBot, MockBot {

    /** The status of a bot that is leaving. */
    String STOPPING = "stopping";

    /** The words for how far a bot has come. */
    List<String> STATUSES = Stream.concat(Stream.of(Stay.Stage.values()).map(Stay.Stage::status), Stream.of(STOPPING))
            .toList();

    /** The bot for an order: one in a browser, unless the order names a mock and this node has them. */
    static Bot of(BotOrder order, BotFleetConfig config, EventLog eventLog, AudioPublisher publisher) {
        return config.mockBots() && MockScenario.isNamedBy(order.botName())
                ? new MockBot(order, eventLog, publisher)
                : new BrowserBot(order, config, eventLog, publisher);
    }

    /** Asks the bot to leave; it does so within a second or two. */
    void leave();

    /** Makes the bot fail with a sentence before it starts. */
    void refuse(String sentence);

    /** Changes what is asked for from now on. */
    void reconfigure(DecodingOptions options);

    /** Process id of the browser; -1 while there is none. */
    long browserPid();

    /** How far it has come, one of {@link #STATUSES}. */
    String status();

    /** Whether the stay is over and Kafka has taken all that was to be told about it, its end included. */
    boolean isReported();
}
