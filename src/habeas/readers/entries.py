"""One row of a list as statements on an entry: what its cells say, and what it means to stand there."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from habeas.dates import PartialDate
from habeas.nouns import Column, Draft, ListSpec, Means, Visibility, strictest
from habeas.readers.cells import Cell
from habeas.readers.reading import Gathering, Line
from habeas.readers.values import dated, read_values
from habeas.vocabulary import property_of

_NOT_BEFORE = (
    ("born", "detained"),
    ("born", "sentenced"),
    ("born", "released"),
    ("born", "died"),
    ("detained", "held_on"),
    ("detained", "pardoned"),
    ("detained", "released"),
    ("detained", "died"),
)
_AHEAD = frozenset({"appeal", "ends"})  # a day that may be set and printed before it comes
_LIFE, _MEMORY = 120, 100  # years before publication: no one older is on a list, nothing earlier is told of them
_FIRST, _LAST = date(1900, 1, 1), date(2100, 1, 1)  # where nothing says when the list was published
_HOST = re.compile(r"https?://(?:www\.)?([^/:?#]+)")
_OWN = ("url", "published", "publisher", "means", "lang")  # of the row, not of the person
_NAME_OF_OWN = {"lang": "language"}


@dataclass(slots=True, kw_only=True)
class _Row:
    """What holds for all statements of one row: who says it, when it was published, in which language."""

    line: Line
    sources: tuple[str, ...]
    published: str | None
    lang: str | None
    means: Means
    printed: str | None  # the standing as printed, where a column gives it
    since: str | None  # the day that the same cell gives: "released 12 May 2021"
    own_sources: Mapping[str, tuple[str, ...]]
    dates: dict[str, list[PartialDate]] = field(default_factory=dict)


@dataclass(slots=True, kw_only=True)
class Entries:
    """Reads the rows of one list, each into `found`."""

    spec: ListSpec
    columns: Mapping[str, Column]
    found: Gathering
    list_source: str
    header: frozenset[str]
    _told: set[str] = field(default_factory=set)

    def read(self, line: Line) -> None:
        """State what one row says."""
        row = self._row(line)
        self._say(row, "list", self.spec.id)
        self._say(row, "key", line.key)
        for heading, column in self.columns.items():
            if column.prop is None or column.prop in _OWN:
                continue
            cell = line.cells.get(heading)
            if heading not in self.header or (cell is not None and cell.unread):
                self.found.unread.add((line.subject, column.prop))
            elif column.join or line.filled(heading) is not None:
                self._cell(row, heading, column)
        self._dated_standing(row)
        self._stand(row)
        self._order(row)
        self._possible(row)

    # --- what holds for the row ---

    def _row(self, line: Line) -> _Row:
        published, _ = self._of_row(line, "published")
        publisher, _ = self._of_row(line, "publisher")
        lang, _ = self._of_row(line, "lang")
        means, printed = self._of_row(line, "means")
        when = None
        if means is None and printed is not None and (both := dated(printed, _year(published or self.spec.published))):
            means, when = both[0].value, both[1]
        urls = self._urls(line)
        for url in urls:
            place = self.found.place(line.number)
            ours = _same_host(url, self.spec.url)
            said = {"publisher": publisher or (self.spec.publisher if ours else None), "published": published}
            self.found.source(url, place, self.spec.visibility, **said, language=self.spec.language if ours else None)
        return _Row(
            line=line,
            sources=tuple(self._source(url) for url in urls) or (self.list_source,),
            published=published or self.spec.published,
            lang=lang or self.spec.language,
            means=Means(means) if means is not None else (self.spec.means if printed is None else Means.NAMED),
            printed=printed,
            since=when,
            own_sources=self._own_sources(line),
        )

    def _of_row(self, line: Line, prop: str) -> tuple[str | None, str | None]:
        """(value, as printed) of something a column says of the row itself; what cannot be read is reported."""
        for heading, column in self.columns.items():
            cell = line.filled(heading) if column.prop == prop else None
            if cell is None:
                continue
            kind, name = ("source", "publisher") if prop == "publisher" else ("list", _NAME_OF_OWN.get(prop, prop))
            for value, _, fault in read_values(kind, name, cell, column):
                if fault is None:
                    return value, cell.found
                if prop != "means" or dated(cell.text) is None:
                    self._fault(line, heading, value, fault)
            return None, cell.found
        return None, None

    def _urls(self, line: Line) -> tuple[str, ...]:
        headings = [heading for heading, column in self.columns.items() if column.prop == "url"]
        return tuple(dict.fromkeys(url for heading in headings for url in self.found.urls(line, heading)))

    def _source(self, url: str) -> str:
        return f"source:{self.found.make_id('source', url)}"

    def _own_sources(self, line: Line) -> dict[str, tuple[str, ...]]:
        """The sources that a column gives for some properties of this row, instead of the row's own."""
        own: dict[str, tuple[str, ...]] = {}
        for heading, column in self.columns.items():
            if not column.source_of:
                continue
            place = self.found.place(line.number, heading)
            seen_by = (
                column.visibility
                if self.spec.visibility is None
                else strictest(self.spec.visibility, column.visibility)
            )
            ids = tuple(self.found.source(url, place, seen_by) for url in self.found.urls(line, heading))
            for prop in column.source_of:
                own[prop] = own.get(prop, ()) + ids
        return {prop: ids for prop, ids in own.items() if ids}

    # --- what its cells say ---

    def _cell(self, row: _Row, heading: str, column: Column) -> None:
        prop = column.prop
        assert prop is not None
        spec = property_of("entry", prop)
        cell = _joined(row.line, column.join) if column.join else row.line.cells[heading]
        for value, original, fault in read_values("entry", prop, cell, column, until=_year(row.published)):
            if fault is not None:
                self.found.unread.add((row.line.subject, prop))
                self._fault(row.line, heading, value, fault)
                continue
            if spec.type == "date":
                row.dates.setdefault(prop, []).append(PartialDate.parse(value))
            lang = (column.lang or row.lang) if prop == "name" else column.lang if spec.type == "text" else None
            self._say(row, prop, value, heading=heading, original=original, lang=lang, visibility=column.visibility)

    def _say(
        self,
        row: _Row,
        prop: str,
        value: str,
        *,
        heading: str | None = None,
        original: str | None = None,
        lang: str | None = None,
        visibility: Visibility | None = None,
    ) -> None:
        spec = property_of("entry", prop)
        for source in row.own_sources.get(prop, row.sources):
            self.found.say(
                Draft(
                    subject=row.line.subject,
                    prop=prop,
                    value=f"{spec.to}:{value.removeprefix(f'{spec.to}:')}" if spec.to is not None else value,
                    source=source,
                    place=self.found.place(row.line.number, heading),
                    original=original,
                    lang=lang,
                    # Another page has its own day of publication, which this row does not give.
                    published=row.published if source in row.sources else None,
                    visibility=strictest(spec.visibility, self.spec.visibility, visibility),
                )
            )

    def _fault(self, line: Line, heading: str, value: str, fault: str) -> None:
        if "letters" in fault:
            do = "Write the whole name; the row went in without this name"
        else:
            do = "Correct the cell, or say in book.toml how it reads (formats, values, split); the rest of the row went in"
        self.found.problem(f"cannot be read: {fault}", do, row=line.number, column=heading, value=value)

    # --- what it means to stand on the list ---

    def _stand(self, row: _Row) -> None:
        """State what follows from standing on the list on the day it was published; never a finer date than that."""
        if row.means is Means.NAMED or (row.means is Means.HELD and self._out_already(row)):
            return
        if row.means is Means.RELEASED and self.spec.release is not None:
            self._say(row, "released_in", self.spec.release, original=row.printed)
        prop = {"held": "held_on", "recognised": "recognised", "released": "released", "died": "died"}[row.means]
        if row.means is not Means.HELD and prop in row.dates:
            return
        day = row.published
        if day is not None and row.means in {Means.RELEASED, Means.DIED}:
            day = _by(day)
        if day is None:
            self._undated(row)
            return
        self._say(row, prop, day, original=row.printed)

    def _undated(self, row: _Row) -> None:
        """Tell that a standing has no day: of each row, where rows have days of their own, else once of the list."""
        told = "until then standing on it says nothing about a day"
        if any(column.prop == "published" for column in self.columns.values()):
            what = f"the row means {row.means}, but nothing says when it was published"
            self.found.problem(
                what, f"Fill in the row's day of publication, or `published` of the list; {told}", row=row.line.number
            )
        else:
            what = f"the list means {row.means}, but nothing says when it was published"
            self._tell_once(what, f"Add `published` to the list in book.toml; {told}")

    def _dated_standing(self, row: _Row) -> None:
        """State the day of release or death that a status gives; the day of an arrest or of a list stands in a column."""
        if row.since is not None and row.means in {Means.RELEASED, Means.DIED} and row.means.value not in row.dates:
            self._say(row, row.means.value, row.since, original=row.printed)
            row.dates[row.means.value] = [PartialDate.parse(row.since)]

    def _out_already(self, row: _Row) -> bool:
        """True, and reported, where a row of a list of the held itself says that the person was out or dead by then.

        What the row says of the person beats what its list means. One taken again after that exit may well be held.
        """
        by = None if row.published is None else PartialDate.parse(row.published).earliest
        ends = [(prop, when) for prop in ("released", "died") for when in row.dates.get(prop, ())]
        over = [(prop, when) for prop, when in ends if by is not None and when.certainly_by(by)]
        again = [when for prop in ("detained", "returned", "held_on") for when in row.dates.get(prop, ())]
        for prop, when in over:
            if not any(when.latest is not None and (a.latest is None or a.latest > when.latest) for a in again):
                told = prop if self._kept_back(prop) else f"{prop} {when}"
                self.found.problem(
                    f"the list means held, but the row says {told}, and the list was published on {row.published}",
                    "The row was believed: the person is out by it. If the date is wrong, correct it; if the list is not of "
                    "people held, say what standing on it means (`means`, or a column of it)",
                    row=row.line.number,
                    value=row.line.key,
                )
                return True
        return False

    def _tell_once(self, what: str, do: str) -> None:
        if what not in self._told:
            self._told.add(what)
            self.found.problem(what, do)

    def _order(self, row: _Row) -> None:
        """Report an end before its start; both stay, since nobody here can say which of the two is wrong."""
        for first, second in _NOT_BEFORE:
            for start in row.dates.get(first, ()):
                for end in row.dates.get(second, ()):
                    if start.earliest is not None and end.latest is not None and end.latest < start.earliest:
                        what = f"{second} {end} lies before {first} {start}"
                        if self._kept_back(first, second):
                            what = f"{second} lies before {first}"
                        do = "Compare both with the source; both were kept as a contradiction"
                        self.found.problem(what, do, row=row.line.number, value=row.line.key)

    def _kept_back(self, *props: str) -> bool:
        """True where a column of one of these properties is restricted."""
        return any(c.prop in props and heading in self.found.restricted for heading, c in self.columns.items())

    def _possible(self, row: _Row) -> None:
        """Report days on which the row cannot know what it says; a date from another page has its own day of knowing."""
        known = None if row.published is None else PartialDate.parse(row.published)
        for prop, dates in row.dates.items():
            if prop in row.own_sources:
                continue
            for when in dates:
                fault = _impossible(prop, when, known)
                if fault is not None:
                    if self._kept_back(prop):
                        fault = f"{prop} cannot be right beside the day of publication"
                    do = "Compare it with the source; it was kept as printed"
                    self.found.problem(fault, do, row=row.line.number, value=row.line.key)


