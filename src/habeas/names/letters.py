"""From any script to one Latin skeleton: letters, scripts, and the rules that fold spellings together.

One name travels under many spellings: «Сяргей Ціханоўскі», «Сергей Тихановский», Siarhiej Cichanoŭski (Lacinka), Siarhei
Tsikhanouski (BGN), Sergei Tikhanovsky, Siarhiej Cichanouski (Polish press). They differ by rule, not at random:
unstressed vowels (akanne: o/a, e/ia), h/g/kh, c/ts/t before soft vowels, dz/d, ŭ/w/v, and how a system writes a sibilant.
The fold keeps what all of them keep. Its output alphabet: consonants B D F G K L M N P R S T V Z, and
Q (sh, shch), J (zh), C (ch); vowels A (a o e), I (i y), U. `LETTERS` and `RULES` are plain tables so that a page can
run the same fold in a browser: both use syntax that Python and JavaScript share.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache, partial
from itertools import permutations, product
from operator import methodcaller
from typing import NamedTuple

from anyascii import anyascii

# Letters that do not fall to plain Latin by dropping their marks, in lower case. Output in capitals is final.
LETTERS: dict[str, str] = {
    "а": "a", "б": "b", "в": "V", "г": "G", "ґ": "G", "д": "d", "е": "e", "ё": "jo", "є": "e", "ж": "J", "з": "z",
    "и": "i", "і": "i", "ї": "i", "й": "j", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r",
    "с": "s", "т": "t", "у": "u", "ў": "V", "ф": "f", "х": "G", "ц": "T", "ч": "C", "ш": "Q", "щ": "Q", "ъ": "",
    "ы": "i", "ь": "", "э": "e", "ю": "ju", "я": "ja", "ј": "j", "ђ": "d", "ћ": "T", "љ": "l", "њ": "n", "џ": "dJ",
    "ł": "l", "ŭ": "V", "č": "C", "š": "Q", "ŝ": "Q", "ž": "J", "ż": "J", "ć": "T", "ś": "s", "ź": "z", "ń": "n",
    "ĺ": "l", "đ": "d", "ø": "o", "ß": "s", "æ": "e", "œ": "e", "ı": "i", "ə": "e",
    "'": "", "’": "", "ʼ": "", "`": "", "´": "", "ʹ": "", "ʺ": "", "‘": "", "′": "",
}  # fmt: skip

# Applied in order to lower-case Latin; capitals are final symbols.
RULES: tuple[tuple[str, str], ...] = (
    (r"shch|szcz|schtsch|stsch|chtch", "Q"),
    (r"tsch|tch|cz", "C"),
    (r"sch|sh|sz", "Q"),
    (r"dzh", "dJ"),
    (r"zh", "J"),
    (r"kh", "G"),
    (r"ch", "C"),
    (r"ts|tz|tT|tc", "T"),
    (r"dz", "D"),
    (r"dt", "t"),
    (r"ck", "Tk"),
    (r"ph", "F"),
    (r"th", "T"),
    (r"x", "KS"),
    (r"[gh]", "G"),
    (r"c", "T"),
    (r"q", "K"),
    (r"[wv]", "V"),
    (r"([aoeu])u", r"\1V"),
    (r"[ijy]+([aoeu])", r"\1"),
    (r"[aoe]", "A"),
    (r"u", "U"),
    (r"[ijy]", "I"),
    (r"b", "B"), (r"d", "D"), (r"f", "F"), (r"k", "K"), (r"l", "L"), (r"m", "M"), (r"n", "N"), (r"p", "P"),
    (r"r", "R"), (r"s", "S"), (r"t", "T"), (r"z", "Z"),
    (r"TS", "T"),
    (r"TC", "C"),
    (r"QC", "Q"),
    (r"SQ", "Q"),
    (r"FF", "V"),
    (r"([A-Z])\1+", r"\1"),
)  # fmt: skip


def _steps() -> tuple[Callable[[str], str], ...]:
    """`RULES` as functions that go through a long text quickly: they do the same, by replacing and translating, for a
    regular expression that puts a group back is slow.
    """
    steps: list[Callable[[str], str]] = []
    letters: dict[str, str] = {}

    def flush() -> None:
        if letters:
            steps.append(methodcaller("translate", str.maketrans(dict(letters))))
            letters.clear()

    for pattern, to in RULES:
        if re.fullmatch(r"[a-zA-Z]|\[[a-z]+\]", pattern):
            letters.update(dict.fromkeys(pattern.strip("[]"), to))
            continue
        flush()
        found = tuple(pattern.split("|"))
        if not re.fullmatch(r"[a-zA-Z|]+", pattern):
            steps.append(_REWRITTEN[pattern, to])
        elif _overlap(found):
            steps.append(partial(_replaced, found=found, rule=re.compile(pattern), to=to))
        else:
            # What holds a letter that others become comes first, or it would be met again.
            steps.extend(methodcaller("replace", one, to) for one in sorted(found, key=lambda one: to not in one))
    flush()
    return tuple(steps)


def _overlap(found: Sequence[str]) -> bool:
    """True where two of the texts may share letters, so that the order in which they are replaced tells."""
    return any(
        one in other or any(one.endswith(other[:n]) for n in range(1, len(other)))
        for one, other in permutations(found, 2)
    )


def _replaced(text: str, found: tuple[str, ...], rule: re.Pattern[str], to: str) -> str:
    there = [one for one in found if one in text]
    if len(there) > 1:
        return rule.sub(to, text)
    return text.replace(there[0], to) if there else text


def _u_after_a_vowel(text: str) -> str:
    for vowel in "aoeu":
        text = text.replace(f"{vowel}u", f"{vowel}V")
    return text


_REWRITTEN: dict[tuple[str, str], Callable[[str], str]] = {
    (r"([aoeu])u", r"\1V"): _u_after_a_vowel,
    (r"[ijy]+([aoeu])", r"\1"): partial(re.compile("[ijy]+(?=[aoeu])").sub, ""),
    (r"([A-Z])\1+", r"\1"): partial(re.compile(r"([A-Z])(?=\1)").sub, ""),
}


_STEPS = _steps()
_TABLE = str.maketrans(LETTERS)
_NO_VOWELS = str.maketrans("", "", "AIU")
_DROP, _BESIDE_LETTERS = re.compile(r"[^a-zA-Z]"), re.compile(r"[^a-zA-Z\n]")
_FOREIGN = re.compile(r"[^\x00-\x7f]+")
_CENTRAL = re.compile(r"[čšžćśźńłŭżęąėųį]|cz|sz")
_CH, _ZH = re.compile(r"(?<![st])ch"), re.compile(r"(?<!d)zh")
MOST_READINGS = 6
_HACEK = re.compile("[čšž]")
_OU, _YOU = re.compile("ou[^aeiouy]"), re.compile("y?ou(?=[^aeiouy])")
_ENGLISH = re.compile(r"kh|ich\b|sh|zh|ts(?!ch)|y[aeou]")

# The first word of a Unicode character name, as an ISO 15924 code.
_SCRIPTS = {
    "LATIN": "Latn", "CYRILLIC": "Cyrl", "GREEK": "Grek", "GEORGIAN": "Geor", "ARMENIAN": "Armn", "ARABIC": "Arab",
    "HEBREW": "Hebr", "CJK": "Hani", "HIRAGANA": "Hira", "KATAKANA": "Kana", "HANGUL": "Hang", "DEVANAGARI": "Deva",
    "THAI": "Thai", "BENGALI": "Beng", "TAMIL": "Taml", "ETHIOPIC": "Ethi", "KHMER": "Khmr", "MYANMAR": "Mymr",
    "SINHALA": "Sinh", "TELUGU": "Telu", "KANNADA": "Knda", "MALAYALAM": "Mlym", "GUJARATI": "Gujr",
    "GURMUKHI": "Guru", "LAO": "Laoo", "TIBETAN": "Tibt", "SYRIAC": "Syrc", "MONGOLIAN": "Mong", "HALFWIDTH": "Kana",
}  # fmt: skip


# A text with letters of one script and no other. U+0482 to U+0489 are Cyrillic signs that are no letters.
_ASCII = re.compile("[a-zA-Z]")
_LATIN = re.compile(r"[\x00-\x7f\u00c0-\u024f]+")
_CYRILLIC = re.compile(r"[\W\d_]*[\u0400-\u0481\u048a-\u052f][\W\d_\u0400-\u052f]*")


@lru_cache(maxsize=16_384)
def _script(char: str) -> str:
    """The script of one letter; empty for what is no letter."""
    if not char.isalpha():
        return ""
    return _SCRIPTS.get(unicodedata.name(char, "").partition(" ")[0], "Zyyy")


def script_of(text: str) -> str:
    """The ISO 15924 code of the script most letters are in: `Latn`, `Cyrl` ...; `Zyyy` where there is none or it is rare."""
    if text.isascii():
        return "Latn" if _ASCII.search(text) else "Zyyy"
    return "Cyrl" if _CYRILLIC.fullmatch(text) else _most(text)


def _most(text: str) -> str:
    """The script that most letters of a text are in."""
    if _LATIN.fullmatch(text) and _ASCII.search(text):
        return "Latn"
    counts: dict[str, int] = {}
    for char in text:
        script = _script(char)
        if script:
            counts[script] = counts.get(script, 0) + 1
    if len(counts) <= 1:
        return next(iter(counts), "Zyyy")
    return min(counts, key=lambda script: (-counts[script], script))


def is_run_on(sign: str) -> bool:
    """True of the letters of scripts that set no space between words: Thai, Lao, Tibetan, Burmese, Khmer, those of East Asia."""
    code = ord(sign)
    return 0x0E00 <= code < 0x10A0 or 0x1780 <= code < 0x1800 or code >= 0x3040


@lru_cache(maxsize=65_536)
def plain(text: str) -> str:
    """Lower case, composed, without control and direction marks: what every reading starts from."""
    return _plain(text).strip()


def _plain(text: str) -> str:
    if text.isascii():
        composed = text.lower()
    else:
        composed = unicodedata.normalize("NFC", unicodedata.normalize("NFKC", text).casefold())
    if not composed.replace("\n", " ").isprintable():
        composed = "".join(c for c in composed if unicodedata.category(c) not in ("Cf", "Cc") or c in "\t\n ")
    return composed


def spelled_out(text: str) -> str:
    """A name in a script without its own tables, spelled in Latin words; any other text as it is.

    Chinese characters are read as a family name of one character and a given name.
    """
    script = script_of(text)
    if script in ("Latn", "Cyrl", "Geor", "Grek", "Armn", "Zyyy"):
        return text
    if script == "Hani" and " " not in text and "·" not in text and len(text) <= 4:
        return f"{anyascii(text[:1])} {anyascii(text[1:]).capitalize()}"
    return anyascii(text)


def scripts_of(texts: Sequence[str]) -> list[str]:
    """The `script_of` each of many texts."""
    letter, cyrillic = _ASCII.search, _CYRILLIC.fullmatch
    return [
        ("Latn" if letter(text) else "Zyyy") if text.isascii() else "Cyrl" if cyrillic(text) else _most(text)
        for text in texts
    ]


def latin(text: str) -> str:
    """Plain text in the letters that `RULES` read; what is neither Slavic Cyrillic nor Latin goes through anyascii."""
    mapped = text.translate(_TABLE)
    if not mapped.isascii():
        mapped = _FOREIGN.sub(_unmarked, unicodedata.normalize("NFKD", mapped)).translate(_TABLE)
    return mapped if mapped.isascii() else _FOREIGN.sub(_spelled, mapped)


def _unmarked(found: re.Match[str]) -> str:
    return "".join([c for c in found[0] if not unicodedata.combining(c)])


def _spelled(found: re.Match[str]) -> str:
    return "".join([anyascii(c).lower() for c in found[0]])


def _apply(text: str) -> str:
    for step in _STEPS:
        text = step(text)
    return text


def fold_words(words: Sequence[str]) -> list[str]:
    """The folds of many words of plain Latin letters, each rule gone through once."""
    return _apply("\n".join(words)).split("\n") if words else []


def fold_tokens(tokens: Sequence[str]) -> list[str]:
    """Words in any letters folded by the rules alone, without a guess at their spelling systems; no space is in any."""
    return fold_words(_BESIDE_LETTERS.sub("", latin(_plain("\n".join(tokens)))).split("\n")) if tokens else []


def fold_token(token: str) -> str:
    """One word folded by the rules alone."""
    return fold_tokens([token])[0]


def folds(word: str) -> tuple[str, ...]:
    """The folds that one word may have by `LETTERS` and `RULES` alone, likeliest first.

    Latin `ch` is kh in Lacinka and Polish, and a `c` at the end may be a č that lost its mark: of one word that somebody
    types nothing around it tells. A page folds what is typed in the same way, in JavaScript.
    """
    text = latin(plain(word))
    found = [text]
    if _CH.search(text):
        found.append(_CH.sub("G", text))
    if text.endswith("c"):
        found.append(text[:-1] + "C")
    folded = [_apply(_DROP.sub("", one)) for one in found]
    return tuple(dict.fromkeys(f for f in folded if f))


class System(NamedTuple):
    """What a whole name shows of the way it is spelled: Latin letters mean other sounds in English than in Lacinka."""

    english: bool
    central: bool  # Polish, Czech, Lacinka, German
    kh: bool
    hacek: bool


@lru_cache(maxsize=4_096)
def system_of(context: str) -> System:
    """The way a whole name is spelled, as far as it shows."""
    return system_in(plain(context))


def system_in(around: str) -> System:
    """The way a plain text is spelled, as far as it shows."""
    english = _ENGLISH.search(around) is not None
    central = _CENTRAL.search(around) is not None or ("w" in around and not english)
    return System(english, central, "kh" in around, _HACEK.search(around) is not None)


def _ch(text: str, spelled: System) -> tuple[str, ...]:
    """What `ch` stands for: kh in Lacinka, Polish and German, ch where kh is written kh; either where nothing tells."""
    if "ch" not in text or "ch" not in text.replace("sch", "").replace("tch", ""):
        return ("ch",)
    if spelled.central:
        return ("G",)
    return ("ch",) if spelled.kh else ("ch", "G")


def _ic(text: str, spelled: System) -> tuple[str, ...]:
    """What a bare `c` at the end of a word stands for: ts, or a č that lost its mark where the name has no other mark."""
    if spelled.hacek or not text.endswith("ic"):
        return ("T",)
    return ("T", "C") if spelled.central else ("C", "T")


def readings(token: str, context: str) -> tuple[str, ...]:
    """The folds a word may have, likeliest first (at most six), given the whole name it stands in."""
    return readings_in(token, system_of(context))


@lru_cache(maxsize=65_536)
def readings_in(token: str, system: System) -> tuple[str, ...]:
    """The folds a word may have, likeliest first (at most six), given the system of spelling.

    `ch` is kh in Lacinka and Polish and ch in English; a bare `c` is ts, or a č that lost its mark; `zh` is one sound or
    two (Razhanau is Разганаў); `rz` is zh or a soft r. The name around the word often says which system it is in.
    """
    letters = plain(token)
    script = script_of(letters)
    if script != "Latn":
        folded = _apply(_DROP.sub("", latin(letters)))
        # Georgian has no f and writes it p.
        return (folded, folded.replace("P", "F")) if script == "Geor" and "P" in folded else (folded,)
    folds = [_apply(_DROP.sub("", latin(one))) for one in spellings(letters, system)]
    return tuple(dict.fromkeys(folds))[:MOST_READINGS]


def spellings(letters: str, system: System) -> list[str]:
    """A Latin word spelled out in each way it may be meant, likeliest first, for the rules to fold."""
    text = letters[:-2] + "C" if letters.endswith("ich") else letters
    kh = _ch(text, system)
    zh = ("J", "zG") if "zh" in text else ("J",)
    rz = ("J", "r") if "rz" in text and not system.english else ("rz",)
    if len(rz) == 1 and not text.endswith("ic"):
        by_kh = [text if a == "ch" else _CH.sub(a, text) for a in kh]
        found = [_ZH.sub(c, one) for one in by_kh for c in zh] if "zh" in text else by_kh
    else:
        found = list(_products(text, kh, _ic(text, system), zh, rz))
    if "ou" in text and _OU.search(text):
        # English "you" for ю (Youras); French, where ch is sh too (Loukachenko).
        found += [_YOU.sub("u", spelled) for spelled in (text, letters.replace("tch", "C").replace("ch", "sh"))]
    return found


# Letters of a word that tell, or ask, more than those beside them.
_HARD = re.compile("rz|ou|[cs]z|kh|w|[st]ch|dzh")


def all_spellings(words: Sequence[str]) -> list[Sequence[str]]:
    """The `spellings` of each of many words in plain Latin letters, each read by itself."""
    found: list[Sequence[str]] = [(word,) for word in words]
    several = [
        at for at, word in enumerate(words)
        if "ch" in word or "zh" in word or "rz" in word or "ou" in word or word.endswith("ic")
    ]  # fmt: skip
    plainly = []
    for at in several:
        word = words[at]
        if word.endswith("ic") or _HARD.search(word):
            found[at] = spellings(word, system_in(word))
        else:
            plainly.append(at)
    for at, ways in zip(plainly, _all_ways([words[at] for at in plainly]), strict=False):
        found[at] = ways
    return found


def _all_ways(words: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """The spellings of words in which nothing tells which sounds `ch` and `zh` mean, spelled out as one text."""
    text = "\n".join([*words, ""]).replace("ich\n", "iC\n")
    by_kh = (text, text.replace("ch", "G"))
    ways = [one.replace("zh", sound).split("\n") for one in by_kh for sound in ("J", "zG")]
    for ch_j, ch_zg, kh_j, kh_zg in zip(*ways, strict=True):
        if ch_j == ch_zg:
            yield (ch_j,) if ch_j == kh_j else (ch_j, kh_j)
        else:
            yield (ch_j, ch_zg) if ch_j == kh_j else (ch_j, ch_zg, kh_j, kh_zg)


def _products(text: str, *ways: tuple[str, ...]) -> Iterator[str]:
    for a, b, c, d in product(*ways):
        spelled = text if d == "rz" else text.replace("rz", d)
        spelled = spelled[:-1] + b if spelled.endswith("ic") else spelled
        spelled = _CH.sub(a, spelled) if a != "ch" else spelled
        yield _ZH.sub(c, spelled) if "zh" in spelled else spelled


def stem(folded: str) -> str:
    """A folded surname without its ending: feminine, oblique and spelling endings of one name fall together."""
    bare = folded.rstrip("AIU")
    if len(bare) > 4 and bare[-2:] in ("AG", "AM") and bare[-4:-2] in ("SK", "TK", "VK"):
        bare = bare[:-2]
    elif len(bare) > 4 and bare[-2:] == "IM" and bare[-4:-2] in ("SK", "TK"):
        bare = bare[:-2].rstrip("AIU")  # the instrumental: Ціханоўскім
    return bare if len(bare) >= 2 else folded


_SURNAME_CASES = ("AG", "AM", "IM")


def all_stems(folds: Sequence[str]) -> list[str]:
    """The `stem` of each of many folds; of an empty one an empty text."""
    bare = [folded.rstrip("AIU") for folded in folds]
    return [
        stem(folded) if len(one) < 2 or one.endswith(_SURNAME_CASES) else one
        for folded, one in zip(folds, bare, strict=True)
    ]


def consonants(folded: str) -> str:
    """The first letter and then the consonants of a fold."""
    return folded[:1] + folded[1:].translate(_NO_VOWELS)
