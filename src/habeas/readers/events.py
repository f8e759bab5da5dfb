"""Events files: releases, figures, deals and their legs, measures, counts, facts, and people's decisions."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from habeas.dates import PartialDate
from habeas.nouns import Book, Column, Draft, Problem, Visibility, strictest
from habeas.readers.cells import clean
from habeas.readers.headings import account
from habeas.readers.lists import entry_id
from habeas.readers.printed import read_date
from habeas.readers.reading import WHOLE, Gathering, Identities, Line, MakeId, Reading, together
from habeas.readers.restrictions import hide
from habeas.readers.tables import Row, Table, csv_table
from habeas.readers.toml import meant, nearest
from habeas.readers.values import read_values
from habeas.vocabulary import Property, kinds, normal, property_of

FILES: Mapping[str, str] = {
    "releases": "release",
    "figures": "figure",
    "deals": "deal",
    "legs": "leg",
    "conditions": "condition",
    "stances": "stance",
    "requests": "request",
    "measures": "measure",
    "bodies": "body",
    "officials": "official",
    "counts": "count",
    "facts": "fact",
}
# Files whose rows speak of entries of lists: by list and key. What is ours to say has no other source than the book.
OWN_FILES: Mapping[str, str] = {
    "decisions": "decision",
    "assessments": "assessment",
    "consents": "consent",
    "publicity": "publicity",
}
DECISIONS = ("list_a", "key_a", "list_b", "key_b")
# What a row of decisions.csv decides, by its column `what`; one that says nothing is on a pair.
RULINGS: Mapping[str, str] = {
    "pair": "decision",
    "prefer": "preference",
    "grade": "grade",
    "tier": "tier",
    "absent": "absence",
}
ON_A_VALUE = ("preference", "grade")
KEYS: Mapping[str, tuple[str, ...]] = {
    "decision": DECISIONS,
    "preference": ("list_a", "key_a", "prop"),
    "grade": ("list_a", "key_a", "prop", "value"),
    "tier": ("list_a", "key_a"),
    "absence": ("list_a", "key_a", "where", "day"),
    "assessment": ("list", "key", "by", "definition", "on"),
    "consent": ("list", "key", "by", "from"),
    "publicity": ("list", "key", "on"),
}
_SIDES: Mapping[str, Mapping[str, tuple[str, str]]] = {
    "decision": {"a": ("list_a", "key_a"), "b": ("list_b", "key_b")},
    **{kind: {"entry": ("list_a", "key_a")} for kind in ("preference", "grade", "tier", "absence")},
    "assessment": {"entry": ("list", "key")},
    "consent": {"entry": ("list", "key")},
    "publicity": {"entry": ("list", "key")},
}
_TITLES = {
    "decision": "Decisions of the keepers of this book",
    "assessment": "Assessments as recorded by the keepers of this book",
    "consent": "Consents as recorded by the keepers of this book",
    "publicity": "Wishes about publicity as recorded by the keepers of this book",
}
_OWN = ("url", "published", "publisher")
_LARGEST = 200_000_000
_TABLES = frozenset({".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".xls", ".ods", ".json", ""})
_ID = re.compile(r"[^\s:]+")
_NOT_BEFORE = (("from", "to"),)


def read_events(book: Book, folder: Path, make_id: MakeId, sealed: Mapping[str, bytes] | None = None) -> Reading:
    """What all events files of a book say; `folder` is the book's folder or its `events` folder.

    Each row is a subject named by its `id`, each filled cell a statement for each of the row's addresses. A file that
    is not there says nothing, unless its bytes are among the `sealed` ones, by its name; one that cannot be read is a Problem and leaves what was read from it before as it is.
    A file whose name is none of these is reported, since nothing is read from it.
    """
    events = folder / "events" if (folder / "book.toml").is_file() else folder
    parts = []
    for name in (*FILES, *OWN_FILES):
        path = events / f"{name}.csv"
        opened = (sealed or {}).get(path.name)
        if path.exists() or opened is not None:
            kept_back = _restricted(name)
            found = Gathering(file=f"events/{name}.csv", make_id=make_id, restricted=kept_back)
            reader = _Events(book=book, name=name, found=found, kind=FILES.get(name) or OWN_FILES[name])
            parts.append(reader.read(_bytes(path, reader.found) if opened is None else opened))
    whole = together("events", parts)
    return _referred(book, replace(whole, problems=(*whole.problems, *_strangers(events))))


def _restricted(name: str) -> frozenset[str]:
    """The headings whose cells no message may show: all of what is never public."""
    if name not in ("consents", "publicity"):
        return frozenset()
    kind = OWN_FILES[name]
    return frozenset({"", "key", *kinds()[kind].properties})


def _strangers(events: Path) -> list[Problem]:
    """A Problem for each file that lies among the events and is none of them, naming the one it may be meant to be."""
    known = [f"{name}.csv" for name in (*FILES, *OWN_FILES)]
    problems = []
    for path in sorted(events.iterdir()) if events.is_dir() else ():
        hidden = path.name.startswith((".", "~$"))
        if hidden or path.name in known or not path.is_file() or path.suffix.lower() not in _TABLES:
            continue
        if _is_one_of(path, known):
            continue
        near = nearest(path.stem, [Path(name).stem for name in known])
        hint = f"; is it meant to be {near}.csv?" if near is not None else ""
        what = f"no events file has this name: nothing was read from it{hint}"
        do = f"Rename it, or move it out of events/; known are {', '.join(known)}"
        problems.append(Problem(file=f"events/{path.name}", what=what, do=do))
    return problems


def _is_one_of(path: Path, known: list[str]) -> bool:
    """True where the system takes Counts.csv and counts.csv for one file, which then was read."""
    plain = path.with_name(path.name.casefold())
    return plain.name in known and plain.exists() and plain.samefile(path)


def _bytes(path: Path, found: Gathering) -> bytes | None:
    try:
        with path.open("rb") as stream:
            data = stream.read(_LARGEST + 1)
    except OSError as fault:
        found.problem(f"the file cannot be read: {fault.strerror or fault}", "Look at the file and its rights")
        return None
    if len(data) > _LARGEST:
        found.problem(f"the file is larger than {_LARGEST:,} bytes", "Split it")
        return None
    return data


@dataclass(slots=True, kw_only=True)
class _Events:
    """Reads one events file."""

    book: Book
    name: str
    found: Gathering
    kind: str  # of the rows; of decisions, of those that are being read

    @property
    def key(self) -> tuple[str, ...]:
        return KEYS.get(self.kind, ("id",))

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of rows that the file may hold."""
        return tuple(RULINGS.values()) if self.name == "decisions" else (self.kind,)

    def required(self, header: list[str]) -> tuple[str, ...]:
        return self.key if self.kind == "decision" and "what" not in header else self.key[:2]

    @property
    def known(self) -> tuple[str, ...]:
        """The columns that the file may have."""
        if self.name == "decisions":
            parts = [replace(self, kind=kind) for kind in self.kinds]
            return tuple(dict.fromkeys(("what", *(c for part in parts for c in (*part.key, *part.properties)))))
        own = _OWN if self.kind not in KEYS else ()
        return tuple(dict.fromkeys((*self.key, *self.properties, *own)))

    @property
    def properties(self) -> tuple[str, ...]:
        own = _SIDES.get(self.kind, {})
        return tuple(prop for prop in kinds()[self.kind].properties if prop not in own)

    def read(self, data: bytes | None) -> Reading:
        known = self.known
        table = Table(header=(), rows=()) if data is None else csv_table(data, file=self.found.file, expected=known)
        self.found.problems.extend(hide(table.problems, self.found))
        header = [clean(name).text for name in table.header]
        if not header:
            return Reading(file=self.found.file, problems=tuple(self.found.problems))
        said = {name: f"mapped to {name}" for name in known}
        columns = account(
            self.found,
            header,
            mapped=said,
            required=self.required(header),
            advice=f"This file knows: {', '.join(known)}",
        )
        accounted = {f"{self.name}.{column}": what for column, what in columns.items()}
        if any(name not in header for name in self.required(header)):
            return Reading(file=self.found.file, problems=tuple(self.found.problems), accounted=accounted)
        by_kind, complete = self._by_kind(table, header)
        for kind, rows in by_kind.items():
            complete = replace(self, kind=kind).rows(tuple(rows), header) and complete
        if not table.rows:
            self.found.problem("there are no rows", "Put them back, or delete the file")
        return Reading(
            file=self.found.file,
            drafts=tuple(self.found.drafts),
            problems=tuple(self.found.problems),
            rows=len(table.rows),
            accounted=accounted,
            covers=tuple(f"{kind}:" for kind in self.kinds) if complete and table.rows else (),
            unread=frozenset(self.found.unread),
        )

    def _by_kind(self, table: Table, header: list[str]) -> tuple[Mapping[str, Sequence[Row]], bool]:
        """The rows by their kind, and whether that could be told of each."""
        if self.name != "decisions" or "what" not in header:
            return {self.kind: table.rows}, True
        at, complete = header.index("what"), True
        found: dict[str, list[Row]] = {}
        for row in table.rows:
            what = (clean(row.cells[at]).text if at < len(row.cells) else "").casefold() or "pair"
            if what in RULINGS:
                found.setdefault(RULINGS[what], []).append(row)
                continue
            complete = False
            do = f"Write one of {', '.join(RULINGS)}; the row was left out"
            self.found.problem("no decision is called that", do, row=row.number, column="what", value=what)
        return found, complete

    def rows(self, rows: tuple[Row, ...], header: list[str]) -> bool:
        """Read rows of one kind; False where one could not be placed."""
        identities = Identities(found=self.found, headings=self.key, known=frozenset(self.known))
        for row, key, cells in identities.rows(rows, header):
            line = Line(number=row.number, cells=cells, key=key, subject=self._subject(row.number, key, cells))
            if line.subject and identities.fits(row, header, line.subject):
                self._of_entries(line) if self.kind in KEYS else self._row(line)
            identities.complete = identities.complete and line.subject != ""
        return identities.complete

    def _subject(self, number: int, key: str, cells: Mapping[str, object]) -> str:
        if self.kind in KEYS:
            names = DECISIONS if self.kind == "decision" else (*self.key, self.kind)
            return f"{self.kind}:{self.found.make_id(*(getattr(cells.get(name), 'text', name) for name in names))}"
        identifier = key.removeprefix(f"{self.kind}:")
        if _ID.fullmatch(identifier) is None:
            do = "Write it without spaces and colons, such as BY-2025-12-13; the row was left out"
            self.found.problem("the id cannot be used", do, row=number, column="id", value=key)
            return ""
        return f"{self.kind}:{identifier}"

    # --- rows that others are the source of ---

    def _row(self, line: Line) -> None:
        sources = self._sources(line)
        if not sources:
            do = "Add its url, or at least its publisher; nothing is stated without a source"
            self.found.problem("the row has no source", do, row=line.number, value=line.key)
            self.found.unread.add((line.subject, WHOLE))
            return
        dates: dict[str, PartialDate] = {}
        filled = {prop for prop in self.properties if line.filled(prop) is not None}
        for prop in self.properties:
            for value, original in self._values(line, prop, dates):
                for source, published in sources:
                    self._say(line, prop, value, source, original=original, published=published)
        for need in kinds()[self.kind].lacks(filled):
            what = f"the row says no {' and no '.join(need.one_of)}"
            do = "Fill it in; the row went in, and is shown without it"
            self.found.problem(what, do, row=line.number, value=line.key)
        for first, second in _NOT_BEFORE:
            start, end = dates.get(first), dates.get(second)
            if start is not None and end is not None and _ends_before(start, end):
                what = f"{second} {end} lies before {first} {start}"
                do = "Compare both with the source; both were kept as a contradiction"
                self.found.problem(what, do, row=line.number, value=line.key)

    def _sources(self, line: Line) -> list[tuple[str, str | None]]:
        """(source, its publication date) of a row.

        One publisher or day beside several addresses dates the row, but is not known to be that of each address.
        """
        urls = self.found.urls(line, "url")
        publishers, each_publisher = self._in_turn(line, "publisher", len(urls))
        printed, each_day = self._in_turn(line, "published", len(urls))
        days = [self._day(line, text) for text in printed]
        place = self.found.place(line.number)
        if not urls:
            name = publishers[0]
            return [] if name is None else [(self.found.source(name, place, publisher=name), days[0])]
        ids = [
            self.found.source(
                url, place, publisher=publisher if each_publisher else None, published=day if each_day else None
            )
            for url, publisher, day in zip(urls, publishers, days, strict=True)
        ]
        return list(zip(ids, days, strict=True))

    def _in_turn(self, line: Line, heading: str, urls: int) -> tuple[list[str | None], bool]:
        """What a cell gives for each address, and whether it is known to be that address's own."""
        cell, wanted = line.filled(heading), max(urls, 1)
        if cell is None:
            return [None] * wanted, False
        parts = [part.strip() or None for part in cell.text.split(";")]
        if len(parts) == urls > 1:
            return list(parts), True
        return [cell.text] * wanted, urls == 1

    def _day(self, line: Line, text: str | None) -> str | None:
        try:
            return None if text is None else read_date(text)
        except ValueError as fault:
            do = "Correct it; the row went in without the day of publication"
            self.found.problem(f"cannot be read: {fault}", do, row=line.number, column="published", value=text)
            return None

    def _values(self, line: Line, prop: str, dates: dict[str, PartialDate]) -> list[tuple[str, str | None]]:
        cell = line.cells.get(prop)
        if cell is not None and cell.unread:
            self.found.unread.add((line.subject, prop))
        filled = line.filled(prop)
        if filled is None:
            return []
        spec = property_of(self.kind, prop)
        good = []
        column = Column(split=";" if spec.several else None, values=self.book.codes.get(prop, {}))
        for value, original, fault in read_values(self.kind, prop, filled, column):
            if fault is not None:
                self.found.unread.add((line.subject, prop))
                do = "Correct the cell; the rest of the row went in"
                self.found.problem(f"cannot be read: {fault}", do, row=line.number, column=prop, value=value)
                continue
            if spec.type == "date":
                dates[prop] = PartialDate.parse(value)
            good.append((value, None if spec.type == "ref" else original))
        return good

    def _say(
        self,
        line: Line,
        prop: str,
        value: str,
        source: str,
        *,
        original: str | None,
        published: str | None = None,
        kept_back: Visibility | None = None,
    ) -> None:
        self.found.say(
            Draft(
                subject=line.subject,
                prop=prop,
                value=value,
                source=source,
                place=self.found.place(line.number, prop),
                original=original,
                published=published,
                visibility=strictest(property_of(self.kind, prop).visibility, kept_back),
            )
        )

    # --- decisions, consents, wishes: the keeper is the source ---

    def _of_entries(self, line: Line) -> None:
        headings = _SIDES[self.kind]
        sides = {side: (line.filled(listed), line.filled(key)) for side, (listed, key) in headings.items()}
        if any(listed is None or key is None for listed, key in sides.values()):
            do = "Name the list by its id and the row by its key; the row was left out"
            missing = f"one side of the {self.kind}" if len(sides) > 1 else f"the entry of the {self.kind}"
            self.found.problem(f"{missing} is missing", do, row=line.number, value=line.key)
            self.found.unread.add((line.subject, WHOLE))
            return
        decided = self._ruled(line)
        if decided is None:
            self.found.unread.add((line.subject, WHOLE))
            return
        kept_back, told = decided
        title = _TITLES[OWN_FILES[self.name]]
        source = self.found.source(self.found.file, self.found.file, Visibility.TEAM, title=title)
        for side in sides:
            self._side(line, side, source)
        for prop in self.properties:
            for value, original in told.get(prop) or self._values(line, prop, {}):
                hidden = kept_back if prop in ("value", "reason") else None
                self._say(line, prop, value, source, original=original, kept_back=hidden)

    def _side(self, line: Line, side: str, source: str) -> None:
        """Name the entry of one side by its list and key."""
        headings = _SIDES[self.kind][side]
        listed, key = (line.cells[heading] for heading in headings)
        if listed.text not in {spec.id for spec in self.book.lists}:
            do = "Write the id of a list in book.toml"
            self.found.problem("no list has this id", do, row=line.number, column=headings[0], value=listed.text)
        self._say(line, side, entry_id(listed.text, key.text, self.found.make_id), source, original=key.text)

    def _ruled(self, line: Line) -> tuple[Visibility | None, Mapping[str, list[tuple[str, str | None]]]] | None:
        """Who may see the value that a row decides on, and the value in its normal form; None where there is none."""
        lacking = kinds()[self.kind].lacks([p for p in self.properties if line.filled(p) is not None])
        if lacking:
            (missing, *_), do = lacking[0].one_of, "Fill it in; the row was left out"
            self.found.problem(f"the {self.kind} has no {missing}", do, row=line.number, column=missing)
            return None
        if self.kind not in ON_A_VALUE:
            return None, {}
        prop, value = line.cells["prop"].text, line.cells["value"].text
        try:
            spec = ruled_property(self.kind, prop)
            plain = normal("entry", prop, value)
        except ValueError as fault:
            do = "Name a property that lists may state of a person, and one of its values; the row was left out"
            self.found.problem(f"cannot be decided on: {fault}", do, row=line.number, column="value", value=value)
            return None
        column = kept_back_by(self.book, line.cells["list_a"].text, prop)
        return strictest(spec.visibility, *column), {"value": [(plain, value if value != plain else None)]}


