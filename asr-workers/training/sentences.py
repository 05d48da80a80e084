"""Makes sentences: meeting talk from templates, loose words, and words of a dictionary for an open vocabulary.

Needs /usr/share/dict/words (Debian: wamerican). The same random state gives the same sentences.
"""

import random
import re

import vocabulary as V
from english import DAYS, MONTHS, ONES, ing, number, ordinal, past, plural, with_s

NOUNS = sorted(set(V.NOUNS))
VERBS = sorted(set(V.VERBS))
ADJECTIVES = sorted(set(V.ADJECTIVES))
ADVERBS = sorted(set(V.ADVERBS))
MOST_WORDS = 24
HELD_OUT_WORDS = 1500


def _dictionary():
    with open("/usr/share/dict/words", encoding="utf8") as lines:
        words = sorted({w for w in map(str.strip, lines) if re.fullmatch("[a-z]{2,14}", w)})
    random.Random(77).shuffle(words)
    return words


def _own_words():
    own = set(NOUNS) | set(VERBS) | set(ADJECTIVES) | set(ADVERBS) | set(V.FUNCTION_WORDS)
    for verb in VERBS:
        own |= {past(verb), ing(verb), with_s(verb)}
    return own | {plural(noun) for noun in NOUNS}


OWN_WORDS = _own_words()
DICTIONARY = _dictionary()
# Never spoken in training: they tell how the model spells what it does not know.
HELD_OUT = [w for w in DICTIONARY if w not in OWN_WORDS and len(w) >= 4][:HELD_OUT_WORDS]
_held_out = set(HELD_OUT)
TRAINING_DICTIONARY = [w for w in DICTIONARY if w not in _held_out]

PROGRESSIVE = (
    "we are|they are|you are|i am|he is|she is|it is|the team is|we're|they're|i'm|he's|she's|you're"
).split("|")
IMPERATIVE = (
    "please|let us|let's|you should|don't|never|always|remember to|we can't|i won't|you shouldn't|i couldn't"
    "|they didn't|we don't"
).split("|")
MODAL = (
    "will|should|can|could|must|might|would|need to|want to|have to|plan to|tried to|decided to|are going to"
    "|would like to|ought to|used to|may|shall"
).split("|")
PREPOSITIONS = (
    "in on at by with from to for about after before under over between during through without against near"
    " behind beside inside outside across along around beyond despite except toward until within into like since"
    " upon"
).split()
OPENINGS = (
    "i think|i believe|i guess|i know|maybe|perhaps|of course|in my opinion|as far as i know|to be honest|you know"
    "|i mean|well|so|okay so|um|actually|basically"
).split("|")
QUESTION_STARTS = (
    "do",
    "did",
    "can",
    "could",
    "will",
    "would",
    "should",
    "what",
    "why",
    "how",
    "when",
    "where",
)
AUXILIARIES = "do did can could will would should".split()


