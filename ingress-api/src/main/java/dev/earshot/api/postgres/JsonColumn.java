package dev.earshot.api.postgres;

import io.r2dbc.postgresql.codec.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** A JSON object in a {@code jsonb} column. */
final class JsonColumn {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private JsonColumn() {}

    static Map<String, Object> read(Json json) {
        return MAPPER.readValue(json.asArray(), new TypeReference<LinkedHashMap<String, Object>>() {});
    }

    static Json write(Map<String, ? extends @Nullable Object> value) {
        return Json.of(MAPPER.writeValueAsBytes(value));
    }
}
