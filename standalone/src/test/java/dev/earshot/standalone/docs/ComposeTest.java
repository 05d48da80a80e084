package dev.earshot.standalone.docs;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.eventlog.app.Ending;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import kafka.server.KafkaConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The compose file and the images fit each other and the code, as far as that can be seen without a Docker engine. */
class ComposeTest {

    private static final Pattern LOGBACK_VARIABLE = Pattern.compile("\\$\\{(\\w+):-");
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

    /** Docker kills after ten seconds what has not ended by then. */
    @Test
    void servicesHaveTheTimeTheyTakeToEnd() {
        OWN.forEach((name, service) -> {
            if (!name.equals("topics")) {
                String grace = String.valueOf(service.get("stop_grace_period"));
                assertThat(grace).as("stop_grace_period of %s", name).matches("\\d+s");
                assertThat(Duration.ofSeconds(Long.parseLong(grace.replace("s", ""))))
                        .as("stop_grace_period of %s", name)
                        .isGreaterThan(Ending.PATIENCE);
            }
        });
    }

    /** A JVM takes its share of what the container may have: without a limit, of the whole machine. */
    @Test
    void everyContainerHasALimitOfMemory() {
        SERVICES.forEach(
                (name, service) -> assertThat(service).as("memory of %s", name).containsKey("mem_limit"));
    }

    @Test
    void whoRunsABrowserReachesNoStore() {
        Set<String> stores = Set.of("postgres", "redis");
        SERVICES.forEach((name, service) -> {
            List<String> networks = Containers.strings(service.get("networks"));
            boolean needsStores =
                    Containers.map(service.get("depends_on")).keySet().containsAll(stores);
            assertThat(networks.contains("stores"))
                    .as("%s is in the network of the stores", name)
                    .isEqualTo(needsStores || stores.contains(name));
            assertThat(networks.contains("log"))
                    .as("%s is in the network of the log", name)
                    .isEqualTo(!stores.contains(name));
        });
        assertThat(Containers.map(Containers.compose().get("networks"))).containsOnlyKeys("log", "stores");
        assertThat(Containers.strings(SERVICES.get("bot-fleet").get("networks")))
                .containsExactly("log");
    }

    @Test
    void fetchedModelsLieOnAVolume() {
        Map<String, Object> workers = SERVICES.get("asr-workers");
        String mount = Containers.strings(workers.get("volumes")).get(0);
        assertThat(String.valueOf(Containers.map(workers.get("environment")).get("EARSHOT_MODELS")))
                .startsWith(mount.substring(mount.indexOf(':') + 1) + "/");
    }

    /** Otherwise each of several workers would take the same GPU. */
    @Test
    void workersShareTheFolderInWhichTheyClaimGpus() {
        Map<String, Object> workers = SERVICES.get("asr-workers-gpu");
        String[] mount = Containers.strings(workers.get("volumes")).get(0).split(":", -1);
        assertThat(mount).as("volume and folder, writable").hasSize(2);
        assertThat(String.valueOf(Containers.map(workers.get("environment")).get("ASR_GPU_LOCKS")))
                .startsWith(mount[1] + "/");
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
        Stream<String> options = Setting.all().stream()
                .filter(setting -> setting.command().equals(command))
                .map(Setting::env);
        Stream<String> ofTheLog = LOGBACK_VARIABLE
                .matcher(Documents.read("docker/logback.xml"))
                .results()
                .map(variable -> variable.group(1));
        return Stream.concat(options, ofTheLog).collect(toSet());
    }
}
