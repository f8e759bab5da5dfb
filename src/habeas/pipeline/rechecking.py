"""Verdicts on record against the record as it stands now: which of them changed, and because of which statements."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from habeas.cases.verdicts import kept_verdicts
from habeas.check import check_article
from habeas.ledger import Ledger
from habeas.nouns import Article, Book, Casebook, Judgement, Keeper, KeptVerdict, Public, Statement
from habeas.pipeline.articles import days_of, last_day, texts_of
from habeas.pipeline.people import casebook, who_is_who
from habeas.pipeline.reading import Progress, silent


class Change(StrEnum):
    """How a verdict on record stands to the record now."""

    SAME = "the same"
    REWORDED = "the same verdict by other working"
    CHANGED = "another verdict"
    UNREAD = "the claim is no longer found"
    GONE = "the text is no longer in the book"


@dataclass(frozen=True, slots=True, kw_only=True)
class Gone:
    """A statement a verdict rested on, and does not any more; `by` is the one that took it back, where one did."""

    id: str
    statement: Statement | None
    by: Statement | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rechecked:
    """A verdict on record beside what the record says now: `came` and `went` are the statements that make the difference."""

    kept: KeptVerdict
    change: Change
    now: Judgement | None
    came: tuple[Statement, ...] = ()
    went: tuple[Gone, ...] = ()

    @property
    def changed(self) -> bool:
        return self.change not in (Change.SAME, Change.REWORDED)


def _came(kept: KeptVerdict, now: Judgement, went: Iterable[Gone], public: Casebook[Public]) -> tuple[Statement, ...]:
    """What a verdict did not rest on and does now.

    What corrects a statement makes a difference, also where the verdict now rests on nothing.
    """
    corrections = [g.by.id for g in went if g.by is not None]
    new = dict.fromkeys(i for i in (*now.rests_on, *corrections) if i not in kept.rests_on)
    return tuple(public.statements[i] for i in new if i in public.statements)


def recheck(book: Book, ledger: Ledger, *, progress: Progress = silent) -> tuple[Rechecked, ...]:
    """Every verdict on record, signed or kept, against the public record as it stands now; by article and place.

    The day of "today" is that of the last statement on record, so that the same record gives the same answer on any day.

    Raises:
        LedgerLocked: the book is locked.
    """
    verdicts = kept_verdicts(ledger.view(Keeper))
    if not verdicts:
        return ()
    progress("linking")
    public = casebook(book, ledger, Public)
    wanted = {v.text for v in verdicts}
    texts = {text: found for text, (_, found) in texts_of(book, ledger, days_of(verdicts)).items() if text in wanted}
    history = ledger.history(Public, who_is_who(book, ledger))
    by_id = {s.id: s for s in history}
    taken_back = {s.retracts: s for s in history if s.retracts is not None}
    judged: dict[str, dict[object, Judgement]] = {}
    for fingerprint, article in texts.items():
        progress(f"checking articles: {article.path.name}")
        judged[fingerprint] = _judged(article, public)
    found = []
    for kept in verdicts:
        now = judged.get(kept.text, {}).get(kept.place)
        change = _change(kept, now, there=kept.text in texts)
        if now is None or change is Change.SAME:
            found.append(Rechecked(kept=kept, change=change, now=now))
            continue
        rested = [i for i in kept.rests_on if i not in now.rests_on]
        went = tuple(Gone(id=i, statement=by_id.get(i), by=taken_back.get(i)) for i in rested)
        found.append(Rechecked(kept=kept, change=change, now=now, came=_came(kept, now, went, public), went=went))
    return tuple(sorted(found, key=lambda r: (r.kept.file, r.kept.text, r.kept.quote.start, r.kept.quote.end)))


def _judged(article: Article, public: Casebook[Public]) -> dict[object, Judgement]:
    checked = check_article(article, public, today=last_day(public))
    return {j.claim.place: j for j in checked.judgements}


def _change(kept: KeptVerdict, now: Judgement | None, *, there: bool) -> Change:
    if now is None:
        return Change.UNREAD if there else Change.GONE
    if (now.at_publication, now.today) != (kept.at_publication, kept.today):
        return Change.CHANGED
    if (now.why, now.context) != (kept.why, kept.context) or set(now.rests_on) != set(kept.rests_on):
        return Change.REWORDED
    return Change.SAME
