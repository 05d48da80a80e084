package dev.earshot.api.webhook;

import dev.earshot.api.domain.PublicAddress;
import io.netty.resolver.AddressResolver;
import io.netty.resolver.AddressResolverGroup;
import io.netty.resolver.InetNameResolver;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Promise;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Says where users may send us: to addresses of the public Internet, unless the deployment allows others. Who asks for a name
 * gets addresses that were checked, and connects to those: a name that means something else a moment later changes nothing.
 * Thread-safe.
 */
public final class PublicTargets {

    /** Finds the addresses of a host; an error when there are none. */
    public interface Lookup {
        Mono<List<InetAddress>> addresses(String host);
    }

    /** As this machine resolves names. */
    public static final Lookup SYSTEM_LOOKUP = host ->
            Mono.fromCallable(() -> List.of(InetAddress.getAllByName(host))).subscribeOn(Schedulers.boundedElastic());

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final boolean privateAllowed;
    private final Lookup lookup;

    public PublicTargets(boolean privateAllowed, Lookup lookup) {
        this.privateAllowed = privateAllowed;
        this.lookup = lookup;
    }

    /** Whether a user may name this address. A name that means nothing now may mean something when it is needed. */
    public Mono<Boolean> mayLeadTo(URI url) {
        return checked(url.getHost())
                .thenReturn(true)
                .onErrorResume(error -> Mono.just(!(error instanceof BlockedTargetException)));
    }

    /** The addresses of a host, every one of them checked; {@link BlockedTargetException} when any must not be gone to. */
    Mono<List<InetAddress>> checked(String host) {
        // As an address is written in a URL.
        String bare = host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
        return lookup.addresses(bare).timeout(PATIENCE).map(addresses -> {
            if (!privateAllowed && !addresses.stream().allMatch(PublicAddress::isPublic)) {
                throw new BlockedTargetException(host);
            }
            return addresses;
        });
    }

    /** For a client: resolves names to addresses that were checked. */
    AddressResolverGroup<InetSocketAddress> resolver() {
        return new AddressResolverGroup<>() {
            @Override
            protected AddressResolver<InetSocketAddress> newResolver(EventExecutor executor) {
                return new CheckedNames(executor).asAddressResolver();
            }
        };
    }

    private final class CheckedNames extends InetNameResolver {

        private CheckedNames(EventExecutor executor) {
            super(executor);
        }

        @Override
        protected void doResolve(String host, Promise<InetAddress> promise) {
            var unused = checked(host)
                    .map(addresses -> addresses.get(0))
                    .subscribe(promise::trySuccess, promise::tryFailure);
        }

        @Override
        protected void doResolveAll(String host, Promise<List<InetAddress>> promise) {
            var unused = checked(host).subscribe(promise::trySuccess, promise::tryFailure);
        }
    }
}
