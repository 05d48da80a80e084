package dev.earshot.eventlog;

/** Where a record lies in its topic. */
public record Position(int partition, long offset) {}
