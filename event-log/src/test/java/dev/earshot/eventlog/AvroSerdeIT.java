package dev.earshot.eventlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.earshot.schema.Topic;
import dev.earshot.schema.Topics;
import dev.earshot.schema.avro.AsrHypothesis;
import dev.earshot.schema.avro.BotClaim;
import dev.earshot.schema.avro.BotClaimState;
import dev.earshot.schema.avro.HypothesisKind;
import dev.earshot.schema.avro.Word;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The bytes of a record, against a real registry. */
class AvroSerdeIT {

    private final Topics topics = Servers.freshTopics();
    private final Topic<BotClaim> topic = topics.botClaims();
    private final AvroSerde<BotClaim> serde = new AvroSerde<>(registry(), BotClaim.class);

    private static SchemaRegistry registry() {
        return new SchemaRegistry(Servers.registryUrl(), Inbox.PATIENCE);
    }

    @BeforeEach
    void setRule() {
        registry().setCompatibility(topic.subject(), "FULL_TRANSITIVE");
    }

    @Test
    void writesAZero_theSchemasId_andAvro() {
        byte[] bytes = serde.serialize(topic.name(), Servers.claim(1));

        int id = Servers.register(topic.subject(), BotClaim.getClassSchema().toString());
        assertThat(ByteBuffer.wrap(bytes).get()).isZero();
        assertThat(ByteBuffer.wrap(bytes).getInt(1)).isEqualTo(id);
        assertThat(new AvroSerde<>(registry(), BotClaim.class).deserialize(topic.name(), bytes))
                .isEqualTo(Servers.claim(1));
    }

    @Test
    void passesNullsOn_asTombstones() {
        assertThat(serde.serialize(topic.name(), null)).isNull();
        assertThat(serde.deserialize(topic.name(), null)).isNull();
    }

    @Test
    void readsASymbolItDoesNotKnow_asUnknown() {
        String newer = BotClaim.getClassSchema().toString().replace("\"RELEASED\"", "\"RELEASED\",\"LENT\"");
        registry().setCompatibility(topic.subject(), "BACKWARD");
        int id = Servers.register(topic.subject(), newer);
        BotClaim lent = BotClaim.newBuilder(Servers.claim(1))
                .setState(BotClaimState.RELEASED)
                .build();
        byte[] bytes = serde.serialize(topic.name(), lent);
        ByteBuffer.wrap(bytes).putInt(1, id);
        byte released = (byte) (2 * BotClaimState.RELEASED.ordinal());
        for (int i = bytes.length - 1; i >= 0; i--) {
            if (bytes[i] == released) {
                bytes[i] = (byte) (released + 2);
                break;
            }
        }

        assertThat(serde.deserialize(topic.name(), bytes).getState()).isEqualTo(BotClaimState.UNKNOWN);
    }

    @Test
    void refusesToRegister_whatBreaksItsReaders() {
        serde.register(topic.name());
        String breaking = "{\"type\":\"record\",\"name\":\"BotClaim\",\"namespace\":\"dev.earshot.schema.avro\","
                + "\"fields\":[{\"name\":\"other\",\"type\":\"string\"}]}";

        assertThatThrownBy(
                        () -> registry().register(topic.subject(), new org.apache.avro.Schema.Parser().parse(breaking)))
                .isInstanceOf(EventLogException.class)
                .hasMessageContaining("answered 409");
    }

    /** Whatever the bytes, the answer is a record or a malformed record: never another error, never a heap full of nothing. */
    @Test
    void neverFailsOtherwise_onBytesThatWereDamaged() {
        var hypotheses = new AvroSerde<>(registry(), AsrHypothesis.class);
        String name = topics.hypotheses().name();
        byte[] good = hypotheses.serialize(name, hypothesis());
        long seed = 20_261_121;
        Random random = new Random(seed);
        int malformed = 0;
        for (int round = 0; round < 20_000; round++) {
            byte[] bytes = Arrays.copyOf(good, good.length - random.nextInt(3));
            for (int damage = random.nextInt(4); damage >= 0; damage--) {
                bytes[5 + random.nextInt(bytes.length - 5)] = (byte) random.nextInt(256);
            }
            try {
                hypotheses.deserialize(name, bytes);
            } catch (MalformedRecordException e) {
                malformed++;
            }
        }
        assertThat(malformed).as("seed " + seed).isPositive();
    }

    @Test
    void refusesALengthThatNoRecordHas() {
        byte[] good = serde.serialize(topic.name(), Servers.claim(1));
        byte[] absurd = Arrays.copyOf(good, 15);
        // The first field is a string; its length becomes a gigabyte.
        byte[] length = {(byte) 0x80, (byte) 0x80, (byte) 0x80, (byte) 0x80, 0x08};
        System.arraycopy(length, 0, absurd, 5, length.length);

        assertThatThrownBy(() -> serde.deserialize(topic.name(), absurd))
                .isInstanceOf(MalformedRecordException.class)
                .hasRootCauseInstanceOf(org.apache.avro.SystemLimitException.class);
    }

    private static AsrHypothesis hypothesis() {
        return AsrHypothesis.newBuilder()
                .setMeetingId("7")
                .setSessionUid("s")
                .setTrackId("s:t0")
                .setKind(HypothesisKind.PARTIAL)
                .setUtteranceId("s:t0:100")
                .setRevision(3)
                .setStartSample(1600)
                .setEndSample(32_000)
                .setText("good morning")
                .setWords(List.of(new Word("good", 100L, 300L, 0.9f), new Word("morning", 320L, 700L, null)))
                .build();
    }
}
