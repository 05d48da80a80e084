package dev.earshot.api.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.earshot.api.IngressApiConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

class IngressApiCommandTest {

    private static final String TOKEN = "--admin-api-token=0123456789abcdef";
    private static final Pattern DEFAULT = Pattern.compile("\\$\\{env:([A-Z_]+):-(.*)}");

    @Test
    void readsOptions() {
        IngressApiConfig config =
                parsed(TOKEN, "--api-port=1", "--admin-port=2", "--demo-platform=true", "--bot-stop-timeout=7");

        assertThat(config.port()).isEqualTo(1);
        assertThat(config.adminPort()).isEqualTo(2);
        assertThat(config.rules().demoPlatform()).isTrue();
        assertThat(config.rules().botStopTimeout()).isEqualTo(Duration.ofSeconds(7));
    }

    @Test
    void saysWhatMakesNoSense() {
        assertThatThrownBy(() -> parsed("--admin-api-token=short"))
                .hasMessageContaining("ADMIN_API_TOKEN: 5 characters (expected: at least 16");
        assertThatThrownBy(() -> parsed(TOKEN, "--api-port=70000"))
                .hasMessage("API_PORT: 70000 (expected: 0 to 65535)");
        assertThatThrownBy(() -> parsed(TOKEN, "--api-port=9", "--admin-port=9"))
                .hasMessage("API_PORT and ADMIN_PORT: both 9 (expected: two different ports)");
        assertThatThrownBy(() -> parsed(TOKEN, "--bot-answer-timeout=0"))
                .hasMessage("BOT_ANSWER_TIMEOUT: 0 s (expected: more than 0)");
        assertThatThrownBy(() -> parsed(TOKEN, "--database=mysql://root:secret@db/x"))
                .hasMessage("DATABASE_URL cannot be read (expected: postgresql://user:password@host:port/database)");
        assertThatThrownBy(() -> parsed(TOKEN, "--redis=host:6379"))
                .hasMessage("REDIS_URL cannot be read (expected: redis://host:port/db)");
    }

    @Test
    void keepsSecretsToItself() {
        IngressApiConfig config = parsed(TOKEN, "--database=postgresql://u:hidden@h:1/d");
        assertThat(config.toString()).doesNotContain("0123456789abcdef").doesNotContain("hidden");
    }

    @Test
    void isDescribedInTheReadme() throws IOException {
        String readme = Files.readString(Path.of("README.md"));
        for (OptionSpec option :
                new CommandLine(new IngressApiCommand()).getCommandSpec().options()) {
            var declared = DEFAULT.matcher(String.valueOf(option.defaultValue()));
            if (!declared.matches()) {
                continue;
            }
            String environment = declared.group(1);
            boolean address = environment.endsWith("_URL") || environment.endsWith("_SERVERS");
            String row = "| `" + option.longestName() + "` | `" + environment + "` | " + declared.group(2);
            assertThat(readme).contains(address ? "`" + environment + "`" : row.stripTrailing());
            assertThat(option.description()[0]).endsWith("(" + environment + ")");
        }
    }

    private static IngressApiConfig parsed(String... options) {
        var command = new IngressApiCommand();
        new CommandLine(command).parseArgs(options);
        return command.toConfig();
    }
}
