package dev.earshot.api.web;

import dev.earshot.api.domain.RefusedException;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Recordings: there are none, since bots turn audio into text and keep none of it. */
@RestController
@Tag(name = "Recordings")
final class RecordingRoutes {

    @GetMapping("/recordings")
    @Operation(summary = "None: this deployment records nothing")
    RecordingsView list(
            @RequestParam(required = false) @Nullable String limit,
            @RequestParam(required = false) @Nullable String offset,
            @RequestParam(name = "meeting_id", required = false) @Nullable String meetingId) {
        Inputs.integer("limit", limit, 50, 1, 200);
        Inputs.integer("offset", offset, 0, 0, Integer.MAX_VALUE);
        Inputs.cursor("meeting_id", meetingId);
        return new RecordingsView(List.of());
    }

    @GetMapping({
        "/recordings/{recordingId}",
        "/recordings/{recordingId}/master",
        "/recordings/{recordingId}/media/{mediaId}/download",
        "/recordings/{recordingId}/media/{mediaId}/raw"
    })
    @Operation(summary = "404: there is no recording")
    RecordingsView one(@PathVariable String recordingId) {
        throw none(recordingId);
    }

    @DeleteMapping("/recordings/{recordingId}")
    @Operation(summary = "404: there is no recording")
    RecordingsView delete(@PathVariable String recordingId) {
        throw none(recordingId);
    }

    @GetMapping("/recording-config")
    @Operation(summary = "Whether bots record: no")
    RecordingConfigView config() {
        return new RecordingConfigView(false, List.of("audio"));
    }

    @PutMapping("/recording-config")
    @Operation(summary = "501: this deployment records nothing")
    RecordingConfigView change() {
        throw new RefusedException(501, "This deployment records nothing");
    }

    private static RefusedException none(String recordingId) {
        Inputs.id("recording_id", recordingId);
        return RefusedException.notFound("Recording not found");
    }

    record RecordingsView(List<Object> recordings) {}

    record RecordingConfigView(boolean enabled, List<String> captureModes) {}
}
