package dev.earshot.segment.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseUrlTest {

    @Test
    void readsAllParts_percentDecoded() {
        assertThat(DatabaseUrl.parse("postgresql://ada%40home:p%3Aa%2Fs+s@db.example:6432/ear%20shot"))
                .isEqualTo(new DatabaseUrl("db.example", 6432, "ear shot", "ada@home", "p:a/s+s"));
    }

    @Test
    void encodesTheDatabaseForJdbc() {
        assertThat(DatabaseUrl.parse("postgresql://ada@[::1]/ear%20shot").jdbcUrl())
                .isEqualTo("jdbc:postgresql://[::1]:5432/ear+shot");
    }

    @Test
    void takesDefaultPortAndNoPassword() {
        assertThat(DatabaseUrl.parse("postgres://ada@db/earshot"))
                .isEqualTo(new DatabaseUrl("db", 5432, "earshot", "ada", ""));
    }

    @Test
    void hidesPassword() {
        assertThat(DatabaseUrl.parse("postgresql://ada:secret@db:1/earshot"))
                .hasToString("postgresql://ada@db:1/earshot");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:postgresql://db/earshot",
                "mysql://ada:secret@db/earshot",
                "postgresql://ada:secret@db",
                "postgresql://db/earshot",
                "postgresql://:secret@db/earshot",
                "postgresql://ada:sec ret@db/earshot",
                "secret"
            })
    void refusesWhatIsNoDatabase_withoutRepeatingThePassword(String url) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DatabaseUrl.parse(url))
                .withMessageContaining("expected: postgresql://user:password@host:port/database")
                .withMessageNotContaining("sec");
    }
}
