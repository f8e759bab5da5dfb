"""Lists that are on record though the book no longer names them."""

from __future__ import annotations

from collections.abc import Iterable

from habeas.nouns import Book, Problem, Statement, Visibility

PASTED = "pasted-"  # how the ids of lists begin that were pasted at the command line and stand in no book.toml
_MOST = 5


def leftovers(book: Book, live: Iterable[Statement]) -> tuple[Problem, ...]:
    """A Problem for each list on record that `book.toml` names no more: what it said still counts until withdrawn.

    Whether it was dropped on purpose, renamed or lost by mistake is for a person to say; `live` are the statements that
    stand, as their keeper sees them.
    """
    named = {spec.id for spec in book.lists}
    titles: dict[str, str] = {}
    entries: dict[str, set[str]] = {}
    batches: dict[str, set[int]] = {}
    for statement in live:
        kind, _, rest = statement.subject.partition(":")
        if kind not in {"list", "entry"}:
            continue
        list_id = rest.partition(":")[0]
        if list_id in named or list_id.startswith(PASTED):
            continue
        batches.setdefault(list_id, set()).add(statement.batch)
        if kind == "entry":
            entries.setdefault(list_id, set()).add(statement.subject)
        elif statement.prop == "title" and statement.value is not None and statement.visibility is Visibility.PUBLIC:
            titles[list_id] = statement.value
    return tuple(
        _problem(list_id, titles.get(list_id, ""), len(entries.get(list_id, ())), sorted(found))
        for list_id, found in sorted(batches.items())
    )


def _problem(list_id: str, title: str, entries: int, batches: list[int]) -> Problem:
    called = f" ({title})" if title not in {"", list_id} else ""
    people = "1 entry" if entries == 1 else f"{entries:,} entries"
    last = ", ".join(f"`habeas undo {batch}`" for batch in reversed(batches[-_MOST:]))
    more = f" and {len(batches) - _MOST} earlier ones" if len(batches) > _MOST else ""
    return Problem(
        file="book.toml",
        value=list_id,
        what=f"this list{called} is on record and no [[list]] names it any more: its {people} still count",
        do=f"Name it again, or withdraw it: {last}{more}; `habeas log` shows what each batch said",
    )
