package dev.earshot.bench.endurance;

import java.util.List;

/**
 * A straight line through measurements, by least squares.
 *
 * @param perHour how much it rises
 * @param first where it begins
 * @param last where it ends
 */
record Trend(double perHour, double first, double last) {

    /**
     * One measurement.
     *
     * @param hours since any moment that all share
     */
    record Point(double hours, double value) {}

    /** The line through the points, in the order of time; NaN when there are fewer than two. */
    static Trend of(List<Point> points) {
        double meanHours = points.stream().mapToDouble(Point::hours).average().orElse(Double.NaN);
        double meanValue = points.stream().mapToDouble(Point::value).average().orElse(Double.NaN);
        double above = 0;
        double below = 0;
        for (Point point : points) {
            above += (point.hours() - meanHours) * (point.value() - meanValue);
            below += (point.hours() - meanHours) * (point.hours() - meanHours);
        }
        double slope = below > 0 ? above / below : Double.NaN;
        if (Double.isNaN(slope)) {
            return new Trend(Double.NaN, Double.NaN, Double.NaN);
        }
        double first = meanValue + slope * (points.get(0).hours() - meanHours);
        double last = meanValue + slope * (points.get(points.size() - 1).hours() - meanHours);
        return new Trend(slope, first, last);
    }
}
