"""What a new export says that an earlier one did not, and why; as a table, and as an Atom feed.

Statements are compared by their ids, which say nothing of their content; a case changed where a statement of it came or
went. The reason is that of the statement which took another back, where one did.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from xml.etree import ElementTree as ET

from habeas.errors import UsageError
from habeas.nouns import Casebook, Public
from habeas.publish.export.tables import Table
from habeas.publish.wording import clean

_ATOM = "http://www.w3.org/2005/Atom"
COLUMNS = {
    "change": "added, removed or changed",
    "case": "id of the case",
    "name": "the name shown",
    "said_now": "statements that came",
    "no_longer_said": "statements that went",
    "why": "the reasons on record for what went",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """What is compared of an earlier export: its cases by id with their names, and its statements with their subjects."""

    cases: Mapping[str, str]
    statements: Mapping[str, str]


def read_earlier(folder: Path) -> Earlier:
    """The cases and statements of an export made before.

    Raises:
        UsageError: the folder is no export.
    """
    try:
        return Earlier(
            cases=_column(folder / "cases.csv", "name"), statements=_column(folder / "statements.csv", "subject")
        )
    except (OSError, KeyError, UnicodeDecodeError, csv.Error):
        raise UsageError(f"{folder.name} is no earlier export: it needs its cases.csv and statements.csv") from None


def _column(path: Path, column: str) -> dict[str, str]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return {row["id"]: row[column] for row in csv.DictReader(stream)}


def _only_in(here: Mapping[str, str], there: Mapping[str, str], home: Mapping[str, str]) -> dict[str, list[str]]:
    """The statements (id to subject) that stand here and not there, by the case their subject is of."""
    found: dict[str, list[str]] = {}
    for identifier, subject in here.items():
        if identifier not in there and subject in home:
            found.setdefault(home[subject], []).append(identifier)
    return found


def differences(casebook: Casebook[Public], earlier: Earlier, why: Mapping[str, str]) -> Table:
    """One row a case that is new, gone, or of which something else is said; `why` gives the reason by withdrawn statement.

    A case that is gone is told by its id alone: its name may be what had to go.
    """
    home = {m: case.id for case in casebook.cases.values() for m in case.mentions}
    now = {s.id: s.subject for s in casebook.statements.values() if s.value is not None}
    came, went = _only_in(now, earlier.statements, home), _only_in(earlier.statements, now, home)
    rows: list[tuple[str | int | None, ...]] = []
    for case in casebook.cases.values():
        new, old = came.get(case.id, []), went.get(case.id, [])
        if case.id in earlier.cases and not new and not old:
            continue
        reasons = dict.fromkeys(why[i] for i in old if why.get(i))
        change = "changed" if case.id in earlier.cases else "added"
        rows.append((change, case.id, case.label, len(new), len(old), "; ".join(reasons)))
    rows += [("removed", i, None, None, None, None) for i in earlier.cases if i not in casebook.cases]
    return Table(
        name="changes",
        about="What was added, removed or changed since the earlier export, a row a case",
        columns=tuple(COLUMNS.items()),
        rows=tuple(rows),
    )


def as_atom(casebook: Casebook[Public], changes: Table, at: datetime) -> bytes:
    """The changes as an Atom feed (RFC 4287); without addresses, for an export does not know where it will stand."""
    ET.register_namespace("", _ATOM)
    feed = ET.Element(f"{{{_ATOM}}}feed")
    when = at.isoformat(timespec="seconds")

    def add(parent: ET.Element, tag: str, text: str) -> None:
        ET.SubElement(parent, f"{{{_ATOM}}}{tag}").text = clean(text)

    title = f"{casebook.book.title}: changes"
    add(feed, "id", f"urn:habeas:changes:{casebook.head}")
    add(feed, "title", title)
    add(feed, "updated", when)
    author = ET.SubElement(feed, f"{{{_ATOM}}}author")
    add(author, "name", casebook.book.contact or casebook.book.title)
    for change, case, name, came, went, why in changes.rows:
        entry = ET.SubElement(feed, f"{{{_ATOM}}}entry")
        add(entry, "id", f"urn:habeas:change:{casebook.head}:{case}")
        add(entry, "title", f"{name or case}: {change}")
        add(entry, "updated", when)
        said = [f"{n} statements {what}" for n, what in ((came, "came"), (went, "went")) if n]
        add(entry, "summary", "; ".join([*said, *([str(why)] if why else [])]) or str(change))
    ET.indent(feed)
    return bytes(ET.tostring(feed, encoding="utf-8", xml_declaration=True)) + b"\n"
