"""Verdicts on record: signed by a person or kept as drafts, spoken about, and held against the record again.

A verdict is a subject of its own, named by the text it is on and the place of the claim in it. What is recorded of it is
what the check said: a person signs that, or does not sign. Signing again corrects what was signed before; `habeas undo`
takes a batch of signatures back like any other batch. Everything recorded here comes from the public record alone.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from habeas.archive import capture
from habeas.cases.verdicts import kept_verdicts
from habeas.check import people_in
from habeas.errors import CaptureError, UsageError
from habeas.ledger import Ledger
from habeas.nouns import (
    Article,
    Book,
    Casebook,
    CheckedArticle,
    Draft,
    Judgement,
    Keeper,
    Problem,
    Public,
    Quote,
    RemarkKind,
    Statement,
    View,
    Visibility,
)
from habeas.pipeline.articles import checked_for_all, teller, texts_of
from habeas.pipeline.inputs import ARTICLES, article_paths, take
from habeas.pipeline.people import casebook, linker
from habeas.pipeline.steps import one_step
from habeas.readers import Signature, read_signatures
from habeas.vocabulary import property_of

SIGNATURES = "signatures.csv"
_LONGEST_NAME = 100
_LONGEST_TEXT = 4_000
_SHORTEST_MARK = 6  # characters of a fingerprint that name a text
# What may differ while a signature still says the same.
_PASSING = frozenset({"head", "on", "file"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """What became of one claim: `outcome` is signed, signed anew, signed already, kept, kept anew or kept already."""

    number: int
    id: str
    judgement: Judgement
    outcome: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Signing:
    """What was recorded of an article: by claim, how many verdicts of an earlier text were withdrawn, and where it lies."""

    checked: CheckedArticle
    recorded: tuple[Recorded, ...]
    withdrawn: int
    file: str
    batch: int | None


@one_step
def sign(
    book: Book,
    ledger: Ledger,
    path: Path,
    *,
    by: str,
    now: datetime,
    claims: Sequence[int] = (),
    note: str = "",
    text: str = "",
    published: date | None = None,
) -> Signing:
    """Record that somebody signs what the check says of the claims with these numbers, or of all; without `by`, keep drafts.

    An article from elsewhere is copied into the book's `articles`, so that it can be checked again. A text that was signed
    before and has changed since is signed only where `text`, the beginning of its fingerprint, says that it was read anew;
    the verdicts on the earlier text are then withdrawn.

    Raises:
        CaptureError: the file cannot be read, or holds no text.
        UsageError: there is no such claim, the text is another one, or may not be shown.
        LedgerLocked: the book is locked.
        LedgerUnwritable: it could not be written; nothing was.
    """
    by, note = _said(by, "a name", _LONGEST_NAME), _said(note, "a note", _LONGEST_TEXT)
    public = casebook(book, ledger, Public)
    checked = checked_for_all(book, ledger, path, public, published=published)
    article = checked.article
    _shown(book, ledger, public, by, note)
    _is(article, text, path)
    chosen = _chosen(checked, claims, path)
    file = _home(book, ledger, path, article)
    view = ledger.view(Keeper)
    earlier = [v for v in kept_verdicts(view) if v.file == file and v.text != article.fingerprint]
    first = next((v for v in earlier if v.signed), None)
    if by and first is not None and not text:
        raise UsageError(
            f"{file} has changed since {first.by} signed it on {first.on}; read it again, and sign it with"
            f" --text {article.fingerprint[:8]}: the verdicts on the earlier text are withdrawn then"
        )
    drafts, done = _recorded(book, ledger, public, checked, chosen, view, file=file, by=by, on=now.date(), note=note)
    withdrawn = [v for v in earlier if by or not v.signed] if drafts else []
    for old in withdrawn:
        drafts += _withdrawn(view.by_subject[f"verdict:{old.id}"], book, by, "the article has changed since")
    said = ledger.append(drafts, recorded=now, recorder=book.recorder, linker=linker(book))
    return Signing(
        checked=checked,
        recorded=tuple(done),
        withdrawn=len(withdrawn),
        file=file,
        batch=said[0].batch if said else None,
    )


def _recorded(
    book: Book,
    ledger: Ledger,
    public: Casebook[Public],
    checked: CheckedArticle,
    chosen: Iterable[tuple[int, Judgement]],
    view: View[Keeper],
    *,
    file: str,
    by: str,
    on: date,
    note: str,
) -> tuple[list[Draft], list[Recorded]]:
    """What has to be said for these verdicts to be signed, or kept where `by` is empty; and what becomes of each."""
    article, reason = checked.article, "signed again" if by else "kept again"
    named = people_in(article.text, article.language, public)
    drafts: list[Draft] = []
    done = []
    for number, judged in chosen:
        identifier = _identifier(ledger, article, judged)
        subject = f"verdict:{identifier}"
        live = view.by_subject.get(subject, ())
        signed = any(s.prop == "by" for s in live)
        fields = _fields(article, judged, public.head, file=file, by=by, on=on, note=note)
        fields["about"] = _about(judged, named, public)
        wanted = _drafts(subject, fields, live, book, by, reason)
        if (signed and not by) or not {d.prop for d in wanted} - _PASSING:
            outcome = _outcome(signed, "already")
        else:
            drafts += wanted
            outcome = _outcome(bool(by), "anew" if signed or (live and not by) else "")
        done.append(Recorded(number=number, id=identifier, judgement=judged, outcome=outcome))
    return drafts, done


def _identifier(ledger: Ledger, article: Article, judged: Judgement) -> str:
    start, end, kind, who = judged.claim.place
    return ledger.make_id("verdict", article.fingerprint, str(start), str(end), kind, *who)


@one_step
def sign_listed(
    book: Book, ledger: Ledger, public: Casebook[Public], checked: Iterable[CheckedArticle], *, now: datetime
) -> tuple[int, tuple[Problem, ...]]:
    """Record the signatures that `articles/signatures.csv` lists and that are not on record: how many, and what is wrong.

    So a book that is kept without its ledger keeps its signatures. The check must still say what was signed, of the same
    text in the same words. What stands on record is left as it is, and what was taken back there is not signed again.
    """
    try:
        _, data = take(book, ledger, Path("articles") / SIGNATURES)
    except CaptureError:
        return 0, ()
    file = f"articles/{SIGNATURES}"
    rows, problems = read_signatures(data, file=file)
    by_file = {c.article.path.as_posix(): c for c in checked}
    view = ledger.view(Keeper)
    ever = {s.subject for s in ledger.history(Keeper) if s.kind == "verdict" and s.prop == "by"} if rows else set()
    drafts: list[Draft] = []
    found = list(problems)
    for row in rows:
        one = by_file.get(f"articles/{row.article}")
        meant, wrong = _to_sign(ledger, row, one, view, ever)
        if wrong:
            do = "It was not signed; look at the article, then correct the row or delete it."
            found.append(Problem(file=file, row=row.number, what=wrong, do=do))
        if not meant or one is None:
            continue
        try:
            _shown(book, ledger, public, row.by, row.note)
        except UsageError as error:
            found.append(Problem(file=file, row=row.number, what=str(error), do="It was not signed."))
            continue
        new, _ = _recorded(
            book, ledger, public, one, meant, view,
            file=one.article.path.as_posix(), by=row.by, on=row.on, note=row.note,
        )  # fmt: skip
        drafts += new
    if drafts:
        ledger.append(drafts, recorded=now, recorder=book.recorder, linker=linker(book))
    return len(drafts), tuple(found)


def _meant(row: Signature, checked: CheckedArticle) -> list[tuple[int, Judgement]]:
    """The claims of the kind that the words of a row stand in, or that stand in them."""
    start = checked.article.text.find(row.quote)
    end = start + len(row.quote)
    return [
        (number, judged)
        for number, judged in enumerate(checked.judgements, start=1)
        if row.kind in ("", judged.claim.kind)
        and start >= 0
        and judged.claim.quote.start < end
        and start < judged.claim.quote.end
    ]


def _to_sign(
    ledger: Ledger, row: Signature, checked: CheckedArticle | None, view: View[Keeper], ever: set[str]
) -> tuple[list[tuple[int, Judgement]], str]:
    """The claim that a row signs, with its number, or why it cannot be signed; neither where it is signed already."""
    wrong = _why_not(row, checked)
    if wrong or checked is None:
        return [], wrong
    ((at, judged),) = _meant(row, checked)
    subject = f"verdict:{_identifier(ledger, checked.article, judged)}"
    if any(s.prop == "by" for s in view.by_subject.get(subject, ())):
        return [], ""
    return ([], "the signature was taken back on record") if subject in ever else ([(at, judged)], "")


def _why_not(row: Signature, checked: CheckedArticle | None) -> str:
    """Why what a row signs cannot be signed; empty where it can."""
    if checked is None:
        return "there is no such article, or it may not be shown"
    if not checked.article.fingerprint.startswith(row.text):
        return f"the text of the article has changed: it is {checked.article.fingerprint[:8]} now"
    if checked.article.text.count(row.quote) > 1:
        return "these words stand in the article more than once: quote more of them"
    meant = _meant(row, checked)
    if len(meant) != 1:
        return "several claims stand in these words: say the kind" if meant else "no claim stands in these words"
    says = meant[0][1].verdict
    if says is not row.verdict:
        return f"the check does not say {row.verdict.value} now, it says {says.value}"
    return ""


@one_step
def remark(
    book: Book,
    ledger: Ledger,
    verdict: str,
    *,
    what: RemarkKind,
    by: str,
    text: str,
    url: str = "",
    on: date | None = None,
    now: datetime,
) -> Sequence[Statement]:
    """Record a reply to a signed verdict, or a correction of it, for the public to read; the same again adds nothing.

    Raises:
        UsageError: there is no such signed verdict, or the text may not be shown.
        LedgerLocked: the book is locked.
        LedgerUnwritable: it could not be written; nothing was.
    """
    by, text = _said(by, "a name", _LONGEST_NAME), _said(text, "a text", _LONGEST_TEXT)
    if not by or not text:
        raise UsageError("a reply or a correction needs a text, and who says it (--by)")
    if url and re.fullmatch(r"https?://[^\s/]+\S*", url) is None:
        raise UsageError(f"--url takes an address that begins with http:// or https://, not {url!r}")
    public = casebook(book, ledger, Public)
    _shown(book, ledger, public, by, text, url)
    identifier = verdict.removeprefix("verdict:")
    if identifier not in {v.id for v in public.verdicts if v.signed}:
        raise UsageError(f"there is no signed verdict {identifier!r}; `habeas recheck --all` lists them with their ids")
    fields = {
        "verdict": (f"verdict:{identifier}",),
        "what": (what.value,),
        "by": (by,),
        "on": ((on or now.date()).isoformat(),),
        "text": (text,),
        "url": (url,) if url else (),
    }
    subject = f"remark:{ledger.make_id('remark', identifier, what.value, by, text)}"
    live = ledger.view(Keeper).by_subject.get(subject, ())
    if live:
        return ()
    drafts = _drafts(subject, fields, (), book, by, "")
    return ledger.append(drafts, recorded=now, recorder=book.recorder, linker=linker(book))


def _said(text: str, what: str, most: int) -> str:
    text = " ".join(text.split())
    if len(text) > most:
        raise UsageError(f"{what} may have {most:,} characters at most, this has {len(text):,}")
    return text


def _shown(book: Book, ledger: Ledger, public: Casebook[Public], *texts: str) -> None:
    """Stop where what somebody writes would publish a name that is kept back.

    Raises:
        UsageError: it would.
        LedgerLocked: the book is locked, so that nobody can tell.
    """
    written = "\n\n".join(t for t in texts if t)
    why = teller(book, ledger, public)(written, next(iter(book.languages), "en"))
    if why:
        raise UsageError(f"this would be published, and it {why}; leave that out")


def _is(article: Article, text: str, path: Path) -> None:
    mark = text.strip().casefold()
    if mark and (len(mark) < _SHORTEST_MARK or not article.fingerprint.startswith(mark)):
        raise UsageError(
            f"{path.name} is not the text {mark}: its fingerprint is {article.fingerprint[:8]}; it has changed since you"
            " read it, so read it again"
        )


def _chosen(checked: CheckedArticle, claims: Sequence[int], path: Path) -> list[tuple[int, Judgement]]:
    every = dict(enumerate(checked.judgements, start=1))
    if not every:
        raise UsageError(f"no claim was found in {path.name}: there is nothing to sign")
    wrong = [n for n in claims if n not in every]
    if wrong:
        raise UsageError(f"{path.name} has no claim {wrong[0]}; its claims are numbered 1 to {len(every)}")
    return [(n, j) for n, j in every.items() if not claims or n in claims]


def _home(book: Book, ledger: Ledger, path: Path, article: Article) -> str:
    """Where the article lies in the book; copied there where it does not.

    Raises:
        UsageError: another article of that name lies there.
    """
    folder = book.folder.resolve() / "articles"
    place = path.resolve()
    place = place.with_name(place.name.removesuffix(".sealed"))
    if place.parent == folder and place.suffix.lower() in ARTICLES:
        return f"articles/{place.name}"
    known = texts_of(book, ledger, {}).get(article.fingerprint)
    if known is not None:
        return f"articles/{known[0].name}"
    name = place.name if place.suffix.lower() in ARTICLES else f"{place.name}.txt"
    if any(p.name.casefold() == name.casefold() for p in article_paths(book)):
        raise UsageError(f"articles/ holds another text named {name}; rename one of them, then sign")
    _, data = capture(place, folder=place.parent)
    folder.mkdir(exist_ok=True)
    (folder / name).write_bytes(data)
    return f"articles/{name}"


def _fields(
    article: Article, judged: Judgement, head: str, *, file: str, by: str, on: date, note: str
) -> dict[str, tuple[str, ...]]:
    claim = judged.claim
    said = {
        "text": article.fingerprint,
        "file": file,
        "title": article.title,
        "url": article.url,
        "published": "" if article.published is None else article.published.isoformat(),
        "language": article.language,
        "quote": claim.quote.text,
        "start": str(claim.quote.start),
        "end": str(claim.quote.end),
        "kind": claim.kind,
        "value": json.dumps(dict(claim.value), ensure_ascii=False, sort_keys=True, default=str),
        "family": judged.family,
        "at_publication": judged.at_publication.value.replace(" ", "_"),
        "today": judged.today.value.replace(" ", "_"),
        "why": judged.why,
        "context": judged.context,
        "missing": judged.missing,
        "head": head,
        "by": by,
        "on": on.isoformat(),
        "note": note,
    }
    return {prop: (value,) for prop, value in said.items() if value} | {"rests_on": judged.rests_on}


def _about(judged: Judgement, named: Iterable[tuple[str, Quote]], public: Casebook[Public]) -> tuple[str, ...]:
    """An entry of each person whom a claim names or is about, so that whatever keeps the person back keeps it back."""
    quote, who = judged.claim.quote, judged.claim.place[3]
    found = {case for case, words in named if words.start < quote.end and quote.start < words.end}
    found |= {case.id for case in public.cases.values() if case.label in who}
    return tuple(sorted(public.cases[case].mentions[0] for case in found))


def _drafts(
    subject: str,
    fields: Mapping[str, Sequence[str]],
    live: Iterable[Statement],
    book: Book,
    by: str,
    reason: str,
) -> list[Draft]:
    """What has to be said so that of the subject just these fields hold."""
    kind = subject.partition(":")[0]
    before: dict[str, list[Statement]] = {}
    for s in live:
        before.setdefault(s.prop, []).append(s)
    drafts = []
    for prop in dict.fromkeys((*fields, *before)):
        spec = property_of(kind, prop)
        # A draft is for the team until somebody signs it.
        seen = spec.visibility if by else Visibility.TEAM
        old, new = before.get(prop, []), fields.get(prop, ())
        stays = {s.value for s in old if s.value in new and s.visibility is seen}
        gone = [s for s in old if s.value not in stays]
        for value in (v for v in new if v not in stays):
            back = gone.pop(0) if gone else None
            drafts.append(_draft(subject, prop, value, book, by, seen, back, reason))
        drafts += [_draft(subject, prop, None, book, by, seen, s, reason) for s in gone]
    return drafts


def _withdrawn(live: Iterable[Statement], book: Book, by: str, reason: str) -> list[Draft]:
    return [_draft(s.subject, s.prop, None, book, by, s.visibility, s, reason) for s in live]


def _draft(
    subject: str,
    prop: str,
    value: str | None,
    book: Book,
    by: str,
    visibility: Visibility,
    back: Statement | None,
    reason: str,
) -> Draft:
    return Draft(
        subject=subject,
        prop=prop,
        value=value,
        source=f"person:{by or book.recorder}",
        place="signed in habeas" if by else "kept in habeas",
        visibility=visibility,
        retracts=None if back is None else back.id,
        reason=None if back is None else reason,
    )


def _outcome(signed: bool, how: str) -> str:  # noqa: FBT001 -- private to this module
    return " ".join(p for p in ("signed" if signed else "kept", how) if p)
