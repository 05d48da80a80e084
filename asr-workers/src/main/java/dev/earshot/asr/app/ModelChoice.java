package dev.earshot.asr.app;

import dev.earshot.asr.catalogue.Catalogue;
import dev.earshot.asr.catalogue.CatalogueModel;
import dev.earshot.asr.catalogue.Fetching;
import dev.earshot.asr.catalogue.ModelStore;
import dev.earshot.asr.port.ModelException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** From what somebody typed as a model to what can be loaded: {@code builtin}, or a folder that is there. */
final class ModelChoice {

    static final String BUILTIN = "builtin";
    static final String AUTO = "auto";

    private static final Logger log = LoggerFactory.getLogger(ModelChoice.class);

    private final Catalogue catalogue;
    private final ModelStore store;
    private final PrintStream screen;
    private final Fetching fetching;

    ModelChoice(Catalogue catalogue, ModelStore store, PrintStream screen, Fetching fetching) {
        this.catalogue = catalogue;
        this.store = store;
        this.screen = screen;
        this.fetching = fetching;
    }

    /**
     * Finds the model, and fetches it where it has a name and is not here yet. Blocking. A folder always goes before a name.
     * Throws {@link ModelException} with what to do.
     *
     * @param gpu whether there is a GPU that could be used
     */
    String resolve(String model, boolean gpu) throws InterruptedException {
        if (model.equals(BUILTIN)) {
            return BUILTIN;
        }
        if (model.equals(AUTO)) {
            return suitable(gpu);
        }
        if (isFolder(model)) {
            return model;
        }
        Optional<CatalogueModel> named = catalogue.find(model);
        if (named.isPresent()) {
            return pulled(named.get()).toString();
        }
        throw new ModelException("MODEL: " + model
                + " is no folder and no model that is known (expected: builtin, auto, the"
                + " path of a folder, or one of "
                + catalogue.models().stream().map(CatalogueModel::name).collect(Collectors.joining(", ")) + ")");
    }

    private static boolean isFolder(String model) {
        try {
            return Files.isDirectory(Path.of(model));
        } catch (InvalidPathException e) {
            return false;
        }
    }

    private Path pulled(CatalogueModel model) throws InterruptedException {
        if (!store.has(model)) {
            screen.println("earshot: fetching the speech model " + model.name() + ", " + model.size() + ", licence "
                    + model.licence() + ", into " + store.folder(model).toAbsolutePath());
        }
        return store.pull(model, fetching);
    }

    private String suitable(boolean gpu) throws InterruptedException {
        CatalogueModel model = catalogue.suitable(gpu, memory());
        try {
            return pulled(model).toString();
        } catch (ModelException e) {
            String reason = String.valueOf(e.getMessage());
            log.warn(
                    "model={} fallback=builtin reason=\"{}\"",
                    model.name(),
                    reason.lines().findFirst().orElse(""));
            String line = "*".repeat(78);
            screen.println(line);
            screen.println("*  NO REAL SPEECH MODEL. The built-in demo model is used instead:");
            screen.println("*  IT UNDERSTANDS SYNTHETIC VOICES ONLY. PEOPLE WILL NOT BE UNDERSTOOD.");
            screen.println("*");
            screen.println(reason.lines().map(text -> "*  " + text).collect(Collectors.joining("\n")));
            screen.println("*");
            screen.println("*  Try again with ./earshot model pull " + model.name() + ", or set MODEL to a folder.");
            screen.println(line);
            return BUILTIN;
        }
    }

    private static long memory() {
        var system = (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return system.getTotalMemorySize();
    }
}
