"""Inflections and spoken numbers: as much English as the sentences need."""

ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
    " seventeen eighteen nineteen"
).split()
TENS = "_ _ twenty thirty forty fifty sixty seventy eighty ninety".split()
ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth"
    " fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
).split()
DAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
MONTHS = "january february march april may june july august september october november december".split()

IRREGULAR_PAST = dict(pair.split(":") for pair in """
find:found give:gave tell:told feel:felt become:became leave:left put:put mean:meant keep:kept let:let
begin:began show:showed hear:heard run:ran hold:held bring:brought write:wrote sit:sat stand:stood lose:lost
pay:paid meet:met set:set lead:led understand:understood speak:spoke read:read spend:spent grow:grew win:won
buy:bought send:sent build:built fall:fell cut:cut sell:sold catch:caught draw:drew choose:chose eat:ate
hit:hit break:broke get:got make:made take:took see:saw know:knew think:thought say:said come:came go:went
do:did have:had beat:beat bend:bent bet:bet bite:bit blow:blew burn:burned cost:cost deal:dealt dig:dug
drink:drank drive:drove feed:fed fight:fought fly:flew forbid:forbade forget:forgot forgive:forgave
freeze:froze hang:hung hide:hid hurt:hurt lay:laid lend:lent quit:quit ride:rode ring:rang rise:rose
rub:rubbed seek:sought shake:shook shine:shone shoot:shot shut:shut sing:sang sink:sank sleep:slept
spell:spelled split:split spread:spread steal:stole stick:stuck strike:struck swear:swore sweep:swept
swim:swam swing:swung teach:taught tear:tore throw:threw wake:woke wear:wore withdraw:withdrew
overwrite:overwrote
""".split())
IRREGULAR_PLURAL = dict(pair.split(":") for pair in """
man:men woman:women child:children person:people foot:feet tooth:teeth mouse:mice life:lives wife:wives
knife:knives wolf:wolves shelf:shelves leaf:leaves series:series news:news politics:politics people:people
sheep:sheep fish:fish analysis:analyses basis:bases hypothesis:hypotheses crisis:crises phenomenon:phenomena
goose:geese ox:oxen photo:photos piano:pianos video:videos studio:studios radio:radios physics:physics
mathematics:mathematics half:halves thief:thieves
""".split())
# End in a single consonant after a single vowel, but do not double it.
NEVER_DOUBLED = set("""
open offer visit enter listen happen remember consider cover deliver monitor filter discover suffer wonder
whisper gather differ matter answer order permit limit edit cancel travel appear explain repeat repair reveal
remain maintain join train contain complain need feed meet clean clear cheer fear fail look cook book speak
seat treat cheat repair wear tear rain gain stain load soak float shout pour shoot roof vary develop exhibit
profit credit audit benefit interpret market target visit
""".split())
DOUBLED_LONG = {
    "admit", "commit", "submit", "permit", "prefer", "refer", "occur", "regret", "control", "upset", "begin",
    "transfer",
}  # fmt: skip
DOUBLED_BEFORE_ING = {
    "begin", "run", "sit", "cut", "put", "let", "set", "get", "win", "hit", "shut", "swim", "dig", "bet", "quit",
    "split", "forget",
}  # fmt: skip
VOWELS = "aeiou"


def doubles_last_letter(verb):
    return (
        len(verb) >= 3
        and verb[-1] in "bdgklmnprt"
        and verb[-2] in VOWELS
        and verb[-3] not in VOWELS
        and verb not in NEVER_DOUBLED
        and (len(verb) <= 4 or verb in DOUBLED_LONG)
    )


def past(verb):
    if verb in IRREGULAR_PAST:
        return IRREGULAR_PAST[verb]
    if verb.endswith("e"):
        return verb + "d"
    if verb.endswith("y") and verb[-2] not in VOWELS:
        return verb[:-1] + "ied"
    if doubles_last_letter(verb):
        return verb + verb[-1] + "ed"
    return verb + "ed"


def ing(verb):
    if verb in ("die", "lie", "tie"):
        return verb[:-2] + "ying"
    if verb.endswith("e") and not verb.endswith("ee") and verb != "be":
        return verb[:-1] + "ing"
    if doubles_last_letter(verb) or verb in DOUBLED_BEFORE_ING:
        return verb + verb[-1] + "ing"
    return verb + "ing"


def with_s(word):
    """The plural of a noun, the third person of a verb."""
    if word.endswith(("s", "x", "z", "ch", "sh", "o")):
        return word + "es"
    if word.endswith("y") and word[-2] not in VOWELS:
        return word[:-1] + "ies"
    return word + "s"


def plural(noun):
    return IRREGULAR_PLURAL.get(noun) or with_s(noun)


def number(n):
    """A number below a thousand million as it is spoken; some hundreds with "and", some without."""
    if n < 20:
        return ONES[n]
    if n < 100:
        return TENS[n // 10] + ("" if n % 10 == 0 else " " + ONES[n % 10])
    if n < 1000:
        rest = n % 100
        joined = "" if rest == 0 else " and " + number(rest) if n % 3 == 0 else " " + number(rest)
        return ONES[n // 100] + " hundred" + joined
    unit, name = (1000, " thousand") if n < 1_000_000 else (1_000_000, " million")
    return number(n // unit) + name + ("" if n % unit == 0 else " " + number(n % unit))


def ordinal(n):
    if n <= 20:
        return ORDINALS[n - 1]
    if n % 10 == 0:
        return TENS[n // 10][:-1] + "ieth"
    return TENS[n // 10] + " " + ORDINALS[n % 10 - 1]
