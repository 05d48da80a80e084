package dev.earshot.localstack.registry;

import static dev.earshot.localstack.registry.RegistryProbe.body;
import static dev.earshot.localstack.registry.RegistryProbe.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.localstack.LocalStack;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegistryIT {

    private static final String ID_ONLY = record("{\"name\":\"id\",\"type\":\"int\"}");
    private static final String WITH_OPTIONAL = record(
            "{\"name\":\"id\",\"type\":\"int\"},{\"name\":\"note\",\"type\":[\"null\",\"string\"],\"default\":null}");
    private static final String WITH_MANDATORY =
            record("{\"name\":\"id\",\"type\":\"int\"},{\"name\":\"must\",\"type\":\"string\"}");

    private final RegistryProbe registry = new RegistryProbe(LocalStack.shared().schemaRegistryUrl());
    private String subject = "";

    @BeforeEach
    void newSubject() {
        subject = UUID.randomUUID() + "-value";
    }

    @Test
    void answersWithTheVendorContentType() throws Exception {
        HttpResponse<String> root = registry.get("/");
        assertThat(root.statusCode()).isEqualTo(200);
        assertThat(root.body()).isEqualTo("{}");
        assertThat(root.headers().firstValue("Content-Type")).hasValue("application/vnd.schemaregistry.v1+json");
        assertThat(registry.get("/schemas/types").body()).isEqualTo("[\"AVRO\"]");
        assertThat(registry.get("/mode").body()).isEqualTo("{\"mode\":\"READWRITE\"}");
    }

    @Test
    void givesEqualSchemasOneId_acrossSubjectsAndSpacing() throws Exception {
        int id = registry.register(subject, ID_ONLY);
        assertThat(registry.register(subject, ID_ONLY.replace(",", " , "))).isEqualTo(id);
        assertThat(registry.register("other-" + subject, ID_ONLY)).isEqualTo(id);
        assertThat(registry.get("/subjects/" + subject + "/versions").body()).isEqualTo("[1]");
        assertThat(json(registry.get("/schemas/ids/" + id)).get("schema").asText())
                .isEqualTo(new org.apache.avro.Schema.Parser().parse(ID_ONLY).toString());
    }

    @Test
    void tellsASchemaByIdInEveryForm() throws Exception {
        int id = registry.register(subject, record("{\"name\":\"x\",\"type\":\"int\",\"doc\":\"" + subject + "\"}"));
        assertThat(json(registry.get("/schemas/ids/" + id + "/schema"))
                        .get("type")
                        .asText())
                .isEqualTo("record");
        assertThat(registry.get("/schemas/ids/" + id + "/subjects").body()).isEqualTo("[\"" + subject + "\"]");
        assertThat(registry.get("/schemas/ids/" + id + "/versions").body())
                .isEqualTo("[{\"subject\":\"" + subject + "\",\"version\":1}]");
    }

    @Test
    void numbersVersionsAndFindsThem() throws Exception {
        int first = registry.register(subject, ID_ONLY);
        int second = registry.register(subject, WITH_OPTIONAL);
        assertThat(registry.get("/subjects/" + subject + "/versions").body()).isEqualTo("[1,2]");
        assertThat(json(registry.get("/subjects/" + subject + "/versions/1"))
                        .get("id")
                        .asInt())
                .isEqualTo(first);
        assertThat(json(registry.get("/subjects/" + subject + "/versions/latest"))
                        .get("id")
                        .asInt())
                .isEqualTo(second);
        assertThat(json(registry.get("/subjects/" + subject + "/versions/2/schema"))
                        .get("fields"))
                .hasSize(2);
        HttpResponse<String> found = registry.post("/subjects/" + subject, body(ID_ONLY));
        assertThat(json(found).get("version").asInt()).isEqualTo(1);
        assertThat(json(found).get("subject").asText()).isEqualTo(subject);
        assertThat(json(registry.get("/subjects"))).extracting(n -> n.asText()).contains(subject);
    }

    @Test
    void refusesAnIncompatibleSchema_byDefaultInBothDirections() throws Exception {
        registry.register(subject, ID_ONLY);
        assertError(registry.post("/subjects/" + subject + "/versions", body(WITH_MANDATORY)), 409, 409);
        HttpResponse<String> verdict = registry.post(
                "/compatibility/subjects/" + subject + "/versions/latest?verbose=true", body(WITH_MANDATORY));
        assertThat(json(verdict).get("is_compatible").asBoolean()).isFalse();
        assertThat(json(verdict).get("messages").get(0).asText()).contains("cannot read");
        assertThat(registry.post("/compatibility/subjects/" + subject + "/versions/1", body(WITH_OPTIONAL))
                        .body())
                .isEqualTo("{\"is_compatible\":true}");
        assertThat(registry.post("/compatibility/subjects/" + subject + "/versions", body(WITH_MANDATORY))
                        .body())
                .isEqualTo("{\"is_compatible\":false}");
    }

    @Test
    void takesAnythingAfterNothing() throws Exception {
        assertThat(registry.post("/compatibility/subjects/" + subject + "/versions/latest", body(ID_ONLY))
                        .body())
                .isEqualTo("{\"is_compatible\":true}");
    }

    @Test
    void holdsASubjectToItsOwnLevel() throws Exception {
        registry.register(subject, ID_ONLY);
        assertThat(registry.get("/config").body()).isEqualTo("{\"compatibilityLevel\":\"FULL_TRANSITIVE\"}");
        assertError(registry.get("/config/" + subject), 404, 40408);
        assertThat(registry.get("/config/" + subject + "?defaultToGlobal=true").body())
                .isEqualTo("{\"compatibilityLevel\":\"FULL_TRANSITIVE\"}");

        assertThat(registry.send("PUT", "/config/" + subject, "{\"compatibility\":\"forward\"}")
                        .body())
                .isEqualTo("{\"compatibility\":\"FORWARD\"}");
        assertThat(registry.get("/config/" + subject).body()).isEqualTo("{\"compatibilityLevel\":\"FORWARD\"}");
        registry.register(subject, WITH_MANDATORY);

        assertThat(registry.send("DELETE", "/config/" + subject, null).body())
                .isEqualTo("{\"compatibilityLevel\":\"FORWARD\"}");
        assertError(registry.get("/config/" + subject), 404, 40408);
        assertError(registry.send("DELETE", "/config/" + subject, null), 404, 40408);
    }

    @Test
    void changesTheGlobalLevel() throws Exception {
        registry.send("PUT", "/config", "{\"compatibility\":\"NONE\"}");
        try {
            registry.register(subject, ID_ONLY);
            registry.register(subject, WITH_MANDATORY);
            assertThat(registry.get("/config").body()).isEqualTo("{\"compatibilityLevel\":\"NONE\"}");
        } finally {
            registry.send("PUT", "/config", "{\"compatibility\":\"FULL_TRANSITIVE\"}");
        }
    }

    @Test
    void hidesDeletedVersions_butKeepsTheirIds() throws Exception {
        int id = registry.register(subject, ID_ONLY);
        registry.register(subject, WITH_OPTIONAL);
        assertThat(registry.send("DELETE", "/subjects/" + subject + "/versions/2", null)
                        .body())
                .isEqualTo("2");
        assertThat(registry.get("/subjects/" + subject + "/versions").body()).isEqualTo("[1]");
        assertThat(registry.send("DELETE", "/subjects/" + subject, null).body()).isEqualTo("[1]");
        assertError(registry.get("/subjects/" + subject + "/versions"), 404, 40401);
        assertError(registry.send("DELETE", "/subjects/" + subject, null), 404, 40401);
        assertThat(registry.get("/subjects").body()).doesNotContain(subject);
        assertThat(registry.get("/subjects?deleted=true").body()).contains(subject);
        assertThat(registry.get("/schemas/ids/" + id).statusCode()).isEqualTo(200);
        assertThat(registry.register(subject, ID_ONLY)).isEqualTo(id);
        assertThat(registry.get("/subjects/" + subject + "/versions").body()).isEqualTo("[3]");
        assertError(registry.send("DELETE", "/subjects/" + subject + "?permanent=true", null), 422, 42205);
    }

    @Test
    void readsSubjectsWithEscapedNames() throws Exception {
        registry.register("a%2Fb%20" + subject, ID_ONLY);
        assertThat(registry.get("/subjects").body()).contains("a/b " + subject);
    }

    @ParameterizedTest
    @CsvSource({
        "GET,    /schemas/ids/99999999,                        404, 40403",
        "GET,    /schemas/ids/nine,                            404, 404",
        "GET,    /subjects/none/versions,                      404, 40401",
        "GET,    /subjects/none/versions/1,                    404, 40401",
        "GET,    /subjects/none/versions/latest,               404, 40401",
        "DELETE, /subjects/none/versions/1,                    404, 40401",
        "GET,    /subjects/{known}/versions/7,                 404, 40402",
        "GET,    /subjects/{known}/versions/0,                 422, 42202",
        "GET,    /subjects/{known}/versions/first,             422, 42202",
        "GET,    /nowhere,                                     404, 404",
        "DELETE, /schemas/types,                               405, 405"
    })
    void refusesWithTheConfluentCode(String method, String path, int status, int code) throws Exception {
        registry.register(subject, ID_ONLY);
        assertError(registry.send(method, path.replace("{known}", subject), null), status, code);
    }

    @Test
    void refusesPathsThatAreNotUrls() throws Exception {
        URI uri = URI.create(LocalStack.shared().schemaRegistryUrl());
        try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
            socket.getOutputStream()
                    .write("GET /subjects/%zz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                    .startsWith("HTTP/1.1 400 ")
                    .contains("\"error_code\":400");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "not json                                   | 400 | 400",
                "[]                                         | 400 | 400",
                "{}                                         | 422 | 42201",
                "{\"schema\":\"\"}                          | 422 | 42201",
                "{\"schema\":\"{\"}                         | 422 | 42201",
                "{\"schema\":\"{\\\"type\\\":\\\"record\\\"}\"} | 422 | 42201",
                "{\"schema\":\"\\\"no such type\\\"\"}      | 422 | 42201",
                "{\"schemaType\":\"PROTOBUF\",\"schema\":\"x\"} | 422 | 42201",
                "{\"schema\":\"\\\"int\\\"\",\"references\":[{\"name\":\"a\"}]} | 422 | 42201"
            })
    void refusesBodiesThatHoldNoSchema(String body, int status, int code) throws Exception {
        assertError(registry.post("/subjects/" + subject + "/versions", body), status, code);
        assertError(registry.post("/compatibility/subjects/" + subject + "/versions/latest", body), status, code);
    }

    @Test
    void refusesUnknownLevels_andLookupsOfUnknownSchemas() throws Exception {
        registry.register(subject, ID_ONLY);
        assertError(registry.send("PUT", "/config/" + subject, "{\"compatibility\":\"SOMEWHAT\"}"), 422, 42203);
        assertError(registry.send("PUT", "/config", "{}"), 422, 42203);
        assertError(registry.send("PUT", "/config", ""), 400, 400);
        assertError(registry.post("/subjects/" + subject, body(WITH_OPTIONAL)), 404, 40403);
        assertError(registry.post("/subjects/none", body(ID_ONLY)), 404, 40401);
    }

    @Test
    void twoRegistriesOnOneKafkaSeeEachOther() throws Exception {
        try (SchemaRegistry second = SchemaRegistry.start(LocalStack.shared().bootstrapServers(), 0)) {
            RegistryProbe other = new RegistryProbe(second.url());
            int first = registry.register(subject, record("{\"name\":\"a\",\"type\":\"int\"}"));
            int next = other.register(
                    subject,
                    record("{\"name\":\"a\",\"type\":\"int\"},{\"name\":\"b\",\"type\":\"int\",\"default\":0}"));
            assertThat(next).isGreaterThan(first);
            assertThat(registry.get("/schemas/ids/" + next).statusCode()).isEqualTo(200);
            assertThat(registry.register("c-" + subject, record("{\"name\":\"c\",\"type\":\"long\"}")))
                    .isGreaterThan(next);
        }
    }

    private static void assertError(HttpResponse<String> answer, int status, int code) throws Exception {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(json(answer).get("error_code").asInt()).as(answer.body()).isEqualTo(code);
        assertThat(json(answer).get("message").asText()).isNotBlank();
    }

    private static String record(String fields) {
        return "{\"type\":\"record\",\"name\":\"R\",\"fields\":[" + fields + "]}";
    }
}
