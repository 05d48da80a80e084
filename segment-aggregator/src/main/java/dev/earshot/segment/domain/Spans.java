package dev.earshot.segment.domain;

import java.util.ArrayList;
import java.util.List;

/**
 * A set of samples, kept as disjoint spans in rising order that do not touch each other.
 *
 * <p>Meant for few spans: all operations are linear.
 */
public record Spans(List<Span> list) {

    public static final Spans NONE = new Spans(List.of());

    public Spans {
        list = List.copyOf(list);
    }

    public static Spans of(Span span) {
        return span.length() == 0 ? NONE : new Spans(List.of(span));
    }

    public boolean isEmpty() {
        return list.isEmpty();
    }

    public long length() {
        return list.stream().mapToLong(Span::length).sum();
    }

    /** Where the run that holds the earliest sample ends; 0 when there is none. */
    public long endOfFirstRun() {
        return list.isEmpty() ? 0 : list.get(0).end();
    }

    /** From the earliest to the latest sample, holes included. Not to be asked of an empty set. */
    public Span hull() {
        return new Span(list.get(0).start(), list.get(list.size() - 1).end());
    }

    public Spans plus(Span added) {
        if (added.length() == 0) {
            return this;
        }
        var result = new ArrayList<Span>(list.size() + 1);
        long start = added.start();
        long end = added.end();
        int i = 0;
        for (; i < list.size() && list.get(i).end() < start; i++) {
            result.add(list.get(i));
        }
        for (; i < list.size() && list.get(i).start() <= end; i++) {
            start = Math.min(start, list.get(i).start());
            end = Math.max(end, list.get(i).end());
        }
        result.add(new Span(start, end));
        result.addAll(list.subList(i, list.size()));
        return new Spans(result);
    }

    public Spans plus(Spans added) {
        Spans sum = this;
        for (Span span : added.list) {
            sum = sum.plus(span);
        }
        return sum;
    }

    public Spans minus(Spans removed) {
        if (isEmpty() || removed.isEmpty()) {
            return this;
        }
        var rest = new ArrayList<Span>();
        for (Span span : list) {
            long start = span.start();
            for (Span hole : removed.list) {
                if (hole.end() > start && hole.start() < span.end()) {
                    addUnlessEmpty(rest, start, hole.start());
                    start = hole.end();
                }
            }
            addUnlessEmpty(rest, start, span.end());
        }
        return new Spans(rest);
    }

    public Spans and(Spans other) {
        return minus(minus(other));
    }

    private static void addUnlessEmpty(List<Span> spans, long start, long end) {
        if (end > start) {
            spans.add(new Span(start, end));
        }
    }
}
