"""A row of any person list folded to the columns that `model` compares, whatever its script.

A list of a million rows repeats its words: each word is folded once and remembered.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from habeas.names.given import as_it_stands, father_of, given_of, mark, sex_of
from habeas.names.letters import consonants, fold_token, plain, readings, spelled_out, stem
from habeas.names.scripts import nobody
from habeas.readers.cells import clean

_PATRONYMIC = re.compile(r"(?:A?VIC|A?VNA|IVNA|ICNA|IC|AGLI|KIZI)(?:A|U|I|AM|AI|IM)?$")
_SURE_PATRONYMIC = re.compile(r"(?:[AI]VIC|[AI]VNA|ICNA)(?:A|U|I|AM|AI|IM)?$")
_WORD = re.compile(r"[^\W\d_]+(?:[-‐‑'’ʼ`´ʹ][^\W\d_]+)*\.?")
_BRACKETS = re.compile(r"[(\[]([^)\]]*)[)\]]?")
_SIGNS = re.compile(r"kh|sh|zh|ts|cz|sz|y[aeou]|[čšžćśńźłŭżęąwv]")
# Words whose letters may stand for other sounds, by the signs of the name around them; all others read one way.
_DEPENDS = re.compile("[cjqwzCJQWZ]|ou|ee|ea")
_SPELLED_OUT = re.compile("[^\u0000-\u052f\u1e00-\u1eff\u2000-\u206f]")  # scripts that are first put into Latin words
_LOOSE = str.maketrans({
    "C": "S", "Q": "S", "T": "T", "J": "S", "Z": "S", "D": "T", "P": "B", "F": "B", "V": "B", "G": "K", "M": "N",
})  # fmt: skip
# How the West writes what Cyrillic copies by sound (Craig Cooper, Крэйг Купер); marks of Central Europe speak against it.
_WESTERN = tuple((re.compile(pattern), to) for pattern, to in (
    (r"(?<![cgkpstz])h(?=[^aeiouy]|$)", ""), (r"sc(?=[eiy])", "s"), (r"c(?=[eiyäæ])", "s"),
    (r"ck|c(?!h)|q(?:u(?=[eiy]))?", "k"), (r"j(?=[aeou])", "dzh"),
    (r"oo|ou(?=[^aeiouy])", "u"), (r"ee|ea(?=[^aeiouy])", "i"), (r"(?<=[aeo])u(?=[^aeiouy])", "u"),
))  # fmt: skip
_CENTRAL = re.compile("[čšžćśńźłŭżęąěř]")
_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_YEAR = re.compile(r"(?<!\d)(1[89]\d\d|20\d\d)(?!\d)")
_DAY = re.compile(r"(\d{1,2})[./](\d{1,2})[./](\d{4})")
_SEX = {"f": "f", "m": "m", "w": "f", "ж": "f", "м": "m", "k": "f"}
_LONGEST = 200  # a cell that holds a text is cut before it is taken apart
_MOST_WORDS = 8


class Folded(NamedTuple):
    """A row as the model compares it; all but `uid` may be None. The fields are the columns of every engine."""

    uid: int  # the place of the row in the list, from 0
    giv: str | None = None  # the id of the given name in the table of given names, else its fold
    giv2: str | None = None  # what else it may be
    ini: str | None = None  # its first letter
    gfold: str | None = None  # its fold
    gpho: str | None = None  # its consonants with the sounds merged that languages spell differently
    gst: str | None = None  # its stem: the surname's in a list that prints the surname first
    sur: str | None = None  # the stem of the surname
    sur2: str | None = None  # its other reading, the other half of a double surname, a second surname
    frm: str | None = None  # the first letter and the consonants of `sur`
    pho: str | None = None  # the consonants with the sounds merged that languages spell differently
    bag: str | None = None  # `gst` and `sur` in one order
    pat: str | None = None  # the father's name
    born: str | None = None  # YYYY-MM-DD
    year: int | None = None
    sex: str | None = None
    place: str | None = None
    held: str | None = None  # the day of arrest
    lst: str | None = None  # the list the row is from: two rows of one list are two people
    ser: str | None = None  # the list of which that one is an edition, else that one, where it numbers its people
    mark: str | None = None  # the number that list gives the person, with `ser` before it


# Whole numbers; all other columns are text.
NUMBERS = frozenset({"uid", "year"})


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a name folded: its stems, likeliest first, what given names it may be, the father it names."""

    fold: str
    stems: tuple[str, ...]
    pho: str
    given: frozenset[str]
    patronymic: bool
    letter: bool


