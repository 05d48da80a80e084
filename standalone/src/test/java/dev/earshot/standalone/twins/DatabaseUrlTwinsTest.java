package dev.earshot.standalone.twins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code DATABASE_URL} goes to two services that may not import each other: what one takes, the other takes alike. */
class DatabaseUrlTwinsTest {

    @ParameterizedTest
    @CsvSource({
        "postgresql://ada:secret@db.example:6432/earshot, db.example, 6432, earshot, ada, secret",
        "postgres://ada:secret@db/earshot, db, 5432, earshot, ada, secret",
        "postgresql://ada@db/earshot, db, 5432, earshot, ada, ''",
        "postgresql://ada:@db/earshot, db, 5432, earshot, ada, ''",
        "postgresql://ada:secret@[::1]:1/earshot, [::1], 1, earshot, ada, secret",
        "postgresql://ada%40home:p%3Aa%2Fs%25@db/ear%20shot, db, 5432, ear shot, ada@home, p:a/s%",
        "postgresql://ada:a+b:c@db/a+b, db, 5432, a+b, ada, a+b:c",
        "postgresql://ada:secret@db/ear/shot, db, 5432, ear/shot, ada, secret",
    })
    void bothRead(String url, String host, int port, String database, String user, String password) {
        assertThat(dev.earshot.segment.postgres.DatabaseUrl.parse(url))
                .isEqualTo(new dev.earshot.segment.postgres.DatabaseUrl(host, port, database, user, password));
        var byTheApi = dev.earshot.api.postgres.DatabaseUrl.parse(url);
        assertThat(byTheApi)
                .isEqualTo(new dev.earshot.api.postgres.DatabaseUrl(host, port, database, user, byTheApi.password()));
        assertThat(byTheApi.password() == null ? "" : byTheApi.password()).isEqualTo(password);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "secret",
                "db:5432/earshot",
                "//ada:secret@db/earshot",
                "jdbc:postgresql://ada:secret@db/earshot",
                "postgresq://ada:secret@db/earshot",
                "postgresqls://ada:secret@db/earshot",
                "mysql://ada:secret@db/earshot",
                "postgresql:ada:secret@db/earshot",
                "postgresql:///earshot",
                "postgresql://ada:secret@/earshot",
                "postgresql://ada:secret@db_one/earshot",
                "postgresql://ada:secret@db1,db2/earshot",
                "postgresql://ada:secret@db",
                "postgresql://ada:secret@db/",
                "postgresql://db/earshot",
                "postgresql://@db/earshot",
                "postgresql://:secret@db/earshot",
                "postgresql://ada:sec ret@db/earshot",
                "postgresql://ada:sec%zzret@db/earshot",
                "postgresql://ada:sec/ret@db/earshot",
                "postgresql://ada:secret@db:port/earshot",
                "postgresql://ada:secret@db:99999999999/earshot",
                "postgresql://ada:secret@db/earshot?sslmode=require",
                "postgresql://ada:secret@db/earshot#secret"
            })
    void bothRefuse_withoutRepeatingThePassword(String url) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> dev.earshot.segment.postgres.DatabaseUrl.parse(url))
                .withMessageStartingWith("DATABASE_URL")
                .withMessageEndingWith("(expected: postgresql://user:password@host:port/database)")
                .withMessageNotContaining("sec");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> dev.earshot.api.postgres.DatabaseUrl.parse(url))
                .withMessageStartingWith("DATABASE_URL")
                .withMessageEndingWith("(expected: postgresql://user:password@host:port/database)")
                .withMessageNotContaining("sec");
    }
}
