package dev.earshot.standalone;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/**
 * Ports of this process; 0 takes a free one.
 *
 * @param api the public API and the live page
 * @param admin administration
 * @param audio audio that no bot brings
 * @param asr health and metrics of recognition
 */
public record ServicePorts(int api, int admin, int audio, int asr) {

    /** Free ports only. */
    public static final ServicePorts FREE = new ServicePorts(0, 0, 0, 0);

    /**
     * Looks before seconds are spent on starting what stands behind the ports.
     *
     * @throws IllegalArgumentException with a sentence when one of them is no port, or is taken
     */
    void requireFree() {
        requireFree(api, "--api-port");
        requireFree(admin, "--admin-port");
        requireFree(audio, "--audio-port");
        requireFree(asr, "--asr-port");
    }

    private static void requireFree(int port, String option) {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException(option + ": " + port + " (expected: 0..65535)");
        }
        try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    option + ": port " + port
                            + " is taken; end what listens there, or choose another (0 for any free one)",
                    e);
        }
    }
}
