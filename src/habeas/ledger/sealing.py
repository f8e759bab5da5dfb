"""Sealing rows: what the public may not see of a statement stands in a sealed blob, and only there.

The blob holds the preimage of the row's commitment (nonce and canonical content), so what is opened is checked by one
hash, and nothing that is left beside it lets a value be guessed. The plain columns of a sealed row are what the public
view shows of it on every later day: `KEPT_BACK` stands where a value is not shown, nothing where there is none.
"""

from __future__ import annotations

import json
from collections import namedtuple
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, FromClause, Row, bindparam, select, update

from habeas.errors import NotALedger
from habeas.ledger import tables
from habeas.ledger.vault import Vault
from habeas.ledger.views import Seen
from habeas.nouns import Statement, Visibility
from habeas.vocabulary import kinds

KEPT_BACK = ""  # no value is empty: the vocabulary refuses it
_NONCE = 16
_PLAIN = ("subject", "prop", "visibility", "retracts")  # what stays as it was recorded
_CUT = tuple(name for name in tables.CONTENT if name not in _PLAIN)
_SHOWN = tuple(name for name in _CUT if name != "recorder")
_AGREEMENTS = ("restriction:", "consent:", "publicity:")

# As a database row: read by the names of its columns.
_OPENED: Any = namedtuple  # noqa: PYI024 -- the names come from the table, not from here
_Opened = _OPENED("_Opened", ["id", "seq", "batch", "recorded", *tables.CONTENT])


def _context(seq: int, commitment: bytes) -> bytes:
    return b"statement %d " % seq + commitment


def open_preimage(vault: Vault, row: Row[Any]) -> bytes:
    """The preimage of a sealed row's commitment.

    Raises:
        ValueError: the blob was changed, or stands in another row's place.
    """
    return vault.open(row.sealed, _context(row.seq, row.commitment))


def content(preimage: bytes, id_: str) -> Any:
    """A preimage as a row that was never sealed."""
    return _Opened(id_, *json.loads(preimage[_NONCE:].decode("utf-8", "surrogateescape")))


def opened(vault: Vault | None, row: Row[Any]) -> Statement:
    """The statement a row holds; without the vault, of a sealed one what its plain columns show."""
    if row.sealed is None or vault is None:
        return tables.from_row(row)
    return tables.from_row(content(open_preimage(vault, row), row.id))


def rows(
    connection: Connection, statements: FromClause, vault: Vault | None, *, after: int = 0
) -> Iterator[tuple[Row[Any], Statement]]:
    """Every row after a number that was not erased, with the statement it holds.

    Raises:
        NotALedger: what was sealed was changed.
    """
    there = select(statements).where(statements.c.subject.is_not(None), statements.c.seq > after)
    for row in connection.execute(there.order_by(statements.c.seq)):
        try:
            yield row, opened(vault, row)
        except (ValueError, TypeError, AttributeError):
            raise NotALedger(f"statement {row.seq} was changed after it was recorded; run `habeas verify`") from None


def as_sealed(statement: Statement) -> Statement | None:
    """The statement of a row in a locked book, as the public sees it: what is kept back was cut when it was sealed."""
    if kinds()[statement.kind].working:
        return None
    return replace(statement, value=None) if statement.value == KEPT_BACK else statement


def sealed_columns(vault: Vault, row: Mapping[str, Any], shown: Statement | None) -> dict[str, Any]:
    """The columns of a row that change when it is sealed and only `shown` of it stays plain."""
    plain = dict.fromkeys(_CUT)
    if shown is not None:
        span = shown.valid
        plain |= {name: getattr(shown, name, None) for name in _SHOWN}
        plain["valid_start"] = None if span is None or span.start is None else span.start.isoformat()
        plain["valid_end"] = None if span is None or span.end is None else span.end.isoformat()
    # A column that may not be NULL to a reader is empty; a value that is there and kept back is not the same as none.
    plain |= {name: plain[name] or KEPT_BACK for name in ("source", "place", "recorder")}
    if row["value"] is not None and plain["value"] is None:
        # On another day the value may be shown and the day of its source not.
        plain |= {"value": KEPT_BACK, "published": None}
    blob = vault.seal(tables.preimage(row), _context(row["seq"], row["commitment"]))
    return {**plain, "nonce": None, "sealed": blob}


