package dev.earshot.standalone;

import picocli.CommandLine.Option;

/** The options that choose ports, named as in the services' own commands. */
final class PortOptions {

    @Option(
            names = {"--api-port", "--port"},
            paramLabel = "PORT",
            defaultValue = "${env:API_PORT:-8056}",
            description = "port of the API and the live page; 0 takes a free one (API_PORT)")
    private int api;

    @Option(
            names = "--admin-port",
            paramLabel = "PORT",
            defaultValue = "${env:ADMIN_PORT:-8057}",
            description = "port of administration; 0 takes a free one (ADMIN_PORT)")
    private int admin;

    /** With free ports for whatever these options do not name. */
    ServicePorts toPorts() {
        return toPorts(0, 0);
    }

    ServicePorts toPorts(int audio, int asr) {
        return new ServicePorts(api, admin, audio, asr);
    }
}
