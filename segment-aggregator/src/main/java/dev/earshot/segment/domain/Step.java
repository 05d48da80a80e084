package dev.earshot.segment.domain;

import java.util.List;

/**
 * What one event led to.
 *
 * @param next the state to fold the next event into; the same object when nothing changed
 * @param outputs decisions, in the order in which they were taken
 */
public record Step(MeetingState next, List<Output> outputs) {}
