package dev.earshot.api.domain;

import dev.earshot.api.domain.BotRequest.AutomaticLeave;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Turns the body of {@code POST /bots} into a {@link BotRequest}, or says everything that is wrong with it. Members that
 * are not known are ignored; those of capabilities that we lack are refused with 501 when they are asked for.
 */
public final class BotRequestReader {

    private static final Pattern TEAMS_PASSCODE = Pattern.compile("[A-Za-z0-9]{4,20}");
    private static final Set<String> TIERS = Set.of("realtime", "deferred");
    private static final Set<String> LEAVE = Set.of(
            "max_bot_time",
            "max_wait_for_admission",
            "max_time_left_alone",
            "no_one_joined_timeout",
            "waiting_room_timeout",
            "everyone_left_timeout");
    private static final int MAX_BOT_NAME = 100;
    private static final int DAY_MS = 86_400_000;

    private final boolean demoAllowed;
    private final Fields fields;

    private BotRequestReader(Map<String, ?> body, boolean demoAllowed) {
        this.demoAllowed = demoAllowed;
        this.fields = new Fields(body);
    }

    /**
     * Reads a request. Throws {@link InvalidRequestException} with all that is wrong, {@link RefusedException} when it is
     * right and we cannot do it.
     */
    public static BotRequest read(Map<String, ?> body, boolean demoAllowed) {
        return new BotRequestReader(body, demoAllowed).read();
    }

    private BotRequest read() {
        String botName = botName();
        String language = Reconfiguration.language(fields);
        String task = Reconfiguration.task(fields);
        oneOf("transcription_tier", TIERS, "must be 'realtime' or 'deferred'");
        Boolean transcribe = fields.bool("transcribe_enabled");
        Boolean recording = fields.bool("recording_enabled");
        AutomaticLeave leave = leave();
        String mode = fields.string("mode");
        if (mode != null && !mode.equals("browser_session")) {
            fields.reject(Violation.value("mode must be 'browser_session'", mode, "body", "mode"));
        }
        if (Boolean.TRUE.equals(fields.bool("dry_run"))) {
            fields.reject(Violation.value("dry_run is not available in production", true, "body", "dry_run"));
        }
        String platform = fields.string("platform");
        boolean noMeeting = mode != null || "browser_session".equals(platform) || "discord".equals(platform);
        Optional<String> absent = noMeeting
                ? Optional.of("This deployment sends bots to meetings only: no browser session, agent or voice")
                : AbsentAbilities.askedFor(fields, Optional.ofNullable(platform));
        if (fields.isClean() && absent.isPresent()) {
            throw new RefusedException(501, absent.get());
        }
        Optional<MeetingAddress> address = address(platform);
        fields.check();
        MeetingAddress meeting = address.orElseThrow(() -> new RefusedException(422, "Cannot construct meeting URL"));
        String url = meeting.url().orElseThrow(() -> new RefusedException(422, "Cannot construct meeting URL"));
        return new BotRequest(meeting, url, botName, language, task, transcribe, recording, leave);
    }

    private @Nullable String botName() {
        String name = fields.string("bot_name");
        if (name != null && (name.length() > MAX_BOT_NAME || name.chars().anyMatch(Character::isISOControl))) {
            fields.reject(Violation.value(
                    "bot_name must have at most " + MAX_BOT_NAME + " characters and no control characters",
                    name,
                    "body",
                    "bot_name"));
        }
        return name;
    }

    private @Nullable String oneOf(String name, Set<String> words, String expectation) {
        String word = fields.string(name);
        if (word != null && !words.contains(word.toLowerCase(java.util.Locale.ROOT))) {
            fields.reject(Violation.value(name + " " + expectation, word, "body", name));
        }
        return word;
    }

    private Optional<MeetingAddress> address(@Nullable String platformName) {
        String link = fields.string("meeting_url");
        String id = fields.string("native_meeting_id");
        if (platformName == null && link == null) {
            fields.reject(Violation.missing("body", "platform"));
            return Optional.empty();
        }
        Optional<Platform> platform = platformName == null ? Optional.empty() : Platform.of(platformName, demoAllowed);
        if (platformName != null && platform.isEmpty()) {
            List<String> known =
                    Platform.offered(demoAllowed).stream().map(Platform::wire).toList();
            fields.reject(Violation.oneOf(known, platformName, "body", "platform"));
            return Optional.empty();
        }
        if (link == null) {
            return platform.flatMap(p -> addressOfId(p, id));
        }
        Optional<MeetingAddress> linked = addressOfLink(platform, link);
        if (linked.isEmpty()) {
            fields.reject(Violation.value(
                    "meeting_url is no link of a supported platform"
                            + platform.map(p -> " (" + p.wire() + ")").orElse(""),
                    link,
                    "body",
                    "meeting_url"));
            return Optional.empty();
        }
        MeetingAddress address = linked.get();
        if (id != null && !address.platform().acceptsId(id)) {
            rejectId(address.platform(), id);
        }
        return Optional.of(withPasscode(id == null ? address : address.named(id)));
    }

