"""What was corrected in public: values that stood once, those that stand in their place, why and since when.

Told are days, numbers, codes and ids. A name or a text that was corrected is not printed again: it may have been taken out to
protect somebody.
"""

from __future__ import annotations

from datetime import UTC

from habeas.ledger import Ledger
from habeas.ledger.disclosure import Who
from habeas.nouns import Casebook, Correction, Public, Statement, say
from habeas.readers import BY_HAND
from habeas.vocabulary import kinds, property_of

# How the ledger is kept, beside the kinds that the vocabulary marks as working.
_OURS = frozenset({"source", "list", "verdict", "remark", "decision"})


def corrections(ledger: Ledger, public: Casebook[Public], who: Who | None) -> tuple[Correction, ...]:
    """The corrections that may be shown, the latest first; of a locked book none, for what stood is sealed."""
    if ledger.locked:
        return ()
    history = ledger.history(Public, who)
    before = {s.id: s for s in history}
    home = {mention: case.id for case in public.cases.values() for mention in case.mentions}
    told = [
        Correction(
            subject=s.subject,
            case=home.get(s.subject, ""),
            prop=s.prop,
            before=old.value or "",
            after=s.value or "",
            why=say("corrected in {file}", file=_file(s) or say("the record")),
            on=s.recorded.astimezone(UTC).date(),
            statements=(s.id,),
        )
        for s in history
        if s.retracts is not None and (old := before.get(s.retracts)) is not None and _tells(old, s)
    ]
    return tuple(sorted(told, key=lambda one: (one.on, one.statements), reverse=True))


def _file(correction: Statement) -> str:
    """The file it was read from; of what was corrected by hand none: its place is whatever somebody wrote."""
    return "" if correction.place.startswith(BY_HAND) else correction.place.partition(" row ")[0]


def _tells(old: Statement, new: Statement) -> bool:
    if old.value is None or new.value is None or old.value == new.value:
        return False
    kind = kinds()[new.kind]
    if new.kind in _OURS or kind.follows or kind.working:
        return False
    spec = property_of(new.kind, new.prop)
    return spec.holds not in ("free", "name") and new.prop not in ("list", "key")
