package dev.earshot.standalone;

import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/**
 * Says what went wrong in one sentence and an exit code. Our own exceptions carry a sentence made for people; anything else
 * is our fault, and its stack trace goes to the log file.
 */
final class Failures implements IExecutionExceptionHandler {

    private static final Logger log = LoggerFactory.getLogger(Failures.class);

    @Override
    public int handleExecutionException(Exception e, CommandLine command, ParseResult parsed) {
        Throwable cause = unwrapped(e);
        if (isForPeople(cause)) {
            log.debug("command_failed", cause);
            command.getErr().println("earshot: " + cause.getMessage());
        } else {
            log.error("command_failed unexpectedly", cause);
            command.getErr().println("earshot: unexpected: " + cause + " (the log file has the details)");
        }
        command.getErr().flush();
        return command.getCommandSpec().exitCodeOnExecutionException();
    }

    private static Throwable unwrapped(Throwable e) {
        Throwable cause = e;
        while ((cause instanceof CompletionException || cause instanceof ExecutionException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    /** Configuration records refuse bad values with an IllegalArgumentException that names value and expectation. */
    private static boolean isForPeople(Throwable cause) {
        return cause.getMessage() != null
                && (cause instanceof IllegalArgumentException
                        || cause.getClass().getName().startsWith("dev.earshot."));
    }
}
