"""Which column of a list holds what, told by their headings; what stands in the cells can only speak against it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace

from habeas.names import script_of
from habeas.readers.heading_words import NAMES, OTHERS, Meant, language_names, language_of, meaning
from habeas.readers.lexicon import folded
from habeas.readers.scripts import FAMILY_FIRST, language_of_names
from habeas.readers.settings import MOST, Guess, filled, settings_of, share_of, standing_of
from habeas.vocabulary import kinds

_OF_ROW = ("url", "published", "lang")
_CODE = re.compile(r"^(?:код|code|kod|kodas)\b", re.IGNORECASE)  # a number of the list's own, if it is one
_URL = re.compile(r"https?://\S+", re.IGNORECASE)
_LONGEST_NAME = 80
_SHOWN = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined(Guess):
    """A name that stands in several columns: `join` are their headings in the order in which the name is said."""

    join: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A column that may hold the names, with cells to tell it by."""

    heading: str
    cells: tuple[str, ...]


def guess_columns(header: Sequence[str], rows: Sequence[Sequence[str]]) -> list[Guess]:
    """A guess for each column that has a heading, in their order; a heading that stands twice is guessed once.

    No column is taken for the names unless its heading says so, and says nothing else.
    """
    language = language_of(header)
    meant = {heading: meaning(heading, language) for heading in header if heading}
    found: list[Guess] = []
    for position, heading in enumerate(header):
        if heading and heading not in header[:position]:
            found.append(_guess(heading, meant[heading], filled(rows, position), len(rows)))
    found = _names(found, meant, _by_heading(header, rows), language)
    return _once(found)


def candidates(found: Sequence[Guess], header: Sequence[str], rows: Sequence[Sequence[str]]) -> list[Candidate]:
    """The columns among which a person has to choose the one that holds the names; none where that is plain."""
    if any(column.prop == "name" for column in found):
        return []
    by = _by_heading(header, rows)
    likely = [column.heading for column in found if column.prop is None and _are_names(by[column.heading])]
    return [Candidate(heading=one, cells=tuple(dict.fromkeys(by[one]))[:_SHOWN]) for one in likely]


def _by_heading(header: Sequence[str], rows: Sequence[Sequence[str]]) -> dict[str, list[str]]:
    return {heading: filled(rows, at) for at, heading in reversed(list(enumerate(header))) if heading}


def _guess(heading: str, meant: Meant | None, cells: list[str], rows: int) -> Guess:
    seen = _seen(cells)
    prop = None if meant is None or meant.prop == OTHERS else meant.prop
    code = _CODE.search(heading.casefold()) is not None
    if prop == "number" or (prop is None and code):
        key = _tells_apart(cells, rows, code=code)
        said = seen if key else f"{seen}; {_doubles(cells, rows)}"
        return Guess(heading=heading, prop=None, seen=said, key=key, remarks=_running(cells) if key else ())
    if share_of(cells, _URL.fullmatch) >= MOST:
        return settings_of(heading, "url", cells, seen)
    if prop is None or prop in NAMES or not _known(prop) or (prop == "url" and cells):
        return Guess(heading=heading, prop=None, seen=seen)
    if prop == "status":
        return standing_of(heading, cells, seen)
    return settings_of(heading, prop, cells, seen)


def _known(prop: str) -> bool:
    return prop in _OF_ROW or prop in kinds()["entry"].properties


def _tells_apart(cells: list[str], rows: int, *, code: bool) -> bool:
    """True where each row has a number of its own; a code must be made of figures for that."""
    whole = len(cells) == rows and len(set(cells)) == rows and rows > 0
    return whole and (not code or all(cell.isdecimal() for cell in cells))


def _doubles(cells: list[str], rows: int) -> str:
    """Why a number does not tell the rows apart."""
    twice = next((cell for at, cell in enumerate(cells) if cell in cells[:at]), None)
    if twice is not None:
        return f"does not tell rows apart: {twice[:40]} stands twice"
    return f"does not tell rows apart: {rows - len(cells)} rows have none"


def _running(cells: list[str]) -> tuple[str, ...]:
    """A warning where the numbers are the rows' own: a next edition may number anew, and people would change places."""
    numbers = [_figure(cell) for cell in cells]
    if len(cells) < 2 or numbers != list(range(1, len(cells) + 1)):
        return ()
    return (
        "It counts 1, 2, 3 ... down the file. If the next edition counts anew, a number is another person's then:",
        'in that case let the name tell rows apart: key = ["name column"]',
    )


def _figure(cell: str) -> int | None:
    """The whole number that a cell is, in whichever digits; None where it is none."""
    return int(cell) if cell.isdecimal() else None


# --- names ---


