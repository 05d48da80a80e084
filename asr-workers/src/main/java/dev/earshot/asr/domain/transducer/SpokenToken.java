package dev.earshot.asr.domain.transducer;

/**
 * A token that the search took.
 *
 * @param id in the vocabulary
 * @param frame of the encoder in which it was said
 * @param frames how many it lasts: at least 1
 * @param logProb natural logarithm of its probability
 */
public record SpokenToken(int id, int frame, int frames, float logProb) {}
