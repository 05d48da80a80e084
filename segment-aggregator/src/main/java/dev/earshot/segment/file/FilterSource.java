package dev.earshot.segment.file;

import dev.earshot.segment.domain.TextFilter;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

/**
 * The filter in force: a built-in set of rules, or those of a file, which is read again when it changes. A change that makes no
 * sense is told in the log and leaves the rules as they were. Thread-safe.
 */
public final class FilterSource implements Supplier<TextFilter>, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(FilterSource.class);

    private static final Duration LOOK_INTERVAL = Duration.ofSeconds(2);

    private record Version(FileTime modified, long bytes) {}

    private final @Nullable Path file;
    private final Disposable looking;
    private volatile TextFilter filter;
    private @Nullable Version version;
    private String trouble = "";

    private FilterSource(@Nullable Path file, TextFilter filter) {
        this.file = file;
        this.filter = filter;
        this.looking = file == null
                ? Disposables.disposed()
                : Flux.interval(LOOK_INTERVAL, Schedulers.boundedElastic())
                        .onBackpressureDrop()
                        .subscribe(tick -> lookAgain());
    }

    /**
     * Reads the rules and keeps an eye on them.
     *
     * @param rules {@code none}, {@code standard}, {@code strict}, or a file
     * @throws IllegalArgumentException with a sentence when there are no such rules or they make no sense
     */
    public static FilterSource open(String rules) {
        return FilterRules.BUILT_IN.contains(rules)
                ? new FilterSource(null, FilterRules.builtIn(rules))
                : new FilterSource(Path.of(rules), read(Path.of(rules)));
    }

    /** Throws IllegalArgumentException with a sentence when there are no such rules or they make no sense. */
    public static void check(String rules) {
        if (!FilterRules.BUILT_IN.contains(rules)) {
            read(Path.of(rules));
        }
    }

    @Override
    public TextFilter get() {
        return filter;
    }

    /** Reads the file if it is another than before. */
    void lookAgain() {
        if (file == null) {
            return;
        }
        try {
            var now = new Version(Files.getLastModifiedTime(file), Files.size(file));
            if (!now.equals(version)) {
                version = now;
                filter = read(file);
                trouble = "";
                log.info("transcript_filter file={} rules=\"{}\"", file, filter);
            }
        } catch (IOException | IllegalArgumentException e) {
            String reason = e.toString();
            if (!reason.equals(trouble)) {
                trouble = reason;
                log.warn(
                        "transcript_filter file={} not read, the rules stay as they were, reason=\"{}\"", file, reason);
            }
        }
    }

    private static TextFilter read(Path file) {
        try {
            return FilterRules.parse(file.toString(), Files.readAllLines(file));
        } catch (NoSuchFileException e) {
            throw new IllegalArgumentException(
                    "TRANSCRIPT_FILTER: " + file + " is not there (expected: " + String.join(", ", FilterRules.BUILT_IN)
                            + ", or a file of rules)",
                    e);
        } catch (MalformedInputException e) {
            throw new IllegalArgumentException("TRANSCRIPT_FILTER: " + file + " is not text (expected: UTF-8)", e);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "TRANSCRIPT_FILTER: " + file + " cannot be read (expected: a file of rules)", e);
        }
    }

    @Override
    public void close() {
        looking.dispose();
    }
}