def _names(
    found: list[Guess], meant: dict[str, Meant | None], cells: dict[str, list[str]], language: str | None
) -> list[Guess]:
    """With the columns of names among them: whole names in one script or in several, or parts that are put together."""
    said = _said_to_be_names(meant, cells)
    whole = [heading for heading, prop in said.items() if prop == "name"]
    parts = [heading for heading, prop in said.items() if prop != "name"]
    join = _in_order(said, whole, cells, language) if parts and not _repeated(parts, whole, cells) else ()
    whole = [heading for heading in whole if heading not in join]
    if not join and not _agree(whole, cells):
        whole = []
    whole += _in_another_script(found, whole, cells, language)
    return [_as_name(column, cells[column.heading], whole, join, language) for column in found]


def _said_to_be_names(meant: dict[str, Meant | None], cells: dict[str, list[str]]) -> dict[str, str]:
    """What part of a name each heading says, where it says nothing else and the cells do not speak against it."""
    plain = {heading: found.prop for heading, found in meant.items() if found is not None and found.plain}
    return {heading: prop for heading, prop in plain.items() if prop in NAMES and _are_names(cells[heading])}


def _as_name(
    column: Guess, cells: list[str], whole: Sequence[str], join: tuple[str, ...], language: str | None
) -> Guess:
    heading, lang = column.heading, language_of_names(column.heading, cells, language)
    if heading in join[:1]:
        return Joined(heading=heading, prop="name", seen=column.seen, lang=lang, join=join)
    if heading in join:
        return replace(column, seen=f"{column.seen}; joined into a name")
    if heading not in whole:
        return column
    split = ";" if any(";" in cell for cell in cells) else None
    return Guess(heading=heading, prop="name", seen=column.seen, lang=lang, split=split)


def _are_names(cells: Sequence[str]) -> bool:
    return share_of(list(cells), _is_name) >= MOST


def _is_name(cell: str) -> bool:
    letters = sum(1 for sign in cell if unicodedata.category(sign)[0] in "LM")
    return 1 < letters <= _LONGEST_NAME and letters * 2 > len(cell) and not any(sign.isdecimal() for sign in cell)


def _repeated(parts: Sequence[str], whole: Sequence[str], cells: dict[str, list[str]]) -> bool:
    """True where a column of whole names says all that the columns of parts say."""
    return any(
        all(len(cells[name]) >= len(cells[p]) and _shares(cells[p], cells[name]) for p in parts) for name in whole
    )


def _shares(part: Sequence[str], name: Sequence[str]) -> bool:
    pairs = list(zip(part, name, strict=False))
    inside = sum(1 for a, b in pairs if set(folded(a).split()) & set(folded(b).split()))
    return inside * 10 >= len(pairs) * 8


def _in_order(
    said: dict[str, str], whole: Sequence[str], cells: dict[str, list[str]], language: str | None
) -> tuple[str, ...]:
    """The parts of a name in the order of its language: one of each, in one script."""
    part: dict[str, str] = {}
    for heading, prop in said.items():
        if prop != "name":
            part.setdefault(prop, heading)
    if len(whole) == 1 and "name" not in part:
        # `Name` beside `Family name` is the given one, and beside `First name` the family's.
        part.setdefault("surname" if "given" in part else "given", whole[0])
    if "given" not in part or len({script_of(" ".join(cells[h][:50])) for h in part.values()}) > 1:
        return ()
    base = (language_of_names("", cells[part["given"]], language) or "").partition("-")[0]
    order = ("surname", "given", "patronymic") if base in FAMILY_FIRST else ("given", "patronymic", "surname")
    found = tuple(part[prop] for prop in order if prop in part)
    return found if len(found) > 1 else ()


def _agree(whole: Sequence[str], cells: dict[str, list[str]]) -> bool:
    """False where two columns of names in one script name different people: which one is listed cannot be told."""
    by_script: dict[str, list[str]] = {}
    for heading in whole:
        by_script.setdefault(script_of(" ".join(cells[heading][:50])), []).append(heading)
    return all(_shares(cells[one], cells[same[0]]) for same in by_script.values() for one in same[1:])


def _in_another_script(
    found: Sequence[Guess], whole: Sequence[str], cells: dict[str, list[str]], language: str | None
) -> list[str]:
    """Columns that are headed by a language alone and hold names in another script, beside a column of names."""
    if not whole:
        return []
    scripts = {script_of(" ".join(cells[heading][:50])) for heading in whole}
    return [
        column.heading
        for column in found
        if column.prop is None
        and column.heading not in whole
        and any(folded(column.heading) in language_names(code) for code in {"en", language or "en"})
        and _are_names(cells[column.heading])
        and script_of(" ".join(cells[column.heading][:50])) not in scripts
    ]


def _once(found: list[Guess]) -> list[Guess]:
    """What a person has but once (the day of birth) is read from one column; the others are left to a person."""
    taken: dict[str, Guess] = {}
    for column in found:
        if column.prop == "born" and "born" not in taken:
            taken["born"] = column
    return [
        replace(column, prop=None, seen=f"{column.seen}; born stands in another column already")
        if column.prop == "born" and taken["born"] is not column
        else column
        for column in found
    ]


def _seen(cells: list[str]) -> str:
    if not cells:
        return "no cell is filled"
    return f"{len(cells)} filled, such as: {cells[0][:40]}"
