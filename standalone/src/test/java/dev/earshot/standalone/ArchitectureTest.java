package dev.earshot.standalone;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The module graph and the layers of design.md and house-style.md, held by the compiler's output. */
class ArchitectureTest {

    private static final JavaClasses OURS = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.earshot");

    private static final List<String> SERVICES = List.of("audio", "bot", "asr", "segment", "api");

    @Test
    void domainUsesTheJdkOnly() {
        noClasses()
                .that()
                .resideInAPackage("dev.earshot.*.domain..")
                .should()
                .dependOnClassesThat(
                        not(resideInAnyPackage("java..", "javax.crypto..", "dev.earshot.*.domain..", "org.jspecify..")))
                .check(OURS);
    }

    @Test
    void portsUseTheDomainOnly() {
        noClasses()
                .that()
                .resideInAPackage("dev.earshot.*.port..")
                .should()
                .dependOnClassesThat(not(resideInAnyPackage(
                        "java..", "dev.earshot.*.domain..", "dev.earshot.*.port..", "org.jspecify..")))
                .check(OURS);
    }

    @Test
    void servicesAreBlindToEachOther_butTheBotPublishesThroughAudioIngest() {
        for (String service : SERVICES) {
            for (String other : SERVICES) {
                boolean allowed = service.equals(other) || service.equals("bot") && other.equals("audio");
                if (!allowed) {
                    noClasses()
                            .that()
                            .resideInAPackage("dev.earshot." + service + "..")
                            .should()
                            .dependOnClassesThat(resideInAPackage("dev.earshot." + other + ".."))
                            .check(OURS);
                }
            }
        }
    }

    @Test
    void nothingKnowsStandalone_andServicesDoNotKnowTheLocalStack() {
        noClasses()
                .that()
                .resideOutsideOfPackages("dev.earshot.standalone..", "dev.earshot.bench..")
                .should()
                .dependOnClassesThat(resideInAnyPackage("dev.earshot.standalone..", "dev.earshot.bench.."))
                .check(OURS);
        noClasses()
                .that()
                .resideOutsideOfPackages("dev.earshot.standalone..", "dev.earshot.bench..", "dev.earshot.localstack..")
                .should()
                .dependOnClassesThat(resideInAPackage("dev.earshot.localstack.."))
                .check(OURS);
    }

    @Test
    void eachTechnologyHasOnePlace() {
        onlyIn("dev.earshot.eventlog..", "reactor.kafka..");
        onlyIn("dev.earshot.asr.onnx..", "ai.onnxruntime..");
        onlyIn("dev.earshot.api..", "org.springframework..");
        onlyIn("dev.earshot.localstack..", "kafka.server..", "io.zonky..", "redis.embedded..");
        onlyIn("dev.earshot.segment..", "org.apache.kafka.streams..");
    }

    private static void onlyIn(String home, String... technology) {
        noClasses()
                .that()
                .resideOutsideOfPackage(home)
                .should()
                .dependOnClassesThat(resideInAnyPackage(technology))
                .check(OURS);
    }

    @Test
    void springStaysAtTheEdgeOfTheApi() {
        noClasses()
                .that()
                .resideInAnyPackage("dev.earshot.api.domain..", "dev.earshot.api.port..")
                .should()
                .dependOnClassesThat(resideInAPackage("org.springframework.."))
                .check(OURS);
    }

    /** Each is about one technology; how a record looks, what the domain says, and how a stream goes on after errors are for all of them. */
    @Test
    void adaptersDoNotSeeEachOther() {
        for (String service : List.of("audio", "bot", "asr", "segment")) {
            String home = "dev.earshot." + service;
            slices().matching(home + ".(*)..")
                    .should()
                    .notDependOnEachOther()
                    .ignoreDependency(resideInAnyPackage(home + ".app..", home + ".simulation.."), alwaysTrue())
                    .ignoreDependency(
                            alwaysTrue(),
                            resideInAnyPackage(
                                    home + ".domain..", home + ".port..", home + ".wire..", home + ".reactor.."))
                    .check(OURS);
        }
    }

    @Test
    void packagesHaveNoCycles() {
        for (String service : SERVICES) {
            slices().matching("dev.earshot." + service + ".(**)")
                    .should()
                    .beFreeOfCycles()
                    .check(OURS);
        }
    }

    @Test
    void noNameSaysNothing() {
        Set<String> empty = OURS.stream()
                .filter(type -> !type.getPackageName().startsWith("dev.earshot.schema.avro"))
                .map(JavaClass::getName)
                .filter(name -> name.matches("(?i).*(util|helper|common|manager|impl)s?(\\$.*)?")
                        || Arrays.stream(name.split("\\."))
                                .anyMatch(part -> part.matches("common|util|utils|misc|helpers?|impl")))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(empty).isEmpty();
    }

    @Test
    void everyPackageIsNullMarked() {
        classes()
                .that()
                .resideOutsideOfPackages("dev.earshot.schema.avro..", "dev.earshot.segment.state.avro..")
                .should(new NullMarkedPackage())
                .check(OURS);
    }
}
