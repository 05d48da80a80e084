package dev.earshot.eventlog.app;

import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Says what went wrong in one sentence and an exit code. Our own exceptions carry a sentence made for people; anything else
 * is our fault, and its stack trace goes to the log file.
 */
public final class Failures implements IExecutionExceptionHandler, IParameterExceptionHandler {

    private static final Logger log = LoggerFactory.getLogger(Failures.class);

    private static final long MEGABYTE = 1 << 20;

    private Failures() {}

    /** A command line that answers this way. */
    public static CommandLine said(CommandLine commandLine) {
        var failures = new Failures();
        return commandLine
                .setExecutionExceptionHandler(failures)
                .setParameterExceptionHandler(failures)
                .setExecutionStrategy(failures::execute);
    }

    /** picocli hands us exceptions only: an error would end as a stack trace on the screen. */
    private int execute(ParseResult parsed) {
        try {
            return new RunLast().execute(parsed);
        } catch (Error e) {
            return say(e, parsed.commandSpec().commandLine());
        }
    }

    @Override
    public int handleExecutionException(Exception e, CommandLine command, ParseResult parsed) {
        return say(unwrapped(e), command);
    }

    private static int say(Throwable cause, CommandLine command) {
        if (cause instanceof FileSystemException file) {
            log.debug("command_failed", cause);
            command.getErr().println("earshot: " + file.getFile() + " cannot be used: " + reason(file));
        } else if (isForPeople(cause)) {
            log.debug("command_failed", cause);
            command.getErr().println("earshot: " + cause.getMessage());
        } else if (cause instanceof OutOfMemoryError) {
            log.error("command_failed out of memory", cause);
            command.getErr()
                    .println("earshot: out of memory (" + Runtime.getRuntime().maxMemory() / MEGABYTE
                            + " MB are allowed); EARSHOT_JAVA_OPTS=-Xmx… allows more");
        } else if (cause instanceof LinkageError) {
            log.error("command_failed to load a part", cause);
            command.getErr()
                    .println("earshot: a part of it cannot be loaded: " + cause
                            + "; is the build complete, and made for this machine? (the log file has the details)");
        } else {
            log.error("command_failed unexpectedly", cause);
            command.getErr().println("earshot: unexpected: " + cause + " (the log file has the details)");
        }
        command.getErr().flush();
        return command.getCommandSpec().exitCodeOnExecutionException();
    }

    /** What was typed cannot be understood: no page of help, but where to find it. */
    @Override
    public int handleParseException(ParameterException e, String[] arguments) {
        CommandLine command = e.getCommandLine();
        String guess = e instanceof UnmatchedArgumentException unmatched
                ? unmatched.getSuggestions().stream()
                        .findFirst()
                        .map(name -> "; did you mean " + name + "?")
                        .orElse("")
                : "";
        command.getErr()
                .println("earshot: " + e.getMessage() + guess + " ("
                        + typed(command.getCommandSpec().qualifiedName()) + " --help says what there is)");
        command.getErr().flush();
        return command.getCommandSpec().exitCodeOnInvalidInput();
    }

    /** The whole product is started by a script in the checkout, a service by its name. */
    private static String typed(String command) {
        return command.startsWith("earshot") ? "./" + command : command;
    }

    private static Throwable unwrapped(Throwable e) {
        Throwable cause = e;
        while ((cause instanceof CompletionException
                        || cause instanceof ExecutionException
                        || cause instanceof UncheckedIOException && cause.getCause() instanceof FileSystemException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    private static String reason(FileSystemException e) {
        if (e instanceof NoSuchFileException) {
            return "there is no such file or folder";
        }
        if (e instanceof FileAlreadyExistsException) {
            return "it is a file (expected: a folder)";
        }
        if (e instanceof AccessDeniedException) {
            return "access is denied";
        }
        return e.getReason() == null ? e.getClass().getSimpleName() : e.getReason();
    }

    /**
     * Configuration records refuse bad values with an IllegalArgumentException that names value and expectation, and services
     * say with an IllegalStateException of their own why they cannot start.
     */
    private static boolean isForPeople(Throwable cause) {
        return cause.getMessage() != null
                && (cause instanceof IllegalArgumentException
                        || cause.getClass().getName().startsWith("dev.earshot.")
                        || cause instanceof IllegalStateException && isThrownByUs(cause));
    }

    private static boolean isThrownByUs(Throwable cause) {
        StackTraceElement[] trace = cause.getStackTrace();
        return trace.length > 0 && trace[0].getClassName().startsWith("dev.earshot.");
    }
}
