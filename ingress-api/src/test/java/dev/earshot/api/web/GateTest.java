package dev.earshot.api.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

class GateTest {

    private static final PathPattern ADMINISTRATION =
            PathPatternParser.defaultInstance.parse("/admin/users/{id}/tokens");

    @ParameterizedTest
    @ValueSource(strings = {"/%61dmin/users/1/tokens", "/admin;x=y/users/1/tokens", "/ad%6din;a/users/1/tokens"})
    void refusesWhatTheRoutesWouldReadAsAdministration(String path) {
        assertThat(ADMINISTRATION.matches(PathContainer.parsePath(path))).isTrue();
        assertThat(Gate.isWrittenPlainly(path)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/", "/admin/users/1/tokens", "/openapi.json", "/transcripts/zoom/8400000001", "/docs", "/ws"})
    void letsOrdinaryPathsPass(String path) {
        assertThat(Gate.isWrittenPlainly(path)).isTrue();
    }
}
