package dev.earshot.localstack;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.common.utils.Exit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a fault does that the broker cannot survive. A broker halts its process at once, but this process has servers to
 * end: while starting, a fault becomes an exception; later it ends the process by way of its shutdown hooks.
 */
final class BrokerFaults {

    private static final Logger log = LoggerFactory.getLogger(BrokerFaults.class);
    private static final Duration HOOKS_LIMIT = Duration.ofSeconds(20);
    private static final ThreadLocal<Boolean> STARTING = ThreadLocal.withInitial(() -> false);

    private BrokerFaults() {}

    static void install() {
        Exit.setExitProcedure(BrokerFaults::onFault);
        Exit.setHaltProcedure(BrokerFaults::onFault);
    }

    /** Runs a start so that a fault on this thread is thrown to the caller. */
    static void throwing(Runnable start) {
        STARTING.set(true);
        try {
            start.run();
        } finally {
            STARTING.remove();
        }
    }

    private static void onFault(int status, @Nullable String message) {
        if (!STARTING.get()) {
            log.error(
                    "the embedded Kafka broker failed and this process ends; its reason is logged above status={}",
                    status);
            endProcess(status);
        }
        throw new IllegalStateException(message == null ? "the broker gave up, its reason is logged above" : message);
    }

    /** In threads of their own: the broker's thread may be one that the hooks wait for. */
    private static void endProcess(int status) {
        new Thread(() -> System.exit(status), "local-stack-exit").start();
        Thread watchdog = new Thread(
                () -> {
                    LockSupport.parkNanos(HOOKS_LIMIT.toNanos());
                    Runtime.getRuntime().halt(status);
                },
                "local-stack-halt");
        watchdog.setDaemon(true);
        watchdog.start();
    }
}
