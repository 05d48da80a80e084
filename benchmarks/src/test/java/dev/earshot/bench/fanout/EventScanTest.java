package dev.earshot.bench.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventScanTest {

    private static final String FEED = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nd\r\nretry: 2000\n\n\r\n"
            + "30\r\nevent: transcript\ndata: {\"timing\":{\"ready_at\":1700,\"decode_micros\":0}}\n\n\r\n"
            + "5\r\n:\n\n\r\n"
            + "40\r\nid: 1\nevent: transcript\ndata: {\"timing\":{\"ready_at\":1800,\"confirmed_at\":9}}\n\n\r\n"
            + "40\r\nid: 4\nevent: transcript\ndata: {\"timing\":{\"ready_at\":null}}\n\n\r\n";

    @Test
    void findsCursorsAndTimes_howeverTheBytesAreCut() {
        for (int piece = 1; piece < 200; piece += 7) {
            var scan = new EventScan();
            List<Long> times = read(scan, piece);
            assertThat(scan.isOpen()).isTrue();
            assertThat(times).as("pieces of %d bytes", piece).containsExactly(1700L, 1800L);
            assertThat(scan.lastSeq()).isEqualTo(4);
            assertThat(scan.missed()).isEqualTo(2);
        }
    }

    @Test
    void isNotOpen_whenTheAnswerIsARefusal() {
        var scan = new EventScan();
        byte[] refusal = "HTTP/1.1 401 Unauthorized\r\n\r\n{}\n\n".getBytes(StandardCharsets.US_ASCII);
        scan.take(refusal, refusal.length, time -> {});
        assertThat(scan.isOpen()).isFalse();
    }

    private static List<Long> read(EventScan scan, int piece) {
        byte[] bytes = FEED.getBytes(StandardCharsets.US_ASCII);
        var times = new ArrayList<Long>();
        for (int at = 0; at < bytes.length; at += piece) {
            byte[] next = java.util.Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + piece));
            scan.take(next, next.length, times::add);
        }
        return times;
    }
}
