package dev.earshot.api;

import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/**
 * Says in what an answer differs from how the API describes itself. Knows as much of JSON Schema as the description uses,
 * and is strict where the standard is not: a member that is not described is a difference.
 */
final class DescribedAnswers {

    private final JsonNode document;

    DescribedAnswers(JsonNode document) {
        this.document = document;
    }

    /** Empty when there is none, and when no such route is described. */
    List<String> differences(String method, String path, int status, String mediaType, JsonNode body) {
        Optional<JsonNode> operation = template(path)
                .map(template -> document.path("paths").path(template).path(method.toLowerCase(Locale.ROOT)));
        if (operation.isEmpty() || operation.get().isMissingNode()) {
            return List.of();
        }
        JsonNode responses = operation.get().path("responses");
        JsonNode response = responses.has(Integer.toString(status))
                ? responses.path(Integer.toString(status))
                : responses.path(status / 100 + "XX");
        String route = method + " " + path + " " + status;
        if (response.isMissingNode()) {
            return List.of(route + ": such an answer is not described");
        }
        if (body.isNull()) {
            return List.of();
        }
        JsonNode schema = response.path("content").path(mediaType).path("schema");
        if (schema.isMissingNode()) {
            return List.of(route + ": " + mediaType + " is not described");
        }
        var found = new ArrayList<String>();
        check(schema, body, route, found);
        return found;
    }

    /** The described path that a path is one of; the one with more of it spelled out. */
    private Optional<String> template(String path) {
        return document.path("paths").propertyNames().stream()
                .filter(template ->
                        Pattern.matches(Pattern.quote(template).replaceAll("\\{[^}]+}", "\\\\E[^/]+\\\\Q"), path))
                .min(Comparator.comparingLong(
                        template -> template.chars().filter(c -> c == '{').count()));
    }

    private void check(JsonNode schema, JsonNode value, String at, List<String> found) {
        if (schema.has("$ref")) {
            String name = schema.path("$ref").asString().replaceFirst(".*/", "");
            check(document.path("components").path("schemas").path(name), value, at, found);
            return;
        }
        if (schema.has("anyOf")) {
            boolean fits = StreamSupport.stream(schema.path("anyOf").spliterator(), false)
                    .anyMatch(each -> fits(each, value, at));
            if (!fits) {
                found.add(at + ": fits none of what is described: " + value);
            }
            return;
        }
        if (schema.has("type") && !hasType(schema.path("type"), value)) {
            found.add(at + ": " + value + " (described: " + schema.path("type") + ")");
            return;
        }
        if (value.isObject() && (schema.has("properties") || schema.has("required"))) {
            checkMembers(schema, value, at, found);
        }
        if (value.isArray()) {
            value.forEach(item -> check(schema.path("items"), item, at + "[]", found));
        }
        if (value.isString() && "date-time".equals(schema.path("format").asString("")) && !isTime(value.asString())) {
            found.add(at + ": " + value + " (described: date-time)");
        }
    }

    private boolean fits(JsonNode schema, JsonNode value, String at) {
        var found = new ArrayList<String>();
        check(schema, value, at, found);
        return found.isEmpty();
    }

    private void checkMembers(JsonNode schema, JsonNode value, String at, List<String> found) {
        schema.path("required").forEach(name -> {
            if (!value.has(name.asString())) {
                found.add(at + "." + name.asString() + ": missing");
            }
        });
        for (String name : value.propertyNames()) {
            JsonNode member = schema.path("properties").path(name);
            if (!member.isMissingNode()) {
                check(member, value.path(name), at + "." + name, found);
            } else if (!schema.has("additionalProperties")) {
                found.add(at + "." + name + ": not described");
            }
        }
    }

    private static boolean hasType(JsonNode type, JsonNode value) {
        if (type.isArray()) {
            return StreamSupport.stream(type.spliterator(), false).anyMatch(each -> hasType(each, value));
        }
        return switch (type.asString()) {
            case "object" -> value.isObject();
            case "array" -> value.isArray();
            case "string" -> value.isString();
            case "integer" -> value.isIntegralNumber();
            case "number" -> value.isNumber();
            case "boolean" -> value.isBoolean();
            case "null" -> value.isNull();
            default -> false;
        };
    }

    private static boolean isTime(String text) {
        try {
            OffsetDateTime.parse(text);
            return true;
        } catch (DateTimeParseException e) {
            return false;
        }
    }
}