class Speaker:
    """Says something at random. The order of the calls to the random generator is part of the recipe."""

    def __init__(self, rng):
        self.rng = rng

    def one_of(self, choices):
        return self.rng.choice(choices)

    def options(self, choices):
        return self.one_of(choices.split("|"))

    def maybe(self, phrase, probability=0.35):
        return " " + phrase() if self.rng.random() < probability else ""

    def noun(self):
        return self.one_of(NOUNS)

    def nouns(self):
        return plural(self.noun())

    def verb(self):
        return self.one_of(VERBS)

    def adjective(self):
        return self.one_of(ADJECTIVES)

    def adverb(self):
        return self.one_of(ADVERBS)

    def person(self):
        x = self.rng.random()
        if x < 0.6:
            return self.one_of(V.FIRST_NAMES)
        if x < 0.85:
            return self.one_of(V.FIRST_NAMES) + " " + self.one_of(V.LAST_NAMES)
        return self.options("mister |missus |doctor |professor ") + self.one_of(V.LAST_NAMES)

    def place(self):
        return self.one_of(V.PLACES)

    def abbreviation(self):
        return self.one_of(list(V.SPOKEN_ABBREVIATIONS))

    def amount(self):
        x = self.rng.random()
        draw = self.rng.randint
        if x < 0.4:
            return number(draw(0, 20))
        if x < 0.7:
            return number(draw(20, 99))
        if x < 0.87:
            return number(draw(100, 999))
        if x < 0.96:
            return number(draw(1, 99) * 1000 + self.one_of([0, draw(1, 999)]))
        return number(draw(1, 99) * 1_000_000)

    def few(self):
        return number(self.rng.randint(2, 60))

    def year(self):
        y = self.rng.randint(1900, 2045)
        if y == 2000:
            return "two thousand"
        if 2000 < y < 2010:
            return "two thousand " + self.one_of(["", "and "]) + number(y % 100)
        if y % 100 == 0:
            return number(y // 100) + " hundred"
        return number(y // 100) + (" " + number(y % 100) if y % 100 > 9 else " oh " + number(y % 100))

    def date(self):
        x = self.rng.random()
        if x < 0.35:
            return self.options("on |next |last |this |by ") + self.one_of(DAYS)
        if x < 0.55:
            return (
                self.options("in |by |since |until ")
                + self.one_of(MONTHS)
                + self.one_of(["", " " + self.year()])
            )
        if x < 0.8:
            return self.options("on |by |before ") + self.one_of(
                [
                    "the " + ordinal(self.rng.randint(1, 31)) + " of " + self.one_of(MONTHS),
                    self.one_of(MONTHS) + " " + self.one_of(["", "the "]) + ordinal(self.rng.randint(1, 31)),
                ]
            )
        return self.one_of(
            [
                "today",
                "tomorrow",
                "yesterday",
                "next week",
                "next month",
                "last year",
                "this quarter",
                "in " + self.few() + " " + self.options("days|weeks|months|minutes|hours|years"),
                self.few() + " " + self.options("days|weeks|months|years") + " ago",
                "at the end of the " + self.options("day|week|month|year|sprint|quarter"),
            ]
        )

    def clock(self):
        hour = number(self.rng.randint(1, 12))
        x = self.rng.random()
        if x < 0.4:
            return hour + " " + self.options("o'clock|in the morning|in the afternoon|in the evening")
        if x < 0.7:
            return hour + " " + self.options("fifteen|thirty|forty five|twenty|oh five|fifty|ten")
        if x < 0.9:
            return self.options("half past |quarter past |quarter to ") + hour
        return self.options("noon|midnight")

    def thing(self):
        """A noun phrase."""
        x = self.rng.random()
        determiner = self.options(
            "the|the|the|a|our|your|their|my|his|her|this|that|every|another|each|its|some|no"
        )
        adjective = self.adjective() + " " if self.rng.random() < 0.4 else ""
        if x < 0.55:
            noun = self.noun()
            if determiner == "a" and (adjective or noun)[0] in "aeiou":
                determiner = "an"
            return f"{determiner} {adjective}{noun}"
        if x < 0.72:
            many = self.options("the|our|some|many|these|those|all the|most|several|both|few|other")
            return many + " " + adjective + self.nouns()
        if x < 0.8:
            return self.few() + " " + adjective + self.nouns()
        if x < 0.9:
            return "the " + self.noun() + " " + self.noun()
        if x < 0.95:
            return "the " + self.noun() + " of " + self.thing()
        return self.person() + "'s " + self.noun()

    def subject(self):
        x = self.rng.random()
        if x < 0.4:
            return self.options("i|we|you|they")
        if x < 0.5:
            return self.person()
        return self.options("he|she|it") if x < 0.65 else self.thing()

    def circumstance(self):
        """A prepositional phrase."""
        return self.one_of(PREPOSITIONS) + " " + self.thing()

    def action(self):
        """A verb and its object."""
        return self.verb() + " " + self.thing()

    def clause(self):
        x = self.rng.random()
        for limit, form in CLAUSES:
            if x < limit:
                return form(self)
        return f"{self.one_of(OPENINGS)} {self.clause()}"

    def meeting(self):
        return self.one_of(MEETING)(self)


def _modal_clause(s):
    text = (
        f"{s.options('i|we|you|they')} {s.one_of(MODAL)} {s.maybe(s.adverb, 0.15).strip()} {s.action()}"
        f"{s.maybe(s.circumstance)}"
    )
    return text.replace("  ", " ").replace("i are", "i am")


def _third_person(s):
    who = s.one_of(
        ["he", "she", "it", s.person(), "the " + s.noun(), "everyone", "nobody", "somebody", "someone"]
    )
    return f"{who} {with_s(s.verb())} {s.thing()}{s.maybe(s.circumstance, 0.5)}"


def _going_on(s):
    who = s.one_of(PROGRESSIVE + [s.person() + " is", "the " + s.nouns() + " are"])
    text = f"{who} {s.maybe(s.adverb, 0.2).strip()} {ing(s.verb())} {s.thing()}{s.maybe(s.circumstance)}"
    return text.replace("  ", " ")


def _state(s):
    text = (
        f"{s.thing()} {s.options('is|was|will be|looks|seems|has been|became|sounds|remains')}"
        f" {s.maybe(s.adverb, 0.4).strip()} {s.adjective()}{s.maybe(s.circumstance, 0.3)}"
    )
    return text.replace("  ", " ")


def _question(s):
    asked = f"{s.options('what|why|how|when|where')} {s.one_of(AUXILIARIES)}"
    who = s.one_of(["you", "we", "they", "i", "he", "she", s.person(), "the " + s.noun()])
    return f"{asked} {who} {s.verb()}{s.maybe(s.thing, 0.4)}"


# How far a uniform draw reaches, and the clause it then makes.
CLAUSES = [
    (
        0.2,
        lambda s: f"{s.subject()} {past(s.verb())} {s.thing()}{s.maybe(s.circumstance)}{s.maybe(s.date, 0.2)}",
    ),
    (0.32, _modal_clause),
    (0.4, _third_person),
    (0.48, _going_on),
    (0.56, _state),
    (
        0.62,
        lambda s: f"there {s.options('is|was|will be')} {s.options('a|one|no|another')} {s.adjective()} {s.noun()}"
        f" {s.circumstance()}",
    ),
    (0.67, lambda s: f"{s.thing()} was {past(s.verb())} by {s.thing()}{s.maybe(s.date, 0.3)}"),
    (
        0.72,
        lambda s: f"{s.person()}"
        f" {s.options('said|thinks|believes|mentioned|reported|told us|knows|hopes|suggested|argued')}"
        f" that {s.clause()}",
    ),
    (
        0.77,
        lambda s: f"{s.one_of(['do', 'did', 'can', 'could', 'will', 'would', 'should'])} {s.options('you|we|they|i')}"
        f" {s.action()}{s.maybe(s.circumstance)}",
    ),
    (0.83, _question),
    (
        0.88,
        lambda s: f"{s.options('if|when|because|although|while|unless|since|after|before')} {s.subject()}"
        f" {past(s.verb())} {s.thing()}, {s.subject()} {s.options('will|would|could|might|can')} {s.action()}",
    ),
    (0.93, lambda s: f"{s.one_of(IMPERATIVE)} {s.action()}{s.maybe(s.circumstance)}"),
]

# What people say in meetings.
MEETING = [
    lambda s: f"{s.person()} will {s.verb()} the {s.noun()} {s.date()}",
    lambda s: f"the meeting {s.options('starts|begins|is|will be')} at {s.clock()} {s.date()}",
    lambda s: f"{s.options(NEXT_ONE)} {s.options('item|topic|point|question')}"
    f" {s.options('on the agenda |')}is {s.thing()}",
    lambda s: f"action item for {s.person()}, {s.action()} {s.date()}",
    lambda s: f"we decided to {s.action()} {s.options('instead of|before|after|and not')} {s.thing()}",
    lambda s: f"the {s.options('budget|cost|price|revenue|total|estimate|invoice')} is {s.amount()}"
    f" {s.options('dollars|euros|pounds|percent|thousand dollars')}",
    lambda s: f"{s.options('sales|costs|users|errors|signups|revenue|profits|requests')}"
    f" {s.options('increased|decreased|went up|went down|grew|fell|dropped')} by {s.amount()} percent {s.date()}",
    lambda s: f"version {s.amount()} {s.one_of(['point ' + s.few() + ' ', ''])}"
    f"{s.options('will be released|was released|is scheduled|shipped')} {s.date()}",
    lambda s: f"my {s.options('phone|room|ticket|order|account|extension')} number is "
    + " ".join(s.one_of(ONES[:10]) for _ in range(s.rng.randint(3, 8))),
    lambda s: f"{s.person()} {s.options('from|is from|is in|lives in|moved to|works in|flew to|called from')}"
    f" {s.place()}",
    lambda s: f"the {s.abbreviation()} {s.options('server|endpoint|team|test|report|page|service|key|file|driver')}"
    f" {s.options('returns|needs|has|shows|uses|requires')} {s.thing()}",
    lambda s: f"{s.options('hello|hi|good morning|thank you|thanks|okay|great|sorry|welcome|good afternoon')}"
    f" {s.person()}, {s.clause()}",
    lambda s: f"on {s.date().split(' ', 1)[-1]} at {s.clock()} {s.subject()} {past(s.verb())} {s.thing()}",
    lambda s: f"can you {s.options('send|show|give|tell|forward|email')}"
    f" {s.one_of(['me', 'us', 'him', 'her', 'them', s.person()])} {s.thing()}"
    f" {s.one_of(['please', 'by ' + s.one_of(DAYS), 'today', 'when you have time', 'as soon as possible'])}",
    lambda s: f"{s.person()} and {s.person()} {s.options(TOGETHER)} {s.thing()}",
    lambda s: f"we have {s.few()} {s.options('minutes|hours|days|weeks')} {s.options('left|to go|remaining')}"
    f" {s.options('for|to discuss|before')} {s.thing()}",
    lambda s: f"the {s.options('deadline|release|launch|demo|review|next meeting|interview|call')}"
    f" is {s.options('scheduled for|moved to|planned for|postponed to')} {s.one_of(DAYS)}"
    f" {s.one_of(['', 'the ' + ordinal(s.rng.randint(1, 31))])}".strip(),
    lambda s: f"in {s.year()} {s.subject()} {past(s.verb())} {s.thing()}",
    lambda s: f"{s.options('step|chapter|question|slide|page|point|room|phase|option|number')} {s.amount()}"
    f" {s.options('covers|describes|explains|is about|asks for|mentions')} {s.thing()}",
    lambda s: f"we need {s.thing()} for the {s.noun()} {s.noun()}",
    lambda s: s.one_of(V.PHRASES),
]
NEXT_ONE = "the next|the first|the last|today's|another"
TOGETHER = "are working on|will look at|disagree about|finished|are responsible for|volunteered for|reviewed"


def clean(text):
    """What is recognised: small letters, apostrophes, single spaces."""
    return re.sub(r"\s+", " ", re.sub(r"[^a-z' ]", " ", text.lower())).strip()


def sentence(rng, kind=None, words=None):
    """A label and the text for the synthesiser.

    kind is clause, meeting, phrase, mix or dict; None draws one. words replaces the dictionary.
    """
    speaker = Speaker(rng)
    x = rng.random()
    kind = kind or _kind(x)
    text = _text(speaker, kind, words or TRAINING_DICTIONARY)
    label = clean(text)
    spoken = label.split()
    if not spoken or len(spoken) > MOST_WORDS:
        return sentence(rng, kind, words)
    return label, _written(text, spoken[0])


def _kind(x):
    if x < 0.33:
        return "clause"
    if x < 0.58:
        return "meeting"
    if x < 0.63:
        return "phrase"
    return "mix" if x < 0.80 else "dict"


def _text(speaker, kind, dictionary):
    rng = speaker.rng
    if kind == "clause":
        text = speaker.clause()
        if rng.random() < 0.2:
            text += rng.choice([" and ", " but ", " so ", " because ", ", ", " or "]) + speaker.clause()
        return text
    if kind == "meeting":
        return speaker.meeting()
    if kind == "phrase":
        text = rng.choice(V.PHRASES)
        return text + (", " + rng.choice([speaker.meeting, speaker.clause])() if rng.random() < 0.7 else "")
    if kind == "mix":
        words = _loose_words(speaker)
        return " ".join(rng.choice(words)() for _ in range(rng.randint(2, 11)))
    return " ".join(
        rng.choice(dictionary) if rng.random() < 0.8 else rng.choice(V.FUNCTION_WORDS)
        for _ in range(rng.randint(1, 7))
    )


def _loose_words(speaker):
    def function_word():
        return speaker.one_of(V.FUNCTION_WORDS)

    return [
        speaker.noun,
        speaker.nouns,
        speaker.verb,
        speaker.adjective,
        speaker.adverb,
        lambda: past(speaker.verb()),
        lambda: ing(speaker.verb()),
        lambda: with_s(speaker.verb()),
        function_word,
        function_word,
        function_word,
        speaker.person,
        speaker.place,
        speaker.abbreviation,
        speaker.amount,
        lambda: speaker.one_of(DAYS + MONTHS),
    ]


def _written(text, first_word):
    """The sentence as a synthesiser wants it: abbreviations spelt out, a capital, a mark at the end."""
    words = []
    for word in text.replace("  ", " ").split():
        bare = word.strip(",")
        comma = "," if word.endswith(",") and bare in V.SPOKEN_ABBREVIATIONS else ""
        words.append(V.SPOKEN_ABBREVIATIONS.get(bare, word) + comma)
    written = re.sub(r"\bi\b", "I", " ".join(words))
    return written[0].upper() + written[1:] + ("?" if first_word in QUESTION_STARTS else ".")


if __name__ == "__main__":
    demo = random.Random(5)
    for _ in range(40):
        print(sentence(demo))
