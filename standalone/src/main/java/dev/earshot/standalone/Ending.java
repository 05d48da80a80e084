package dev.earshot.standalone;

/**
 * A clean end on Ctrl-C: tells the running command, and holds the process until the command has closed what it opened.
 * Closing it says that this has happened.
 */
final class Ending implements AutoCloseable {

    private static final long PATIENCE_MS = 30_000;

    private final Thread command = Thread.currentThread();
    private final Thread hook;
    private volatile boolean over;

    private Ending(Runnable asked) {
        this.hook = new Thread(() -> {
            if (over) {
                return;
            }
            asked.run();
            try {
                command.join(PATIENCE_MS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /** Runs something when the process is asked to end. */
    static Ending onSignal(Runnable asked) {
        var ending = new Ending(asked);
        Runtime.getRuntime().addShutdownHook(ending.hook);
        return ending;
    }

    @Override
    public void close() {
        over = true;
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process is ending: the hook is running and waits for this very thread.
        }
    }
}