def fits(row: Row[Any], whole: Any) -> bool:
    """True where the plain columns of a sealed row say nothing that its content does not, or that public disclosure makes of it."""
    if row.nonce is not None or any(getattr(row, name) != getattr(whole, name) for name in _PLAIN):
        return False
    if (whole.seq, whole.batch, whole.recorded) != (row.seq, row.batch, row.recorded):
        return False
    if (row.value is None) is not (whole.value is None):
        return False
    for name in _CUT:
        plain, said = getattr(row, name), getattr(whole, name)
        if plain in (None, KEPT_BACK) or plain == said:
            continue
        year = name == "value" and len(plain) == 4 and plain in said
        own_list = name == "source" and row.subject.startswith(f"entry:{plain.removeprefix('list:')}:")
        if not year and not own_list:
            return False
    return True


def is_quiet(connection: Connection, new: Sequence[Statement]) -> bool:
    """True where what the public sees of the new statements, and of the old, does not hang on each other.

    It does where people, lists or columns are restricted, where consents or wishes are on record, where somebody was
    erased or a name is not public, and where who or where a source is is kept back: then the whole record has to be looked
    at.
    """
    if _names_hidden(connection, new):
        return False
    s = tables.statement.c
    if any(one.subject.startswith(_AGREEMENTS) for one in new):
        return False
    for prefix in _AGREEMENTS:
        between = (s.subject >= prefix) & (s.subject < prefix[:-1] + ";")
        if connection.execute(select(s.seq).where(between).limit(1)).first() is not None:
            return False
    sources = sorted({t for one in new for t in (one.source, one.subject) if t.startswith("source:")})
    for start in range(0, len(sources), 500):
        some = sources[start : start + 500]
        masked = s.subject.in_(some) & s.prop.in_(("url", "publisher")) & s.sealed.is_not(None)
        if connection.execute(select(s.seq).where(masked).limit(1)).first() is not None:
            return False
    return not any(one.kind == "source" and one.visibility.value != "public" for one in new)


def _names_hidden(connection: Connection, new: Sequence[Statement]) -> bool:
    """True where a name is not public, or somebody was erased: a text may name them."""
    if any(one.prop == "name" and one.kind == "entry" and not _published(one) for one in new):
        return True
    s = tables.statement.c
    names = (s.subject >= "entry:") & (s.subject < "entry;") & (s.prop == "name")
    hidden = (select(s.seq).where(names & s.sealed.is_not(None)), select(tables.suppressed.c.token))
    return any(connection.execute(one.limit(1)).first() is not None for one in hidden)


def _published(name: Statement) -> bool:
    """True where a name is public as it stands, without a consent."""
    return name.visibility is Visibility.PUBLIC and (name.published is not None or name.source.startswith("source:"))


def seal_new(vault: Vault, fresh: list[dict[str, Any]], statements: Sequence[Statement], seen: Seen) -> None:
    """Seal those rows of a batch that the public may not see in full, before any of them is written."""
    for row, statement in zip(fresh, statements, strict=True):
        shown = seen(statement)
        row.update({"sealed": None} if shown == statement else sealed_columns(vault, row, shown))


def seal_old(connection: Connection, vault: Vault, old: Iterable[tuple[Row[Any], Statement]], seen: Seen) -> int:
    """Seal in place what the public may no longer see in full; say how many rows that changed. Nothing is ever unsealed."""
    changed: list[dict[str, Any]] = []
    for row, statement in old:
        shown = seen(statement)
        if shown == statement:
            continue
        if row.sealed is None:
            changed.append({"at": row.seq, **sealed_columns(vault, row._asdict(), shown)})
            continue
        less = _less(row, statement, shown)
        if less is not None:
            changed.append({"at": row.seq, "nonce": None, "sealed": row.sealed, **less})
    if changed:
        columns: dict[str, Any] = {name: bindparam(f"new_{name}") for name in ("nonce", "sealed", *_CUT)}
        cut = update(tables.statement).where(tables.statement.c.seq == bindparam("at")).values(**columns)
        named = [{"at": one["at"], **{f"new_{name}": one[name] for name in columns}} for one in changed]
        connection.execute(cut, named)
    return len(changed)


def _less(row: Row[Any], statement: Statement, shown: Statement | None) -> dict[str, Any] | None:
    """The plain columns of a sealed row where they show more than may now be shown; None where they do not."""
    empty = dict.fromkeys(_CUT)
    empty |= dict.fromkeys(("source", "place", "recorder"), KEPT_BACK)
    if statement.value is not None:
        empty["value"] = KEPT_BACK
    now = {name: getattr(row, name) for name in _CUT}
    kept = dict(now)
    for name in _SHOWN:
        if name.startswith("valid_"):
            may = shown is not None and shown.valid == statement.valid
        else:
            may = shown is not None and getattr(shown, name) == now[name]
        if not may:
            kept[name] = empty[name]
    if kept["value"] == KEPT_BACK:
        kept["published"] = None
    return kept if kept != now else None
