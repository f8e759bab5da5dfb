"""What a book says of who may see a list or a column: statements of their own, and words that no message may show."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from habeas.nouns import Book, Column, Draft, ListSpec, Problem, Statement, Visibility, strictest
from habeas.readers.reading import HIDDEN, Gathering, Reading
from habeas.vocabulary import kinds

# What was said in these does not go away by no longer being said: a cell emptied by accident must not publish a name.
STAYING = frozenset({"restriction", "publicity"})
_LIMITS = frozenset({"from", "until", "withdrawn"})
ADDRESSED = ("consent", "publicity")


def restricted_headings(spec: ListSpec, columns: Mapping[str, Column], key: Collection[str]) -> frozenset[str]:
    """The headings whose cells no message may show; "" stands for the key text of a row."""
    kept_back = [(heading, column) for heading, column in columns.items() if _restricted(spec, column)]
    found = {one for heading, column in kept_back for one in (heading, *column.join)}
    if found.intersection(key) or strictest(Visibility.PUBLIC, spec.visibility) is not Visibility.PUBLIC:
        found |= {"", *key, *columns, *(one for column in columns.values() for one in column.join)}
    return frozenset(found)


def _restricted(spec: ListSpec, column: Column) -> bool:
    props = kinds()["entry"].properties
    own = props.get(column.prop or "")
    kept_back = own is not None and (
        own.visibility is not Visibility.PUBLIC or (own.consent is not None and own.consent != "name")
    )
    return kept_back or strictest(Visibility.PUBLIC, spec.visibility, column.visibility) is not Visibility.PUBLIC


def hide(problems: Iterable[Problem], found: Gathering) -> list[Problem]:
    """Problems of a file as a whole, which may quote a row, without what they quote where a column is restricted."""
    return [replace(p, value=HIDDEN) if found.restricted and p.value is not None else p for p in problems]


def restrictions(book: Book, spec: ListSpec, columns: Mapping[str, Column], found: Gathering) -> None:
    """State who may see the list and its columns, where `book.toml` says so, with the reason and the day of review."""
    if spec.visibility is not None:
        _state(book, spec, found, "*", {}, spec.visibility, spec.visibility_reason, spec.review_on)
    used = [column.prop for column in columns.values()]
    for heading, column in columns.items():
        if column.visibility is None:
            continue
        # By the property where it can be: then a column renamed in the file stays restricted.
        alone = column.prop is not None and used.count(column.prop) == 1 and column.prop in kinds()["entry"].properties
        which = {"prop": column.prop or ""} if alone else {"column": heading}
        name = column.prop if alone and column.prop is not None else f"column {heading}"
        _state(book, spec, found, name, which, column.visibility, column.visibility_reason, column.review_on)


def _state(
    book: Book,
    spec: ListSpec,
    found: Gathering,
    name: str,
    which: Mapping[str, str],
    visibility: Visibility,
    reason: str,
    review_on: str | None,
) -> None:
    said = {
        "subject": f"list:{spec.id}",
        **which,
        "visibility": visibility.value,
        "reason": reason,
        "review_on": review_on or "",
        "by": book.keeper,
    }
    for prop, value in said.items():
        if value:
            found.say(
                Draft(
                    subject=f"restriction:{spec.id}:{name}",
                    prop=prop,
                    value=value,
                    source=f"list:{spec.id}",
                    place=f"book.toml, list {spec.id}",
                    visibility=strictest(Visibility.TEAM, visibility),
                )
            )


def stays(old: Statement, record: Iterable[Statement], *, gone: bool) -> bool:
    """True where what a file says no longer holds all the same, because letting it go would show more, not less.

    `record` are all statements of the old one's subject; `gone` says that the file does not name the subject at all.
    """
    if old.kind in STAYING:
        return True
    if old.kind != "consent":
        return False
    said = list(record)
    limited = any(s.prop in _LIMITS for s in said)
    of_name = any(s.prop == "scope" and s.value == "name" for s in said)
    if gone:
        return limited and of_name
    return old.prop in _LIMITS or (limited and old.prop == "scope" and old.value == "name")


def unpublished_names(reading: Reading) -> tuple[Problem, ...]:
    """A list whose names nobody is known to have published: they are not public by that, and the keeper should know."""
    for draft in reading.drafts:
        own = draft.kind == "entry" and draft.prop == "name" and draft.visibility is Visibility.PUBLIC
        if own and draft.published is None and draft.source.startswith("list:"):
            return (
                Problem(
                    file=reading.file,
                    what="nothing says that the list was published: its names are public with consent only",
                    do="Add `published` or `url` to the list in book.toml, or consents to events/consents.csv; "
                    'where there is neither, write visibility = "team"',
                ),
            )
    return ()


def unknown_entries(reading: Reading, known: Collection[str], keys: Collection[tuple[str, str]]) -> tuple[Problem, ...]:
    """Consents and wishes that name no entry on record: they would protect nobody.

    `known` are the subjects of entries, `keys` the (list id, key text) under which entries stand on record.
    """
    found = []
    for draft in reading.drafts:
        if draft.kind not in ADDRESSED or draft.prop != "entry" or draft.value is None or draft.value in known:
            continue
        if (draft.value.split(":", 2)[1], draft.original or "") in keys:
            continue
        file, _, place = draft.place.partition(" row ")
        found.append(
            Problem(
                file=file,
                row=int(place.partition(",")[0]),
                column="key",
                value=HIDDEN,
                what="no entry of that list has this key: the row concerns nobody",
                do="Write the key as it stands in the list",
            )
        )
    return tuple(found)
