package dev.earshot.asr.domain;

/**
 * One word with its place in the window it was heard in.
 *
 * @param text as shown, capitals put back, no spaces
 * @param startMs milliseconds from the window's first sample, at least 0
 * @param endMs at least startMs
 * @param confidence 0..1: geometric mean of the probability of its letters
 */
public record RecognizedWord(String text, int startMs, int endMs, float confidence) {}
