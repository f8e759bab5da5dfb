"""What is worked out of the record and kept beside it: who is who, and the folder of the columns.

All of it can be thrown away and is made anew. In a book with a passphrase it is sealed. Nothing here outlives an erasure.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable, Collection, Iterable
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from habeas.dates import PartialDate
from habeas.ledger.vault import Vault
from habeas.making import write_whole
from habeas.nouns import Links, Pair, Part, Person, Phrase, Problem, Same, Statement

_WHO = "who"


class Cache:
    """A folder beside a record; with None, or where it cannot be written, nothing is kept."""

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder

    def links(self, mark: Callable[[str], str], vault: Vault | None) -> Links | None:
        """Who is who as kept under this mark; None where nothing is, or something of another state.

        Args:
            mark: of the SHA-256 of the text a keyed mark that is the same for the same record, rules and text alone.
        """
        if self.folder is None:
            return None
        try:
            found = (self.folder / _WHO).read_bytes()
            text = found if vault is None else vault.open(found, _WHO.encode())
            said, _, body = text.partition(b"\n")
            return _read(body) if said.decode() == mark(_digest(body)) else None
        except (OSError, ValueError):
            return None

    def keep(self, links: Links, mark: Callable[[str], str], vault: Vault | None) -> None:
        """Keep who is who, whole or not at all; only this user of the machine can read the file."""
        if self.folder is None:
            return
        body = _written(links)
        text = mark(_digest(body)).encode() + b"\n" + body
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            (self.folder / ".gitignore").write_text("*\n", encoding="ascii")
            write_whole(self.folder / _WHO, text if vault is None else vault.seal(text, _WHO.encode()), mode=0o600)
        except OSError:
            pass  # it is worked out each time then

    def forget(self) -> None:
        """Throw everything away: it may hold what was erased, or stand in the plain."""
        if self.folder is not None:
            shutil.rmtree(self.folder, ignore_errors=True)


def mark_of(statements: Iterable[Statement], kinds: Collection[str]) -> str:
    """A mark of all that is said of some kinds: another one once anything of them is recorded, taken back or erased."""
    found = hashlib.sha256()
    told: set[str] = set()
    for said in statements:
        if said.kind in kinds or said.retracts in told:
            told.add(said.id)
            found.update(f"{said.id} {said.value is None}\n".encode())
    return found.hexdigest()


def _digest(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()


def _written(links: Links) -> bytes:
    said = {
        "persons": [[person.id, *person.mentions] for person in links.persons],
        "unsure": [[p.a, p.b, p.score, p.same.value, [_told(why) for why in p.why], p.decision] for p in links.unsure],
        "parted": links.parted,
        "chances": links.chances,
        "problems": [{key: _told(value) for key, value in asdict(one).items()} for one in links.problems],
    }
    return json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode("utf-8")


def _read(body: bytes) -> Links:
    said = json.loads(body)
    return Links(
        persons=tuple(Person(id=one[0], mentions=tuple(one[1:])) for one in said["persons"]),
        unsure=tuple(
            Pair(a=a, b=b, score=score, same=Same(same), why=tuple(map(_heard, why)), decision=decision)
            for a, b, score, same, why, decision in said["unsure"]
        ),
        problems=tuple(Problem(**{key: _heard(value) for key, value in one.items()}) for one in said["problems"]),
        parted=tuple((a, b) for a, b in said["parted"]),
        chances=tuple((a, b, odds) for a, b, odds in said["chances"]),
    )


def _told(part: Part | None) -> Any:
    """A part of a sentence as JSON holds it; a phrase with all that it is said from in another language."""
    if isinstance(part, Phrase):
        return {"phrase": [part.message, {k: _told(v) for k, v in part.parts.items()}, part.many, part.n]}
    if isinstance(part, PartialDate):
        return {"date": part.text}
    return {"day": part.isoformat()} if isinstance(part, date) else part


def _heard(said: Any) -> Any:
    if not isinstance(said, dict):
        return said
    if "phrase" in said:
        message, parts, many, n = said["phrase"]
        return Phrase(message, {k: _heard(v) for k, v in parts.items()}, many, n)
    return PartialDate.parse(said["date"]) if "date" in said else date.fromisoformat(said["day"])
