package dev.earshot.api.domain;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a request for a bot may ask for, and no bot of ours can do. It is refused rather than passed over: who asks for a
 * recording or a voice and is told yes waits for it.
 */
final class AbsentAbilities {

    private static final String SITS_AND_LISTENS =
            "This deployment sends bots to meetings only: no browser session, agent or voice";
    private static final String NO_PICTURE = "Bots of this deployment have no picture and record none";
    private static final String NO_ZOOM_TOKENS = "Bots of this deployment join Zoom as guests: no tokens";

    private static final Map<String, String> SWITCHES = Map.ofEntries(
            Map.entry("agent_enabled", SITS_AND_LISTENS),
            Map.entry("authenticated", SITS_AND_LISTENS),
            Map.entry("voice_agent_enabled", SITS_AND_LISTENS),
            Map.entry("voiceAgentEnabled", SITS_AND_LISTENS),
            Map.entry("camera_enabled", NO_PICTURE),
            Map.entry("cameraEnabled", NO_PICTURE),
            Map.entry("video", NO_PICTURE));

    private static final Map<String, String> WORDS = Map.ofEntries(
            Map.entry("default_avatar_url", NO_PICTURE),
            Map.entry("defaultAvatarUrl", NO_PICTURE),
            Map.entry("voice_agent_url", SITS_AND_LISTENS),
            Map.entry("voiceAgentUrl", SITS_AND_LISTENS),
            Map.entry("workspaceGitRepo", SITS_AND_LISTENS),
            Map.entry("workspaceGitToken", SITS_AND_LISTENS),
            Map.entry("workspaceGitBranch", SITS_AND_LISTENS),
            Map.entry("zoom_obf_token", NO_ZOOM_TOKENS),
            Map.entry("zoomObfToken", NO_ZOOM_TOKENS),
            Map.entry("zoom_zak_token", NO_ZOOM_TOKENS),
            Map.entry("zoomZakToken", NO_ZOOM_TOKENS));

    private static final List<String> OBJECTS = List.of("voice_agent_settings", "voiceAgentSettings");

    private AbsentAbilities() {}

    /** The first that is asked for, as a sentence; what is wrong with the members themselves is noted. */
    static Optional<String> askedFor(Fields fields, Optional<String> platform) {
        // Everything is read before anything is refused: whatever is wrong is told at once.
        List<String> sentences = Stream.of(
                        SWITCHES.entrySet().stream()
                                .filter(each -> Boolean.TRUE.equals(fields.bool(each.getKey())))
                                .map(Map.Entry::getValue)
                                .toList(),
                        WORDS.entrySet().stream()
                                .filter(each -> fields.string(each.getKey()) != null)
                                .map(each -> checkedForZoom(fields, platform, each))
                                .toList(),
                        OBJECTS.stream()
                                .filter(name -> fields.object(name) != null)
                                .map(name -> SITS_AND_LISTENS)
                                .toList(),
                        transcription(fields))
                .flatMap(List::stream)
                .sorted()
                .toList();
        return sentences.stream().findFirst();
    }

    private static List<String> transcription(Fields fields) {
        boolean later = "deferred".equalsIgnoreCase(fields.string("transcription_tier"));
        boolean never = Boolean.FALSE.equals(fields.bool("transcribe_enabled"));
        return later || never ? List.of("Bots of this deployment transcribe, and while the meeting runs") : List.of();
    }

    private static String checkedForZoom(Fields fields, Optional<String> platform, Map.Entry<String, String> member) {
        boolean zoom = platform.map("zoom"::equals).orElse(true);
        if (member.getValue().equals(NO_ZOOM_TOKENS) && !zoom) {
            fields.reject(Violation.value(
                    member.getKey() + " is only supported for Zoom meetings", null, "body", member.getKey()));
        }
        return member.getValue();
    }
}