def _word(text: str, signs: str) -> Word:
    return _folded(text, signs if _DEPENDS.search(text) else "")


@cache
def _folded(text: str, signs: str) -> Word:
    bare = text.rstrip(".")
    letter = len(bare) == 1 or (text.endswith(".") and len(bare) <= 2)
    folds = tuple(f for f in dict.fromkeys(readings(bare, f"{bare} {signs}")) if f) or (plain(bare),)
    western = _western(bare)
    if western is not None and not _CENTRAL.search(f"{plain(bare)} {signs}"):
        by_sound = fold_token(western)
        folds = (*folds, by_sound) if by_sound not in folds else folds
    else:
        by_sound = folds[0]
    exact, oblique = as_it_stands(tuple(mark(bare, f) for f in folds))
    given = frozenset() if letter else exact or oblique
    sounds_so = _SURE_PATRONYMIC.search(folds[0]) is not None and len(folds[0]) >= 6
    stems = tuple(dict.fromkeys(stem(f) for f in folds))
    pho = loose(consonants(stem(by_sound)))
    return Word(folds[0], stems, pho, given, sounds_so and not given, letter)


def _western(text: str) -> str | None:
    """The word as a Western language sounds it, where that is another word."""
    before = after = plain(text)
    for pattern, to in _WESTERN:
        after = pattern.sub(to, after)
    return after if after != before else None


@cache
def _misprint(text: str, signs: str) -> frozenset[str]:
    return given_of(tuple(mark(text, f) for f in readings(text, f"{text} {signs}") if f)).any


@cache
def _father(text: str, signs: str) -> str | None:
    fold = _word(text, signs).fold
    bare = _PATRONYMIC.sub("", fold).rstrip("AIU")
    if not bare:
        return None
    # Several where a stem serves two names (of Alexei, of Alex): as a set it is one father's name again.
    return "|".join(sorted(father_of(bare))) or bare


@cache
def place_of(text: str) -> str | None:
    """A place folded: the ends and vowels in which Russian and Belarusian forms differ fall away."""
    words = [stem(_word(w, "").fold) for w in _WORD.findall(text[:_LONGEST])]
    folded = "".join(consonants(w) for w in words)
    return re.sub("D(?=Z)|(?<=D)Z|H", "", folded).replace("T", "D") or None


def loose(frame: str) -> str:
    """A frame with the sounds merged that languages spell differently (Creixell, Крэйксель)."""
    merged = frame.translate(_LOOSE)
    return merged[:1] + re.sub(r"(.)\1+", r"\1", re.sub("[AIU]", "", merged[1:]))


