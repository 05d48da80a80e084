package dev.earshot.bench.wer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.earshot.bench.wer.Corpus.Utterance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CorpusTest {

    @TempDir
    private Path folder;

    private Path file(String name, String content) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, content);
    }

    @Test
    void readsATable() throws IOException {
        Path one = file("one.wav", "");
        file("clips.tsv", "file\tseconds\ttranscript\none.wav\t1.5\tgood morning\nabsent.wav\t1\tnobody\n");

        assertThat(Corpus.read(folder)).containsExactly(new Utterance(one, "good morning"));
    }

    @Test
    void readsLibriSpeech() throws IOException {
        Path one = file("84/121123/84-121123-0001.flac", "");
        file("84/121123/84-121123.trans.txt", "84-121123-0001 BUT THAT IS WHAT\n84-121123-0002 NOT THERE\n");

        assertThat(Corpus.read(folder)).containsExactly(new Utterance(one, "BUT THAT IS WHAT"));
    }

    @Test
    void readsTextBesideAudio() throws IOException {
        Path one = file("a.wav", "");
        file("a.txt", "hello");
        file("readme.txt", "about these files");

        assertThat(Corpus.read(folder)).containsExactly(new Utterance(one, "hello"));
    }

    @Test
    void saysWhatItLooksFor_whenThereIsNothing() {
        assertThatThrownBy(() -> Corpus.read(folder))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("holds no transcripts (expected: a .tsv");
        assertThatThrownBy(() -> Corpus.read(folder.resolve("absent"))).hasMessageEndingWith("absent is no folder");
    }
}
