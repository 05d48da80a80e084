package dev.earshot.standalone.demo;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What the demo meeting is like.
 *
 * @param port port on 127.0.0.1; 0 takes a free one
 * @param speakers how many of the script's speakers are there, 1..3
 * @param contentSecurityPolicy the page's policy; empty for none
 * @param loop whether the script starts again when it is over
 * @param admission what happens to those who ask to join
 * @param admissionDelay how long they wait for it
 * @param chromium path of the browser for the host's page; null looks on the PATH
 */
public record DemoMeetingConfig(
        int port,
        int speakers,
        String contentSecurityPolicy,
        boolean loop,
        Admission admission,
        Duration admissionDelay,
        @Nullable String chromium) {

    /** As strict as a page with scripts can be. */
    public static final String STRICT = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
            + " img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none';"
            + " require-trusted-types-for 'script'; trusted-types 'none'";

    /** What the host does with a guest who asks to join. */
    public enum Admission {
        ADMIT,
        DENY,
        NEVER
    }

    public DemoMeetingConfig {
        if (speakers < 1 || speakers > 3) {
            throw new IllegalArgumentException("speakers: " + speakers + " (expected: 1..3)");
        }
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port: " + port + " (expected: 0..65535)");
        }
    }

    /** Three speakers who say their script once, a strict page, everybody is let in after half a second. */
    public static DemoMeetingConfig defaults() {
        return new DemoMeetingConfig(0, 3, STRICT, false, Admission.ADMIT, Duration.ofMillis(500), null);
    }

    public DemoMeetingConfig withPort(int newPort) {
        return new DemoMeetingConfig(
                newPort, speakers, contentSecurityPolicy, loop, admission, admissionDelay, chromium);
    }

    public DemoMeetingConfig withSpeakers(int count) {
        return new DemoMeetingConfig(port, count, contentSecurityPolicy, loop, admission, admissionDelay, chromium);
    }

    public DemoMeetingConfig withLoop(boolean again) {
        return new DemoMeetingConfig(port, speakers, contentSecurityPolicy, again, admission, admissionDelay, chromium);
    }

    public DemoMeetingConfig withAdmission(Admission newAdmission) {
        return new DemoMeetingConfig(
                port, speakers, contentSecurityPolicy, loop, newAdmission, admissionDelay, chromium);
    }

    public DemoMeetingConfig withChromium(@Nullable String path) {
        return new DemoMeetingConfig(port, speakers, contentSecurityPolicy, loop, admission, admissionDelay, path);
    }
}
