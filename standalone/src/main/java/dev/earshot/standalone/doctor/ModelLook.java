package dev.earshot.standalone.doctor;

import dev.earshot.asr.catalogue.Catalogue;
import dev.earshot.asr.catalogue.CatalogueModel;
import dev.earshot.asr.catalogue.ModelStore;
import dev.earshot.asr.onnx.Recognizers;
import dev.earshot.asr.port.ModelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Looks at the speech model that somebody asks for: whether it is here, and what was published. Fetches and loads nothing. */
public final class ModelLook {

    private static final String SUBJECT = "Model";

    private final Catalogue catalogue;
    private final ModelStore store;

    public ModelLook(Catalogue catalogue, ModelStore store) {
        this.catalogue = catalogue;
        this.store = store;
    }

    /**
     * Looks. Takes seconds for a model of gigabytes, all of which is read.
     *
     * @param wanted builtin, auto, a name or a folder
     * @param suitable what auto stands for on this machine
     */
    public Finding at(String wanted, CatalogueModel suitable) {
        if (wanted.equals("builtin")) {
            return Finding.note(
                    SUBJECT,
                    "the built-in one, which understands synthetic voices only",
                    "for people: MODEL=auto, or a name of ./earshot model list");
        }
        if (wanted.equals("auto")) {
            return published(suitable);
        }
        if (isFolder(wanted)) {
            return folder(wanted);
        }
        Optional<CatalogueModel> named = catalogue.find(wanted);
        return named.isPresent()
                ? published(named.get())
                : Finding.bad(
                        SUBJECT,
                        "MODEL: " + wanted + " is no folder and no model that is known",
                        "./earshot model list says which there are");
    }

    private static boolean isFolder(String wanted) {
        try {
            return Files.isDirectory(Path.of(wanted));
        } catch (InvalidPathException e) {
            return false;
        }
    }

    private static Finding folder(String folder) {
        try {
            Recognizers.check(folder);
            return Finding.good(SUBJECT, "the folder " + folder);
        } catch (ModelException e) {
            return Finding.bad(
                    SUBJECT, String.valueOf(e.getMessage()), "set MODEL to a folder with a model, or to a name");
        }
    }

    private Finding published(CatalogueModel model) {
        String name = model.name();
        try {
            List<String> damaged = store.damaged(model);
            if (!damaged.isEmpty()) {
                return Finding.bad(
                        SUBJECT,
                        name + ": " + String.join(", ", damaged) + " in " + store.folder(model)
                                + " is not what was published (SHA-256)",
                        "delete that, then ./earshot model pull " + name);
            }
        } catch (IOException e) {
            return Finding.bad(SUBJECT, name + " cannot be read: " + e.getMessage(), "look at " + store.folder(model));
        }
        return store.has(model)
                ? Finding.good(SUBJECT, name + " in " + store.folder(model) + ", as it was published")
                : Finding.note(
                        SUBJECT,
                        name + " is not here yet; its " + model.size() + " are fetched at the first start",
                        "./earshot model pull " + name + " fetches it now");
    }
}
