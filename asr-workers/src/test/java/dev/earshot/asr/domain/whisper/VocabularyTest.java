package dev.earshot.asr.domain.whisper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VocabularyTest {

    private static final Map<String, Integer> SPECIAL = Map.of(
            "<|endoftext|>", 50256,
            "<|startoftranscript|>", 50257,
            "<|en|>", 50258,
            "<|translate|>", 50357,
            "<|transcribe|>", 50358,
            "<|nocaptions|>", 50361,
            "<|notimestamps|>", 50362);

    @Test
    void tokensSpellBytes_asGpt2WritesThem() {
        // "Ġnaïve ☕" in the vocabulary of GPT-2: spaces, Latin-1 and three bytes of one character.
        Vocabulary vocabulary = Vocabulary.of(
                Map.of("\u0120na", 0, "\u00c3\u00af", 1, "ve", 2, "\u0120\u00e2\u013a", 3, "\u0137", 4), SPECIAL);

        assertThat(vocabulary.decode(List.of(50257, 0, 1, 2, 3, 4, 50256))).isEqualTo(" na\u00efve \u2615");
        assertThat(vocabulary.decode(List.of(3))).isEqualTo(" \ufffd");
    }

    @Test
    void ranksOfTiktoken_areTheSameTokens() {
        Vocabulary vocabulary = Vocabulary.ofRanks(List.of("IEFuZA== 843", "IHNv 523", "= 50256", ""), SPECIAL);

        assertThat(vocabulary.decode(List.of(843, 523))).isEqualTo(" And so");
        assertThat(vocabulary.isText(843)).isTrue();
        assertThat(vocabulary.isText(844)).isFalse();
    }

    @Test
    void specialTokens_areFoundByName() {
        Vocabulary english = Vocabulary.of(Map.of(), SPECIAL);

        assertThat(english.endOfText()).isEqualTo(50256);
        assertThat(english.noSpeech()).isEqualTo(50361);
        assertThat(english.firstTimestamp()).isEqualTo(50363);
        assertThat(english.isTimestamp(50363 + 1500)).isTrue();
        assertThat(english.isTimestamp(50363 + 1501)).isFalse();
        assertThat(Tokens.VOCABULARY.languages()).containsOnlyKeys("en", "de", "haw");
        assertThat(Tokens.VOCABULARY.languages().get("de")).isEqualTo(Tokens.END + 3);
    }

    @Test
    void refusesVocabulariesOfOtherModels() {
        assertThatThrownBy(() -> Vocabulary.of(Map.of("a", 0), Map.of("<|endoftext|>", 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no token <|startoftranscript|> (expected: the tokens of a Whisper model)");
        assertThatThrownBy(() -> ByteLevel.bytes("a b"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not written byte by byte");
    }
}
