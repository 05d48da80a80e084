package dev.earshot.bench;

import dev.earshot.eventlog.app.Ending;
import dev.earshot.standalone.report.Percentiles;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** One user asks for very many bots at the same moment: how long that takes, and whether the quota holds. */
@Command(name = "rush", description = "So many requests for bots of one user at once, against a quota.")
final class RushCommand implements Callable<Integer> {

    private static final int CREATED = 201;
    private static final int OVER_QUOTA = 403;

    @Spec
    @SuppressWarnings("NullAway.Init") // Set by picocli.
    private CommandSpec spec;

    @Option(
            names = "--requests",
            paramLabel = "N",
            defaultValue = "200",
            description = "requests at once (default: ${DEFAULT-VALUE})")
    private int requests;

    @Option(
            names = "--quota",
            paramLabel = "Q",
            defaultValue = "50",
            description = "bots that the user may have (default: ${DEFAULT-VALUE})")
    private int quota;

    private record Answer(int status, double ms) {}

    @Override
    public Integer call() throws Exception {
        if (requests < 1 || requests > 2000 || quota < 1) {
            throw new IllegalArgumentException(
                    "--requests " + requests + " --quota " + quota + " (expected: 1..2000 requests, a quota above 0)");
        }
        PrintWriter out = spec.commandLine().getOut();
        List<Answer> answers;
        try (var ending = Ending.ofThisThread();
                ApiStage stage = ApiStage.start()) {
            // Once before, so that the classes that take part are there.
            rush(stage, 1, 10);
            answers = rush(stage, quota, requests);
        } catch (InterruptedException e) {
            return 130;
        }
        var times = new Percentiles();
        answers.forEach(answer -> times.add(answer.ms()));
        long created = count(answers, CREATED);
        long refused = count(answers, OVER_QUOTA);
        out.println(Machine.describe());
        out.printf(
                Locale.ROOT,
                "%d requests at once, quota %d: %d bots sent, %d refused, %d answered otherwise; p50 %.0f ms, p99 %.0f ms%n%n",
                requests,
                quota,
                created,
                refused,
                answers.size() - created - refused,
                times.at(50),
                times.at(99));
        JsonRow row = new JsonRow()
                .put("requests", requests)
                .put("quota", quota)
                .put("created", created)
                .put("refused", refused)
                .put("answered_ms_p99", times.at(99), 1);
        Results.write("rush", List.of(row.toString()), out);
        return created == Math.min(quota, requests) && created + refused == requests ? 0 : 1;
    }

    private static long count(List<Answer> answers, int status) {
        return answers.stream().filter(answer -> answer.status() == status).count();
    }

    private static List<Answer> rush(ApiStage stage, int quota, int requests)
            throws InterruptedException, ExecutionException {
        HttpClient http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        HttpRequest.Builder bot = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + stage.port() + "/bots"))
                .header("X-API-Key", stage.key(quota))
                .header("Content-Type", "application/json");
        var start = new CyclicBarrier(requests);
        ExecutorService threads = Executors.newFixedThreadPool(requests);
        try {
            List<Future<Answer>> asked = new ArrayList<>();
            for (int i = 0; i < requests; i++) {
                HttpRequest request = bot.copy()
                        .POST(HttpRequest.BodyPublishers.ofString(String.format(
                                Locale.ROOT, "{\"platform\":\"zoom\",\"native_meeting_id\":\"9%09d\"}", i)))
                        .build();
                asked.add(threads.submit(() -> {
                    start.await();
                    long begun = System.nanoTime();
                    int status = http.send(request, HttpResponse.BodyHandlers.discarding())
                            .statusCode();
                    return new Answer(status, (System.nanoTime() - begun) / 1e6);
                }));
            }
            List<Answer> answers = new ArrayList<>();
            for (Future<Answer> answer : asked) {
                answers.add(answer.get());
            }
            return answers;
        } finally {
            threads.shutdownNow();
        }
    }
}
