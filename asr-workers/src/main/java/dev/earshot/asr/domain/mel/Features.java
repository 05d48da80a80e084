package dev.earshot.asr.domain.mel;

/**
 * Log-mel features of one window, band after band: band b of frame t is at {@code b * frames + t}.
 *
 * @param bands mel bands
 * @param frames frames of 10 ms
 */
public record Features(float[] values, int bands, int frames) {

    public float at(int band, int frame) {
        return values[band * frames + frame];
    }
}
