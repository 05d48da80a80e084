package dev.earshot.api.web;

import dev.earshot.api.domain.RefusedException;
import io.swagger.v3.oas.annotations.Hidden;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Routes of the contract whose ability we lack: each says so with 501, since a command accepted and not obeyed hurts. */
@RestController
@Tag(name = "Not here")
final class AbsentRoutes {

    @PostMapping("/bots/{platform}/{nativeMeetingId}/speak")
    @Operation(summary = "501: bots do not speak")
    Absence speak(@PathVariable String platform, @PathVariable String nativeMeetingId) {
        throw absent(platform, "Bots of this deployment do not speak");
    }

    @DeleteMapping("/bots/{platform}/{nativeMeetingId}/speak")
    @Operation(summary = "501: bots do not speak")
    Absence stopSpeaking(@PathVariable String platform, @PathVariable String nativeMeetingId) {
        throw absent(platform, "Bots of this deployment do not speak");
    }

    @PostMapping("/bots/{platform}/{nativeMeetingId}/chat")
    @Operation(summary = "501: bots do not write in the chat")
    Absence write(@PathVariable String platform, @PathVariable String nativeMeetingId) {
        throw absent(platform, "Bots of this deployment neither read nor write the chat");
    }

    @GetMapping("/bots/{platform}/{nativeMeetingId}/chat")
    @Operation(summary = "501: bots do not read the chat")
    Absence chat(@PathVariable String platform, @PathVariable String nativeMeetingId) {
        throw absent(platform, "Bots of this deployment neither read nor write the chat");
    }

    @PostMapping("/bots/{platform}/{nativeMeetingId}/screen")
    @Operation(summary = "501: bots show nothing")
    Absence show(@PathVariable String platform, @PathVariable String nativeMeetingId) {
        throw absent(platform, "Bots of this deployment do not share a screen");
    }

    @DeleteMapping("/bots/{platform}/{nativeMeetingId}/screen")
    @Operation(summary = "501: bots show nothing")
    Absence stopShowing(@PathVariable String platform, @PathVariable String nativeMeetingId) {
        throw absent(platform, "Bots of this deployment do not share a screen");
    }

    @PutMapping("/bots/{platform}/{nativeMeetingId}/avatar")
    @Operation(summary = "501: bots have no picture")
    Absence avatar(@PathVariable String platform, @PathVariable String nativeMeetingId) {
        throw absent(platform, "Bots of this deployment have no picture");
    }

    @DeleteMapping("/bots/{platform}/{nativeMeetingId}/avatar")
    @Operation(summary = "501: bots have no picture")
    Absence resetAvatar(@PathVariable String platform, @PathVariable String nativeMeetingId) {
        throw absent(platform, "Bots of this deployment have no picture");
    }

    @PatchMapping("/bots/{platform}/{nativeMeetingId}/voice-agent-settings")
    @Operation(summary = "501: no agent sits in the meeting")
    Absence agent(@PathVariable String platform, @PathVariable String nativeMeetingId) {
        throw absent(platform, "This deployment has no voice agent");
    }

    @PostMapping("/meetings/{meetingId}/transcribe")
    @Operation(summary = "501: nothing is recorded that could be transcribed afterwards")
    Absence transcribe(@PathVariable String meetingId) {
        Inputs.id("meeting_id", meetingId);
        throw new RefusedException(
                501, "This deployment transcribes while the meeting runs; it keeps no recording to transcribe later");
    }

    @Hidden
    @RequestMapping({"/mcp", "/mcp/{*path}"})
    Absence mcp() {
        throw new RefusedException(501, "This deployment has no MCP server");
    }

    @Hidden
    @RequestMapping({
        "/b/{*path}",
        "/calendar/{*path}",
        "/api/chat",
        "/api/chat/{*path}",
        "/api/sessions",
        "/api/sessions/{*path}",
        "/user/workspace-git"
    })
    Absence agents() {
        throw new RefusedException(501, "This deployment has no agents, browser sessions or calendars");
    }

    @Hidden
    @RequestMapping({"/admin/stats/{*path}", "/admin/analytics/{*path}"})
    Absence analytics() {
        throw new RefusedException(501, "This deployment keeps no analytics; see /metrics on the admin port");
    }

    private static RefusedException absent(String platform, String sentence) {
        Inputs.platform(platform);
        return new RefusedException(501, sentence);
    }

    /** Never returned. */
    record Absence(String detail) {}
}
