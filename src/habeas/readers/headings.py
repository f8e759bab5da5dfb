"""The heading row: every column is mapped, ignored on purpose, or reported; every column promised is there."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from habeas.readers.reading import Gathering
from habeas.readers.toml import nearest

NOT = "not accounted for"


def account(
    found: Gathering,
    header: list[str],
    *,
    mapped: Mapping[str, str],
    required: Collection[str],
    ignored: Collection[str] = (),
    promised: Collection[str] = (),
    advice: str,
) -> dict[str, str]:
    """What became of each column, by heading; columns that nobody accounts for or that are missing are Problems.

    `mapped` says what each known heading is mapped to; `promised` are those of them that must be there, `required`
    those without which no row can be read.
    """
    accounted: dict[str, str] = {}
    fates = {**dict.fromkeys(ignored, "ignored"), **mapped}
    free = [name for name in header if name and name not in fates]
    missing = [name for name in dict.fromkeys((*required, *promised)) if name not in header]
    for position, name in enumerate(header, start=1):
        shown = name or f"(column {position}, no heading)"
        if shown in accounted:
            do = "Rename one of the two; only the first was read"
            found.problem("two columns have the same heading", do, row=1, column=shown)
            continue
        accounted[shown] = fates.get(name, NOT)
        if accounted[shown] == NOT and name:
            likely = missing or [other for other in mapped if other not in header]
            hint = _hint("; is it meant to be {!r}?", name, likely)
            found.problem(f"the column is not accounted for{hint}", advice, row=1, column=shown)
    for name in missing:
        _missing(found, name, free, required=name in required)
    return accounted


def _hint(said: str, name: str, among: list[str]) -> str:
    near = nearest(name, among)
    return "" if near is None else said.format(near)


def _missing(found: Gathering, name: str, free: list[str], *, required: bool) -> None:
    hint = _hint("; the nearest heading is {!r}", name, free)
    effect = "no row can be read without it" if required else "nothing was read from it"
    do = "Correct the heading in the file, or the column in book.toml"
    found.problem(f"the column is missing, and {effect}{hint}", do, row=1, column=name)
