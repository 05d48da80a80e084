package dev.earshot.audio;

import org.jspecify.annotations.Nullable;

/**
 * Where the endpoints for audio listen and whom they serve.
 *
 * @param host address to listen on
 * @param port port; 0 takes a free one
 * @param token what clients must show as {@code Authorization: Bearer …}; null serves clients on this machine only
 * @param maxUploadBytes largest upload
 */
public record AudioIngestConfig(String host, int port, @Nullable String token, long maxUploadBytes) {

    public AudioIngestConfig {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("audio port: " + port + " (expected: 0..65535)");
        }
        if (maxUploadBytes < 1) {
            throw new IllegalArgumentException("largest upload: " + maxUploadBytes + " bytes (expected: at least 1)");
        }
        if (token != null && token.isBlank()) {
            throw new IllegalArgumentException(
                    "ingest token: blank (expected: a secret, or none at all to serve this machine only)");
        }
    }
}