def ruled_property(kind: str, prop: str) -> Property:
    """A property of which one value can be preferred or graded (`kind`).

    Raises:
        ValueError: there is none of this name, it is told of a row and not of the person, or nothing in it excludes the rest.
    """
    known = kinds()["entry"].properties
    spec = known.get(prop)
    if spec is None or prop in ("list", "key", "name", "absent_since"):
        raise ValueError(
            f"there is no property {prop!r}, so it is nothing that can be decided on; {meant(prop, tuple(known))}"
        )
    if kind == "preference" and spec.several:
        raise ValueError(f"{prop} holds several values at once, so there is nothing to prefer; one can be graded")
    return spec


def kept_back_by(book: Book, listed: str, prop: str) -> tuple[Visibility | None, ...]:
    """Who may see what a list says of a property, as far as the book restricts it."""
    spec = next((spec for spec in book.lists if spec.id == listed), None)
    if spec is None:
        return ()
    return spec.visibility, *(column.visibility for column in spec.columns.values() if column.prop == prop)


def _ends_before(start: PartialDate, end: PartialDate) -> bool:
    return start.earliest is not None and end.latest is not None and end.latest < start.earliest


def _referred(book: Book, reading: Reading) -> Reading:
    """Report what is named and nowhere described: a deal, a release, an act or a body without a row of its own."""
    files = {kind: file for file, kind in FILES.items()}
    there = {draft.subject for draft in reading.drafts}
    problems = []
    for draft in reading.drafts:
        spec = property_of(draft.kind, draft.prop)
        told_later = spec.to == draft.kind == "measure"  # what an act changes is told where the chains are made
        if spec.to in files and not told_later and draft.value is not None and draft.value not in there:
            file, _, place = draft.place.partition(" row ")
            number, _, column = place.partition(", column ")
            do = f"Add it to events/{files[spec.to]}.csv, or correct the id"
            what = f"no {spec.to} has this id"
            value = draft.value.partition(":")[2]
            problems.append(Problem(file=file, row=int(number), column=column, value=value, what=what, do=do))
    for spec_ in book.lists:
        if spec_.release is not None and f"release:{spec_.release}" not in there:
            what = f"list {spec_.id} names a release that has no row"
            do = "Add it to events/releases.csv, or correct the id in book.toml"
            problems.append(Problem(file="book.toml", value=spec_.release, what=what, do=do))
    return replace(reading, problems=(*reading.problems, *dict.fromkeys(problems)))
