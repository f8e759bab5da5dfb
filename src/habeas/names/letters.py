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
from collections import Counter
from functools import lru_cache
from itertools import product

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

_COMPILED = tuple((re.compile(pattern), to) for pattern, to in RULES)
_TABLE = str.maketrans(LETTERS)
_DROP = re.compile(r"[^a-zA-Z]")
_CENTRAL = re.compile(r"[čšžćśźńłŭżęąėųį]|cz|sz")
_ENGLISH = re.compile(r"kh|ich\b|sh|zh|ts(?!ch)|y[aeou]")

# The first word of a Unicode character name, as an ISO 15924 code.
_SCRIPTS = {
    "LATIN": "Latn", "CYRILLIC": "Cyrl", "GREEK": "Grek", "GEORGIAN": "Geor", "ARMENIAN": "Armn", "ARABIC": "Arab",
    "HEBREW": "Hebr", "CJK": "Hani", "HIRAGANA": "Hira", "KATAKANA": "Kana", "HANGUL": "Hang", "DEVANAGARI": "Deva",
    "THAI": "Thai", "BENGALI": "Beng", "TAMIL": "Taml", "ETHIOPIC": "Ethi", "KHMER": "Khmr", "MYANMAR": "Mymr",
}  # fmt: skip


def script_of(text: str) -> str:
    """The ISO 15924 code of the script most letters are in: `Latn`, `Cyrl` ...; `Zyyy` where there is none or it is rare."""
    counts: Counter[str] = Counter()
    for char in text:
        if char.isalpha():
            word = unicodedata.name(char, "").partition(" ")[0]
            counts[_SCRIPTS.get(word, "Zyyy")] += 1
    return min(counts, key=lambda script: (-counts[script], script)) if counts else "Zyyy"


@lru_cache(maxsize=65_536)
def plain(text: str) -> str:
    """Lower case, composed, without control and direction marks: what every reading starts from."""
    composed = unicodedata.normalize("NFC", unicodedata.normalize("NFKC", text).casefold())
    return "".join(c for c in composed if unicodedata.category(c) not in ("Cf", "Cc") or c in "\t\n ").strip()


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


def latin(text: str) -> str:
    """Plain text in the letters that `RULES` read; what is neither Slavic Cyrillic nor Latin goes through anyascii."""
    mapped = text.translate(_TABLE)
    if not mapped.isascii():
        decomposed = unicodedata.normalize("NFKD", mapped)
        mapped = "".join(c for c in decomposed if not unicodedata.combining(c)).translate(_TABLE)
    if not mapped.isascii():
        mapped = "".join(c if c.isascii() else anyascii(c).lower() for c in mapped)
    return mapped


def _apply(text: str) -> str:
    for pattern, to in _COMPILED:
        text = pattern.sub(to, text)
    return text


def fold_token(token: str) -> str:
    """One word folded by the rules alone, without a guess at its spelling system."""
    return _apply(_DROP.sub("", latin(plain(token))))


def _ch(text: str, around: str, *, central: bool) -> tuple[str, ...]:
    """What `ch` stands for: kh in Lacinka, Polish and German, ch where kh is written kh; either where nothing tells."""
    if "ch" not in text.replace("sch", "").replace("tch", ""):
        return ("ch",)
    if central:
        return ("G",)
    return ("ch",) if "kh" in around else ("ch", "G")


def readings(token: str, context: str) -> tuple[str, ...]:
    """The folds a word may have, likeliest first (at most six), given the whole name it stands in.

    `ch` is kh in Lacinka and Polish and ch in English; a bare `c` is ts, or a č that lost its mark; `zh` is one sound or
    two (Razhanau is Разганаў); `rz` is zh or a soft r. The name around the word often says which system it is in.
    """
    letters = plain(token)
    script = script_of(letters)
    if script != "Latn":
        folded = fold_token(letters)
        # Georgian has no f and writes it p.
        return (folded, folded.replace("P", "F")) if script == "Geor" and "P" in folded else (folded,)
    around = plain(context)
    english = _ENGLISH.search(around) is not None
    central = _CENTRAL.search(around) is not None or ("w" in around and not english)
    text = re.sub(r"(?<=i)ch$", "C", letters)
    kh = _ch(text, around, central=central)
    ts = ("T", "C") if text.endswith("ic") and not re.search("[čšž]", around) else ("T",)
    if text.endswith("ic") and not central and len(ts) == 2:
        ts = ("C", "T")
    zh = ("J", "zG") if "zh" in text else ("J",)
    rz = ("J", "r") if "rz" in text and not english else ("rz",)
    found: dict[str, None] = {}
    for a, b, c, d in product(kh, ts, zh, rz):
        spelled = re.sub(r"(?<![st])ch", a, re.sub(r"(?<=i)c$", b, text.replace("rz", d)))
        found.setdefault(_apply(_DROP.sub("", latin(re.sub(r"(?<!d)zh", c, spelled)))))
    if re.search("ou[^aeiouy]", text):
        # English "you" for ю (Youras); French, where ch is sh too (Loukachenko).
        for spelled in (text, letters.replace("tch", "č").replace("ch", "sh")):
            found.setdefault(_apply(_DROP.sub("", latin(re.sub("y?ou(?=[^aeiouy])", "u", spelled)))))
    return tuple(found)[:6]


def stem(folded: str) -> str:
    """A folded surname without its ending: feminine, oblique and spelling endings of one name fall together."""
    bare = folded.rstrip("AIU")
    if len(bare) > 4 and bare[-2:] in ("AG", "AM") and bare[-4:-2] in ("SK", "TK", "VK"):
        bare = bare[:-2]
    return bare if len(bare) >= 2 else folded


def consonants(folded: str) -> str:
    """The first letter and then the consonants of a fold."""
    return folded[:1] + re.sub("[AIU]", "", folded[1:])
