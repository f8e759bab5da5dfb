"""One page of a checked article for its editor: the sentences marked, and behind each mark the working.

Everything is in the one file: its style, named in the page's own policy by a hash, and nothing else that is loaded or run.
A mark is a link to the note behind it, so that a key, a tap and a pointer all open it.
"""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from markupsafe import Markup

from habeas.errors import PublishError
from habeas.languages import code, language
from habeas.making import write_whole
from habeas.nouns import Casebook, CheckedArticle, Judgement, KeptVerdict, Public, Verdict, say, say_count
from habeas.publish.article_pages import MARKS, paragraphs, telling
from habeas.publish.contents import Contents, Note
from habeas.publish.environment import environment
from habeas.publish.signing import WORDS, headed, signature
from habeas.publish.site import refuse_restricted

MARK = '<meta name="generator" content="habeas check">'


@dataclass(frozen=True, slots=True, kw_only=True)
class Working:
    """A claim with its verdict, signed or a draft, and how it was come to."""

    number: int
    quote: str
    kind: str
    mark: str
    verdict: Verdict
    said: str
    when: str
    judgement: Judgement
    signed: KeptVerdict | None
    who_signed: str
    moved: str
    steps: tuple[tuple[str, str, tuple[Note, ...]], ...]
    notes: tuple[Note, ...]
    remarks: tuple[tuple[str, str], ...]
    also: tuple[str, ...]


def write_page(
    casebook: Casebook[Public], checked: CheckedArticle, path: Path, among: Sequence[CheckedArticle], *, tag: str
) -> None:
    """Write the page; what it promises is said at `habeas.publish.write_check`."""
    refuse_restricted(casebook)
    if path.is_dir() or (path.exists() and MARK.encode() not in path.read_bytes()[:2_000]):
        raise PublishError(f"{path.name} is there already and is no page of ours: name another file")
    data = _page(casebook, checked, among, tag).encode("utf-8")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, data)
    except OSError as error:
        raise PublishError(f"the page could not be written to {path} ({error.strerror or error})") from error


def _page(casebook: Casebook[Public], checked: CheckedArticle, among: Sequence[CheckedArticle], tag: str) -> str:
    contents = Contents(casebook=casebook, checked=(*among, checked))
    workings = [_working(contents, checked, n, j) for n, j in enumerate(checked.judgements, start=1)]
    style = _style()
    # What follows must be what the hash in the policy is of, to the byte.
    digest = base64.b64encode(hashlib.sha256(style.encode("utf-8")).digest()).decode("ascii")
    counted = Counter(w.verdict for w in workings)
    drafts = sum(w.signed is None for w in workings)
    article = checked.article
    return environment(tag).get_template("check.html.j2").render(
        title=article.title or article.path.name,
        article=article,
        paragraphs=paragraphs(checked, [w.mark for w in workings], whole=True),
        workings=workings,
        tally=[(MARKS[v], code("verdict", v.value), counted[v]) for v in Verdict if counted[v]],
        drafts=say_count(
            "{n} verdict here is a draft of a machine, not signed by anybody: do not pass it on as a finding.",
            "{n} verdicts here are drafts of a machine, not signed by anybody: do not pass them on as findings.",
            drafts,
        )
        if drafts
        else "",
        loaded=list(dict.fromkeys(q.text for q in checked.loaded)),
        unread=list(dict.fromkeys(q.text for q in checked.not_understood)),
        problems=checked.problems,
        rests=say(
            "Text {fingerprint}; record {head}, as known on {day}.",
            fingerprint=article.fingerprint[:8],
            head=casebook.head,
            day=contents.known_text,
        ),
        style=Markup(style),  # noqa: S704 -- our own style sheets
        digest=digest,
        generator=Markup(MARK),  # noqa: S704 -- our own
        book=casebook.book,
        reader=language(tag),
        **WORDS,
    )  # fmt: skip


def _style() -> str:
    folder = files("habeas.publish").joinpath("templates")
    return "".join(folder.joinpath(name).read_text(encoding="utf-8") for name in ("site.css", "check.css"))


def _working(contents: Contents, checked: CheckedArticle, number: int, judged: Judgement) -> Working:
    signed = contents.signed(checked.article, judged.claim)
    verdict = judged.verdict if signed is None else signed.verdict
    moved = signed is not None and (signed.at_publication, signed.today) != (judged.at_publication, judged.today)
    at, today = (judged.at_publication, judged.today) if signed is None else (signed.at_publication, signed.today)
    when = (
        ""
        if at is today
        else say("{at} when published, {today} today", at=code("verdict", at.value), today=code("verdict", today.value))
    )
    return Working(
        number=number,
        quote=" ".join(judged.claim.quote.text.split()),
        kind=code("claim", judged.claim.kind),
        mark=MARKS[verdict],
        verdict=verdict,
        said=code("verdict", verdict.value),
        when=when,
        judgement=judged,
        signed=signed,
        who_signed="" if signed is None else signature(signed),
        moved=say(
            "The record has changed since it was signed; now it says: {verdict}.",
            verdict=code("verdict", judged.verdict.value),
        )
        if moved
        else "",
        steps=tuple((s.what, s.result, contents.notes(s.rests_on)) for s in telling(judged)),
        notes=contents.notes(judged.rests_on),
        remarks=() if signed is None else tuple((headed(r), r.text) for r in signed.remarks),
        also=tuple(c.article.title or c.article.path.name for c in contents.claimed_in(judged.family, checked.article)),
    )
