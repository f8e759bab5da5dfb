"""`habeas check`: an article against the record."""

from __future__ import annotations

import os
import re
from pathlib import Path

import click
from rich.console import Console
from rich.text import Text

from habeas.check import as_json as checked_json
from habeas.cli import show
from habeas.cli.corpus import cores, run_corpus
from habeas.cli.options import a_day, audience, book_option, json_option, ledger_of, now, open_book, print_json
from habeas.errors import UsageError
from habeas.languages import LANGUAGES, code
from habeas.nouns import CheckedArticle, Judgement, KeptVerdict, Named, Quote, Rejected, Verdict
from habeas.pipeline import Model, Signing, casebook, checked, sign, write_article_page

_STYLES = {
    Verdict.SUPPORTED: "green",
    Verdict.CONTRADICTED: "bold red",
    Verdict.OUTDATED: "yellow",
    Verdict.NOT_ENOUGH: "dim",
}
_VERDICT_WIDTH = 24
_MOST_CLAIMS = 100_000


def _line(text: str) -> str:
    return " ".join(text.split())


def _quotes(console: Console, title: str, quotes: tuple[Quote, ...]) -> None:
    if quotes:
        console.print(Text(f"\n{title}", style="bold"))
        for quote in quotes:
            console.print(Text(f"  “{_line(quote.text)}”"))


def _print_judgement(number: int, judged: Judgement, signed: KeptVerdict | None) -> None:
    by = ", proposed by the model" if "proposed" in judged.claim.flags else ""
    words = f"“{_line(judged.claim.quote.text)}” ({code('claim', judged.claim.kind)}{by})"
    more = f"to say more: {judged.missing}" if judged.missing not in ("", judged.why) else ""
    told = f"claim {number}"
    if signed is not None:
        told += f", signed by {signed.by} on {signed.on}: {signed.verdict} ({signed.id})"
    why = [judged.why, judged.context, more, told]
    head = Text(judged.verdict.value, style=_STYLES[judged.verdict])
    show.block(head, [words, *(t for t in why if t)], width=_VERDICT_WIDTH)


def _refused(console: Console, rejected: tuple[Rejected, ...]) -> None:
    if rejected:
        console.print(Text("\nProposed by the model and refused", style="bold"))
        for row in rejected:
            console.print(Text(f"  “{_line(row.quote)}” ({code('claim', row.kind)}): {row.reason}"))


def _print(found: CheckedArticle, verdicts: tuple[KeptVerdict, ...]) -> None:
    article, console = found.article, show.console()
    signed = {v.place: v for v in verdicts if v.text == article.fingerprint and v.signed}
    published = article.published.isoformat() if article.published is not None else "day not known"
    console.print(Text(article.title or article.path.name, style="bold"))
    console.print(Text(f"published {published} ({article.published_from})", style="dim"))
    console.print(Text(f"text {article.fingerprint[:8]}\n", style="dim"))
    for number, judged in enumerate(found.judgements, start=1):
        _print_judgement(number, judged, signed.get(judged.claim.place))
    counts = {v: sum(1 for j in found.judgements if j.verdict is v) for v in Verdict}
    said = ", ".join(f"{n} {v.value}" for v, n in counts.items())
    console.print(Text(f"\n{len(found.judgements)} claims: {said}"))
    unknown = dict.fromkeys(_unknown(n) for n in found.named if n.kind == "person" and not n.ids)
    if unknown:
        console.print(Text(f"\nNamed, and not on record: {', '.join(unknown)}"))
    _quotes(console, "Looks checkable, not understood", found.not_understood)
    _refused(console, found.rejected)
    _quotes(console, "Opinion and loaded words, set apart", found.loaded)
    show.problems(found.problems)


def _unknown(one: Named) -> str:
    return f"{one.name} ({one.latin})" if one.latin else one.name


def _numbers(said: tuple[str, ...]) -> list[int]:
    """The numbers of claims as given: 3, 1-4, or several with commas; none stands for all.

    Raises:
        UsageError: something else stands there.
    """
    found: list[int] = []
    for part in (p.strip() for text in said for p in text.split(",")):
        match = re.fullmatch(r"(\d{1,6})(?:-(\d{1,6}))?", part)
        if part == "all":
            continue
        if match is None or not 0 < int(match[1]) <= int(match[2] or match[1]) < _MOST_CLAIMS:
            raise UsageError(f"--claim takes numbers of claims such as 3, 1-4 or all, not {part!r}")
        found += range(int(match[1]), int(match[2] or match[1]) + 1)
    return found


