"""How a record in a database grows: by functions of the database, which check what they are given and are all that may write.

Whoever may call them need not be trusted with the tables: a bad batch is refused, and so spoils nothing for the others.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import orjson
from sqlalchemy import Connection, text

from habeas.errors import LedgerUnwritable
from habeas.ledger import tables
from habeas.vocabulary import kinds

LOCK = 0x68616265  # "habe": the writers' place in the line
REFUSED = "HB001"

_AT_ONCE = 5000  # statements in one call
_OF_EDITORS = ("add(json, integer, text)", "close(jsonb)")
_OF_KEEPERS = ("add_as_keeper(json, integer, text)", "close_as_keeper(jsonb)", "empty_under(text, integer[], text[])")
# The kinds of subjects that a keeper alone speaks of.
_KEEPERS = ("batch",)
_CUSTODY = ("detained", "held_on", "returned")  # of somebody who is to be named only after release
# Of EDTF, and the month in which each begins.
_SEASONS = {
    "21": 3, "22": 6, "23": 9, "24": 12, "25": 3, "26": 6, "27": 9, "28": 12, "33": 1, "34": 4, "35": 7, "36": 10, "40": 1, "41": 7,
}  # fmt: skip
_DOORS = """
CREATE OR REPLACE FUNCTION {add}(said json, in_batch integer, at text) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, habeas, pg_temp AS $$ BEGIN PERFORM add_(said, in_batch, at, {keeps}); END $$;
CREATE OR REPLACE FUNCTION {close}(heading jsonb) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, habeas, pg_temp AS $$ BEGIN PERFORM close_(heading, {keeps}); END $$;
"""


@cache
def functions() -> str:
    """The SQL that makes the functions anew."""
    sql = Path(__file__).with_name("appending.sql").read_text(encoding="utf-8")
    for name, part in {**_form(), **_vocabulary()}.items():
        sql = sql.replace(f"<{name}>", part)
    doors = _DOORS.format(add="add", close="close", keeps="false")
    return sql + doors + _DOORS.format(add="add_as_keeper", close="close_as_keeper", keeps="true")


def _form() -> dict[str, str]:
    """How a statement and a date are written."""
    return {
        "refused": REFUSED,
        "lock": str(LOCK),
        "nonce": str(tables.NONCE),
        "content": ", ".join(tables.CONTENT),
        "given": ", ".join(f"given.{name}" for name in tables.CONTENT),
        "emptied": ", ".join(f"{name} = NULL" for name in ("nonce", "sealed", *tables.CONTENT)),
        "id": _base32(),
        "date": r"([12](\d{3}|\d\dX|\dXX)|[12]\d{3}-(XX(-XX)?|(0[1-9]|1[0-2])(-(XX|[0-3]\d))?|<season>))(-?[~?%]+)?",
        "seasons": f"CASE substr(said, 6, 2) {' '.join(f'WHEN {n!r} THEN {m}' for n, m in _SEASONS.items())} END",
        "season": f"({'|'.join(_SEASONS)})",
    }


def _vocabulary() -> dict[str, str]:
    """What may be said: each property as `kind.prop`."""
    props = {f"{p.kind}.{p.name}": p for kind in kinds().values() for p in kind.properties.values()}
    # What decides who sees what must be read by everybody.
    coded = {name: p for name, p in props.items() if p.type == "enum" and kinds()[p.kind].working}
    return {
        "sayable": _array(props),
        "coded": _array(coded),
        "codes": _array(f"{name}={code}" for name, p in coded.items() for code in p.of),
        "dated": _array(name for name, p in props.items() if p.type == "date"),
        "counted": _array(name for name, p in props.items() if p.type == "integer"),
        "adding": _array([name for name, kind in kinds().items() if not kind.clockless] + ["source", "list"]),
        "custody": _array(_CUSTODY),
        "keepers": _array(_KEEPERS),
    }


def _array(words: Iterable[str]) -> str:
    return "'{" + ",".join(f'"{word}"' for word in sorted(words)) + "}'::text[]"


def _base32() -> str:
    """Sixteen digits of five bits: each lies in a byte and the next one."""
    alphabet = "abcdefghijklmnopqrstuvwxyz234567"
    digits = []
    for bit in range(0, 80, 5):
        byte, rest = divmod(bit, 8)
        two = f"(get_byte(commitment, {byte}) << 8 | get_byte(commitment, {byte + 1}))"
        digits.append(f"substr('{alphabet}', ({two} >> {11 - rest} & 31) + 1, 1)")
    return " || ".join(digits)


def install(connection: Connection) -> None:
    """Make the functions, which nobody but their owner may call until `rights` are given."""
    connection.connection.cursor().execute(functions().encode())  # not as `text`, which takes : for its own
    connection.execute(text("REVOKE ALL ON ALL FUNCTIONS IN SCHEMA habeas FROM PUBLIC"))
    connection.execute(text("REVOKE ALL ON opened FROM PUBLIC"))


def rights(editor: str, keeper: str) -> list[str]:
    """What lets the roles call them."""
    return [
        f"GRANT EXECUTE ON FUNCTION {', '.join(_OF_EDITORS)} TO {editor}, {keeper}",
        f"GRANT EXECUTE ON FUNCTION {', '.join(_OF_KEEPERS)} TO {keeper}",
    ]


def may(connection: Connection) -> tuple[bool, bool]:
    """Whether this login may do what a keeper does, and whether it may record at all."""
    can = "coalesce(has_function_privilege(to_regprocedure('habeas.{}'), 'EXECUTE'), false)"
    # A record of an older version, which has them not yet, gave rights in the tables.
    had = "coalesce(has_table_privilege(to_regclass('{}'), 'INSERT'), false)"
    keeps = f"{can.format(_OF_KEEPERS[0])} OR {had.format('erased')}"
    edits = f"{can.format(_OF_EDITORS[0])} OR {had.format('statement')}"
    found = connection.execute(text(f"SELECT {keeps}, {edits}")).one()
    return bool(found[0]), bool(found[1])


def refusal(error: BaseException | None) -> str | None:
    """What one of the functions said that it refuses, which quotes no value; None of any other error."""
    if getattr(error, "sqlstate", None) != REFUSED:
        return None
    return f"{error.diag.message_primary}; nothing was written"  # type: ignore[union-attr]


def add(connection: Connection, rows: Sequence[Mapping[str, Any]], *, keeps: bool) -> None:
    """Add the statements of one batch, still without its head.

    Raises:
        LedgerUnwritable: a text of them is no Unicode.
    """
    call = text(f"SELECT {'add_as_keeper' if keeps else 'add'}(CAST(:said AS json), :batch, :at)")
    for start in range(0, len(rows), _AT_ONCE):
        said = [_given(row) for row in rows[start : start + _AT_ONCE]]
        try:
            written = orjson.dumps(said).decode()
        except TypeError:
            raise LedgerUnwritable("a value holds what is no Unicode text; nothing was written") from None
        connection.execute(call, {"said": written, "batch": rows[0]["batch"], "at": rows[0]["recorded"]})


def _given(row: Mapping[str, Any]) -> dict[str, str]:
    return {name: row[name] for name in tables.CONTENT if row[name] is not None} | {"nonce": f"\\x{row['nonce'].hex()}"}


def close(connection: Connection, head: Mapping[str, Any], *, keeps: bool) -> None:
    """Close the batch with its head."""
    said = {name: f"\\x{value.hex()}" if isinstance(value, bytes) else value for name, value in head.items()}
    call = text(f"SELECT {'close_as_keeper' if keeps else 'close'}(CAST(:said AS jsonb))")
    connection.execute(call, {"said": orjson.dumps(said).decode()})


def empty(connection: Connection, seqs: Sequence[int], tombstone: str, tokens: Iterable[str]) -> None:
    """Empty statements under a tombstone of the batch that is not closed yet."""
    call = text("SELECT empty_under(:tombstone, CAST(:seqs AS integer[]), CAST(:tokens AS text[]))")
    connection.execute(call, {"tombstone": tombstone, "seqs": list(seqs), "tokens": sorted(set(tokens))})
