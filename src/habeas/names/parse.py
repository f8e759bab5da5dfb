"""A printed name taken apart: given name, patronymic, surname, in every reading it allows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from habeas.names.given import Given, given_of, mark
from habeas.names.letters import System, consonants, plain, readings_in, spelled_out, stem, system_of
from habeas.names.scripts import unmixed

_NOISE = re.compile(
    r"\b(?:b|born|geb|ur|р|нар|род|г\.\s?р)\b\.?\s*\d{4}(?:\s?г\.?\s?р\.?)?|\b\d{4}\s?г\.\s?р\."
    r"|\b(?:or|née|nee|born|або|или|lub|oder|урожд[её]нная|народжаная|девичья|ur\.|ур\.|дев\.)(?=[\s),]|$)"
    r"|\b(?:Mr|Mrs|Ms|Dr|Prof|Adv|Rev|Fr|Sr)\.?\s"
    r"|\b(?:г-н|г-жа|гр|гр-н|гр-ка|проф|др|д-р|св|спадар|спадарыня|пан|пані|доктор|профессор|прафесар|адвокат)\b\.?\s"
)
_NUMBERING = re.compile(r"^\s*(?:\d{1,4}\s*[.)\]:]|[-–—•*·])\s*")
_WORD = re.compile(r"[^\W\d_]+(?:[-‐‑'’ʼ`´ʹ][^\W\d_]+)*\.?")
_PATRONYMIC = re.compile(r"(?:IC|AVNA|IVNA|ICNA)(?:A|U|I|AM|AI|IM)?$")
_PATRONYMIC_END = re.compile(r"(?:A?VIC|A?VNA|ICNA|IC)(?:A|U|I|AM|AI|IM)?$")
# Longer than any name: a cell that holds a text is cut before it is taken apart.
_LONGEST = 200
# What the ending of a surname, in plain lower-case text, says of case and sex: `o` oblique, `n` nominative; `f`, `m`.
_ENDINGS: tuple[tuple[re.Pattern[str], frozenset[str]], ...] = tuple(
    (re.compile(f"(?:{pattern})$"), frozenset(says.split()))
    for pattern, says in (
        (r"[сц]к[оаиія]го|[сц]каму|[сц]кому|[сц]ьк[оа]го|skiego|ckiego|skaha|skogo|tskaga|[ыо]го|яго|ага", "om"),
        (r"[оеаэіиы]вича|[оеаэ]віча|[уию]ка|іка|[еи]ля|ея|ця|[ao]wicza|[uiy]ka|evicha|ovicha|avicha|[ei]ja", "om"),
        (r"[оеаіиыэ][вн][оае]й|[яю][нв][оа]й|[сц]кой|[сц]кай|[сц]ької|[ое]вої|skiej|ckiej|ow[ei]j", "of"),
        (r"[оеаёя]ва|[иыії]на|[ao]va|[ei]va|owa|ewa|[iy]na", "nf om"),
        (r"[сц]кая|[сц]ька|sk[a]|ck[a]|skay?[aj]a|tskay?a|ckaja", "nf"),
        (r"[сц]ки[йі]|[сц]кі|[сц]ьк[иі]й|sk[iy]j?|ck[iy]j?|[оеаёуі]в|[оеаёуі]ў|[ao]v|[ao]ŭ|[oe]w|[ao]u|[иіы]н", "nm"),
        (r"[бвгджзклмнпрстфхцчшщьў]|ий|ый|[bcčdfghjklłmnprsštvwzžŭ]", "nf nm"),
    )
)
# Lithuanian and Latvian endings put on foreign names; taken off as a second reading.
_BALTIC = re.compile(r"(?:iaus|jaus|aus|ius|jus|us|as|is|ys|io|jo|o|ių|jų|ų|į|ą|ę|ės|ė|s)$")


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a name: as printed, its folds, its surname stems with their consonants, and what it is as a given name."""

    text: str
    folds: tuple[str, ...]
    stems: tuple[str, ...]
    frames: tuple[str, ...]
    parts: tuple[str, ...]
    given: Given
    initial: bool

    @property
    def patronymic(self) -> bool:
        return is_patronymic(self.folds[0])


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a name; `sure` where the table of given names or the form settles which word is which."""

    given: Word | None
    patronymic: Word | None
    surname: Word | None
    others: tuple[Word, ...] = ()
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Parsed:
    """A printed name and its readings, likeliest first."""

    text: str
    readings: tuple[Reading, ...]
    words: tuple[Word, ...]


def is_patronymic(fold: str) -> bool:
    """True where a folded word has the ending of a patronymic."""
    return len(fold) >= 5 and _PATRONYMIC.search(fold) is not None


def father_stem(fold: str) -> str:
    """The folded stem of a patronymic: the father's name without its ending."""
    return _PATRONYMIC_END.sub("", fold)