def _signed(found: Signing) -> dict[str, object]:
    return {
        "batch": found.batch,
        "file": found.file,
        "withdrawn": found.withdrawn,
        "verdicts": [
            {"number": r.number, "id": r.id, "verdict": r.judgement.verdict.value, "outcome": r.outcome}
            for r in found.recorded
        ],
    }


def _print_signed(found: Signing) -> None:
    console = show.console()
    for one in found.recorded:
        words = f"{one.number}. “{_line(one.judgement.claim.quote.text)}”: {one.judgement.verdict.value}"
        show.block(Text(one.outcome, style="bold"), [words, one.id], width=_VERDICT_WIDTH)
    if found.withdrawn:
        console.print(Text(f"\nwithdrawn: {found.withdrawn} verdicts on the earlier text of {found.file}"))
    if found.batch is None:
        console.print(Text("\nnothing new: all of it is on record"))
    else:
        console.print(Text(f"\nrecorded as batch {found.batch}; `habeas undo {found.batch}` takes it back"))


def _model(url: str | None, name: str | None, *, send: bool, many: bool) -> Model | None:
    """The model to ask, and on standard error where the text goes.

    Raises:
        UsageError: no name, no model to go with it, or an address that may not be sent to.
    """
    if url is None:
        if name is not None or send:
            raise UsageError("--model-name and --send go with --model URL")
        return None
    if name is None:
        raise UsageError("--model needs --model-name NAME, as the server calls it")
    if many:
        raise UsageError("--model goes with one article; a corpus is read without one")
    found = Model(url=url, name=name, key=os.environ.get("HABEAS_MODEL_KEY", ""), send=send)
    where = "on this machine" if found.local else "ANOTHER MACHINE"
    click.echo(
        f"asking {name} at {found.host} ({where}): it gets the article's text, and nothing of the record", err=True
    )
    return found


@click.command()
@click.argument("article", required=False, type=click.Path(path_type=Path))
@click.option(
    "--corpus",
    metavar="FILE|DIR",
    type=click.Path(path_type=Path, allow_dash=True),
    help="Check many: JSON lines (`-`: standard input), or a folder of articles.",
)
@click.option(
    "--out", metavar="FILE", type=click.Path(path_type=Path), help="With --corpus: the file its records go to."
)
@click.option("--resume", is_flag=True, help="With --out: go on where a run that was stopped left off.")
@click.option("-j", "--jobs", metavar="N", type=click.IntRange(min=1), help="With --corpus: cores to use (else all).")
@click.option("--model", metavar="URL", help="Let a language model propose claims too (OpenAI-compatible server).")
@click.option("--model-name", metavar="NAME", help="With --model: the model's name there.")
@click.option("--send", is_flag=True, help="With --model: let the article's text leave this machine.")
@click.option("--published", metavar="DAY", help="The day the article was published.")
@click.option("--public", is_flag=True, help="Check against what may be published, not against all the team sees.")
@click.option(
    "--page",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Write a page (HTML) with the sentences marked and the working behind them; from what may be published.",
)
@click.option("--language", type=click.Choice(list(LANGUAGES)), default="en", help="The language of the page.")
@click.option("--sign", "by", metavar="NAME", help="Sign the verdicts: they, NAME and --note are then published.")
@click.option("--keep", is_flag=True, help="Keep the verdicts as drafts, for `habeas recheck`; nothing is published.")
@click.option("--claim", "claims", multiple=True, metavar="N", help="Only these claims: 3, 1-4, or several (else all).")
@click.option("--note", default="", help="What the editor adds to the verdicts signed.")
@click.option("--text", default="", metavar="MARK", help="Sign only if the text is still this one (its fingerprint).")
@json_option
@book_option
@click.pass_context
def check(
    context: click.Context,
    article: Path | None,
    corpus: Path | None,
    out: Path | None,
    resume: bool,
    jobs: int | None,
    model: str | None,
    model_name: str | None,
    send: bool,
    published: str | None,
    public: bool,
    page: Path | None,
    language: str,
    by: str | None,
    keep: bool,
    claims: tuple[str, ...],
    note: str,
    text: str,
    as_json: bool,
    folder: Path | None,
) -> None:
    """Check an article (text, web page, PDF, DOCX): every claim found, recomputed, judged at its date and today.

    With --corpus many articles are checked, on all cores: one JSON record a claim, on standard output or in a file.

    A verdict is a draft until somebody signs it (--sign): only then is it shown on the site, with a ClaimReview.

    No model is needed and nothing is sent anywhere. With --model one of yours proposes claims beside those found: each
    quote must stand in the text and each value is read again here, or it is refused and listed.
    """
    if (article is None) == (corpus is None):
        raise UsageError("name one ARTICLE to check, or many with --corpus FILE or DIR")
    signs = by is not None or keep
    _options_of_many(
        corpus=corpus is not None,
        out=out,
        resume=resume,
        jobs=jobs,
        one_only=signs or page is not None,
        dated=published,
    )
    _options_of_signing(by=by, keep=keep, note=note, more=bool(claims or note or text), page=page is not None)
    numbers = _numbers(claims)
    if model is not None:
        _options_of_a_model(page=page is not None, signs=signs)
    asked = _model(model, model_name, send=send, many=corpus is not None)
    book = open_book(folder)
    day = None if published is None else a_day(published, "--published")
    with ledger_of(book, public=public and not signs) as ledger:
        if article is None:
            cases = casebook(book, ledger, audience(public))
        elif signs:
            done = sign(
                book, ledger, article, by=by or "", now=now(), claims=numbers, note=note, text=text, published=day
            )
            _tell_signed(done, as_json=as_json)
            return
        elif page is not None:
            found = write_article_page(book, ledger, article, page, published=day, language=language)
            _tell_page(found, page, as_json=as_json)
            return
        else:
            cases = casebook(book, ledger, audience(public))
            found = checked(article, book, ledger, cases, published=day, today=now().date(), model=asked)
    if corpus is not None:
        context.exit(run_corpus(corpus, cases, today=now().date(), out=out, resume=resume, jobs=jobs or cores()))
    _tell(found, cases.verdicts, as_json=as_json)


