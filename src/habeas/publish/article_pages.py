"""A page for each checked article: what it claims, the verdicts with their working, opinion set apart.

A short text is shown whole with its claims marked. Of a longer one, which may be somebody else's, only the sentences
that are spoken about are quoted. A verdict is shown once a person has signed it; until then a claim is only marked.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from typing import Any

from markupsafe import Markup

from habeas.languages import code
from habeas.nouns import CheckedArticle, Judgement, KeptVerdict, Quote, Remark, Step, Verdict, say
from habeas.publish import claimreview, signing
from habeas.publish.contents import Contents, Note, Page, article_name

WHOLE = 2_500  # characters up to which a text is shown whole

MARKS = {
    Verdict.SUPPORTED: "supported",
    Verdict.CONTRADICTED: "contradicted",
    Verdict.OUTDATED: "outdated",
    Verdict.NOT_ENOUGH: "unknown",
}
_SENTENCE_END = re.compile(r"(?<=[.!?…])[\"'”’»)]*\s+|\n+")


# Where claims overlap, the stretch wears the mark of the one that a reader must see first.
_FIRST = ("contradicted", "outdated", "unknown", "supported", "open")


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A stretch of an article: plain, claimed, loaded, not understood or cut.

    `claims` are the numbers of those it belongs to, `ends` of those that end with it.
    """

    text: str
    sort: str = ""  # "", claim, loaded, unread, cut
    mark: str = ""
    claims: tuple[int, ...] = ()
    ends: tuple[int, ...] = ()


def paragraphs(checked: CheckedArticle, marks: Sequence[str], *, whole: bool = False) -> tuple[tuple[Piece, ...], ...]:
    """The article cut into paragraphs of pieces; sentences of a long text without a mark become one `cut` piece.

    `marks` are those of the claims, in their order; with `whole` nothing is cut out.
    """
    text = checked.article.text
    quotes = (*(j.claim.quote for j in checked.judgements), *checked.loaded, *checked.not_understood)
    cuts = sorted({0, len(text), *(q.start for q in quotes), *(q.end for q in quotes)})
    pieces = [_piece(checked, marks, start, end) for start, end in pairwise(cuts)]
    return _by_paragraph(_shorten(pieces) if len(text) > WHOLE and not whole else pieces)


def _piece(checked: CheckedArticle, marks: Sequence[str], start: int, end: int) -> Piece:
    """The stretch between two cuts; a claim goes before loaded words, and these before unread ones."""
    text = checked.article.text[start:end]

    def over(quote: Quote) -> bool:
        return quote.start <= start and end <= quote.end

    claims = [(n, j) for n, j in enumerate(checked.judgements, start=1) if over(j.claim.quote)]
    if claims:
        worn = {marks[n - 1] for n, _ in claims}
        ends = tuple(n for n, j in claims if j.claim.quote.end == end)
        return Piece(text=text, sort="claim", mark=next(m for m in _FIRST if m in worn),
                     claims=tuple(n for n, _ in claims), ends=ends)  # fmt: skip
    if any(map(over, checked.loaded)):
        return Piece(text=text, sort="loaded")
    return Piece(text=text, sort="unread" if any(map(over, checked.not_understood)) else "")


def _shorten(pieces: list[Piece]) -> list[Piece]:
    """Of each plain piece only the ends that belong to a sentence with a mark in it."""
    found = []
    for index, piece in enumerate(pieces):
        if piece.sort:
            found.append(piece)
            continue
        ends = [m.end() for m in _SENTENCE_END.finditer(piece.text)]
        head = piece.text[: ends[0]] if ends and index > 0 else "" if ends or index == 0 else piece.text
        tail = piece.text[ends[-1] :] if ends and index < len(pieces) - 1 else ""
        if not ends and index == 0:
            tail = piece.text
        found.append(Piece(text=head))
        if piece.text[len(head) : len(piece.text) - len(tail)].strip():
            found.append(Piece(text="…", sort="cut"))
        found.append(Piece(text=tail))
    return found


def _by_paragraph(pieces: list[Piece]) -> tuple[tuple[Piece, ...], ...]:
    done: list[list[Piece]] = [[]]
    for piece in pieces:
        *before, last = re.split(r"\s*\n\s*", piece.text) if "\n" in piece.text else [piece.text]
        for part in before:
            done[-1].append(replace(piece, text=part, ends=()))
            done.append([])
        done[-1].append(replace(piece, text=last))
    return tuple(tuple(p for p in some if p.text or p.ends) for some in done if any(p.text.strip() for p in some))