@cache
def day_of(text: str) -> tuple[str | None, int | None]:
    """The day (YYYY-MM-DD) and the year that a printed date gives; a date less than a day gives its year alone."""
    text = text.strip()
    found = _DATE.match(text)
    if found is not None:
        year, month, day = (int(part) for part in found.groups())
    else:
        turned = _DAY.match(text)
        if turned is None:
            years = _YEAR.findall(text)
            return None, int(years[0]) if len(set(years)) == 1 else None
        day, month, year = (int(part) for part in turned.groups())
    if 1 <= month <= 12 and 1 <= day <= 31:
        return f"{year:04}-{month:02}-{day:02}", year
    return None, year


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What a person list prints of one row, as text; an empty text where it prints nothing."""

    name: str = ""
    given: str = ""
    patronymic: str = ""
    surname: str = ""
    born: str = ""
    year: str = ""
    sex: str = ""
    place: str = ""
    held: str = ""
    listed: str = ""
    number: str = ""  # what its list calls the person
    series: str = ""  # the list that its list is an edition of


def named(row: Row) -> str:
    """The name that a row prints, in one piece."""
    apart = f"{row.given} {row.surname}"
    return apart if row.given and row.surname else row.name or f"{row.given} {row.patronymic} {row.surname}".strip()


def _tidy(text: str) -> str:
    """A cell cut to a length, without hidden signs, its letters composed."""
    text = text[:_LONGEST]
    if text.isascii() or (text.isprintable() and unicodedata.is_normalized("NFC", text)):
        return text.strip()
    return clean(text).text


def _split(text: str) -> tuple[list[str], list[str]]:
    """The words of a name, and those that stand in brackets in it."""
    if _SPELLED_OUT.search(text):
        text = spelled_out(text)
    inside: list[str] = []
    if "(" in text or "[" in text:
        found = _BRACKETS.search(text)
        if found is not None:
            inside = _WORD.findall(found[1])
            text = f"{text[: found.start()]} {text[found.end() :]}"
    comma = text.find(",")
    if comma > 0:
        text = f"{text[comma + 1 :]} {text[:comma]}"
    return _WORD.findall(text)[:_MOST_WORDS], inside


def _parts(words: list[str], signs: str) -> tuple[str, str, str, list[str]]:
    """Given name, patronymic, surname and the words left over of a name printed in one piece."""
    if len(words) == 1:
        return "", "", words[0], []
    infos = [_word(w, signs) for w in words]
    patronymic = _patronymic_at(infos)
    rest = _telling([i for i in range(len(words)) if i != patronymic], infos)
    given = _given_by_kind(rest, infos, patronymic)
    if given is None:
        given = _given_by_look(rest, words, signs)
    surname, *left = _surname_first(rest, infos, given)
    return words[given], words[patronymic] if patronymic >= 0 else "", words[surname], [words[i] for i in left]


def _surname_first(rest: Sequence[int], infos: Sequence[Word], given: int) -> list[int]:
    """The places beside that of the given name, that of the surname first.

    Beside whole words one initial is the given name, and no other is of the surname.
    """
    whole = [i for i in rest if not infos[i].letter] if infos[given].letter else []
    others = whole or [i for i in rest if i != given]
    surname = others[-1] if given == 0 or others[0] > given else others[0]
    return [surname, *(i for i in others if i != surname)]


def _patronymic_at(infos: Sequence[Word]) -> int:
    """The place of the patronymic in a name of three words or more; -1 for none.

    Of two that sound so, the surname in -ovich stands first or last and the patronymic after the given name.
    """
    likely = [i for i, info in enumerate(infos) if info.patronymic] if len(infos) >= 3 else []
    inside = [i for i in likely if i > 0]
    after = [i for i in inside if infos[i - 1].given]
    return next(iter(after or inside or likely), -1)


def _telling(places: list[int], infos: Sequence[Word]) -> list[int]:
    """The places without those of middle initials, which tell nothing between whole words."""
    whole = [i for i in places if not infos[i].letter]
    return whole if len(whole) >= 2 and places[0] == whole[0] and places[-1] == whole[-1] else places


def _given_by_kind(rest: Sequence[int], infos: Sequence[Word], patronymic: int) -> int | None:
    """The place of the given name by what the words are: an initial, a known name, the word before a patronymic."""
    initials = [i for i in rest if infos[i].letter]
    if 0 < len(initials) < len(rest):
        return initials[0]
    known = [i for i in rest if infos[i].given and not infos[i].letter]
    if known:
        return known[0]
    return max((i for i in rest if i < patronymic), default=None)


def _given_by_look(rest: Sequence[int], words: Sequence[str], signs: str) -> int:
    """The place of the given name by how the words look: not the one in capitals, a misprint of a name, else the first."""
    shouted = [i for i in rest if len(words[i]) > 1 and words[i].isupper()]
    if 0 < len(shouted) < len(rest):  # SURNAME Given
        return next(i for i in rest if i not in shouted)
    return next((i for i in rest if len(words[i]) >= 5 and _misprint(words[i], signs)), rest[0])


def fold_row(number: int, row: Row) -> Folded:
    """A row folded; one without a name, or with a text that can be nobody's, has nothing to compare and stays alone."""
    if nobody(named(row)):
        return Folded(number)
    name = _in_columns(row) if row.given and row.surname else _in_one_piece(row)
    if name is None:
        return Folded(number)
    sex = _SEX.get(row.sex.strip()[:1].casefold())
    giv, giv2, initial, gfold, gpho, gst = _given(name.given, name.signs, sex)
    sur, sur2, frame, pho = _surname(name.surname, name.signs, name.left, name.inside)
    day, year = day_of(row.born) if row.born else (None, None)
    if year is None and row.year:
        _, year = day_of(row.year)
    series, mark = _numbered(row) if row.number else (None, None)
    return Folded(
        number, giv, giv2, initial, gfold, gpho, gst, sur, sur2, frame, pho,
        None if gst is None or sur is None else f"{min(gst, sur)} {max(gst, sur)}",
        _father(name.patronymic, name.signs) if name.patronymic else None, day, year, sex,
        place_of(row.place) if row.place else None, day_of(row.held)[0] if row.held else None,
        row.listed or None, series, mark,
    )  # fmt: skip


