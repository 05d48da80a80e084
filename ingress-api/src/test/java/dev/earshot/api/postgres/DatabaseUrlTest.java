package dev.earshot.api.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseUrlTest {

    @Test
    void readsItsParts() {
        var url = DatabaseUrl.parse("postgresql://ada:p%40ss%3Aword@db.example:5433/earshot");

        assertThat(url).isEqualTo(new DatabaseUrl("db.example", 5433, "earshot", "ada", "p@ss:word"));
        assertThat(url.jdbc()).isEqualTo("jdbc:postgresql://db.example:5433/earshot");
        assertThat(url.toString()).doesNotContain("p@ss");
        assertThat(DatabaseUrl.parse("postgres://ada@db/earshot"))
                .isEqualTo(new DatabaseUrl("db", 5432, "earshot", "ada", null));
    }

    @Test
    void aPlusIsAPlus_andANameMayBeEncoded() {
        var url = DatabaseUrl.parse("postgresql://ada:a+b@db/ear%20shot");

        assertThat(url).isEqualTo(new DatabaseUrl("db", 5432, "ear shot", "ada", "a+b"));
        assertThat(url.jdbc()).isEqualTo("jdbc:postgresql://db:5432/ear+shot");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "db:5432/earshot",
                "mysql://u@db/earshot",
                "jdbc:postgresql://u:s3cret@db/earshot",
                "postgresql://u@db",
                "postgresql://db/earshot",
                "postgresql://u:s3cret@:x/y z"
            })
    void saysWhatItExpects(String text) {
        assertThatThrownBy(() -> DatabaseUrl.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("postgresql://user:password@host:port/database")
                .hasMessageNotContaining("s3cret");
    }
}