def _joined(line: Line, headings: tuple[str, ...]) -> Cell:
    """The cells under some headings as one, in that order; what is empty is passed over."""
    cells = [cell for heading in headings if (cell := line.filled(heading)) is not None]
    return Cell(
        text=" ".join(cell.text for cell in cells),
        found=" ".join(cell.found for cell in cells),
        marks=any(cell.marks for cell in cells),
    )


def _year(published: str | None) -> int | None:
    latest = None if published is None else PartialDate.parse(published).latest
    return None if latest is None else latest.year


def _impossible(prop: str, when: PartialDate, known: PartialDate | None) -> str | None:
    """Why a date cannot be right beside the day of publication, or None where nothing says so."""
    if known is None:
        if when.latest is not None and when.latest < _FIRST:
            return f"{prop} {when} lies before {_FIRST.year}"
        ahead = when.earliest is not None and when.earliest >= _LAST
        return f"{prop} {when} lies in the far future" if ahead else None
    last, years = known.latest, _LIFE if prop == "born" else _MEMORY
    if last is not None and when.earliest is not None and when.earliest > last and prop not in _AHEAD:
        return f"{prop} {when} lies after the day of publication, {known}"
    if last is not None and when.latest is not None and when.latest.year < last.year - years:
        return f"{prop} {when} lies more than {years} years before the day of publication, {known}"
    return None


def _by(published: str) -> str | None:
    """On that day or before it, in EDTF; None where the day has no last bound."""
    end = published.rpartition("/")[2]
    return None if end in {"", ".."} else f"../{end}"


def _same_host(url: str, other: str) -> bool:
    """True where both addresses are of one site: then the list's publisher is the row's too."""
    one, two = _HOST.match(url), _HOST.match(other)
    return one is not None and two is not None and one[1].casefold() == two[1].casefold()
