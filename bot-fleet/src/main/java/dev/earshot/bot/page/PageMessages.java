package dev.earshot.bot.page;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.earshot.bot.domain.Person;
import dev.earshot.bot.domain.Presence;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Reads what {@code capture.js} and {@code roster.js} send: lines, each an audio burst or a JSON object. The page is not
 * ours and could send anything through the binding: a line that does not make sense is refused, the others count. Text is
 * cut to 200 characters, and control characters in it become spaces: it ends up in records and in log lines.
 */
public final class PageMessages {

    /** A burst is 100 ms; anything much longer did not come from our script. */
    private static final int LONGEST_BURST = 16_000;

    /** No name, id or error that means anything is longer. */
    private static final int LONGEST_TEXT = 200;

    /** No meeting has more people, no beat more errors. */
    private static final int LONGEST_LIST = 1_000;

    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}", Pattern.UNICODE_CHARACTER_CLASS);

    private PageMessages() {}

    /**
     * Reads one call of the binding.
     *
     * @param accepted takes each message, in order
     * @param refused takes, for each line that makes no sense, why
     */
    public static void read(String call, Consumer<PageMessage> accepted, Consumer<String> refused) {
        for (String line : call.split("\n")) {
            PageMessage message;
            try {
                message = line.startsWith("a|") ? burst(line) : json(line);
            } catch (RuntimeException e) {
                refused.accept(text(e.toString()));
                continue;
            }
            accepted.accept(message);
        }
    }

    private static PageMessage burst(String line) {
        String[] fields = line.split("\\|", 6);
        byte[] bytes = Base64.getDecoder().decode(fields[5]);
        short[] samples = new short[bytes.length / 2];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer().get(samples);
        int lost = Integer.parseInt(fields[4]);
        if (samples.length == 0 || samples.length > LONGEST_BURST || lost < 0 || lost > samples.length) {
            throw new IllegalArgumentException("burst of " + samples.length + " samples, " + lost + " lost");
        }
        return new PageMessage.Burst(
                Integer.parseInt(fields[1]),
                Long.parseLong(fields[2]),
                Instant.EPOCH.plus(Long.parseLong(fields[3]), ChronoUnit.MICROS),
                lost,
                samples);
    }

    private static PageMessage json(String line) {
        if (!line.startsWith("j|")) {
            throw new IllegalArgumentException("a line of kind " + line.substring(0, Math.min(2, line.length())));
        }
        JsonObject message = JsonParser.parseString(line.substring(2)).getAsJsonObject();
        String type = message.get("type").getAsString();
        return switch (type) {
            case "page" -> new PageMessage.PageStarted();
            case "track" ->
                new PageMessage.TrackFound(
                        message.get("track").getAsInt(),
                        text(message.get("id").getAsString()),
                        text(message.get("source").getAsString()));
            case "ended" -> new PageMessage.TrackEnded(message.get("track").getAsInt());
            case "owner" ->
                new PageMessage.TrackOwned(
                        message.get("track").getAsInt(),
                        text(message.get("participant").getAsString()));
            case "beat" ->
                new PageMessage.Beat(
                        message.get("tracks").getAsInt(),
                        message.get("unsent").getAsLong(),
                        strings(message.getAsJsonArray("errors")));
            case "people" ->
                new PageMessage.People(
                        millis(message.get("at").getAsDouble()), people(message.getAsJsonArray("people")));
            case "presence" -> new PageMessage.PresenceSeen(presence(message.get("presence")));
            default -> throw new IllegalArgumentException("a message of type " + type);
        };
    }

    private static Instant millis(double epochMillis) {
        return Instant.EPOCH.plus(Math.round(epochMillis * 1000), ChronoUnit.MICROS);
    }

    private static Presence presence(JsonElement presence) {
        return presence.isJsonNull()
                ? Presence.UNKNOWN
                : Presence.valueOf(presence.getAsString().toUpperCase(Locale.ROOT));
    }

    private static List<Person> people(JsonArray array) {
        List<Person> people = new ArrayList<>();
        for (JsonElement element : requireShort(array)) {
            JsonObject person = element.getAsJsonObject();
            people.add(new Person(
                    text(person.get("id").getAsString()),
                    text(person.get("name").getAsString()),
                    person.get("speaking").getAsBoolean()));
        }
        return people;
    }

    private static List<String> strings(JsonArray array) {
        List<String> strings = new ArrayList<>();
        requireShort(array).forEach(element -> strings.add(text(element.getAsString())));
        return strings;
    }

    private static JsonArray requireShort(JsonArray array) {
        if (array.size() > LONGEST_LIST) {
            throw new IllegalArgumentException(
                    "a list of " + array.size() + " (expected: at most " + LONGEST_LIST + ")");
        }
        return array;
    }

    private static String text(String raw) {
        return CONTROL.matcher(raw.substring(0, Math.min(raw.length(), longestWhole(raw))))
                .replaceAll(" ");
    }

    /** Half of a character beyond the basic plane must not be left at the cut. */
    private static int longestWhole(String raw) {
        boolean splits = raw.length() > LONGEST_TEXT && Character.isHighSurrogate(raw.charAt(LONGEST_TEXT - 1));
        return splits ? LONGEST_TEXT - 1 : LONGEST_TEXT;
    }
}
