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
    free = [name for name in header if name and name not in mapped and name not in ignored]
    missing = [name for name in dict.fromkeys((*required, *promised)) if name not in header]
    for position, name in enumerate(header, start=1):
        shown = name or f"(column {position}, no heading)"
        if shown in accounted:
            do = "Rename one of the two; only the first was read"
            found.problem("two columns have the same heading", do, row=1, column=shown)
            continue
        accounted[shown] = mapped.get(name, "ignored" if name in ignored else NOT)
        if accounted[shown] == NOT and name:
            near = nearest(name, missing or [known for known in mapped if known not in header])
            hint = f"; is it meant to be {near!r}?" if near is not None else ""
            found.problem(f"the column is not accounted for{hint}", advice, row=1, column=shown)
    for name in missing:
        near = nearest(name, free)
        hint = f"; the nearest heading is {near!r}" if near is not None else ""
        effect = "no row can be read without it" if name in required else "nothing was read from it"
        do = "Correct the heading in the file, or the column in book.toml"
        found.problem(f"the column is missing, and {effect}{hint}", do, row=1, column=name)
    return accounted