@dataclass(frozen=True, slots=True, kw_only=True)
class Also:
    """Another article that claims the same."""

    path: str
    title: str
    language: str
    published: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A judgement as shown; nothing of its verdict where nobody has signed it (`signed` None).

    `kept_back` where its working rests on what the public may not see; `moved` where the record has changed since it was
    signed, so that only what was signed is shown.
    """

    number: int
    quote: str
    kind: str
    mark: str
    attributed: bool
    signed: KeptVerdict | None
    also: tuple[Also, ...]
    verdict: str = ""
    at_publication: str = ""
    today: str = ""
    why: str = ""
    context: str = ""
    missing: str = ""
    steps: tuple[tuple[str, str, tuple[Note, ...]], ...] = ()
    notes: tuple[Note, ...] = ()
    kept_back: bool = False
    moved: bool = False
    who_signed: str = ""
    remarks: tuple[tuple[str, Remark], ...] = ()


def telling(judgement: Judgement) -> tuple[Step, ...]:
    """The steps of a working that say more than its one sentence does."""
    why = str(judgement.why)
    return tuple(s for s in judgement.steps if why not in (str(s.result), f"{s.what}: {s.result}"))


def _shown(contents: Contents, checked: CheckedArticle, number: int, judgement: Judgement) -> Shown:
    signed = contents.signed(checked.article, judgement.claim)
    plain = Shown(
        number=number,
        quote=judgement.claim.quote.text,
        kind=code("claim", judgement.claim.kind),
        mark="open" if signed is None else MARKS[signed.verdict],
        attributed="attributed" in judgement.claim.flags,
        signed=signed,
        also=tuple(
            Also(path=path(c), title=_title(c), language=c.article.language, published=c.article.published)
            for c in contents.claimed_in(judgement.family, checked.article)
        ),
    )
    if signed is None:
        return plain
    now = (judgement.at_publication, judgement.today, judgement.why, judgement.context, judgement.missing)
    moved = now != (signed.at_publication, signed.today, signed.why, signed.context, signed.missing)
    rests = (*judgement.rests_on, *(i for s in judgement.steps for i in s.rests_on))
    kept_back = not moved and any(not contents.shown((i,)) for i in rests)
    shown = replace(
        plain,
        verdict=code("verdict", signed.verdict.value),
        at_publication=code("verdict", signed.at_publication.value),
        today=code("verdict", signed.today.value),
        kept_back=kept_back,
        moved=moved,
        who_signed=signing.signature(signed),
        remarks=tuple((signing.headed(r), r) for r in signed.remarks),
    )
    if kept_back:
        return shown
    notes = contents.notes(signed.rests_on)
    if moved:
        return replace(shown, why=signed.why, context=signed.context, missing=signed.missing, notes=notes)
    # Where nothing moved, the check's own words are the same, and can be said in another language.
    return replace(
        shown,
        why=judgement.why,
        context=judgement.context,
        missing=judgement.missing,
        steps=tuple((s.what, s.result, contents.notes(s.rests_on)) for s in telling(judgement)),
        notes=notes,
    )


def _title(checked: CheckedArticle) -> str:
    return checked.article.title or say("Untitled article")


def path(checked: CheckedArticle) -> str:
    return f"articles/{article_name(checked)}.html"


def summary(contents: Contents, checked: CheckedArticle) -> dict[str, Any]:
    """An article in a list: its title, its day, how many claims stand how by the verdicts signed, and how many wait."""
    signed = [contents.signed(checked.article, j.claim) for j in checked.judgements]
    counted = Counter(s.verdict for s in signed if s is not None)
    return {
        "path": path(checked),
        "title": _title(checked),
        "language": checked.article.language,
        "published": checked.article.published,
        "verdicts": [(MARKS[v], code("verdict", v.value), counted[v]) for v in Verdict if counted[v]],
        "open": signed.count(None),
        "unread": len(checked.not_understood),
    }


def distinct(contents: Contents) -> tuple[CheckedArticle, ...]:
    """The checked articles, the latest first; a text given twice is one page."""
    found = {article_name(c): c for c in contents.checked}
    # Two sorts, since the day goes backwards and the title forwards.
    by_title = sorted(found.values(), key=lambda c: (c.article.title, article_name(c)))
    return tuple(sorted(by_title, key=lambda c: 0 if c.article.published is None else -c.article.published.toordinal()))


def article_pages(contents: Contents) -> Iterator[Page]:
    """One page for each checked article."""
    for checked in distinct(contents):
        shown = [_shown(contents, checked, n, j) for n, j in enumerate(checked.judgements, start=1)]
        yield Page(
            path=path(checked),
            template="article.html.j2",
            title=_title(checked),
            context={
                "article": checked.article,
                "summary": summary(contents, checked),
                "paragraphs": paragraphs(checked, [s.mark for s in shown]),
                "whole": len(checked.article.text) <= WHOLE,
                "judgements": shown,
                "reviews": _reviews(contents, shown),
                **signing.WORDS,
                "loaded": list(dict.fromkeys(q.text for q in checked.loaded)),
                "unread": list(dict.fromkeys(q.text for q in checked.not_understood)),
            },
        )


def _reviews(contents: Contents, shown: Sequence[Shown]) -> Markup | None:
    """ClaimReviews of what was signed; not of what the public record no longer bears."""
    signed = [s.signed for s in shown if s.signed is not None and not s.kept_back]
    return claimreview.in_page(contents.casebook, signed) if signed else None


def list_page(contents: Contents) -> Page:
    """All checked articles."""
    return Page(
        path="articles.html",
        template="articles.html.j2",
        title=say("Checked articles"),
        context={"articles": [summary(contents, c) for c in distinct(contents)]},
    )
