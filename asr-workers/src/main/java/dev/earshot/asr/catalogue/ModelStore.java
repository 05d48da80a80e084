package dev.earshot.asr.catalogue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.earshot.asr.port.ModelException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The folder in which fetched models lie, each in a folder of its own name. Several processes may use it: one fetches a model,
 * the others wait for it.
 */
public final class ModelStore {

    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final String CARD = "model.json";

    private final Path folder;
    private final String hub;
    private final Duration pause;

    /**
     * @param folder need not be there yet
     * @param hub where models are published: Hugging Face, or a mirror with its addresses
     */
    public ModelStore(Path folder, String hub) {
        this(folder, hub, PAUSE);
    }

    ModelStore(Path folder, String hub, Duration pause) {
        this.folder = folder;
        this.hub = hub.replaceAll("/+$", "");
        this.pause = pause;
    }

    /** The folder of a model, whether it is there or not. */
    public Path folder(CatalogueModel model) {
        return folder.resolve(model.name());
    }

    /** Whether all files are there with the sizes they should have. Their digests were looked at when they came. */
    public boolean has(CatalogueModel model) {
        return model.files().stream().allMatch(file -> isThere(model, file));
    }

    private boolean isThere(CatalogueModel model, CatalogueFile file) {
        Path path = folder(model).resolve(file.path());
        try {
            return Files.isRegularFile(path) && Files.size(path) == file.bytes();
        } catch (IOException e) {
            return false;
        }
    }

    /** Files of a model that are here and are not what was published, by their digests. Reads all of them. */
    public List<String> damaged(CatalogueModel model) throws IOException {
        var damaged = new ArrayList<String>();
        for (CatalogueFile file : model.files()) {
            Path path = folder(model).resolve(file.path());
            if (Files.exists(path) && !FileDownload.sha256(path).equals(file.sha256())) {
                damaged.add(file.path());
            }
        }
        return damaged;
    }

    /**
     * Fetches what is missing of a model. Blocking. Returns its folder. Throws {@link ModelException} with what to do by hand when
     * it cannot be had.
     */
    public Path pull(CatalogueModel model, Fetching fetching) throws InterruptedException {
        Path home = folder(model);
        if (has(model)) {
            return home;
        }
        try {
            Files.createDirectories(home);
            try (var lock = FileChannel.open(
                            home.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    var held = lock.lock()) {
                fetch(model, fetching);
            }
            return home;
        } catch (IOException e) {
            throw new ModelException(byHand(model, e), e);
        }
    }

    private void fetch(CatalogueModel model, Fetching fetching) throws IOException, InterruptedException {
        long done = 0;
        for (CatalogueFile file : model.files()) {
            long before = done;
            if (!isThere(model, file)) {
                Path target = folder(model).resolve(file.path());
                new FileDownload(model.url(hub, file), file, target, pause)
                        .run(here -> fetching.progressed(model, before + here));
            }
            done += file.bytes();
            fetching.progressed(model, done);
        }
        ObjectNode card = new ObjectMapper().createObjectNode();
        card.put("family", model.family());
        card.put("name", model.name());
        card.put("language", model.language());
        card.put("licence", model.licence());
        card.put("source", hub + "/" + model.repository() + "/tree/" + model.revision());
        Files.writeString(folder(model).resolve(CARD), card.toPrettyString() + System.lineSeparator());
    }

    private String byHand(CatalogueModel model, IOException e) {
        String files = model.files().stream()
                .filter(file -> !isThere(model, file))
                .map(file -> "  " + model.url(hub, file) + "\n    → " + file.path())
                .collect(Collectors.joining("\n"));
        return "the model " + model.name() + " could not be fetched: " + e.getMessage()
                + "\nIf this machine has no way there, fetch these elsewhere and put them into "
                + folder(model).toAbsolutePath() + ":\n" + files;
    }
}
