package dev.earshot.asr.catalogue;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A published model.
 *
 * @param name what it is called here
 * @param alias a shorter name: Whisper's sizes; null for none
 * @param family {@code transducer} or {@code whisper}
 * @param language ISO 639; null for many
 * @param licence of the weights, SPDX
 * @param goodFor for whom, in half a line
 * @param repository {@code owner/name} on the hub
 * @param revision the commit there: a model does not change under its name
 */
@JsonIgnoreProperties(ignoreUnknown = false)
public record CatalogueModel(
        String name,
        @Nullable String alias,
        String family,
        @Nullable String language,
        String licence,
        String goodFor,
        String repository,
        String revision,
        List<CatalogueFile> files) {

    public CatalogueModel {
        if (!revision.matches("[0-9a-f]{40}")) {
            throw new IllegalArgumentException("revision of " + name + ": " + revision + " (expected: a commit)");
        }
        if (files.isEmpty()) {
            throw new IllegalArgumentException("files of " + name + ": none (expected: at least one)");
        }
        files = List.copyOf(files);
    }

    /** Of all files together. */
    public long bytes() {
        return files.stream().mapToLong(CatalogueFile::bytes).sum();
    }

    /** The size as people read it. */
    public String size() {
        return String.format(java.util.Locale.ROOT, "%.0f MB", bytes() / 1e6);
    }

    /** Where a file is published. */
    String url(String hub, CatalogueFile file) {
        return hub + "/" + repository + "/resolve/" + revision + "/" + file.path();
    }
}
