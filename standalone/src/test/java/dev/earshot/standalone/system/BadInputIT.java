package dev.earshot.standalone.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.localstack.LocalStack;
import dev.earshot.localstack.LocalStackConfig;
import dev.earshot.localstack.Ports;
import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What people get wrong is answered with one sentence that says what, and what to do; never with a stack trace. */
class BadInputIT {

    /** May run beside another test of this class, and of no other: nothing in it goes by real time. */
    @Execution(ExecutionMode.CONCURRENT)
    @Retention(RetentionPolicy.RUNTIME)
    private @interface Beside {}

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String BUILT_IN_MODEL = "/dev/earshot/asr/model/builtin/";
    private static final String MODEL_FILE = "model.onnx";

    @TempDir
    private Path folder;

    @Beside
    @Test
    void noBrowser() throws Exception {
        assertSentence(Map.of("CHROMIUM_PATH", "/nonexistent/chromium"), "demo", "--once")
                .contains("no browser found at CHROMIUM_PATH=/nonexistent/chromium", "unset it to search the PATH");
    }

    @Beside
    @ParameterizedTest
    @CsvSource({"demo,--port,--api-port", "up,--api-port,--api-port", "up,--admin-port,--admin-port"})
    void portTaken(String command, String option, String named) throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(taken.getLocalPort());
            assertSentence(Map.of("EARSHOT_DATA", data()), command, option, port)
                    .contains(named + ": port " + port + " is taken", "choose another");
        }
    }

    @Beside
    @Test
    void portThatIsNone() throws Exception {
        assertSentence(Map.of("EARSHOT_DATA", data()), "up", "--api-port", "65536")
                .contains("--api-port: 65536 (expected: 0..65535)");
    }

    @Beside
    @Test
    void modelFolderMissing() throws Exception {
        assertSentence(Map.of("MODEL", "/nonexistent/model"), "transcribe", wav())
                .contains("MODEL: /nonexistent/model is no folder", "builtin");
    }

    @Beside
    @Test
    void modelFileCutShort() throws Exception {
        Path model = Files.createDirectory(folder.resolve("cut-model"));
        for (String file : List.of("model.json", MODEL_FILE)) {
            byte[] whole = builtIn(file);
            Files.write(model.resolve(file), file.equals(MODEL_FILE) ? Arrays.copyOf(whole, whole.length / 2) : whole);
        }
        assertSentence(Map.of("MODEL", model.toString()), "transcribe", wav())
                .contains(model + ": " + MODEL_FILE, "fetch the model again");
    }

    @Beside
    @Test
    void databaseThatIsNoUrl() throws Exception {
        assertSentence(Map.of("DATABASE_URL", "localhost/earshot", "EARSHOT_DATA", data()), "up")
                .contains("DATABASE_URL", "expected: postgresql://");
    }

    @Beside
    @Test
    void databaseAwayOrUnknown() throws Exception {
        assertSentence(
                        Map.of(
                                "DATABASE_URL",
                                "postgresql://earshot:hidden-word@database.invalid:5432/earshot",
                                "EARSHOT_DATA",
                                data()),
                        "up")
                .contains("there is no host of that name", "DATABASE_URL")
                .doesNotContain("hidden-word");
    }

    @Beside
    @Test
    void databasePasswordWrong() throws Exception {
        var postgresOnly =
                new LocalStackConfig(folder.resolve("postgres"), false, Ports.free(), false, true, false, false);
        try (LocalStack stack = LocalStack.start(postgresOnly)) {
            String url = stack.databaseUrl().replaceFirst(":[^:@/]+@", ":hidden-word@");
            assertSentence(Map.of("DATABASE_URL", url, "EARSHOT_DATA", data()), "up")
                    .contains("DATABASE_URL", "password")
                    .doesNotContain("hidden-word");
        }
    }

    @Beside
    @Test
    void kafkaSettingsMissing_orWithoutARegistryOfOnesOwn() throws Exception {
        Path settings = folder.resolve("client.properties");
        Map<String, String> environment = Map.of(
                "EARSHOT_DATA",
                data(),
                "KAFKA_BOOTSTRAP_SERVERS",
                "localhost:1",
                "KAFKA_CLIENT_SETTINGS",
                "" + settings);
        assertSentence(environment, "up").contains(settings + ": there is no such file", "properties file");
        Files.writeString(settings, "security.protocol=SSL");
        assertSentence(environment, "up").contains("SCHEMA_REGISTRY_URL: not set", "KAFKA_CLIENT_SETTINGS");
    }

    @Beside
    @Test
    void dataFolderInUse() throws Exception {
        var held = new LocalStackConfig(Path.of(data()), true, Ports.free(), false, false, true, false);
        try (LocalStack stack = LocalStack.start(held)) {
            assertThat(stack.redisUrl()).isNotEmpty();
            assertSentence(Map.of("EARSHOT_DATA", data()), "up")
                    .contains("data folder " + data() + " is in use by another Earshot");
        }
    }

    @Beside
    @Test
    void dataFolderThatIsAFile() throws Exception {
        Path file = Files.createFile(folder.resolve("a-file"));
        assertSentence(Map.of("EARSHOT_DATA", file.toString()), "up").contains(file.toString(), "folder");
    }

    @Beside
    @Test
    void wavThatIsNone() throws Exception {
        Path file = Files.writeString(folder.resolve("notes.wav"), "Dear diary, this is no sound at all, only text.");
        assertSentence(Map.of(), "transcribe", file.toString()).contains("notes.wav is not a WAV file");
    }

    @Beside
    @Test
    void wavCutShort() throws Exception {
        byte[] whole;
        try (InputStream in = Speech.turn(0).open()) {
            whole = in.readAllBytes();
        }
        Path file = folder.resolve("cut.wav");
        Files.write(file, Arrays.copyOf(whole, whole.length / 2));
        assertSentence(Map.of(), "transcribe", file.toString()).contains("cut.wav is truncated");
    }

    @Beside
    @Test
    void emptyFile() throws Exception {
        Path file = Files.createFile(folder.resolve("empty.wav"));
        assertSentence(Map.of(), "transcribe", file.toString()).contains("empty.wav is not a WAV file");
    }

    @Beside
    @Test
    void fileMissing() throws Exception {
        assertSentence(Map.of(), "transcribe", "/nonexistent/talk.wav").contains("no file /nonexistent/talk.wav");
    }

    @Beside
    @Test
    void folderInPlaceOfAFile() throws Exception {
        assertSentence(Map.of(), "transcribe", folder.toString()).contains(folder + " is a folder");
    }

    @Beside
    @Test
    void outputThatCannotBeWritten() throws Exception {
        assertSentence(Map.of(), "transcribe", "--output", "/nonexistent/out.txt", wav())
                .contains("/nonexistent/out.txt");
    }

    @Beside
    @ParameterizedTest
    @ValueSource(strings = {"dance", "--dance", "up --dance", "transcribe", "run dance", "demo --speakers=4"})
    void whatNobodyUnderstands(String line) throws Exception {
        assertSentence(Map.of(), line.split(" ")).containsPattern("dance|FILE|speakers: 4");
    }

    /** Runs it and returns the one line that it says. */
    private AbstractStringAssert<?> assertSentence(Map<String, String> environment, String... arguments)
            throws Exception {
        try (var process = EarshotProcess.start(folder, environment, arguments)) {
            assertThat(process.awaitExit(PATIENCE)).as(process::everything).isNotZero();
            List<String> lines = process.err()
                    .lines()
                    .filter(line -> !line.contains(" WARN "))
                    .toList();
            System.out.println(String.join(" ", arguments) + "\n    " + String.join("\n    ", lines));
            assertThat(lines).as(process::everything).hasSize(1);
            return assertThat(lines.get(0))
                    .startsWith("earshot: ")
                    .doesNotContain("Exception", "unexpected", "null")
                    .as(process.everything());
        }
    }

    private String data() {
        return folder.resolve("data").toString();
    }

    private static byte[] builtIn(String file) throws IOException {
        try (InputStream in = Objects.requireNonNull(BadInputIT.class.getResourceAsStream(BUILT_IN_MODEL + file))) {
            return in.readAllBytes();
        }
    }

    private String wav() throws IOException {
        return Speech.turn(0).copyTo(folder).toString();
    }
}