    private Optional<MeetingAddress> addressOfLink(Optional<Platform> platform, String link) {
        if (platform.isPresent() && platform.get() == Platform.JITSI) {
            return MeetingAddress.jitsi(link);
        }
        if (platform.isPresent() && platform.get() == Platform.DEMO) {
            return MeetingAddress.demo(link);
        }
        return MeetingAddress.parse(link).filter(address -> platform.isEmpty() || platform.get() == address.platform());
    }

    private Optional<MeetingAddress> addressOfId(Platform platform, @Nullable String id) {
        if (id == null) {
            fields.reject(
                    fields.has("native_meeting_id")
                            ? Violation.value("native_meeting_id cannot be empty", "", "body", "native_meeting_id")
                            : Violation.missing("body", "native_meeting_id"));
            return Optional.empty();
        }
        if (!platform.acceptsId(id)) {
            rejectId(platform, id);
            return Optional.empty();
        }
        MeetingAddress address = withHost(withPasscode(new MeetingAddress(platform, id, null, null)));
        if (platform == Platform.TEAMS && address.passcode() == null) {
            fields.reject(Violation.value(
                    "Passcode is required for Teams meetings unless meeting_url is given", null, "body", "passcode"));
        }
        return Optional.of(address);
    }

    private MeetingAddress withPasscode(MeetingAddress address) {
        String passcode = fields.string("passcode");
        if (passcode == null) {
            return address;
        }
        if (address.platform() == Platform.GOOGLE_MEET) {
            fields.reject(Violation.value(
                    "Passcode is not supported for Google Meet meetings", passcode, "body", "passcode"));
        } else if (address.platform() == Platform.TEAMS
                && !TEAMS_PASSCODE.matcher(passcode).matches()) {
            fields.reject(
                    Violation.value("Teams passcode must be 4 to 20 letters and digits", passcode, "body", "passcode"));
        } else if (passcode.matches(".*[\\s?#&].*")) {
            fields.reject(Violation.value("passcode must not contain spaces, ?, # or &", passcode, "body", "passcode"));
        }
        return new MeetingAddress(address.platform(), address.nativeMeetingId(), passcode, address.rawUrl());
    }

    /** Short links of Teams may be on a host of their own. */
    private MeetingAddress withHost(MeetingAddress address) {
        String host = fields.string("teams_base_host");
        if (host == null || address.platform() != Platform.TEAMS) {
            return address;
        }
        if (!MeetingAddress.isTeamsHost(host)) {
            fields.reject(Violation.value("teams_base_host is no host of Teams", host, "body", "teams_base_host"));
        }
        return address.onTeamsHost(host);
    }

    private void rejectId(Platform platform, String id) {
        fields.reject(Violation.value(
                "Invalid native_meeting_id for platform '" + platform.wire() + "' (expected: " + platform.expectation()
                        + ")",
                id,
                "body",
                "native_meeting_id"));
    }

    private AutomaticLeave leave() {
        Map<String, Object> given = fields.object("automatic_leave");
        if (given == null) {
            return AutomaticLeave.DEFAULTS;
        }
        for (String name : given.keySet()) {
            if (!LEAVE.contains(name)) {
                fields.reject(new Violation(
                        List.of("body", "automatic_leave", name),
                        "Extra inputs are not permitted",
                        "extra_forbidden",
                        given.get(name),
                        Map.of()));
            }
        }
        return new AutomaticLeave(
                millis(given, "max_bot_time", "max_bot_time"),
                millis(given, "max_wait_for_admission", "waiting_room_timeout"),
                millis(given, "max_time_left_alone", "everyone_left_timeout"),
                millis(given, "no_one_joined_timeout", "no_one_joined_timeout"));
    }

    private @Nullable Long millis(Map<String, Object> given, String name, String olderName) {
        String present = given.get(name) == null ? olderName : name;
        Object value = given.get(present);
        if (value == null) {
            return null;
        }
        if (value instanceof Integer ms && ms >= 0 && ms <= DAY_MS) {
            return ms.longValue();
        }
        fields.reject(Violation.value(
                present + " must be milliseconds, 0 to " + DAY_MS, value, "body", "automatic_leave", present));
        return null;
    }
}
