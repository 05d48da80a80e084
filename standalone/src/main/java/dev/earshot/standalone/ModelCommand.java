package dev.earshot.standalone;

import dev.earshot.asr.app.FetchScreen;
import dev.earshot.asr.app.StoreOptions;
import dev.earshot.asr.catalogue.Catalogue;
import dev.earshot.asr.catalogue.CatalogueModel;
import dev.earshot.asr.catalogue.ModelStore;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The speech models. */
@Command(
        name = "model",
        description = "The speech models: which there are, what they are good for, and how to get them.",
        mixinStandardHelpOptions = true)
final class ModelCommand implements Callable<Integer> {

    private static final String ROW = "%-26s %-11s %-8s %-10s %-5s %s%n";

    private final Catalogue catalogue = Catalogue.shipped();

    @Spec
    @SuppressWarnings("NullAway.Init") // Set by picocli.
    private CommandSpec spec;

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "list or pull?");
    }

    /** Lists them. */
    @Command(name = "list", description = "The models that MODEL can name.", mixinStandardHelpOptions = true)
    int list(@Mixin StoreOptions options) {
        ModelStore store = options.toStore();
        System.out.printf(ROW, "NAME", "FAMILY", "SIZE", "LICENCE", "HERE", "GOOD FOR");
        System.out.printf(
                ROW,
                "builtin",
                "ctc",
                "4.5 MB",
                "Apache-2.0",
                "yes",
                "the demo and the tests: synthetic English voices, not people");
        for (CatalogueModel model : catalogue.models()) {
            System.out.printf(
                    ROW,
                    model.name(),
                    model.family(),
                    model.size(),
                    model.licence(),
                    store.has(model) ? "yes" : "no",
                    model.goodFor());
        }
        System.out.println(
                "MODEL=auto takes what suits the machine; WHISPER_MODEL_SIZE=tiny|base|small|medium|large names a"
                        + " Whisper.");
        System.out.println("MODEL=/path/to/folder takes a folder of yours: CTC, NeMo transducer or Whisper in ONNX.");
        return 0;
    }

    /** Fetches one. */
    @Command(
            name = "pull",
            description = "Fetch a model, or go on where a fetch broke off; its SHA-256 is looked at.",
            mixinStandardHelpOptions = true)
    int pull(
            @Mixin StoreOptions options,
            @Parameters(paramLabel = "NAME", description = "a name of `model list`") String name)
            throws InterruptedException {
        CatalogueModel model = catalogue
                .find(name)
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(),
                        name + " is no model that is known (expected: one of "
                                + catalogue.models().stream()
                                        .map(CatalogueModel::name)
                                        .collect(Collectors.joining(", "))
                                + ")"));
        ModelStore store = options.toStore();
        if (store.has(model)) {
            System.out.println(model.name() + " is here: " + store.folder(model).toAbsolutePath());
            return 0;
        }
        System.out.println("fetching " + model.name() + ", " + model.size() + ", licence " + model.licence() + ", from "
                + model.repository());
        System.out.println(store.pull(model, new FetchScreen(System.err, System.console() != null))
                .toAbsolutePath());
        System.out.println("use it with MODEL=" + model.name());
        return 0;
    }
}