def all_fathers(folds: Sequence[str]) -> list[str]:
    """The `father_stem` of each of many folds that is a patronymic; of any other an empty text."""
    return [father_stem(fold) if ("IC" in fold or "VNA" in fold) and is_patronymic(fold) else "" for fold in folds]


@lru_cache(maxsize=65_536)
def _word(text: str, spelling: System, *, baltic: bool) -> Word:
    bare = text.rstrip(".")
    initial = len(bare) == 1 or (text.endswith(".") and len(bare) <= 2)
    spelled = (bare,) if initial or not baltic else _without_ending(bare)
    marked = {mark(one, f): f for one in spelled for f in readings_in(one, spelling) if f}
    folds = tuple(dict.fromkeys(marked.values())) or (plain(bare),)
    stems = tuple(dict.fromkeys(map(stem, folds)))
    given = Given() if initial or not marked else given_of(tuple(marked))
    first, *others = re.split(r"[-‐‑]", bare)
    parts = _joined_stems((first, *others), spelling) if others else ()
    if parts and not given.known:
        given = given_of(tuple(mark(first, f) for f in readings_in(first, spelling)))
    return Word(bare, folds, stems, tuple(map(consonants, stems)), parts, given, initial)


def _joined_stems(pieces: tuple[str, ...], spelling: System) -> tuple[str, ...]:
    """The stems of each piece of a word with hyphens."""
    return tuple(stem(f) for piece in pieces for f in readings_in(piece, spelling) if f)


def _without_ending(bare: str) -> tuple[str, ...]:
    """A word as it stands, and without the ending that Latvian or Lithuanian gave it, where enough is left."""
    cut = _BALTIC.sub("", plain(bare))
    return (bare, cut) if len(cut) >= 3 else (bare,)


def _tokens(text: str) -> list[str]:
    found = [m.group() for m in _WORD.finditer(text)]
    if any(t[:1].isupper() for t in found):
        # A stray "y" or "yu" is debris of a transliteration; a real particle of two letters carries no weight either.
        kept = [t for t in found if not (t.islower() and len(t) <= 2)]
        return kept or found
    return found


def _is_baltic(tokens: list[str]) -> bool:
    lowered = [t.casefold() for t in tokens if len(t) > 2]
    if len(lowered) < 2 or any(re.search("[а-я]", t) for t in lowered):
        return False
    return all(_BALTIC.search(t) or t.endswith("a") for t in lowered) and any(_BALTIC.search(t) for t in lowered)


def _turned(option: str) -> str:
    """`Surname, Given` in the usual order."""
    left, comma, right = option.partition(",")
    return f"{right.strip()} {left.strip()}" if comma and "," not in right and len(_tokens(left)) <= 2 else option


def _alternatives(text: str) -> list[str]:
    """`A (B) C` as `A C` and `B C`; `A B (C)` as `A B` and `A C`; two full names as both; `Surname, Given` turned."""
    text = _NUMBERING.sub("", _NOISE.sub(" ", text))
    found: list[str] = []
    for option in map(_turned, re.split(r"\s[/|]\s|\s=\s", text)):
        inner = re.search(r"[(\[]([^)\]]*)[)\]]?", option)
        if inner is None:
            found.append(option)
            continue
        before, after = _tokens(option[: inner.start()]), option[inner.end() :]
        inside = _tokens(inner[1])
        found.append(f"{option[: inner.start()]} {after}")
        if len(inside) >= 2:
            found.append(inner[1])
        elif inside and before:
            found.append(" ".join([*before[:-1], *inside, after]))
    return [f for f in found if f.strip()] or [text]


