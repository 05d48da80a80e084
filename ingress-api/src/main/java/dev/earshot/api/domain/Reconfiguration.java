package dev.earshot.api.domain;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a bot that is in its meeting shall do otherwise from now on.
 *
 * @param language a code of {@link Languages}; null to detect it
 * @param task {@code transcribe} or {@code translate}; null leaves it to the ASR workers' setting
 */
public record Reconfiguration(@Nullable String language, @Nullable String task) {

    private static final Set<String> TASKS = Set.of("transcribe", "translate");
    private static final int MAX_LANGUAGES = 100;

    /** Reads the body of {@code PUT /bots/…/config}; throws {@link InvalidRequestException} with all that is wrong. */
    public static Reconfiguration read(Map<String, ?> body) {
        var fields = new Fields(body);
        String language = language(fields);
        String task = task(fields);
        List<String> allowed = fields.strings("allowed_languages", MAX_LANGUAGES);
        fields.check();
        if (allowed != null && !allowed.isEmpty()) {
            throw new RefusedException(501, "This deployment detects among all languages or is told one");
        }
        return new Reconfiguration(language, task);
    }

    static @Nullable String language(Fields fields) {
        String language = fields.string("language");
        if (language != null && !Languages.contains(language)) {
            fields.reject(Violation.value(
                    "Invalid language code '" + language + "'. Must be one of the accepted language codes",
                    language,
                    "body",
                    "language"));
        }
        return language;
    }

    static @Nullable String task(Fields fields) {
        String task = fields.string("task");
        if (task != null && !TASKS.contains(task.toLowerCase(Locale.ROOT))) {
            fields.reject(Violation.value("task must be 'transcribe' or 'translate'", task, "body", "task"));
        }
        return task == null ? null : task.toLowerCase(Locale.ROOT);
    }
}
