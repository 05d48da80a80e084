package dev.earshot.api.meeting;

import dev.earshot.api.domain.BotRequest;
import dev.earshot.api.domain.InvalidRequestException;
import dev.earshot.api.domain.Platform;
import dev.earshot.api.domain.Violation;
import dev.earshot.api.webhook.PublicTargets;
import java.net.URI;
import reactor.core.publisher.Mono;

/**
 * Says whether a bot may go where it is asked to. Only a Jitsi server is the caller's choice; what a browser of ours opens there
 * must be no page of our own network.
 */
public final class Destinations {

    private final PublicTargets targets;

    public Destinations(PublicTargets targets) {
        this.targets = targets;
    }

    /** The request; {@link InvalidRequestException} when its bot must not go there. */
    Mono<BotRequest> checked(BotRequest bot) {
        if (bot.address().platform() != Platform.JITSI) {
            return Mono.just(bot);
        }
        return targets.mayLeadTo(URI.create(bot.url()))
                .flatMap(allowed -> allowed
                        ? Mono.just(bot)
                        : Mono.error(new InvalidRequestException(Violation.value(
                                "meeting_url leads to an address that is not of the public Internet",
                                bot.url(),
                                "body",
                                "meeting_url"))));
    }
}