def _with_patronymic(words: tuple[Word, ...]) -> list[Reading]:
    """Given name directly followed by a patronymic, a surname before or after them; or the patronymic last of all."""
    found: list[Reading] = []
    for i in range(len(words) - 1):
        first, second = words[i], words[i + 1]
        rest = words[:i] + words[i + 2 :]
        if not rest or first.initial or not second.patronymic:
            continue
        if not first.given.known and (any(w.given.known for w in rest) or i not in (0, len(words) - 2)):
            continue
        found.append(Reading(first, second, rest[-1] if i == 0 else rest[0], rest[1:]))
        break
    if len(words) == 3 and words[0].given.known and words[2].patronymic and not words[1].given.known:
        found.append(Reading(words[0], words[2], words[1], sure=not found))
    return found


def _initialled(words: tuple[Word, ...]) -> Reading | None:
    letters = [w for w in words if w.initial]
    whole = [w for w in words if not w.initial]
    if not letters or not whole:
        return None
    named = [w for w in whole if w.given.known and len(whole) > 1]
    given = named[0] if named else letters[0]
    if named:
        whole.remove(given)  # once: who is called Алесь Алесь К. has a surname left
    return Reading(given, None, whole[-1])


def _pair(first: Word, second: Word) -> list[Reading]:
    straight, swapped = Reading(first, None, second), Reading(second, None, first)
    a, b = first.given.known, second.given.known
    if a != b:
        return [straight] if a else [swapped]
    a, b = bool(first.given.misprint), bool(second.given.misprint)
    if not first.given.known and a != b:
        return [straight, swapped] if a else [swapped, straight]
    return [Reading(first, None, second, sure=False), Reading(second, None, first, sure=False)]


def _readings(words: tuple[Word, ...]) -> list[Reading]:
    if len(words) == 1:
        only = words[0]
        alone = [Reading(None, None, only)]
        return [*alone, Reading(only, None, None)] if only.given.known else alone
    special = _initialled(words)
    if special is not None:
        return [special]
    named = _with_patronymic(words)
    if named:
        return named
    if len(words) == 2:
        return _pair(*words)
    index = next((i for i, w in enumerate(words) if w.given.exact), None)
    if index is None:
        index = next((i for i, w in enumerate(words) if w.given.known), None)
    if index is None:
        return [Reading(words[0], None, words[-1], words[1:-1], sure=False),
                Reading(words[-1], None, words[0], words[1:-1], sure=False)]  # fmt: skip
    rest = words[:index] + words[index + 1 :]
    surname = rest[-1] if index == 0 else rest[0]
    return [Reading(words[index], None, surname, tuple(w for w in rest if w is not surname))]


@lru_cache(maxsize=65_536)
def says(word: Word) -> frozenset[str]:
    """What the ending of a surname says: `nf`, `nm`, `of`, `om` for (nominative, oblique) by (f, m); empty: nothing."""
    text = plain(word.text)
    return next((told for pattern, told in _ENDINGS if pattern.search(text)), frozenset())


@lru_cache(maxsize=262_144)
def parse(text: str) -> Parsed:
    """A printed name in every reading it allows; never empty, whatever the text."""
    found: list[Reading] = []
    all_words: dict[Word, None] = {}
    for option in _alternatives(spelled_out(unmixed(plain_keep_case(text[:_LONGEST])))):
        tokens = _tokens(option)[:8]
        if not tokens:
            continue
        baltic = _is_baltic(tokens)
        spelling = system_of(option)
        words = tuple([_word(t, spelling, baltic=baltic) for t in tokens])
        all_words.update(dict.fromkeys(words))
        found.extend(r for r in _readings(words) if r not in found)
    return Parsed(text, tuple(found[:6]), tuple(all_words))


@lru_cache(maxsize=65_536)
def surname_first(text: str) -> str | None:
    """A name with its surname first; None where nothing tells which word is the surname."""
    for reading in parse(text).readings[:1]:
        if reading.sure and reading.surname is not None and reading.given is not None and len(reading.surname.text) > 1:
            at = text.find(reading.surname.text)
            if at >= 0:
                return " ".join(f"{reading.surname.text} {text[:at]} {text[at + len(reading.surname.text) :]}".split())
    return None


def plain_keep_case(text: str) -> str:
    """Without control and direction marks, case kept: capitals tell names from debris."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else (" " if c in "\t\r\n" else "") for c in text)
