package dev.earshot.bench.bots;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProcessTreeTest {

    @Test
    void seesWhatThisProcessTakes() {
        var tree = new ProcessTree(ProcessHandle.current());

        assertThat(tree.cpuSeconds()).isPositive();
        assertThat(tree.pssBytes()).isGreaterThan(20_000_000L);
    }

    @Test
    void countsChildren() throws Exception {
        var tree = new ProcessTree(ProcessHandle.current());
        Process child = new ProcessBuilder("sh", "-c", "echo up; read nothing").start();
        try {
            assertThat(child.getInputStream().read()).isEqualTo('u');
            assertThat(ProcessHandle.current().descendants().map(ProcessHandle::pid))
                    .contains(child.pid());
            assertThat(new ProcessTree(child.toHandle()).pssBytes())
                    .isPositive()
                    .isLessThan(tree.pssBytes());
        } finally {
            child.destroy();
        }
    }
}
