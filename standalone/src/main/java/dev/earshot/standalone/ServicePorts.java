package dev.earshot.standalone;

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
}
