"""Synthetic statements of the shape that records have: who is meant by them is nobody.

A spell is one entry of a list with about 8 statements. Of what a spell says, 30% is said again by another source, with
another value where values can differ, and 5% of all statements are taken back later. They arrive in batches over 2020 to
2026, an exit and a second source some batches after the arrest.
"""

from __future__ import annotations

import base64
import hashlib
import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

from habeas.ledger import Ledger
from habeas.nouns import Draft, Statement, Visibility

FIRST, LAST = date(2020, 1, 1), date(2026, 12, 31)
PER_SPELL = 8.2  # six things said, 30% of them twice, 5% of all that taken back
COMPETING, RETRACTED = 0.3, 0.05
_DELAY = 6  # batches, at most, until the rest of a spell is told
_TERMS = ("P1Y6M", "P2Y", "P3Y", "P4Y6M", "P8Y", "P12Y")


@lru_cache(maxsize=4096)
def _key(number: int) -> str:
    """Ten characters that lie anywhere in the order of ids, as salted hashes do."""
    digest = hashlib.blake2b(number.to_bytes(8, "big"), digest_size=8).digest()
    return base64.b32encode(digest).decode("ascii").lower()[:10]


class Synthetic:
    """A source of batches of drafts; one seed gives one record, but for salts and nonces."""

    def __init__(self, statements: int, *, seed: int = 1, plain: bool = False) -> None:
        """`plain`: nothing competes and nothing is taken back."""
        self._chance = random.Random(seed)
        self._spells = round(statements / (6 if plain else PER_SPELL))
        self._plain = plain
        self._batches = max(12, min(84, statements // 1000))
        self._later: list[list[Draft]] = [[] for _ in range(self._batches + _DELAY + 1)]
        self._now = 0

    def instant(self, batch: int) -> datetime:
        """When a batch was recorded: evenly over the years."""
        whole = (LAST - FIRST).days
        return datetime(2020, 1, 1, 12, tzinfo=UTC) + timedelta(days=whole * batch // (self._batches + _DELAY))

    def batches(self) -> Iterator[tuple[datetime, list[Draft]]]:
        """(instant, drafts), batch by batch; hand what was recorded to `recorded` before the next."""
        share, over = divmod(self._spells, self._batches)
        number = 0
        for now in range(self._batches + _DELAY + 1):
            self._now = now
            drafts = self._later[now]
            self._later[now] = []
            for _ in range(share + (now < over) if now < self._batches else 0):
                drafts += self._spell(number)
                number += 1
            if drafts:
                yield self.instant(now), drafts

    def recorded(self, statements: tuple[Statement, ...]) -> None:
        """Choose what of a batch is to be taken back later."""
        if self._plain or self._now >= self._batches:
            return
        for s in self._chance.sample(statements, round(RETRACTED * len(statements))):
            if s.retracts is None and s.prop != "list":
                back = Draft(
                    subject=s.subject, prop=s.prop, value=None, source=s.source, retracts=s.id, reason="corrected"
                )
                self._later[self._now + self._chance.randint(1, _DELAY)].append(back)

    @staticmethod
    def subject(number: int) -> str:
        """The entry that a spell is of."""
        return f"entry:list-{number % 5}:{_key(number)}"

    @classmethod
    def subjects(cls, count: int) -> list[str]:
        """Entries, in no order."""
        return [cls.subject(number * 7919 % count) for number in range(count)]

    def _spell(self, number: int) -> list[Draft]:
        chance = self._chance
        list_id = f"list-{number % 5}"
        subject = self.subject(number)
        start = FIRST + timedelta(days=chance.randrange((LAST - FIRST).days))
        end = start + timedelta(days=chance.randrange(10, 1500))
        told = [
            ("list", f"list:{list_id}"),
            ("name", f"Person {number:07d}"),
            ("detained", _written(start, chance)),
            ("sentence", chance.choice(_TERMS)),
            ("sex", chance.choice(("female", "male"))),
            ("released", _written(end, chance)) if chance.random() < 0.7 else ("held_on", end.isoformat()),
        ]
        now = []
        for at, (prop, value) in enumerate(told):
            draft = self._draft(subject, prop, value, number)
            if at == 5 and not self._plain:
                self._later[self._now + chance.randint(1, _DELAY)].append(draft)
            else:
                now.append(draft)
            if not self._plain and prop != "list" and chance.random() < COMPETING * 6 / 5:
                other = self._draft(subject, prop, _another(prop, value, chance), number + 7)
                self._later[self._now + chance.randint(1, _DELAY)].append(other)
        return now

    def _draft(self, subject: str, prop: str, value: str, source: int) -> Draft:
        return Draft(
            subject=subject,
            prop=prop,
            value=value,
            source=f"source:{_key(source % 997)}",
            place=f"lists/list-{source % 5}.csv row {source}, column {prop}",
            original=value.upper() if prop == "name" else None,
            published=(FIRST + timedelta(days=source % 2500)).isoformat(),
            visibility=Visibility.PUBLIC,
        )


def _written(day: date, chance: random.Random) -> str:
    """A day as lists write it: now and then only the month."""
    return f"{day:%Y-%m}" if chance.random() < 0.05 else day.isoformat()


def _another(prop: str, value: str, chance: random.Random) -> str:
    if prop in ("detained", "released", "held_on") and len(value) == 10:
        return (date.fromisoformat(value) + timedelta(days=chance.randint(-20, 20))).isoformat()
    return chance.choice(_TERMS) if prop == "sentence" else value


def fill(ledger: Ledger, source: Synthetic) -> int:
    """Record all batches; how many statements that were."""
    size = 0
    for instant, drafts in source.batches():
        said = ledger.append(drafts, recorded=instant, recorder="bench")
        source.recorded(said)
        size += len(said)
    return size
