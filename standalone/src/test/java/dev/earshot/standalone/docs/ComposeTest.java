package dev.earshot.standalone.docs;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import kafka.server.KafkaConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The compose file and the images fit each other and the code, as far as that can be seen without a Docker engine. */
class ComposeTest {

    private static final Map<String, Map<String, Object>> SERVICES = Containers.services();
    private static final Map<String, Map<String, Object>> OWN = Containers.ownServices();

    static Stream<String> dockerfiles() {
        return Containers.dockerfiles().stream();
    }

    @ParameterizedTest
    @MethodSource("dockerfiles")
    void startCommandOfAnImage_saysHowToUseIt(String dockerfile) throws Exception {
        List<String> command = new ArrayList<>(Containers.startCommand(dockerfile));
        command.add("--help");
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(output).isZero();
        assertThat(output).contains("Usage: ");
    }

    @ParameterizedTest
    @MethodSource("dockerfiles")
    void imageRunsWithoutRights(String dockerfile) {
        assertThat(Documents.read(dockerfile)).containsPattern("(?m)^USER earshot$");
    }

    @Test
    void everyDockerfileIsUsed() {
        assertThat(OWN.values().stream().map(Containers::dockerfileOf).collect(toSet()))
                .containsExactlyInAnyOrderElementsOf(Containers.dockerfiles());
    }

    @Test
    void everyServiceOfTheCommandLineHasAContainer() {
        Set<String> services = new TreeSet<>(Setting.SERVICES);
        services.remove("create-topics");
        assertThat(OWN).containsKeys(services.toArray(String[]::new)).containsKeys("asr-workers-gpu", "topics");
    }

    @Test
    void everyVariableIsOneThatTheServiceReads() {
        OWN.forEach((name, service) -> assertThat(variablesReadBy(name))
                .as("settings of %s", name)
                .containsAll(Containers.map(service.get("environment")).keySet()));
    }

    @Test
    void brokerSettingsAreKafkas() {
        Map<String, String> settings = Containers.map(SERVICES.get("kafka").get("environment")).entrySet().stream()
                .collect(toMap(
                        e -> e.getKey()
                                .substring("KAFKA_".length())
                                .toLowerCase()
                                .replace('_', '.'),
                        e -> String.valueOf(e.getValue())));
        assertThat(KafkaConfig.configDef().names()).containsAll(settings.keySet());
        assertThat(new KafkaConfig(settings, false).autoCreateTopicsEnable()).isFalse();
    }

    @Test
    void everyServerHasAHealthCheck() {
        SERVICES.forEach((name, service) -> {
            boolean checked = service.containsKey("healthcheck")
                    || name.equals("topics") // not a server: it does one thing and ends
                    || !Containers.instruction(Containers.dockerfileOf(service), "HEALTHCHECK")
                            .isEmpty();
            assertThat(checked).as("%s has a health check", name).isTrue();
        });
    }

    @Test
    void whatServicesWaitForAndMountIsDeclared() {
        Set<String> volumes =
                Containers.map(Containers.compose().get("volumes")).keySet();
        SERVICES.forEach((name, service) -> {
            assertThat(SERVICES.keySet())
                    .as("depends_on of %s", name)
                    .containsAll(Containers.map(service.get("depends_on")).keySet());
            assertThat(volumes)
                    .as("volumes of %s", name)
                    .containsAll(Containers.strings(service.get("volumes")).stream()
                            .map(mount -> mount.substring(0, mount.indexOf(':')))
                            .toList());
        });
    }

    /** Every healthy server comes before those that need it; the topics before everything of ours. */
    @Test
    void topicsAreThereBeforeAnyServiceStarts() {
        OWN.forEach((name, service) -> {
            if (!name.equals("topics")) {
                assertThat(Containers.map(service.get("depends_on"))).as(name).containsKey("topics");
            }
        });
    }

    private static Set<String> variablesReadBy(String container) {
        String command = container.equals("topics") ? "create-topics" : container.replace("-gpu", "");
        return Setting.all().stream()
                .filter(setting -> setting.command().equals(command))
                .map(Setting::env)
                .collect(toSet());
    }
}
