package dev.earshot.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DescribedAnswersTest {

    private final DescribedAnswers described = new DescribedAnswers(
            TestApi.JSON.readTree(
                    """
        {"paths": {
           "/things/{id}": {"get": {"responses": {
              "200": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}}},
              "4XX": {"content": {"application/json": {"schema": {"type": "object", "required": ["detail"], "properties": {"detail": {}}}}}}}}},
           "/things/all": {"get": {"responses": {"200": {"content": {"application/json": {"schema": {"type": "array", "items": {"$ref": "#/components/schemas/Thing"}}}}}}}}},
         "components": {"schemas": {"Thing": {"type": "object", "required": ["id", "at"], "properties": {
           "id": {"type": "integer"}, "at": {"type": ["string", "null"], "format": "date-time"},
           "more": {"anyOf": [{"$ref": "#/components/schemas/Thing"}, {"type": "null"}]}}}}}}
        """));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            textBlock =
                    """
        /things/7   | 200 | {"id":7,"at":null}                              | -
        /things/7   | 200 | {"id":7,"at":"2026-03-01T09:00:00Z","more":null} | -
        /things/7   | 200 | {"id":7,"at":null,"more":{"id":8,"at":null}}    | -
        /things/7   | 404 | {"detail":"gone"}                               | -
        /things/all | 200 | [{"id":7,"at":null}]                            | -
        /others     | 200 | {}                                              | -
        /things/7   | 200 | {"id":"7","at":null}                            | GET /things/7 200.id: "7" (described: "integer")
        /things/7   | 200 | {"id":7}                                        | GET /things/7 200.at: missing
        /things/7   | 200 | {"id":7,"at":"noon"}                            | GET /things/7 200.at: "noon" (described: date-time)
        /things/7   | 200 | {"id":7,"at":null,"x":1}                        | GET /things/7 200.x: not described
        /things/7   | 200 | {"id":7,"at":null,"more":{}}                    | GET /things/7 200.more: fits none of what is described: {}
        /things/7   | 500 | {"detail":"broken"}                             | GET /things/7 500: such an answer is not described
        /things/all | 200 | [{"at":null}]                                   | GET /things/all 200[].id: missing
        """)
    void saysWhatDiffers(String path, int status, String body, String difference) {
        assertThat(described.differences("GET", path, status, "application/json", TestApi.JSON.readTree(body)))
                .isEqualTo(difference == null ? List.of() : List.of(difference));
    }

    @Test
    void missesAMediaType_thatIsNotDescribed() {
        assertThat(described.differences("GET", "/things/7", 200, "text/plain", TestApi.JSON.readTree("{}")))
                .containsExactly("GET /things/7 200: text/plain is not described");
    }
}
