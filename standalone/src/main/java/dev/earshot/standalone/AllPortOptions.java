package dev.earshot.standalone;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The ports of everything that {@code up} opens. */
final class AllPortOptions {

    @Mixin
    private final PortOptions ports = new PortOptions();

    @Option(
            names = "--audio-port",
            paramLabel = "PORT",
            defaultValue = "${env:AUDIO_PORT:-9090}",
            description = "port of audio that no bot brings; 0 takes a free one (AUDIO_PORT)")
    private int audio;

    @Option(
            names = "--asr-port",
            paramLabel = "PORT",
            defaultValue = "${env:ASR_PORT:-9091}",
            description = "port of recognition's health and metrics; 0 takes a free one (ASR_PORT)")
    private int asr;

    ServicePorts toPorts() {
        return ports.toPorts(audio, asr);
    }
}
