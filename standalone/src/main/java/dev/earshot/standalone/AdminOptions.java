package dev.earshot.standalone;

import picocli.CommandLine.Option;

/** What administrators must show, where somebody has chosen it. */
final class AdminOptions {

    @Option(
            names = "--admin-api-token",
            paramLabel = "TOKEN",
            defaultValue = "${env:ADMIN_API_TOKEN:-}",
            description = "what X-Admin-API-Key must say, the same on all nodes (ADMIN_API_TOKEN)")
    private String token = "";

    boolean isGiven() {
        return !token.isBlank();
    }

    String token() {
        return token;
    }
}
