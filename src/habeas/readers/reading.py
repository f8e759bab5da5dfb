"""What a reader hands on, and how it gathers it: drafts, problems, and an account of every column."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from habeas.nouns import Draft, Problem, Visibility, strictest
from habeas.readers.cells import LONGEST, Cell, clean, shortened
from habeas.readers.tables import Row, Skipped
from habeas.readers.text import LOST
from habeas.vocabulary import normal, property_of

_ADDRESSES = re.compile(r"[;\s]+")
WHOLE = "*"  # in `unread`: everything about the subject
HIDDEN = "(restricted)"


class MakeId(Protocol):
    """Makes a short salted hash of its parts; the ledger hands it in."""

    def __call__(self, *parts: str) -> str: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a file says; `file` names it in reasons and messages.

    `accounted` says of each column of the file what became of it: "mapped to name", "ignored" or "not accounted for".
    `covers` are the subjects of which the file speaks in full (a prefix ends in ":"): what it does not name any more
    has left it. `unread` are the (subject, property) pairs whose cells could not be read: they say nothing, so what
    they said before stays. `skipped` are rows that are no entries: totals, notes, headings again.
    `unplaced` are the texts of rows that could not be told from others: whoever bears one as a name may be in such a row.
    """

    file: str = ""
    drafts: tuple[Draft, ...] = ()
    problems: tuple[Problem, ...] = ()
    rows: int = 0
    accounted: Mapping[str, str] = field(default_factory=dict)
    covers: tuple[str, ...] = ()
    unread: frozenset[tuple[str, str]] = frozenset()
    skipped: tuple[Skipped, ...] = ()
    unplaced: frozenset[str] = frozenset()


def together(file: str, parts: Sequence[Reading]) -> Reading:
    """What several files say, as one reading under a name of its own."""
    return Reading(
        file=file,
        drafts=tuple(dict.fromkeys(draft for part in parts for draft in part.drafts)),
        problems=tuple(problem for part in parts for problem in part.problems),
        rows=sum(part.rows for part in parts),
        accounted={column: said for part in parts for column, said in part.accounted.items()},
        covers=tuple(prefix for part in parts for prefix in part.covers),
        unread=frozenset(pair for part in parts for pair in part.unread),
    )


