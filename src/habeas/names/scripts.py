"""A name in any script as words of plain Latin letters, each script read in its own way.

What comes out is made for comparing and not for showing: Arabic and Hebrew give their consonants, Korean the sounds of
its syllables, Chinese characters the readings of three languages. Scripts without a table here go through anyascii.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from anyascii import anyascii

from habeas.names.letters import plain, script_of, scripts_of
from habeas.names.syllabic import SYLLABIC
from habeas.names.tables import rows
from habeas.names.titles import untitled, words_beside

# Kinds of writing that differ in what they keep of a name, and so in how far a likeness can be trusted.
KINDS = {
    "Latn": "latin", "Cyrl": "cyrillic", "Grek": "greek", "Geor": "greek", "Armn": "greek", "Arab": "abjad",
    "Hebr": "abjad", "Syrc": "abjad", "Hani": "han", "Hang": "hangul", "Kana": "kana", "Hira": "kana",
}  # fmt: skip
# Longer than any name: a cell that holds a text is cut before it is read, and is nobody's name.
LONGEST = 200
MOST_WORDS = 8
_TWO_LETTERS = re.compile(r"[^\W\d_][\W\d_]*[^\W\d_]")

_CYRILLIC = {
    "а": "a", "б": "b", "в": "v", "г": "g", "ґ": "g", "д": "d", "е": "e", "ё": "io", "є": "ie", "ж": "zh", "з": "z",
    "и": "i", "і": "i", "ї": "i", "й": "i", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r",
    "с": "s", "т": "t", "у": "u", "ў": "v", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "sh", "ъ": "",
    "ы": "i", "ь": "", "э": "e", "ю": "iu", "я": "ia", "ј": "i", "ђ": "d", "ћ": "ch", "љ": "l", "њ": "n", "џ": "dzh",
    "ө": "o", "ү": "u", "ұ": "u", "қ": "k", "ғ": "g", "ҳ": "h", "һ": "h", "ҷ": "j", "ӯ": "u", "ӣ": "i", "ә": "a",
    "ң": "n", "ѓ": "g", "ќ": "k", "ѕ": "dz",
}  # fmt: skip
# English w before a vowel, as Cyrillic writes it.
_CYRILLIC_W = re.compile(r"у(?<![а-яёіїўєґ]у)(?=[аеиоэіє])")
_ARABIC = {
    "ا": "a", "أ": "a", "إ": "i", "آ": "a", "ٱ": "a", "ب": "b", "پ": "p", "ت": "t", "ة": "", "ث": "th", "ج": "j",
    "چ": "ch", "ح": "h", "خ": "kh", "د": "d", "ذ": "z", "ر": "r", "ز": "z", "ژ": "zh", "س": "s", "ش": "sh", "ص": "s",
    "ض": "d", "ط": "t", "ظ": "z", "ع": "", "غ": "gh", "ف": "f", "ق": "q", "ک": "k", "ك": "k", "گ": "g", "ګ": "g",
    "ل": "l", "م": "m", "ن": "n", "ه": "h", "ە": "a", "و": "w", "ؤ": "w", "ۆ": "w", "ۇ": "w", "ی": "y", "ي": "y",
    "ى": "a", "ئ": "y", "ې": "y", "ے": "y", "ء": "", "ھ": "h", "ہ": "h", "ں": "n", "ڤ": "v", "ڼ": "n", "ړ": "r",
    "ډ": "d", "ټ": "t", "ڕ": "r", "ێ": "y", "ڵ": "l", "\u200c": " ", "\u200d": "",
}  # fmt: skip
_HEBREW = {
    "א": "a", "ב": "b", "ג": "g", "ד": "d", "ה": "h", "ו": "w", "ז": "z", "ח": "h", "ט": "t", "י": "y", "כ": "k",
    "ך": "k", "ל": "l", "מ": "m", "ם": "m", "נ": "n", "ן": "n", "ס": "s", "ע": "", "פ": "p", "ף": "f", "צ": "ts",
    "ץ": "ts", "ק": "k", "ר": "r", "ש": "sh", "ת": "t",
}  # fmt: skip
# A geresh makes a sound of foreign names; written twice, a half-vowel is still one sound.
_HEBREW_PAIRS = (("׳", "'"), ("ז'", "zh"), ("ג'", "j"), ("צ'", "ch"), ("ץ'", "ch"), ("יי", "י"), ("וו", "ו"))  # fmt: skip
# One letter of one name, as the keyboards of Arabic, Persian and Urdu write it, with its seat for a hamza or without:
# within the script these are one.
_ONE_LETTER = str.maketrans("یىئکہھأإآٱؤة", "يييكههااااوه")
_POINTS = re.compile("[\u064b-\u065f\u0670\u0591-\u05c7]")
_ARTICLE = re.compile(r"(?<!\w)ال(?=\w\w)")
# "Servant of": one name with the word after it, written as one or two.
_SERVANT = re.compile(r"(?<!\w)عبد\s+(?:ال)?")
_SERVANT_WORDS = frozenset({"abd", "abdul", "abdel", "abdal", "abdol", "abdur", "abdus"})
_TATWEEL = "\u0640"

_INITIALS = ("g", "kk", "n", "d", "tt", "r", "m", "b", "pp", "s", "ss", "", "j", "jj", "ch", "k", "t", "p", "h")
_VOWELS = (
    "a", "ae", "ya", "yae", "eo", "e", "yeo", "ye", "o", "wa", "wae", "oe", "yo", "u", "wo", "we", "wi", "yu", "eu",
    "ui", "i",
)  # fmt: skip
_FINALS = (
    "", "k", "k", "k", "n", "n", "n", "t", "l", "k", "m", "l", "l", "l", "p", "l", "m", "p", "p", "t", "t", "ng", "t",
    "t", "k", "t", "p", "t",
)  # fmt: skip
_FIRST_SYLLABLE, _LAST_SYLLABLE = 0xAC00, 0xD7A3

_LATIN = {
    "ł": "l", "ŭ": "v", "č": "ch", "š": "sh", "ž": "zh", "ş": "sh", "ç": "ch", "ə": "a", "ø": "o", "ż": "zh", "ŏ": "o",
    "æ": "e", "œ": "e", "ß": "ss", "ı": "i", "đ": "d", "ð": "d", "þ": "th", "'": "", "’": "", "ʼ": "", "`": "", "ʻ": "",
    "‘": "", "′": "", "ʹ": "", "ʺ": "",
}  # fmt: skip
_AZERBAIJANI = str.maketrans({"x": "kh", "X": "Kh", "c": "j", "C": "J", "q": "g", "Q": "G", "ö": "o", "ü": "u"})
_CYRILLIC_TABLE, _ARABIC_TABLE, _HEBREW_TABLE, _LATIN_TABLE = map(
    str.maketrans, (_CYRILLIC | {"'": "", "’": "", "ʼ": ""}, _ARABIC, _HEBREW, _LATIN)
)
_BETWEEN_CHARACTERS = re.compile(r"[·・‧•\s＝=•\-–.,]+")
_BRACKETS = re.compile(r"[(（\[][^)）\]]*[)）\]]?")
_COMBINING = re.compile("[\u0300-\u036f]")
_FOREIGN = re.compile("[^\x00-\x7f]+")
_WORDS = re.compile("[a-z]+")
_APART = frozenset(" \t\n\u3000\u00b7\u30fb\u2027-\u2010\u2011\u0f0b\u0f0c")
_GIVEN = 2  # characters of a given name, at most
# Scripts of India: one letter is heard as ch, two as sh (Tamil writes s and ch alike).
_INDIC = frozenset({"Deva", "Beng", "Guru", "Gujr", "Orya", "Telu", "Knda", "Mlym", "Sinh"})
_INDIC_SH = re.compile("[शषশষਸ਼શષଶଷஶஷశషಶಷശഷශෂ]")
# Scripts in which the words of a name are written without a space, so that one word is a whole name.
UNSPACED = frozenset({"Hani", "Hang", "Kana", "Hira", "Mymr", "Thai", "Laoo", "Khmr", "Tibt"})
_PLAIN_KINDS = frozenset({"latin", "cyrillic"})
_SON_OF = frozenset({"bn", "abn", "bnt"})  # as Arabic letters give it
# «U Win Tin»: how old and how near somebody is, before a Burmese name and no part of it.
_BURMESE = frozenset({"u", "daw"})
_SPECIAL = words_beside() | _BURMESE | _SERVANT_WORDS
_TO_SPACES = str.maketrans({one: " " for one in map(chr, range(128)) if one != "\n" and not "a" <= one <= "z"})
# «b. 1984» and «р. 1984» are no part of a name.
_BORN = re.compile(r"\b(?:b|born|geb|ur|р|нар|род)\b\.?[^\S\n]*\d+|\d+", re.IGNORECASE)
# Marks of direction, joiners, soft hyphens and control characters, but for the end of a line.
_HIDDEN = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]")
_LINE_ENDS = "\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"
_JOINED = frozenset({"Latn", "Cyrl", "Grek", "Geor", "Armn", "Hebr", "Hani", "Hang", "Kana", "Hira"})
_DIGIT = re.compile(r"\d")

# Letters that look alike, Cyrillic and Latin: one inside a word of the other script is a slip or a trick.
_LOOKALIKES = dict(zip("асеорхуіјѕԁһАВЕКМНОРСТХІЈЅ", "aceopxyijsdhABEKMHOPCTXIJS", strict=True))
_TO_LATIN = str.maketrans(_LOOKALIKES)
_TO_CYRILLIC = str.maketrans({latin: cyrillic for cyrillic, latin in _LOOKALIKES.items() if cyrillic != "ԁ"})
_MIXED = re.compile(r"[a-zA-Z][\u0400-\u04ff]|[\u0400-\u04ff][a-zA-Z]")
_SPLIT_WORDS = re.compile(r"(\W+)")


# The syllables of a short name in each language it may be read in.
Readings = tuple[tuple[str, tuple[str, ...]], ...]


class Written(NamedTuple):
    """A name as its script gives it: the kind of writing, its words in plain Latin letters, and where the script is
    East Asian the syllables of a short name in each language it may be read in.
    """

    kind: str
    words: tuple[str, ...]
    readings: Readings = ()


def doubts(text: str) -> tuple[tuple[str, str], ...]:
    """What is wrong with a text as a name, each with what to do about it; nothing where it is in order."""
    if 1 < len(text) <= LONGEST and text[:2].isalpha() and text.isprintable() and not mixed(text):
        return ()
    letters = sum(map(str.isalpha, text))
    found = []
    if not letters:
        found.append(("there is no name", "Write the name, or leave the row out; it is nobody's"))
    elif letters == 1:
        found.append(("a single letter is no name", "Write at least a surname; it is nobody's"))
    if len(text) > LONGEST:
        found.append((f"longer than any name ({len(text):,} characters)", "Leave only the name; it is nobody's"))
    if mixed(text):
        what = "a word has letters of two scripts that look alike"
        found.append((what, "Type the word anew in one script; it was compared as it looks"))
    # Joiners are spelling in Persian and in the scripts of India.
    unseen = _HIDDEN.search(text if script_of(text) in _JOINED else text.replace("\u200c", "").replace("\u200d", ""))
    if unseen is not None and unseen[0] not in "\t\r":
        found.append(("there are marks that cannot be seen", "Type the name anew; they were left out"))
    return tuple(found)


def nobody(text: str) -> bool:
    """True where a text cannot be a name: no letters or one only, or longer than any name."""
    return bool(all_nobody([text]))


def all_nobody(texts: Iterable[str]) -> set[str]:
    """Those of many texts that are `nobody`."""
    doubtful = [text for text in texts if not (1 < len(text) <= LONGEST and text[:2].isalpha())]
    return {text for text in doubtful if len(text) > LONGEST or _TWO_LETTERS.search(text) is None}


def mixed(text: str) -> bool:
    """True where a word holds both Latin and Cyrillic letters."""
    return not text.isascii() and _MIXED.search(text) is not None


def unmixed(text: str) -> str:
    """Letters that only look like those of the word they stand in, put right; the script that has most letters wins."""
    if not mixed(text):
        return text
    found = []
    for word in _SPLIT_WORDS.split(text):
        if _MIXED.search(word):
            cyrillic = sum("\u0400" <= c <= "\u04ff" for c in word)
            # What cannot be a look-alike tells which script was meant.
            told = sum("\u0400" <= c <= "\u04ff" and c not in _LOOKALIKES for c in word)
            latin = sum(c.isascii() and ord(c) not in _TO_CYRILLIC for c in word)
            to_cyrillic = (told, cyrillic) > (latin, len(word) - cyrillic)
            found.append(word.translate(_TO_CYRILLIC if to_cyrillic else _TO_LATIN))
        else:
            found.append(word)
    return "".join(found)


@lru_cache(maxsize=1)
def han() -> tuple[Mapping[str, tuple[str, str, str]], Mapping[int, str]]:
    """Character to its Mandarin, Cantonese and Korean reading, and the table of traditional to simplified."""
    sounds: dict[str, tuple[str, str, str]] = {}
    simpler: dict[int, str] = {}
    for row in rows("han.csv"):
        sounds[row["character"]] = row["mandarin"], row["cantonese"], row["korean"]
        if row["simplified"]:
            simpler[ord(row["character"])] = row["simplified"]
    return sounds, simpler


def simplified(text: str) -> str:
    """Chinese characters in their simplified form, by which two spellings of one name in characters meet."""
    return text.translate(han()[1])


def letter_forms(text: str) -> Iterator[str]:
    """The forms of the letters of a text that `native` reads as one, each with that one after it: traditional Chinese
    characters, Arabic, Persian and Urdu letters.
    """
    there = set(simplified(text).translate(_ONE_LETTER))
    for code, simple in (*han()[1].items(), *((code, chr(one)) for code, one in _ONE_LETTER.items())):
        if simple in there:
            yield f"{chr(code)}{simple}"


def spelling(text: str) -> tuple[str, ...]:
    """The words of a name in plain Latin letters, as `written` has them; of a short Chinese or Korean one the family name and
    the given name, in each of its readings.
    """
    name = written(text)
    apart = {part for _, syllables in name.readings for part in (syllables[0], "".join(syllables[1:]))}
    return tuple(dict.fromkeys((*name.words, *sorted(apart))))


def syllable(char: str) -> str:
    """The sound of a Hangul syllable in revised romanisation, each syllable by itself."""
    at = ord(char) - _FIRST_SYLLABLE
    if not 0 <= at <= _LAST_SYLLABLE - _FIRST_SYLLABLE:
        return anyascii(char).lower()
    return _INITIALS[at // 588] + _VOWELS[at % 588 // 28] + _FINALS[at % 28]


def _characters(text: str) -> Written:
    """A name in Chinese characters: words apart by a dot are sounds of a foreign name; two to four characters a name of
    one family character and a given name, read in Mandarin, Cantonese and Korean.
    """
    sounds, _ = han()
    parts = _parts(text)
    words = _kept("".join(sounds[c][0] if c in sounds else anyascii(c).lower() for c in part) for part in parts)
    if len(parts) != 1 or not 2 <= len(parts[0]) <= 4:
        return Written("han", words)
    known = [sounds.get(c, ("", "", "")) for c in parts[0]]
    readings = tuple(
        (language, tuple(one[at] for one in known))
        for at, language in enumerate(("mandarin", "cantonese", "korean"))
        if all(one[at] for one in known)
    )
    return Written("han", words, readings)


def _parts(text: str) -> list[str]:
    """What stands between dots and spaces; a short name with a space after its family name stays one."""
    bare = _BRACKETS.sub("", text)
    words = bare.split()
    if len(words) == 2 and words[0] in _family_names() and words[1].isalpha() and len(words[1]) <= _GIVEN:
        return ["".join(words)]
    return [one for one in _BETWEEN_CHARACTERS.split(bare) if one]


@lru_cache(maxsize=1)
def _family_names() -> frozenset[str]:
    return frozenset(character for row in rows("surnames.csv") for character in row["characters"])


def _kept(words: Iterable[str]) -> tuple[str, ...]:
    """The letters of words, as many of them as a name has."""
    bare = ("".join(_WORDS.findall(word)) for word in words)
    return tuple([word for word in bare if word][:MOST_WORDS])


def _korean(text: str) -> Written:
    parts = _parts(text)
    words = _kept("".join(map(syllable, part)) for part in parts)
    if len(parts) == 1 and 2 <= len(parts[0]) <= 4:
        return Written("hangul", words, (("korean", tuple(map(syllable, parts[0]))),))
    return Written("hangul", words)


def _kana(text: str) -> list[str]:
    parts = (anyascii(part).lower().replace("-", "") for part in _BETWEEN_CHARACTERS.split(text) if part)
    return [re.sub("vu(?=[aeio])", "v", part) for part in parts]


def _abjad(text: str, script: str) -> str:
    bare = _POINTS.sub("", text)
    if script == "Hebr":
        for pair, sound in _HEBREW_PAIRS:
            bare = bare.replace(pair, sound)
        return bare.translate(_HEBREW_TABLE)
    return _ARTICLE.sub("", _SERVANT.sub("عبدال", bare.replace(_TATWEEL, ""))).translate(_ARABIC_TABLE)


def _latin(text: str) -> str:
    mapped = text.translate(_LATIN_TABLE)
    if not mapped.isascii():
        mapped = _COMBINING.sub("", unicodedata.normalize("NFD", mapped))
    return mapped if mapped.isascii() else _FOREIGN.sub(lambda found: _bare(found[0]), mapped)


@lru_cache(maxsize=4_096)
def _bare(text: str) -> str:
    """By anyascii, without the marks it puts inside a word."""
    return anyascii(text).lower().replace("'", "").replace("`", "")


def _words(text: str) -> tuple[str, ...]:
    """The words of a name whose own script has told what stands beside it: titles, the article."""
    words = [word for word in _WORDS.findall(text if text.isascii() else _bare(text)) if word not in _SON_OF]
    return tuple(_servants(words)[:MOST_WORDS])


def _name_words(words: list[str]) -> list[str]:
    """The words that are the name: without titles and particles."""
    if len(words) > 2 and words[0] in _BURMESE:
        words = words[1:]
    return _servants([word for word in words if word not in words_beside()] or words)[:MOST_WORDS]


def _servants(kept: list[str]) -> list[str]:
    """The words of a name, "servant of" joined to the word after it."""
    for at in range(len(kept) - 2, -1, -1):
        if kept[at] in _SERVANT_WORDS:
            kept = [*kept[:at], "abdal" + kept[at + 1], *kept[at + 2 :]]
    return kept


@lru_cache(maxsize=65_536)
def written(text: str) -> Written:
    """A printed name as words of plain Latin letters; no words where it has no letters. Cut at 200 characters."""
    return all_written([text]).of(0)


def _azerbaijani(text: str) -> str:
    """A name with the letter that only Azerbaijani has, its other letters as English spells their sounds."""
    return text.translate(_AZERBAIJANI) if "ə" in text or "Ə" in text else text


class Column(NamedTuple):
    """Many names as `Written` has one: the kind of each, its words parted by a space, and the readings of those that
    have any, by place.
    """

    kinds: list[str]
    lines: list[str]
    readings: dict[int, Readings]

    def of(self, at: int) -> Written:
        """One of them."""
        return Written(self.kinds[at], tuple(self.lines[at].split()), self.readings.get(at, ()))


def all_written(texts: Sequence[str]) -> Column:
    """Many names at once, in their order: those in Latin and in Cyrillic letters go through all their rules as one text,
    for a rule takes longer to begin than to go on.
    """
    texts = [_azerbaijani(untitled(text[:LONGEST])) for text in texts]
    scripts = scripts_of(texts)
    kinds = [KINDS.get(script, "other") for script in scripts]
    lines = [""] * len(texts)
    readings: dict[int, Readings] = {}
    for kind, letters_of in (("latin", _latin_letters), ("cyrillic", _cyrillic_letters)):
        places = [at for at, one in enumerate(kinds) if one == kind]
        found = _name_lines(letters_of(_one_a_line([texts[at] for at in places]))) if places else ()
        for at, line in zip(places, found, strict=True):
            lines[at] = line
    for at in [at for at, kind in enumerate(kinds) if kind not in _PLAIN_KINDS]:
        one = _by_itself(texts[at], scripts[at], kinds[at])
        lines[at] = " ".join(one.words)
        if one.readings:
            readings[at] = one.readings
    return Column(kinds, lines, readings)


def _one_a_line(texts: Sequence[str]) -> str:
    """Texts as the lines of one, look-alike letters put right; what ends a line inside a text is a space there."""
    joined = "\n".join(texts)
    if joined.count("\n") >= len(texts) or any(one in joined for one in _LINE_ENDS):
        joined = "\n".join([" ".join(text.splitlines()) for text in texts])
    return unmixed(joined)


def _name_lines(letters: str) -> list[str]:
    """The words of each line of plain Latin letters, parted by a space; only what needs it is looked at line by line."""
    text = letters.translate(_TO_SPACES)
    while "  " in text:
        text = text.replace("  ", " ")
    lines = text.replace(" \n", "\n").replace("\n ", "\n").strip(" ").split("\n")
    special = _SPECIAL.intersection(text.split())
    for at, line in enumerate(lines):
        if line.count(" ") >= MOST_WORDS or (special and not special.isdisjoint(line.split(" "))):
            lines[at] = " ".join(_name_words(line.split(" ")))
    return lines


def _lines(text: str) -> str:
    """Lower case, composed, without marks that cannot be seen and years of birth; lines stay lines."""
    lower = (
        text.lower() if text.isascii() else unicodedata.normalize("NFC", unicodedata.normalize("NFKC", text).casefold())
    )
    if not lower.replace("\n", " ").isprintable():
        lower = _HIDDEN.sub("", lower)
    return _BORN.sub(" ", lower) if _DIGIT.search(lower) else lower


def _latin_letters(lines: str) -> str:
    return _latin(_lines(lines))


def _cyrillic_letters(lines: str) -> str:
    mapped = _CYRILLIC_W.sub("w", _lines(lines).replace("дж", "j")).translate(_CYRILLIC_TABLE)
    return mapped if mapped.isascii() else _latin(mapped)


def _by_itself(text: str, script: str, kind: str) -> Written:
    """A name in any other script."""
    text = _BORN.sub(" ", text)
    if kind == "abjad":
        # Joiners part words in Persian, so they go only once the letters are read.
        return Written(kind, _words(_abjad(unicodedata.normalize("NFKC", text), script)))
    text = "".join(c for c in unicodedata.normalize("NFKC", text) if unicodedata.category(c) not in ("Cf", "Cc"))
    if script in SYLLABIC:
        return Written(kind, SYLLABIC[script](text)[:MOST_WORDS])
    if kind == "han":
        return _characters(text)
    if kind == "hangul":
        return _korean(text)
    if kind == "kana":
        return Written(kind, _words(" ".join(_kana(text))))
    bare = _bare(plain(_INDIC_SH.sub("sh", text)))
    return Written(kind, _words(bare.replace("c", "ch") if script in _INDIC else bare))


def native(text: str) -> str:
    """The letters of a name in its own script, for comparing two names of one script that Latin letters would blur.

    Without titles, traditional Chinese characters as simplified ones, Arabic, Persian and Urdu forms of a letter as one;
    vowels that a script writes as marks are letters.
    """
    letters = simplified(untitled(plain(text))).translate(_ONE_LETTER)
    kept = (c if unicodedata.category(c)[0] in "LM" else " " if c in _APART else "" for c in letters)
    return " ".join("".join(kept).split())


def own_letters(text: str) -> str:
    """What two texts share that are one name in one script: of names in Latin and Cyrillic the text itself in small letters.

    Scripts that write words without a space between them have none here, wherever a list put one.
    """
    script = script_of(text)
    if KINDS.get(script) in _PLAIN_KINDS:
        return plain(untitled(text))
    found = native(text)
    return found.replace(" ", "") if script in UNSPACED else found
