package dev.earshot.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.avro.JsonProperties;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every record, enum and field, so that readers need no other source. */
class SchemaRulesTest {

    static Stream<Schema> named() {
        var found = new LinkedHashMap<String, Schema>();
        Topics.defaults().all().forEach(topic -> collect(SpecificData.get().getSchema(topic.valueType()), found));
        return found.values().stream();
    }

    private static void collect(Schema schema, Map<String, Schema> found) {
        switch (schema.getType()) {
            case RECORD -> {
                if (found.put(schema.getFullName(), schema) == null) {
                    schema.getFields().forEach(field -> collect(field.schema(), found));
                }
            }
            case ENUM -> found.put(schema.getFullName(), schema);
            case ARRAY -> collect(schema.getElementType(), found);
            case UNION -> schema.getTypes().forEach(type -> collect(type, found));
            default -> {}
        }
    }

    @ParameterizedTest
    @MethodSource("named")
    void saysWhatItIs_andWhatEachFieldIs(Schema schema) {
        var silent = new ArrayList<String>();
        if (isBlank(schema.getDoc())) {
            silent.add(schema.getFullName());
        }
        fields(schema).stream()
                .filter(field -> isBlank(field.doc()))
                .forEach(field -> silent.add(schema.getName() + "." + field.name()));

        assertThat(silent).as("without a doc").isEmpty();
    }

    @ParameterizedTest
    @MethodSource("named")
    void saysWhatNullMeans_andMakesItTheDefault(Schema schema) {
        for (Schema.Field field : fields(schema)) {
            if (field.schema().isNullable()) {
                assertThat(field.doc()).as(field.name()).containsIgnoringCase("null");
                assertThat(field.defaultVal()).as(field.name()).isEqualTo(JsonProperties.NULL_VALUE);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("named")
    void writesSnakeCase(Schema schema) {
        assertThat(fields(schema)).extracting(Schema.Field::name).allMatch(name -> name.matches("[a-z]+(_[a-z]+)*"));
    }

    @ParameterizedTest
    @MethodSource("named")
    void readsSymbolsItDoesNotKnow_asUnknown(Schema schema) {
        if (schema.getType() == Schema.Type.ENUM) {
            assertThat(schema.getEnumDefault()).isEqualTo("UNKNOWN");
            assertThat(schema.getEnumSymbols()).first().isEqualTo("UNKNOWN");
        }
    }

    private static List<Schema.Field> fields(Schema schema) {
        return schema.getType() == Schema.Type.RECORD ? schema.getFields() : List.of();
    }

    private static boolean isBlank(String text) {
        return Objects.requireNonNullElse(text, "").isBlank();
    }
}
