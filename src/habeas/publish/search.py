"""Search over the list of cases without a server: an index that the page's own script reads.

Every name is folded beforehand by `habeas.names.folds`, and the script folds what is typed by the same tables, so that
Беляцкий finds Bialiatski. The index is a script rather than a JSON file because a browser that opens a page from a USB
stick may read the one and not the other. Nothing is in it that is not on the pages.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from importlib import resources
from typing import NamedTuple

from habeas.answers import STATES
from habeas.dates import PartialDate
from habeas.languages import Language, code, language
from habeas.names import LETTERS, RULES, folds, given_names, letter_forms, own_letters, spelling
from habeas.nouns import Case, Value, say
from habeas.publish.contents import Contents
from habeas.publish.wording import cleaned

_BREAK = re.compile(r"[\s\-‐‑–,.()·]+")
_OTHER_SCRIPT = re.compile(r"[^\W\d_\u0000-\u052f\u1e00-\u1eff]")  # letters that are neither Latin nor Cyrillic
_BETWEEN = "\t"  # stands in no name: pages hold no control characters


_VALUES = ("sex", "occupation", "charge", "article", "prison", "nationality")
# How facets and those of their values that are codes are said; the rest stands as the sources wrote it.
WORDS: Mapping[str, Mapping[str, str]] = {
    "facets": {
        "state": say("How the person stands"),
        "taken": say("Year of arrest"),
        "out": say("Way out"),
        "release": say("Release"),
        "list": say("List"),
        "sex": say("Sex"),
        "occupation": say("Occupation"),
        "charge": say("Charge"),
        "article": say("Articles of the criminal code"),
        "prison": say("Place of custody"),
        "nationality": say("Nationality"),
    },
    "state": {state.value: words for state, words in STATES.items()},
    "sex": {value: code("sex", value) for value in ("female", "male")},
    "out": {
        value: code("release_kind", value)
        for value in (
            "pardoned", "amnestied", "term_served", "swapped", "expelled", "early_release", "released", "died",
        )
    },
}  # fmt: skip


class Entry(NamedTuple):
    """A case as it can be found: its page, its names, which of them each language shows, and its facets' values.

    Behind the names as printed, and an empty one, stands what is our own spelling.
    """

    path: str
    names: tuple[str, ...]
    shown: Mapping[str, int]
    facets: Mapping[str, Sequence[str]]


def files(contents: Contents) -> Iterator[tuple[str, bytes]]:
    """The index of a contents and the script that reads it."""
    yield "search.js", script()
    yield "cases-index.js", index(entries(contents))


def entries(contents: Contents) -> list[Entry]:
    """Every case of the contents as it can be found, in the order of the casebook."""
    readers = [language(tag) for tag in contents.languages]
    return [_entry(contents, case, readers) for case in contents.casebook.cases.values()]


def _entry(contents: Contents, case: Case, readers: Sequence[Language]) -> Entry:
    called = contents.called(case)
    first = {reader.tag: called.first(reader) for reader in readers}
    spelled = [name.text for name in first.values() if name is not None]  # as no source may have printed it
    printed = dict.fromkeys(name.text for name in called.names)
    ours = [text for text in dict.fromkeys(spelled) if text not in printed]
    texts = (*printed, *(("", *ours) if ours else ()))
    return Entry(
        path=contents.case_paths[case.id],
        names=texts,
        shown={tag: -1 if name is None else texts.index(name.text) for tag, name in first.items()},
        facets={facet: values for facet, values in _facets(contents, case) if values},
    )


def _facets(contents: Contents, case: Case) -> Iterator[tuple[str, Sequence[str]]]:
    """What a case can be filtered by; nothing that its page does not say."""
    yield "state", (contents.standing(case).state.value,)
    if case.spells:
        yield "taken", list(filter(None, map(_year, _told(contents, (s.start for s in case.spells)))))
        yield "out", _told(contents, (s.exit_kind for s in case.spells))
    yield "release", [r.id for r in contents.casebook.releases_of(case)]
    yield "list", [i for i in case.lists if i in contents.casebook.lists]
    for prop in _VALUES:
        yield prop, _told(contents, case.ever(prop))


def _told(contents: Contents, values: Iterable[Value | None]) -> list[str]:
    """The values of a case that its page may say."""
    return [v.value for v in values if v is not None and contents.shown(v.statements)]


@lru_cache(maxsize=1 << 16)
def _year(text: str) -> str:
    """The year of a date where it allows no other."""
    when = PartialDate.parse(text)
    if when.earliest is None or when.latest is None or when.earliest.year != when.latest.year:
        return ""
    return str(when.earliest.year)


def index(found: Iterable[Entry]) -> bytes:
    """The index of cases in their order.

    Words are folds in ascending order, each with the cases it stands in, as steps from one to the next in base 36;
    facets are their values with the cases of each in the same way. A word `~N` is a given name in any of its forms, which
    `given` has by their folds; `simpler` has the other forms of letters, each before the one that the words have.
    """
    listed = list(found)
    words, given = _indexed(listed)
    facets: dict[str, dict[str, list[int]]] = {}
    for number, entry in enumerate(listed):
        for facet, values in entry.facets.items():
            held = facets.setdefault(facet, {})
            for value in dict.fromkeys(values):
                held.setdefault(value, []).append(number)
    told = {
        "paths": _BETWEEN.join(e.path.removeprefix("cases/").removesuffix(".html") for e in listed),
        "names": "\n".join(_BETWEEN.join(e.names) for e in listed),
        "shown": {tag: _shown(listed, tag) for tag in (listed[0].shown if listed else ())},
        "words": " ".join(sorted(words)),
        "cases": " ".join(_steps(words[word]) for word in sorted(words)),
        "facets": {
            facet: [[value, _steps(cases)] for value, cases in sorted(values.items(), key=lambda p: (-len(p[1]), p[0]))]
            for facet, values in facets.items()
        },
        "given": _forms_of(given),
        "simpler": "".join(letter_forms("".join(name for e in listed for name in e.names))),
        "letters": LETTERS,
        "rules": RULES,
    }
    text = json.dumps(cleaned(told), ensure_ascii=False, separators=(",", ":"))
    # Ends of lines that JSON allows within a text and older scripts do not.
    return f"window.habeas={text.replace(chr(0x2028), ' ').replace(chr(0x2029), ' ')};\n".encode()


def _indexed(listed: Sequence[Entry]) -> tuple[dict[str, list[int]], set[str]]:
    """Every word with the cases that it stands in, by number; and the numbers of the given names among them."""
    words: dict[str, list[int]] = {}
    given: set[str] = set()
    for number, entry in enumerate(listed):
        there = dict.fromkeys(word for name in entry.names if name for word in _words(name))
        called = dict.fromkeys(one for word in there for one in _given_names().get(word, ()))
        given.update(called)
        for word in (*there, *(f"~{one}" for one in called)):
            words.setdefault(word, []).append(number)
    return words, given


def script() -> bytes:
    """The script of the page."""
    return (
        resources.files("habeas.publish").joinpath("templates", "search.js").read_text(encoding="utf-8").encode("utf-8")
    )


@lru_cache(maxsize=1 << 17)
def _words(name: str) -> tuple[str, ...]:
    """The folds of a name's words; of one in another script also those of its Latin spelling, and its own letters."""
    found = tuple(fold for word in _BREAK.split(name) for fold in _folds(word))
    if not _OTHER_SCRIPT.search(name):
        return found
    spelled = tuple(fold for word in spelling(name) for fold in folds(word))
    return (*found, *spelled, *(f"={word}" for word in own_letters(name).split()))


