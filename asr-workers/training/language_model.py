"""Counts words and pairs of words for the beam search: language_model.py FOLDER

Writes lexicon.txt (word, natural log of its frequency), bigram.txt (previous word, word, log of its frequency there;
only pairs that say more than the word alone) and truecase.txt (word, as shown).
"""

import collections
import math
import os
import random
import sys

import vocabulary as V
from english import DAYS, MONTHS
from sentences import DICTIONARY, sentence

SENTENCES = 250_000
START = "<s>"
RAREST_PAIR = 4
# A pair must be about twice as likely as its second word is anywhere.
WORTH_KEEPING = 0.7
PAIR_SHARE = 0.8

# Names that are more often a word: they keep their small letters.
WORDS_RATHER_THAN_NAMES = set("""
amber bailey baker barnes bell berry bill black brooks brown burns carpenter carter china cole cook cooper cox dunn
fisher ford foster fox frank gardner grace grant gray green harper hill hunt hunter jack king knight lane leo long march
mark mason max may mills parker payne porter price reed rice rose stone tucker turkey turner victor warren weaver wells
west white wood young
""".split())


def shown():
    """Words that are not written in small letters."""
    names = V.FIRST_NAMES + V.LAST_NAMES + V.PLACES + DAYS + MONTHS
    single = {word for name in names for word in name.split()} - WORDS_RATHER_THAN_NAMES
    words = {word: word.capitalize() for word in single}
    words.update({word: word.upper() for word in V.SPOKEN_ABBREVIATIONS})
    words.update({word: "I" + word[1:] for word in ("i", "i'm", "i'll", "i've", "i'd")})
    return words


def _kind(x):
    if x < 0.5:
        return "clause"
    if x < 0.85:
        return "meeting"
    return "phrase" if x < 0.9 else "mix"


def count():
    rng = random.Random(9090)
    words, pairs = collections.Counter(), collections.Counter()
    for _ in range(SENTENCES):
        spoken = sentence(rng, _kind(rng.random()))[0].split()
        words.update(spoken)
        words[START] += 1
        pairs.update(zip([START] + spoken, spoken))
    for word in DICTIONARY:
        words[word] += 1.5 if len(word) > 3 else 0.2
    return words, pairs


def main(folder):
    words, pairs = count()
    total = sum(n for word, n in words.items() if word != START)
    with open(os.path.join(folder, "lexicon.txt"), "w") as file:
        for word, n in words.most_common():
            if word != START and (len(word) > 1 or word in "ai"):
                file.write(f"{word}\t{math.log(n / total):.2f}\n")
    with open(os.path.join(folder, "bigram.txt"), "w") as file:
        for (before, word), n in pairs.items():
            if n >= RAREST_PAIR:
                there = math.log(PAIR_SHARE * n / words[before])
                if there > math.log(words[word] / total) + WORTH_KEEPING:
                    file.write(f"{before}\t{word}\t{there:.2f}\n")
    with open(os.path.join(folder, "truecase.txt"), "w") as file:
        for word, as_shown in sorted(shown().items()):
            file.write(f"{word}\t{as_shown}\n")


if __name__ == "__main__":
    main(sys.argv[1])
