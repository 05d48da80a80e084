package dev.earshot.segment.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.r2dbc.spi.R2dbcNonTransientResourceException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PostgresSinkTest {

    @ParameterizedTest
    @CsvSource({"22021,true", "23514,true", "54000,true", "53300,false", "57P01,false", ",false"})
    void retriesOnlyWhatMayPass(String state, boolean refused) {
        assertThat(PostgresSink.isFaultOfEntry(new R2dbcNonTransientResourceException("no", state)))
                .isEqualTo(refused);
    }
}
