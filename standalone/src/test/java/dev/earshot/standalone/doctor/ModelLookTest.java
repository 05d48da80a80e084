package dev.earshot.standalone.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.asr.catalogue.Catalogue;
import dev.earshot.asr.catalogue.CatalogueFile;
import dev.earshot.asr.catalogue.CatalogueModel;
import dev.earshot.asr.catalogue.ModelStore;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelLookTest {

    private static final Catalogue CATALOGUE = Catalogue.shipped();
    private static final CatalogueModel SMALLEST = CATALOGUE.models().stream()
            .min(Comparator.comparingLong(model ->
                    model.files().stream().mapToLong(CatalogueFile::bytes).sum()))
            .orElseThrow();

    @TempDir
    private Path folder;

    private Finding look(String wanted) {
        return new ModelLook(CATALOGUE, new ModelStore(folder, "http://127.0.0.1:1")).at(wanted, SMALLEST);
    }

    @Test
    void saysThatTheBuiltInModelIsNotForPeople() {
        assertThat(look("builtin").level()).isEqualTo(Finding.Level.NOTE);
        assertThat(look("builtin").text()).contains("synthetic voices only");
    }

    @Test
    void saysThatAModelWillBeFetched() {
        assertThat(look("auto")).isEqualTo(look(SMALLEST.name()));
        assertThat(look("auto").level()).isEqualTo(Finding.Level.NOTE);
        assertThat(look("auto").advice()).isEqualTo("./earshot model pull " + SMALLEST.name() + " fetches it now");
    }

    @Test
    void findsAFileThatIsNotWhatWasPublished() throws IOException {
        CatalogueFile file = SMALLEST.files().get(0);
        Path path = folder.resolve(SMALLEST.name()).resolve(file.path());
        Files.createDirectories(path.getParent());
        try (var zeros = new RandomAccessFile(path.toFile(), "rw")) {
            zeros.setLength(file.bytes());
        }
        Finding finding = look(SMALLEST.name());
        assertThat(finding.level()).isEqualTo(Finding.Level.BAD);
        assertThat(finding.text()).contains(file.path(), "SHA-256");
        assertThat(finding.advice()).contains("model pull " + SMALLEST.name());
    }

    @Test
    void findsThatAFolderHasNoModel_andThatANameIsNobodys() {
        assertThat(look(folder.toString()).level()).isEqualTo(Finding.Level.BAD);
        assertThat(look(folder.toString()).text()).contains(folder.toString());
        assertThat(look("no-such-model").level()).isEqualTo(Finding.Level.BAD);
        assertThat(look("no-such-model").text()).contains("no-such-model");
    }
}