def addresses(text: str) -> tuple[str, ...]:
    """The addresses in a cell, parted by semicolons or spaces."""
    return tuple(dict.fromkeys(part for part in _ADDRESSES.split(text) if part))


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One row while it is read: its number, its cells by heading, its key text and its subject."""

    number: int
    cells: Mapping[str, Cell]
    key: str
    subject: str

    def filled(self, heading: str) -> Cell | None:
        """The cell under a heading, or None where there is none or nothing in it."""
        cell = self.cells.get(heading)
        return None if cell is None or cell.empty or cell.unread else cell


@dataclass(slots=True, kw_only=True)
class Gathering:
    """Drafts and problems of one file, as they come; the same statement twice is one."""

    file: str
    make_id: MakeId
    drafts: dict[Draft, None] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    unread: set[tuple[str, str]] = field(default_factory=set)
    restricted: frozenset[str] = frozenset()  # headings whose cells no message may show; "" for the key of a row
    _sources: set[tuple[str, str, str]] = field(default_factory=set)

    def place(self, row: int, column: str | None = None) -> str:
        return f"{self.file} row {row}" + (f", column {column}" if column is not None else "")

    def problem(
        self, what: str, do: str, *, row: int | None = None, column: str | None = None, value: str | None = None
    ) -> None:
        shown = None if value is None else shortened(value)
        if value is not None and (column or "") in self.restricted:
            # What is wrong may quote the cell.
            what, do, shown = what.partition(": ")[0], do.replace(value, HIDDEN), HIDDEN
        self.problems.append(Problem(file=self.file, row=row, column=column, value=shown, what=what, do=do))

    def say(self, draft: Draft) -> None:
        self.drafts.setdefault(draft)

    def source(self, url: str, place: str, visibility: Visibility | None = None, **said: str | None) -> str:
        """The id of a source by its address or its name, with what is said of it (publisher, published, language)."""
        subject = f"source:{self.make_id('source', url)}"
        said = {"url": url if url.startswith(("http://", "https://")) else None, **said}
        for prop, text in said.items():
            if not text or (subject, prop, text) in self._sources:
                continue
            self._sources.add((subject, prop, text))
            seen_by = strictest(property_of("source", prop).visibility, visibility)
            value = normal("source", prop, text)
            self.say(Draft(subject=subject, prop=prop, value=value, source=subject, place=place, visibility=seen_by))
        return subject

    def urls(self, line: Line, heading: str) -> tuple[str, ...]:
        """The addresses in a cell; what is no address is reported and left out."""
        cell = line.filled(heading)
        if cell is None:
            return ()
        good = []
        for url in addresses(cell.text):
            try:
                good.append(normal("source", "url", url))
            except ValueError as fault:
                do = "Correct it; the row rests on its other sources, or on the file's own"
                self.problem(f"the source is {fault}", do, row=line.number, column=heading, value=url)
        return tuple(good)

    def cell(self, row: int, heading: str, found: str) -> Cell:
        """A cell as text; one too long or broken is reported and says nothing."""
        if len(found) > LONGEST:
            do = f"Shorten it below {LONGEST:,} characters; the cell was left out"
            self.problem(f"the cell holds {len(found):,} characters", do, row=row, column=heading, value=found)
            return Cell(text="", found="", unread=True)
        cell = clean(found)
        if LOST in cell.text:
            do = "Type it again; the cell was left out"
            self.problem("the cell holds bytes that are no text", do, row=row, column=heading, value=cell.text)
            return Cell(text="", found="", unread=True)
        if cell.marks:
            what = "the cell holds control characters or marks of reading direction"
            do = "They were taken out, and what was found is kept beside it; compare the value with the source"
            self.problem(what, do, row=row, column=heading, value=cell.text)
        if cell.formula:
            what = "the cell looks like a formula of a spreadsheet"
            self.problem(
                what, "It was kept as text; put the plain value there", row=row, column=heading, value=cell.text
            )
        return cell


@dataclass(slots=True, kw_only=True)
class Identities:
    """Tells the rows of a file apart by their key text, and notices rows that stand in it twice."""

    found: Gathering
    headings: tuple[str, ...]
    known: frozenset[str]  # headings whose cells are looked at; the others are ignored or reported as a whole
    join: str = " | "
    many: bool = False  # several rows of one key speak of one entry
    complete: bool = True  # False once a row could not be placed
    unplaced: set[str] = field(default_factory=set)  # what stands in the rows that could not be
    _seen: dict[str, list[tuple[int, tuple[str, ...]]]] = field(default_factory=dict)

    def rows(self, rows: tuple[Row, ...], header: list[str]) -> Iterator[tuple[Row, str, dict[str, Cell]]]:
        """(row, key text, cells) of each row that has a key and is not a copy of an earlier one."""
        for row in rows:
            cells: dict[str, Cell] = {}
            for heading, text in zip(header, row.cells, strict=False):
                if heading in self.known and heading not in cells:
                    cells[heading] = self.found.cell(row.number, heading, text)
            key = self._key(row, cells)
            if key is not None:
                yield row, key, cells

    def _key(self, row: Row, cells: dict[str, Cell]) -> str | None:
        parts = [cells.get(heading, Cell(text="", found="")) for heading in self.headings]
        column = self.headings[0] if len(self.headings) == 1 else None
        if any(part.unread for part in parts) or not any(part.text for part in parts):
            self.complete = False
            self.unplaced.update(cell.text for cell in cells.values() if cell.text)
            what = f"the row has no {' and '.join(self.headings)}: it cannot be told from others"
            self.found.problem(what, "Fill it in; the row was left out", row=row.number, column=column)
            return None
        key = self.join.join(part.text for part in parts)
        earlier = self._seen.setdefault(key, [])
        earlier.append((row.number, row.cells))
        for number, same in earlier[:-1]:
            if same == row.cells:
                earlier.pop()
                do = "Delete one of the two; it was counted once"
                self.found.problem(f"the row is a copy of row {number}", do, row=row.number, column=column, value=key)
                return None
        if len(earlier) == 1 or self.many:
            return key
        what = f"the key stands in row {earlier[0][0]} already, with other values"
        do = f"Both rows went in, this one as {key}#{len(earlier)}; give one of them its own key"
        self.found.problem(what, do, row=row.number, column=column, value=key)
        return f"{key}#{len(earlier)}"

    def fits(self, row: Row, header: list[str], subject: str) -> bool:
        """False where a row is wider than the header, so that its cells may stand under wrong headings."""
        extra = [cell.strip() for cell in row.cells[len(header) :] if cell.strip()]
        if extra:
            what = f"the row has {len(row.cells)} cells and the header {len(header)}: which is which cannot be told"
            do = "Put quotation marks around a value that holds the delimiter; the row was left out"
            self.found.problem(what, do, row=row.number, value=HIDDEN if self.found.restricted else extra[0])
            self.found.unread.add((subject, WHOLE))
            self.complete = False
            return False
        if len(row.cells) < len(header):
            what = f"the row has {len(row.cells)} cells and the header {len(header)}"
            self.found.problem(what, "Add the missing cells; they were read as empty", row=row.number)
        return True
