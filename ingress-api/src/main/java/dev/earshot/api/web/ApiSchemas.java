package dev.earshot.api.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.earshot.api.domain.Platform;
import io.swagger.v3.core.util.Json31;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.JsonSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.customizers.OpenApiCustomizer;

/**
 * Makes the description of the API say what is true of every route and cannot be read off its types: which members may be
 * null and that none is left out, how refusals look, which parameters are numbers.
 */
final class ApiSchemas implements OpenApiCustomizer {

    private static final List<Class<?>> HOLDERS = List.of(
            Views.class,
            TranscriptViews.class,
            TranscriptRoutes.class,
            WebhookRoutes.class,
            RecordingRoutes.class,
            BotRoutes.class,
            MeetingRoutes.class,
            AdminRoutes.class);

    private static final Set<String> NUMBERS = Set.of(
            "limit",
            "offset",
            "skip",
            "after",
            "meeting_id",
            "ttl_seconds",
            "expires_in",
            "meetingId",
            "recordingId",
            "mediaId",
            "userId",
            "tokenId");

    private static final String ERROR = "Error";
    private static final String PROBLEM = "Problem";

    private static final String ERROR_SCHEMA =
            """
            {"type": "object", "required": ["detail"], "properties": {
               "detail": {"anyOf": [{"type": "string"}, {"type": "array", "items": {"$ref": "#/components/schemas/Violation"}}]},
               "retry_after": {"type": "integer"}}}
            """;

    private static final String VIOLATION_SCHEMA =
            """
            {"type": "object", "required": ["type", "loc", "msg", "input"], "properties": {
               "type": {"type": "string"}, "loc": {"type": "array", "items": {"type": ["string", "integer"]}},
               "msg": {"type": "string"}, "input": {}, "ctx": {"type": "object", "additionalProperties": true}}}
            """;

    private static final String PROBLEM_SCHEMA =
            """
            {"type": "object", "required": ["type", "title", "status", "detail", "instance"], "properties": {
               "type": {"type": "string"}, "title": {"type": "string"}, "status": {"type": "integer"},
               "detail": {"type": "string"}, "instance": {"type": "string"}, "retry_after": {"type": "integer"},
               "errors": {"type": "array", "items": {"$ref": "#/components/schemas/Violation"}}}}
            """;

    @Override
    public void customise(OpenAPI api) {
        HOLDERS.stream()
                .flatMap(holder -> Arrays.stream(holder.getDeclaredClasses()))
                .filter(Class::isRecord)
                .forEach(type -> complete(api.getComponents().getSchemas().get(type.getSimpleName()), type));
        api.getComponents()
                .addSchemas("Violation", read(VIOLATION_SCHEMA))
                .addSchemas(ERROR, read(ERROR_SCHEMA))
                .addSchemas(PROBLEM, read(PROBLEM_SCHEMA));
        api.getPaths().values().stream()
                .flatMap(path -> path.readOperations().stream())
                .forEach(ApiSchemas::complete);
    }

    private static void complete(@Nullable Schema<?> schema, Class<?> type) {
        if (schema == null || schema.getProperties() == null) {
            return;
        }
        // Of what is sent to us, what may be null may be left out as well.
        boolean answer = type.getSimpleName().endsWith("View");
        for (RecordComponent component : type.getRecordComponents()) {
            String name = component.getName().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
            Schema<?> property = schema.getProperties().get(name);
            if (property == null) {
                continue;
            }
            boolean nullable = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
            if (component.getType() == Object.class) {
                schema.getProperties().put(name, new JsonSchema());
            } else if (nullable) {
                schema.getProperties().put(name, orNull(property));
            }
            if ((answer || !nullable)
                    && (schema.getRequired() == null || !schema.getRequired().contains(name))) {
                schema.addRequiredItem(name);
            }
        }
    }

    private static Schema<?> orNull(Schema<?> schema) {
        if (schema.getTypes() != null) {
            schema.addType("null");
            return schema;
        }
        var nothing = new JsonSchema();
        nothing.addType("null");
        return new JsonSchema().addAnyOfItem(schema).addAnyOfItem(nothing);
    }

    private static void complete(Operation operation) {
        ApiResponses responses = operation.getResponses();
        String summary = String.valueOf(operation.getSummary());
        if (summary.matches("\\d{3}: .*")) {
            // Whatever is asked, this is the answer.
            responses.remove("200");
        }
        responses.addApiResponse("4XX", refusal("The request is refused"));
        responses.addApiResponse("5XX", refusal("We cannot do it, or not now"));
        if (operation.getParameters() != null) {
            operation.getParameters().forEach(ApiSchemas::complete);
        }
    }

    private static void complete(Parameter parameter) {
        if (NUMBERS.contains(parameter.getName())) {
            var number = new JsonSchema();
            number.addType("integer");
            parameter.setSchema(number.format("int64"));
        } else if (parameter.getName().equals("platform") && "path".equals(parameter.getIn())) {
            var platform = new JsonSchema();
            platform.addType("string");
            Stream.of(Platform.values()).map(Platform::wire).forEach(platform::addEnumItemObject);
            parameter.setSchema(platform);
        }
    }

    private static ApiResponse refusal(String description) {
        return new ApiResponse()
                .description(description)
                .content(new Content()
                        .addMediaType("application/json", of(ERROR))
                        .addMediaType("application/problem+json", of(PROBLEM)));
    }

    private static MediaType of(String schema) {
        return new MediaType().schema(new JsonSchema().$ref("#/components/schemas/" + schema));
    }

    private static Schema<?> read(String json) {
        try {
            return Json31.mapper().readValue(json, Schema.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the schema is JSON", e);
        }
    }
}
