package dev.earshot.localstack.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.earshot.localstack.registry.RegistryRecord.SchemaStored;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The REST API, one line per route, and its error codes.
 *
 * <p>Source: Confluent Schema Registry API reference, version 7. Not offered: contexts, schema references, types other
 * than Avro, permanent deletion, import mode.
 */
final class RegistryRoutes {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ANY = "*";

    private final SchemaRegistry registry;
    private final List<Route> routes = new ArrayList<>();

    RegistryRoutes(SchemaRegistry registry) {
        this.registry = registry;
        on("GET", "", call -> JSON.createObjectNode());
        on("GET", "schemas/types", call -> JSON.createArrayNode().add("AVRO"));
        on("GET", "schemas/ids/*", call -> JSON.createObjectNode().put("schema", schemaText(call)));
        on("GET", "schemas/ids/*/schema", call -> parseJson(schemaText(call)));
        on("GET", "schemas/ids/*/subjects", this::subjectsOfId);
        on("GET", "schemas/ids/*/versions", this::versionsOfId);
        on("GET", "subjects", call -> JSON.valueToTree(registry.state().subjects(call.flag("deleted"))));
        on("POST", "subjects/*", this::lookUp);
        on("DELETE", "subjects/*", this::deleteSubject);
        on("GET", "subjects/*/versions", this::versions);
        on("POST", "subjects/*/versions", this::register);
        on("GET", "subjects/*/versions/*", call -> describe(version(call.arg(0), call.arg(1))));
        on(
                "GET",
                "subjects/*/versions/*/schema",
                call -> parseJson(version(call.arg(0), call.arg(1)).schema()));
        on("DELETE", "subjects/*/versions/*", this::deleteVersion);
        on("POST", "compatibility/subjects/*/versions", this::checkAgainstHistory);
        on("POST", "compatibility/subjects/*/versions/*", this::checkAgainstVersion);
        on("GET", "config", call -> level(registry.state().globalLevel()));
        on("PUT", "config", call -> setLevel(call, null));
        on("GET", "config/*", this::subjectLevel);
        on("PUT", "config/*", call -> setLevel(call, call.arg(0)));
        on("DELETE", "config/*", this::clearSubjectLevel);
        on("GET", "mode", call -> JSON.createObjectNode().put("mode", "READWRITE"));
    }

    /** The answer's body; throws {@link RegistryException} for everything that is not a 200. */
    JsonNode answer(Request request) {
        List<Route> samePath = routes.stream()
                .filter(route -> route.arguments(request.path()).isPresent())
                .toList();
        if (samePath.isEmpty()) {
            throw RegistryException.notFound();
        }
        Route route = samePath.stream()
                .filter(r -> r.method.equals(request.method()))
                .findFirst()
                .orElseThrow(RegistryException::methodNotAllowed);
        return route.handler.apply(
                new Call(request, route.arguments(request.path()).orElseThrow()));
    }

    private JsonNode register(Call call) {
        return JSON.createObjectNode()
                .put("id", registry.register(call.arg(0), call.schema()).id());
    }

    private JsonNode lookUp(Call call) {
        Schema schema = call.schema();
        registry.state().requireLive(call.arg(0));
        return describe(
                registry.state().find(call.arg(0), schema).orElseThrow(() -> RegistryException.schemaNotFound("")));
    }

    private JsonNode versions(Call call) {
        ArrayNode numbers = JSON.createArrayNode();
        registry.state().requireLive(call.arg(0)).forEach(v -> numbers.add(v.version()));
        return numbers;
    }

    private JsonNode deleteSubject(Call call) {
        refusePermanent(call);
        return JSON.valueToTree(registry.delete(() -> registry.state().requireLive(call.arg(0))));
    }

    private JsonNode deleteVersion(Call call) {
        refusePermanent(call);
        return JSON.valueToTree(registry.delete(() -> List.of(version(call.arg(0), call.arg(1))))
                .get(0));
    }

    private JsonNode checkAgainstHistory(Call call) {
        Schema candidate = call.schema();
        List<Schema> history = registry.state().schemas(call.arg(0));
        Compatibility level = registry.state().level(call.arg(0));
        return verdict(call, level.violations(candidate, level.relevant(history)));
    }

    private JsonNode checkAgainstVersion(Call call) {
        Schema candidate = call.schema();
        if (call.arg(1).equals("latest") && registry.state().live(call.arg(0)).isEmpty()) {
            return verdict(call, List.of());
        }
        Schema other = RegistryState.parse(version(call.arg(0), call.arg(1)).schema());
        return verdict(call, registry.state().level(call.arg(0)).violations(candidate, List.of(other)));
    }

    private JsonNode verdict(Call call, List<String> violations) {
        ObjectNode verdict = JSON.createObjectNode().put("is_compatible", violations.isEmpty());
        if (call.flag("verbose")) {
            verdict.set("messages", JSON.valueToTree(violations));
        }
        return verdict;
    }

