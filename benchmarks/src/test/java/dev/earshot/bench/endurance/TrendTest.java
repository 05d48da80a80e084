package dev.earshot.bench.endurance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TrendTest {

    @Test
    void findsTheLine_throughMeasurementsThatScatter() {
        List<Trend.Point> points = IntStream.range(0, 60)
                .mapToObj(i -> new Trend.Point(i / 60.0, 200 + 3 * i / 60.0 + (i % 2 == 0 ? 0.5 : -0.5)))
                .toList();

        Trend trend = Trend.of(points);

        assertThat(trend.perHour()).isCloseTo(3, within(0.1));
        assertThat(trend.first()).isCloseTo(200, within(0.1));
        assertThat(trend.last()).isCloseTo(202.95, within(0.1));
    }

    @Test
    void saysNothing_ofOneMeasurement() {
        assertThat(Trend.of(List.of(new Trend.Point(1, 1))).perHour()).isNaN();
        assertThat(Trend.of(List.of()).perHour()).isNaN();
    }
}