class _Name(NamedTuple):
    """A name taken apart, the words of it left over and in brackets, and the signs of its spelling system."""

    given: str
    patronymic: str
    surname: str
    signs: str
    left: list[str]
    inside: list[str]


def _in_columns(row: Row) -> _Name:
    """The name of a row that has given name and surname apart, which may have been taken one for the other."""
    given, surname = _tidy(row.given), _tidy(row.surname)
    whole = f"{given} {surname}"
    if _SPELLED_OUT.search(whole):
        given, surname = spelled_out(given), spelled_out(surname)
    signs = _signs(whole)
    inside: list[str] = []
    if "(" in surname or "[" in surname:
        words, inside = _split(surname)
        surname = words[-1] if words else surname
    if not _word(given, signs).given and _word(surname, signs).given:
        given, surname = surname, given
    return _Name(given, _tidy(row.patronymic), surname, signs, [], inside)


def _in_one_piece(row: Row) -> _Name | None:
    """The name of a row that prints it whole; None where it has no word."""
    text = _tidy(row.name) or _tidy(f"{row.given} {row.patronymic} {row.surname}")
    words, inside = _split(text)
    if not words:
        return None
    signs = _signs(text)
    given, patronymic, surname, left = _parts(words, signs)
    return _Name(given, patronymic or _tidy(row.patronymic), surname, signs, left, inside)


def _numbered(row: Row) -> tuple[str | None, str | None]:
    """The columns `ser` and `mark` of a row that its list gives a number."""
    series = row.series or row.listed or None
    return series, None if series is None else f"{series}\t{' '.join(row.number.split())}"


def _signs(text: str) -> str:
    """What in a name tells which spelling system it is in, once each, in order."""
    if text[:1] >= "А" and text[-1:] >= "А":
        return ""
    return " ".join(sorted(set(_SIGNS.findall(text.lower()))))


@cache
def _given(text: str, signs: str, sex: str | None) -> tuple[str | None, ...]:
    """The columns from `giv` to `gst`."""
    if not text:
        return (None,) * 6
    info = _word(text, signs)
    if info.letter:
        return None, None, info.fold[:1], info.fold, None, None
    ids = sorted(info.given or (_misprint(text, signs) if len(text) >= 4 else ()))
    if sex is not None and len(ids) > 1:
        ids = [one for one in ids if sex_of(frozenset({one})) in (sex, None)] or ids
    also = ids[1] if len(ids) > 1 else None
    if not ids:
        ids, also = [f"~{info.stems[0]}"], f"~{info.stems[-1]}" if len(info.stems) > 1 else None
    return ids[0], also, info.fold[:1], info.fold, info.pho, info.stems[0]


@cache
def _plain_surname(text: str, signs: str) -> tuple[tuple[str, ...], str]:
    pieces = [piece for piece in re.split(r"[-‐‑ ]", text) if len(piece) > 1]
    if len(pieces) < 2:
        whole = _word(text.replace(" ", "-"), signs)
        return whole.stems, whole.pho
    halves = [_word(piece, signs) for piece in pieces]
    return (halves[-1].stems[0], halves[0].stems[0]), halves[-1].pho


@cache
def _frame(stemmed: str) -> str:
    return consonants(stemmed)


def _surname(
    text: str, signs: str, left: list[str], inside: list[str]
) -> tuple[str | None, str | None, str | None, str | None]:
    if not text:
        return None, None, None, None
    found, pho = _plain_surname(text, signs)
    other = found[1] if len(found) > 1 else None
    for word in (*inside[-1:], *left[-1:]):
        if len(word) > 2:
            other = _plain_surname(word, signs)[0][0]
            break
    return found[0], other, _frame(found[0]), pho
