"""An article against the record: claims read, each judged for two days, and the rest laid open."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from habeas.check.claims import in_order, read_claims
from habeas.check.counts import read_counts
from habeas.check.desk import Desk, Finding, cannot_say
from habeas.check.events import Events, announced, called, events
from habeas.check.families import family
from habeas.check.judge_dates import judge_date, judge_length
from habeas.check.judge_facts import judge_age, judge_award, judge_office, judge_sentence
from habeas.check.judge_held import judge_detained
from habeas.check.judge_people import judge_days, judge_membership, judge_status
from habeas.check.judge_released import judge_released
from habeas.check.judge_relief import judge_deal, judge_sanctions
from habeas.check.lexicon import LANGUAGES
from habeas.check.named import gazetteer, named
from habeas.check.not_understood import anything_checkable, loaded, not_understood
from habeas.check.page import Page, read_page
from habeas.check.people import Directory, directory
from habeas.check.plain_claims import settled, unsure_names
from habeas.check.proposals import PROPOSED, verified
from habeas.check.subjects import persons
from habeas.check.when import YEARS
from habeas.languages import state
from habeas.nouns import A, Article, Casebook, CheckedArticle, Claim, Judgement, Problem, Quote, Verdict, say, together

_JUDGES: Mapping[str, Callable[[Claim, Desk], Finding]] = {
    "count_released": judge_released,
    "count_detained": judge_detained,
    "membership": judge_membership,
    "status_now": judge_status,
    "days_held": judge_days,
    "duration": judge_length,
    "sentence_length": judge_sentence,
    "age": judge_age,
    "award": judge_award,
    "office_tenure": judge_office,
    "date": judge_date,
    "sanctions_measure": judge_sanctions,
    "deal": judge_deal,
}
# An article is read whole up to here; what stands beyond is said to be unread.
MOST_CHARACTERS = 200_000


def check_article(
    article: Article, casebook: Casebook[A], *, today: date, proposals: Iterable[Any] = ()
) -> CheckedArticle:
    """The article with each claim judged when published and `today`, opinion set apart, and what was not understood.

    The languages of `LANGUAGES` are read; in any other every sentence with a figure or a known name is listed as not
    understood.
    Where no day of publication is known, it is the day of the one release on record that the text's numbers and names
    fit, and `published_from` says so.

    `proposals` are what a model says stands in the article, as it came: (quote, kind, value) mappings. What our own
    reading bears out becomes a claim with the flag `proposed`, which the record can support and never call wrong.
    """
    article, wrong = _with_usable_day(article)
    people = directory(casebook)
    if article.language not in LANGUAGES:
        return _unread(article, casebook, wrong)
    text = article.text[:MOST_CHARACTERS]
    found = events(casebook)
    if article.published is None:
        article = _dated(article, text, found, people, casebook)
    page = read_page(text, article.published, people, casebook.book.country, article.language)
    if page.country not in (None, casebook.book.country):
        found = Events(())
    claims, found = read_claims(page, found, people.rulers)
    proposed, rejected = verified(proposals, page, found, claims, people.rulers)
    claims = in_order([*claims, *proposed])
    desk = Desk(
        casebook=casebook,
        page=page,
        events=found,
        directory=people,
        published=article.published,
        today=today,
        unsure_names=unsure_names(page, people),
    )
    unread = tuple(not_understood(page, claims))
    return CheckedArticle(
        article=article,
        judgements=tuple(judge(claim, desk) for claim in claims),
        loaded=tuple(loaded(text)),
        not_understood=unread,
        problems=(*article.problems, *wrong, *_mixed(article, page), *_problems(article, wrong)),
        rejected=tuple(rejected),
        named=tuple(named(page, gazetteer(casebook))),
    )


def people_in(text: str, language: str, casebook: Casebook[A]) -> tuple[tuple[str, Quote], ...]:
    """Everybody on record whom a text names, in any spelling and case ending: case ids, with the words that name them."""
    page = read_page(
        text, None, directory(casebook), casebook.book.country, language if language in LANGUAGES else "en"
    )
    return tuple(
        (chunk.value["case"], page.quote(s, chunk.i, chunk.j))
        for s in range(len(page.parsed))
        for chunk in page.people(s)
        if chunk.value["case"] is not None
    )


def judge(claim: Claim, desk: Desk) -> Judgement:
    """The claim with its verdict at publication and today, the working and what is missing."""
    finding = _finding(claim, desk)
    return Judgement(
        claim=claim,
        at_publication=finding.verdict,
        today=finding.today or finding.verdict,
        why=finding.why,
        steps=finding.steps,
        rests_on=tuple(dict.fromkeys(finding.rests_on)),
        context=finding.context,
        missing=finding.missing,
        family=family(claim, desk),
    )


def _finding(claim: Claim, desk: Desk) -> Finding:
    home = desk.casebook.book.country
    known = any(desk.case(name) is not None for name in persons(claim))
    if desk.page.country not in (None, home) and not known:
        other = state(desk.page.country or "")
        return cannot_say(
            say(
                "the country of the article is {other:party}; this book covers {home:party}",
                other=other,
                home=state(home),
            ),
            say("a book on that country ({other:party})", other=other),
        )
    if "question" in claim.flags:
        return cannot_say(say("a question, not a claim"))
    finding = settled(claim, _JUDGES[claim.kind](claim, desk), desk)
    if "promise" in claim.flags and finding.verdict is Verdict.CONTRADICTED:
        return cannot_say(say("said as a promise or forecast; {why}", why=finding.why), say("what came of it"))
    if PROPOSED in claim.flags:
        return as_proposed(finding)
    return finding


def as_proposed(finding: Finding) -> Finding:
    """A finding on what only a model saw: the values are ours, but that the sentence says it is the model's reading."""
    if Verdict.CONTRADICTED in (finding.verdict, finding.today):
        why = say("only a model reads the sentence so; {why}", why=finding.why)
        return cannot_say(why, say("a reader who confirms what it says"))
    said = say("that the sentence says this is a model's reading")
    return replace(finding, context=together((finding.context, said), "; "))


