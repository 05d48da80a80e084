package dev.earshot.api.domain;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a user may write on a meeting: its name, who was there, the languages, notes. */
public final class MeetingNotes {

    private static final int MAX_NAME = 500;
    private static final int MAX_NOTES = 100_000;
    private static final int MAX_ITEMS = 500;

    private MeetingNotes() {}

    /**
     * The members to change, out of the body of {@code PATCH /meetings/…}; one that is null is set to null. Throws {@link
     * InvalidRequestException} with all that is wrong, {@link RefusedException} when nothing is to be changed.
     */
    public static Map<String, Object> read(Map<String, ?> body) {
        var outer = new Fields(body);
        Map<String, Object> data = outer.object("data");
        outer.check();
        if (data == null) {
            throw nothing();
        }
        var fields = new Fields(data, "body", "data");
        var change = new LinkedHashMap<String, Object>();
        take(change, data, "name", fields.text("name", MAX_NAME));
        take(change, data, "participants", fields.strings("participants", MAX_ITEMS));
        List<String> languages = fields.strings("languages", MAX_ITEMS);
        if (languages != null) {
            languages.stream()
                    .filter(code -> !Languages.contains(code))
                    .forEach(code -> fields.reject(Violation.value(
                            "Invalid language code '" + code + "'. Must be one of the accepted language codes",
                            code,
                            "body",
                            "data",
                            "languages")));
        }
        take(change, data, "languages", languages);
        take(change, data, "notes", fields.text("notes", MAX_NOTES));
        fields.check();
        if (change.isEmpty()) {
            throw nothing();
        }
        return change;
    }

    private static void take(
            Map<String, Object> change, Map<String, Object> data, String name, @Nullable Object value) {
        if (data.containsKey(name)) {
            change.put(name, value);
        }
    }

    private static RefusedException nothing() {
        return new RefusedException(400, "No data provided for update.");
    }
}