@cache
def _given_names() -> Mapping[str, tuple[str, ...]]:
    """Every form of a given name by its fold, with the numbers of the names that it may be a form of."""
    found: dict[str, dict[str, None]] = {}
    for number, forms in enumerate(given_names()):
        for fold in {fold for form in forms for fold in folds(form)}:
            found.setdefault(fold, {})[_base36(number)] = None
    return {fold: tuple(numbers) for fold, numbers in found.items()}


def _forms_of(wanted: set[str]) -> dict[str, str]:
    """The forms of some given names by their folds, each with the numbers of its names."""
    told = ((fold, [n for n in called if n in wanted]) for fold, called in _given_names().items())
    return {fold: " ".join(some) for fold, some in told if some}


@lru_cache(maxsize=1 << 17)
def _folds(word: str) -> tuple[str, ...]:
    """The folds of a word, which many people share; one in a script without tables of its own also as it is written."""
    return (*folds(word), *([f"={word.casefold()}"] if _OTHER_SCRIPT.search(word) else []))


def _shown(listed: Sequence[Entry], tag: str) -> str:
    return " ".join(str(e.shown[tag]) for e in listed)


def _steps(cases: Sequence[int]) -> str:
    """Ascending numbers as the steps between them, in base 36."""
    return ",".join(_base36(b - a) for a, b in zip((0, *cases), cases, strict=False))


@lru_cache(maxsize=1 << 12)
def _base36(n: int) -> str:
    digits = ""
    while True:
        n, rest = divmod(n, 36)
        digits = "0123456789abcdefghijklmnopqrstuvwxyz"[rest] + digits
        if not n:
            return digits