def _dated(article: Article, text: str, found: Events, people: Directory, casebook: Casebook[A]) -> Article:
    """The article with the day of the release it tells of, where exactly one release on record fits it."""
    page = read_page(text, None, people, casebook.book.country, article.language)
    counts = {
        c.value.get("n"): c
        for c in read_counts(page)
        if c.kind == "count_released" and isinstance(c.value.get("n"), int)
    }
    named = {chunk.value["case"] for s in range(len(page.parsed)) for chunk in page.people(s)} - {None}
    said = {
        weekdays[t.low]
        for p in page.parsed
        for t in p.tokens
        if t.low in (weekdays := p.lexicon.tables["weekdays"]) and (t.capital or not p.lexicon.tables["capital_dates"])
    }
    fitting = []
    for release in found.releases:
        n = next((n for n in announced(release) if n in counts and n >= 2), None)
        if n is None or not release.when.is_day or release.when.earliest is None:
            continue
        names, weekday = named & set(release.named), release.when.earliest.weekday() in said
        if names or weekday:
            fitting.append((len(names) + weekday, release, n, weekday))
    if not fitting:
        return article
    best = max(score for score, *_ in fitting)
    top = [row for row in fitting if row[0] == best]
    if len(top) != 1:
        return article
    _, release, n, weekday = top[0]
    assert release.when.earliest is not None
    came = say("the article gives no day; its {n} and the people named fit {release}", n=n, release=called(release))
    if weekday:
        came = say(
            "the article gives no day; its {n} and the day of the week fit {release}", n=n, release=called(release)
        )
    return replace(article, published=release.when.earliest, published_from=came)


def _with_usable_day(article: Article) -> tuple[Article, tuple[Problem, ...]]:
    """The article without a day of publication that cannot be one, and what is wrong with it."""
    if article.published is None:
        wrong = article.published_from
    elif article.published.year not in YEARS:
        wrong = f"{article.published} cannot be the day of publication"
        article = replace(article, published=None, published_from="")
    else:
        return article, ()
    do = "Write it as 2025-12-13, or say it with --published, so that its relative dates can be read."
    return article, (Problem(file=article.path.as_posix(), what=wrong, do=do),) if wrong else ()


def _mixed(article: Article, page: Page) -> Iterator[Problem]:
    """Where paragraphs are in other languages than the article, in which they were read."""
    others = sorted({p.lexicon.language for p in page.parsed} - {article.language})
    if others:
        what = f"the article is in {article.language}, with paragraphs in {', '.join(others)}; each was read in its own language"
        yield Problem(
            file=article.path.as_posix(), what=what, do="Check that nothing is counted twice in a translation."
        )


def _problems(article: Article, wrong: tuple[Problem, ...]) -> tuple[Problem, ...]:
    found = []
    if article.published is None and not wrong:
        found.append(
            Problem(
                file=article.path.as_posix(),
                what="the article gives no day of publication, and no release on record fits it",
                do="Say when it was published (--published), so that its relative dates can be read.",
            )
        )
    if len(article.text) > MOST_CHARACTERS:
        found.append(
            Problem(
                file=article.path.as_posix(),
                what=f"the text has {len(article.text):,} characters; only the first {MOST_CHARACTERS:,} were read",
                do="Cut it into articles.",
            )
        )
    return tuple(found)


def _unread(article: Article, casebook: Casebook[A], wrong: tuple[Problem, ...]) -> CheckedArticle:
    names = [n.text for case in casebook.cases.values() for n in case.names]
    problem = Problem(
        file=article.path.as_posix(),
        what=f"the article is in a language that is not read ({article.language}); read are {', '.join(LANGUAGES)}",
        do="Read the sentences listed as not understood by hand.",
    )
    text = article.text[:MOST_CHARACTERS]
    more = _problems(article, wrong)[-1:] if len(article.text) > MOST_CHARACTERS else ()
    return CheckedArticle(
        article=article,
        judgements=(),
        loaded=(),
        not_understood=tuple(anything_checkable(text, names)),
        problems=(*article.problems, *wrong, problem, *more),
    )
