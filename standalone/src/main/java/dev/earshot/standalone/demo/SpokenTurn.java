package dev.earshot.standalone.demo;

/**
 * One turn of the demo's script: the truth to measure against.
 *
 * @param speaker display name
 * @param text what is said
 * @param startMs when it begins, milliseconds after the first turn's beginning
 * @param durationMs how long it takes
 * @param resource class path of its WAV, 16 kHz mono
 */
public record SpokenTurn(String speaker, String text, long startMs, long durationMs, String resource) {}