def _options_of_many(
    *, corpus: bool, out: Path | None, resume: bool, jobs: int | None, one_only: bool, dated: str | None
) -> None:
    """Refuse options of a corpus without one, and of one article with a corpus."""
    if not corpus and (out is not None or resume or jobs is not None):
        raise UsageError("--out, --resume and --jobs go with --corpus; of one article `--json > FILE` keeps the result")
    if resume and out is None:
        raise UsageError("--resume needs --out FILE, the file to go on in")
    if corpus and dated is not None:
        raise UsageError("--published dates one article; in a corpus each line says its own `published`")
    if corpus and one_only:
        raise UsageError("--page, --sign and --keep go with one ARTICLE: what is signed has been read by somebody")


def _options_of_a_model(*, page: bool, signs: bool) -> None:
    """Refuse what does not go with --model."""
    if page:
        raise UsageError("--page goes with one ARTICLE, read without a model")
    if signs:
        raise UsageError("--model goes with reading alone: what it proposes is not signed")


def _options_of_signing(*, by: str | None, keep: bool, note: str, more: bool, page: bool) -> None:
    """Refuse options of signing that do not go together; `more` says that something is said of what is signed."""
    if by is not None and keep:
        raise UsageError("--sign publishes the verdicts, --keep does not; choose one")
    if by is not None and not by.strip():
        raise UsageError("--sign takes the name of who signs: it is published")
    if by is None and not keep and more:
        raise UsageError("--claim, --note and --text go with --sign or --keep")
    if page and (by is not None or keep):
        raise UsageError("--page shows what would be signed: look at it first, then --sign or --keep without it")
    if keep and note:
        raise UsageError("--note is for what is signed")


def _tell(found: CheckedArticle, verdicts: tuple[KeptVerdict, ...], *, as_json: bool) -> None:
    if as_json:
        print_json(checked_json(found, verdicts))
    else:
        _print(found, verdicts)


def _tell_signed(done: Signing, *, as_json: bool) -> None:
    if as_json:
        print_json({**checked_json(done.checked), "signed": _signed(done)})
    else:
        _print_signed(done)


def _tell_page(found: CheckedArticle, page: Path, *, as_json: bool) -> None:
    if as_json:
        print_json(checked_json(found))
    else:
        click.echo(f"{len(found.judgements)} claims; the page: {page.as_posix()}")
