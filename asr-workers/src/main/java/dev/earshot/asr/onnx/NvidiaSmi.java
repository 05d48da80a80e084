package dev.earshot.asr.onnx;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks {@code nvidia-smi}, which comes with the driver and, with NVIDIA's container toolkit, into containers. Blocking, under a
 * second; gives up after ten.
 *
 * <p>CUDA numbers only the devices that {@code CUDA_VISIBLE_DEVICES} names, in its order; without it all of them, the fastest
 * first unless {@code CUDA_DEVICE_ORDER=PCI_BUS_ID}, which is nvidia-smi's order. Source: CUDA programming guide, environment
 * variables.
 */
final class NvidiaSmi implements Gpus {

    private static final Logger log = LoggerFactory.getLogger(NvidiaSmi.class);

    private static final List<String> COMMAND =
            List.of("nvidia-smi", "--query-gpu=index,uuid,name,memory.free", "--format=csv,noheader,nounits");
    private static final int PATIENCE_SECONDS = 10;
    private static final int COLUMNS = 4;
    private static final Path DEVICE = Path.of("/dev/nvidia0");

    @Override
    public List<Gpu> visible() {
        Map<String, String> environment = System.getenv();
        List<Gpu> all = parse(ask());
        if (all.isEmpty() && Files.exists(DEVICE)) {
            // A container without the tool. CUDA itself will say what is true. In place of the UUID the number will do:
            // device files have the machine's own in every container.
            all = List.of(new Gpu(0, 0, "GPU-0", "unknown", 0));
        }
        boolean alike = all.stream().map(Gpu::name).distinct().count() < 2;
        if (!alike && !"PCI_BUS_ID".equals(environment.get("CUDA_DEVICE_ORDER"))) {
            log.warn("gpus=different advice=\"set CUDA_DEVICE_ORDER=PCI_BUS_ID, or CUDA may count them otherwise\"");
        }
        return visible(all, environment.get("CUDA_VISIBLE_DEVICES"));
    }

    private static List<String> ask() {
        try {
            Process asked = new ProcessBuilder(COMMAND)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try (var answer = asked.inputReader(StandardCharsets.UTF_8)) {
                if (!asked.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                    log.warn("nvidia_smi=silent after={}s", PATIENCE_SECONDS);
                    return List.of();
                }
                return asked.exitValue() == 0 ? answer.lines().toList() : List.of();
            } finally {
                asked.destroyForcibly();
            }
        } catch (IOException notThere) {
            return List.of();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        }
    }

    /** Lines of {@code index, uuid, name, free megabytes}; others are passed over. */
    static List<Gpu> parse(List<String> lines) {
        var gpus = new ArrayList<Gpu>();
        for (String line : lines) {
            String[] cells = line.split(" *, *", -1);
            if (cells.length == COLUMNS && cells[0].strip().matches("[0-9]+")) {
                int number = Integer.parseInt(cells[0].strip());
                // Where host and GPU share their memory, nvidia-smi has no figure for it.
                int free = cells[3].strip().matches("[0-9]+") ? Integer.parseInt(cells[3].strip()) : 0;
                gpus.add(new Gpu(number, gpus.size(), cells[1], cells[2], free));
            }
        }
        return gpus;
    }

    /** What CUDA makes of it: the first name that fits nothing hides itself and all behind it. */
    static List<Gpu> visible(List<Gpu> all, @Nullable String cudaVisibleDevices) {
        if (cudaVisibleDevices == null) {
            return all;
        }
        var visible = new ArrayList<Gpu>();
        for (String name : cudaVisibleDevices.split(",")) {
            String wanted = name.strip();
            Gpu gpu = all.stream()
                    .filter(each -> wanted.equals(Integer.toString(each.number()))
                            || wanted.startsWith("GPU-") && each.uuid().startsWith(wanted))
                    .findFirst()
                    .orElse(null);
            if (gpu == null) {
                break;
            }
            visible.add(new Gpu(gpu.number(), visible.size(), gpu.uuid(), gpu.name(), gpu.freeMb()));
        }
        return visible;
    }
}