    private JsonNode subjectLevel(Call call) {
        Optional<Compatibility> own = registry.state().subjectLevel(call.arg(0));
        if (own.isEmpty() && !call.flag("defaultToGlobal")) {
            throw RegistryException.noSubjectLevel(call.arg(0));
        }
        return level(own.orElseGet(registry.state()::globalLevel));
    }

    private JsonNode setLevel(Call call, @Nullable String subject) {
        Compatibility level =
                Compatibility.parse(call.json().path("compatibility").asText(""));
        registry.setLevel(subject, level);
        return JSON.createObjectNode().put("compatibility", level.name());
    }

    private JsonNode clearSubjectLevel(Call call) {
        Compatibility before = registry.state()
                .subjectLevel(call.arg(0))
                .orElseThrow(() -> RegistryException.noSubjectLevel(call.arg(0)));
        registry.setLevel(call.arg(0), null);
        return level(before);
    }

    private JsonNode subjectsOfId(Call call) {
        schemaText(call);
        return JSON.valueToTree(registry.state().usesOf(call.intArg(0)).stream()
                .map(SchemaStored::subject)
                .distinct()
                .toList());
    }

    private JsonNode versionsOfId(Call call) {
        schemaText(call);
        ArrayNode uses = JSON.createArrayNode();
        registry.state()
                .usesOf(call.intArg(0))
                .forEach(v -> uses.addObject().put("subject", v.subject()).put("version", v.version()));
        return uses;
    }

    private String schemaText(Call call) {
        int id = call.intArg(0);
        return registry.textOf(id).orElseThrow(() -> RegistryException.schemaNotFound(id + " "));
    }

    private SchemaStored version(String subject, String wanted) {
        int number = wanted.equals("latest") ? Integer.MAX_VALUE : versionNumber(wanted);
        List<SchemaStored> versions = registry.state().requireLive(subject);
        if (number == Integer.MAX_VALUE) {
            return versions.get(versions.size() - 1);
        }
        return versions.stream()
                .filter(v -> v.version() == number)
                .findFirst()
                .orElseThrow(() -> RegistryException.versionNotFound(number));
    }

    private static int versionNumber(String text) {
        try {
            int number = Integer.parseInt(text);
            if (number >= 1) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw RegistryException.invalidVersion(text);
        }
        throw RegistryException.invalidVersion(text);
    }

    private static void refusePermanent(Call call) {
        if (call.flag("permanent")) {
            throw RegistryException.notPermitted(
                    "permanent deletion is not offered: records that carry the id must stay readable");
        }
    }

    private static JsonNode describe(SchemaStored v) {
        return JSON.createObjectNode()
                .put("subject", v.subject())
                .put("version", v.version())
                .put("id", v.id())
                .put("schema", v.schema());
    }

    private static JsonNode level(Compatibility level) {
        return JSON.createObjectNode().put("compatibilityLevel", level.name());
    }

    private static JsonNode parseJson(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw RegistryException.badRequest("Malformed JSON: " + e.getOriginalMessage());
        }
    }

    private void on(String method, String path, Function<Call, JsonNode> handler) {
        routes.add(new Route(method, path.isEmpty() ? List.of() : Arrays.asList(path.split("/", -1)), handler));
    }

    /** One HTTP request; {@code path} holds the decoded segments. */
    record Request(String method, List<String> path, Map<String, List<String>> query, String body) {}

    private record Route(String method, List<String> pattern, Function<Call, JsonNode> handler) {

        Optional<List<String>> arguments(List<String> path) {
            if (path.size() != pattern.size()) {
                return Optional.empty();
            }
            List<String> arguments = new ArrayList<>();
            for (int i = 0; i < pattern.size(); i++) {
                if (pattern.get(i).equals(ANY)) {
                    arguments.add(path.get(i));
                } else if (!pattern.get(i).equals(path.get(i))) {
                    return Optional.empty();
                }
            }
            return Optional.of(arguments);
        }
    }

    private record Call(Request request, List<String> arguments) {

        String arg(int index) {
            return arguments.get(index);
        }

        int intArg(int index) {
            try {
                return Integer.parseInt(arg(index));
            } catch (NumberFormatException e) {
                throw RegistryException.notFound();
            }
        }

        boolean flag(String name) {
            return request.query().getOrDefault(name, List.of()).contains("true");
        }

        JsonNode json() {
            JsonNode node = parseJson(request.body());
            if (!node.isObject()) {
                throw RegistryException.badRequest("Malformed JSON: expected an object");
            }
            return node;
        }

        Schema schema() {
            JsonNode json = json();
            String type = json.path("schemaType").asText("AVRO");
            if (!type.equals("AVRO")) {
                throw RegistryException.invalidSchema("schemaType: " + type + " (expected: AVRO)");
            }
            if (!json.path("references").isEmpty()) {
                throw RegistryException.invalidSchema("references are not offered; inline the named types");
            }
            String text = json.path("schema").asText("");
            if (text.isBlank()) {
                throw RegistryException.invalidSchema("the field schema is missing or empty");
            }
            return RegistryState.parse(text);
        }
    }
}
