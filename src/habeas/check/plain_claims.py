"""Whether a claim is worded so plainly that the record may call it wrong.

A claim is contradicted only where its whole clause is one of the plain constructions of its language (`words/*_plain.yaml`)
and nothing in the sentence or beside it leaves the reading open: no denial, supposition, report or correction, no other
person the word could belong to, no other time. Everything else stays "not enough information", with what leaves it open
named.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache

from habeas.check.desk import Desk, Finding
from habeas.check.events import read_day
from habeas.check.grammar import Parsed
from habeas.check.lexicon import Phrases, load
from habeas.check.numbers import Chunk
from habeas.check.page import Page
from habeas.check.people import Directory
from habeas.check.text import low, one_spelling
from habeas.languages import state
from habeas.names import compare, fold
from habeas.nouns import Claim, Verdict, say

_SLOTS = ("person", "date", "duration", "age", "number", "nation", "share", "money", "ordinal")
_OWN = {"days_held": "duration", "sentence_length": "duration", "age": "age"}
_PRESENT = frozenset({"status_now", "count_detained", "age"})
_LONG_AGO = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Plain:
    """The plain constructions by kind, and the words that leave a sentence open by what they do to it."""

    patterns: Mapping[str, tuple[re.Pattern[str], ...]]
    open: Phrases
    frame: Phrases
    points_back: frozenset[str]  # begins a sentence that may speak of the one before
    takes_back: frozenset[str]  # ... that takes the one before back, or makes it narrower
    this: frozenset[str]  # ... before a noun: the sentence before is what is meant
    goes_on: frozenset[str]  # beside a number: of a rest, a part or a whole of the same people
    of_them: frozenset[str]  # begins a sentence about the people just counted
    pronouns: frozenset[str]  # he, she
    denies: frozenset[str]  # what a denied membership is said with
    today: str  # the day of publication, in the constructions
    kin: frozenset[str]
    past: frozenset[str]  # the verb is of a past day
    now: frozenset[str]  # ... or of the day of publication
    universal: frozenset[str]  # before a measure: every one of them is meant
    in_return_for: frozenset[str]  # before what was given in an exchange
    serving: frozenset[str]  # somebody serves a sentence now
    nobody: frozenset[str]  # a subject of whom all is denied
    insists: frozenset[str]  # says what it denies: `insists that there are none`
    then: frozenset[str]  # begins a sentence about the day just told
    linking: frozenset[str]  # what may stand between a name and what befell it
    no_less: frozenset[str]  # after `no`, where nothing is denied: `no fewer than`


def _phrases(rows: Mapping[str, list[str]]) -> Phrases:
    made = Phrases()
    for label, phrases in rows.items():
        for phrase in phrases:
            made.add(str(phrase), label)
    return made


@lru_cache(maxsize=8)
def plain(language: str = "en") -> Plain:
    """The plain constructions of a language, compiled once; where none are listed, nothing is called wrong."""
    raw = load(f"{language}_plain.yaml")
    parts = {"HE": f"(?:{'|'.join(raw['pronouns'])})", **raw["parts"]}

    def filled(source: str) -> str:
        while "@" in source:
            source = re.sub(r"@([A-Z]+)", lambda m: parts[m[1]], source)
        return one_spelling(source)

    def words(name: str) -> frozenset[str]:
        return frozenset(low(str(w)) for w in raw[name])

    patterns = {kind: tuple(re.compile(filled(row)) for row in rows) for kind, rows in raw["plain"].items()}
    return Plain(
        patterns=patterns,
        open=_phrases(raw["open"]),
        frame=_phrases({"frame": raw["frame"]}),
        today=raw["today"],
        **{
            name: words(name)
            for name in (
                "points_back",
                "takes_back",
                "this",
                "goes_on",
                "of_them",
                "pronouns",
                "denies",
                "kin",
                "past",
                "now",
                "universal",
                "in_return_for",
                "serving",
                "nobody",
                "no_less",
                "then",
                "insists",
                "linking",
            )
        },
    )


def settled(claim: Claim, finding: Finding, desk: Desk) -> Finding:
    """The finding, with "contradicted" taken back where the wording leaves it open.

    What is right when published and wrong today needs less: the record bore the reading out, so only the words around it
    must not speak of another time.
    """
    today = finding.today or finding.verdict
    if finding.verdict is Verdict.SUPPORTED and _of_nobody(claim, desk):
        return replace(
            finding,
            verdict=Verdict.NOT_ENOUGH,
            today=Verdict.NOT_ENOUGH,
            why=say("the sentence says it of nobody; {why}", why=finding.why),
            rests_on=(),
            missing=say("what the sentence denies"),
        )
    if Verdict.CONTRADICTED not in (finding.verdict, today):
        return finding
    if finding.verdict is Verdict.SUPPORTED:
        unsure = _passed(claim, desk)
        return finding if not unsure else replace(finding, today=Verdict.NOT_ENOUGH, missing=finding.missing or unsure)
    unsure = doubt(claim, desk)
    if not unsure:
        return finding
    return replace(
        finding,
        verdict=Verdict.NOT_ENOUGH,
        today=Verdict.NOT_ENOUGH,
        why=say("the wording leaves it open ({reason}); {why}", reason=unsure, why=finding.why),
        rests_on=(),
        missing=say("a plainer statement: {reason}", reason=unsure),
    )


_DENIABLE = frozenset({"membership", "date", "count_released", "status_now"})


def _of_nobody(claim: Claim, desk: Desk) -> bool:
    """`Neither A nor B was freed`, `nobody was released on Saturday`: what bears out the words bears out no such claim."""
    if claim.kind not in _DENIABLE or not claim.value.get("member", True) or "negated" in claim.flags:
        return False
    tokens = desk.page.parsed[claim.sentence].tokens
    words = plain(desk.page.parsed[claim.sentence].lexicon.language)
    i, j = _span(claim, desk.page.parsed[claim.sentence])
    start = max((k + 1 for k in range(i) if tokens[k].text in _ENDS), default=0)
    lows = [t.low for t in tokens[start:j]]
    following = [*lows[1:], tokens[j].low if j < len(tokens) else ""]
    return any(w in words.nobody and after not in words.no_less for w, after in zip(lows, following, strict=True))


_ENDS = frozenset(",;:()—–")


def doubt(claim: Claim, desk: Desk) -> str:
    """What leaves a claim open, in words; empty where its wording is plain."""
    parsed = desk.page.parsed[claim.sentence]
    if desk.page.country not in (None, desk.casebook.book.country):
        return say("the country of the article is {other:party}", other=state(desk.page.country or ""))
    if _namesake(claim, desk):
        return say("which of two people of one name")
    found = _opened(claim, parsed)
    if found:
        return say("the sentence has “{word}”", word=found)
    around = _framed(claim, desk)
    if around:
        return around
    clause = _clause(claim, desk)
    patterns = plain(parsed.lexicon.language).patterns.get(claim.kind, ())
    if not any(p.search(clause) for p in patterns):
        return say("no plain statement of it")
    if clause.split(" ", 1)[0] in plain(parsed.lexicon.language).pronouns and not _means_them(claim, desk):
        return say("whom the pronoun means")
    return ""


def _namesake(claim: Claim, desk: Desk) -> bool:
    """True where a name in the text is only near the one on record, or a surname is that of two people in it."""
    return any(name in desk.unsure_names for name in _own(claim))


def unsure_names(page: Page, directory: Directory) -> frozenset[str]:
    """The people of a text whose name as printed is only near the one on record, or who share a surname in it."""
    printed: dict[str, set[str]] = {}
    surnames: dict[str, set[str]] = {}
    for s, sentence in enumerate(page.sentences):
        for chunk in page.people(s):
            name = str(chunk.value["person"])
            forms = printed.setdefault(name, set())
            if chunk.j - chunk.i > 1 and "epithet" not in chunk.value:
                forms.add(sentence.cut(page.text, chunk.i, chunk.j))
    for name in printed:
        surnames.setdefault(fold(name.split()[-1]), set()).add(name)
    shared = {name for names in surnames.values() if len(names) > 1 for name in names}
    near = set()
    for name, forms in printed.items():
        known = [n for person in directory.named(name) for n in person.names]
        if known and any(not any(compare(form, n).sure for n in known) for form in forms):
            near.add(name)
    return frozenset(shared | near)


def _passed(claim: Claim, desk: Desk) -> str:
    """What keeps a claim that was right when published from being called outdated."""
    parsed = desk.page.parsed[claim.sentence]
    hits = _open_words(parsed)
    if claim.kind == "status_now":
        told = {
            parsed.tokens[k].low for k in parsed.said(0, _span(claim, parsed)[1])
        }  # "X, who had been ill, is inside"
        was = plain(parsed.lexicon.language).past & told
        own = _own_clause(claim, parsed)
        bad = [w for label, w in hits if label == "supposed" or (label == "denied" and w in own)]
        bad = [w for w in bad if w not in ("but", "can") and low(w) not in parsed.lexicon.small["but"]]
        if was and "coref" not in claim.flags:
            return say("it is said of a past day")
        return say("the sentence has “{word}”", word=bad[0]) if bad else ""
    if claim.kind == "count_detained":
        lows = {t.low for t in parsed.tokens}
        words = plain(parsed.lexicon.language)
        past = bool(lows & (words.past | {"counted", "stood", "listed"})) and not lows & words.now
        return say("it is a count of a past day") if past else ""
    if claim.kind == "membership":
        listed = parsed.has("among")
        return "" if listed and not hits_of(hits, "denied", "moved") else say("the release itself is a dated event")
    return ""


def _own_clause(claim: Claim, parsed: Parsed) -> frozenset[str]:
    """The words, and rows of words, between the marks around a claim."""
    i, j = _span(claim, parsed)
    start = max((k + 1 for k in range(i) if parsed.tokens[k].text in _ENDS), default=0)
    stop = min((k for k in range(j, len(parsed.tokens)) if parsed.tokens[k].text in _ENDS), default=len(parsed.tokens))
    texts = [t.text for t in parsed.tokens[start:stop]]
    return frozenset(" ".join(texts[a:b]) for a in range(len(texts)) for b in range(a + 1, min(len(texts), a + 5) + 1))


def hits_of(hits: list[tuple[str, str]], *labels: str) -> bool:
    return any(label in labels for label, _ in hits)


def _open_words(parsed: Parsed) -> list[tuple[str, str]]:
    """(what it does, the word) for each word of the sentence that leaves it open.

    The United States state nothing, and who is jailed `for reporting` has only been jailed.
    """
    words, reason = plain(parsed.lexicon.language).open, plain(parsed.lexicon.language).in_return_for
    reasons = {
        k for k, t in enumerate(parsed.tokens) if k and parsed.tokens[k - 1].low in reason and t.low.endswith(_DOING)
    }
    names = {k for c in parsed.of("nation") for k in range(c.i, c.j)} | reasons
    return [
        (label, " ".join(t.text for t in parsed.tokens[i:end]))
        for i in range(len(parsed.tokens))
        if i not in names
        for label, end in words.at(parsed.tokens, i)
    ]


_DOING = ("ing", "ar", "er", "ir")  # a gerund, or in Spanish an infinitive


def _opened(claim: Claim, parsed: Parsed) -> str:
    """The first word that leaves the claim open, or nothing. A figure may be told by somebody, a person's fate may not."""
    denies = claim.kind == "membership" and not claim.value.get("member", True)
    allowed = set()
    if claim.kind == "count_released":
        allowed = {"said", "moved"} if _crossing(claim) else {"moved"}
    if claim.kind in ("days_held", "count_detained", "membership", "status_now", "office_tenure"):
        allowed.add("moved")  # the patterns leave no room for such words beside the claim
    nobody = _nobody_held(claim)
    if nobody and (twice := _denied_before(claim, parsed)):
        return twice
    for label, word in _open_words(parsed):
        if nobody and (label in ("said", "denied", "moved") or low(word) in plain(parsed.lexicon.language).insists):
            continue  # "he insists that there are none": the denial is what is claimed
        if label in allowed or (denies and low(word) in plain(parsed.lexicon.language).denies):
            continue
        return word
    return "?" if parsed.tokens[-1].text == "?" else ""


def _denied_before(claim: Claim, parsed: Parsed) -> str:
    """A denial before the words that say there is nobody: `he never said that there are none`."""
    words = plain(parsed.lexicon.language).open
    first = _span(claim, parsed)[0]
    return next(
        (parsed.tokens[i].text for i in range(first) for label, _ in words.at(parsed.tokens, i) if label == "denied"),
        "",
    )


def _nobody_held(claim: Claim) -> bool:
    return claim.kind == "count_detained" and claim.value.get("n") == 0


def _crossing(claim: Claim) -> bool:
    """A count of people who crossed a border: the other state says it, and is named."""
    return claim.kind == "count_released" and claim.value.get("unit") == "crossed border"


def _span(claim: Claim, parsed: Parsed) -> tuple[int, int]:
    """The tokens `[i, j)` of a claim's quote."""
    inside = [k for k, t in enumerate(parsed.tokens) if t.start >= claim.quote.start and t.end <= claim.quote.end]
    return (inside[0], inside[-1] + 1) if inside else (0, 0)


def _clause(claim: Claim, desk: Desk) -> str:
    """The clause of a claim in the form the plain constructions are written in; the clause ends at a semicolon."""
    parsed = desk.page.parsed[claim.sentence]
    i, j = _span(claim, parsed)
    tokens = parsed.tokens
    start = max((k + 1 for k in range(i) if tokens[k].text == ";"), default=0)
    stop = min((k for k in range(j, len(tokens)) if tokens[k].text == ";"), default=len(tokens))
    while start < stop and tokens[start].text in "-•*–—·":
        start += 1
    own = _own(claim) or _whose_day(claim, parsed)
    out, k = [], start
    while k < stop:
        chunk = next((c for kind in _SLOTS if (c := parsed.chunks[kind].get(k)) is not None), None)
        out.append(_slot(chunk, claim, own, i, j, desk) if chunk is not None else tokens[k].low)
        k = chunk.j if chunk is not None else k + 1
    return " ".join(out)


def _own(claim: Claim) -> set[str]:
    one = claim.value.get("person")
    return {str(one)} if one else {str(p) for p in claim.value.get("persons", ())}


def _whose_day(claim: Claim, parsed: Parsed) -> set[str]:
    """Whom a date is told of that carries no name: the one person whom its sentence names."""
    named = {str(c.value["person"]) for c in parsed.of("person")}
    return named if claim.kind == "date" and len(named) == 1 else set()


def _slot(chunk: Chunk, claim: Claim, own: set[str], i: int, j: int, desk: Desk) -> str:
    if chunk.kind == "person":
        name = str(chunk.value["person"])
        if name in own:
            return "<PERSON>"
        return "<ruler>" if name in desk.directory.rulers else "<person>"
    if chunk.kind == "nation" and chunk.value["code"] != desk.casebook.book.country:
        return "<nation>" if _crossing(claim) else "<abroad>"
    inside = i <= chunk.i < j
    if chunk.kind == "date":
        if chunk.j == chunk.i + 1 and chunk.value["date"] == str(desk.published):
            return plain(desk.page.parsed[claim.sentence].lexicon.language).today
        dates = (str(claim.value.get("date", "")), str(claim.value.get("year", "")))
        return "<DATE>" if str(chunk.value["date"]) in dates else "<date>"
    if chunk.kind in ("duration", "age"):
        return f"<{chunk.kind.upper()}>" if inside or _OWN.get(claim.kind) == chunk.kind else f"<{chunk.kind}>"
    if chunk.kind == "number":
        return "<NUMBER>" if inside and claim.kind.startswith("count_") else "<number>"
    return f"<{chunk.kind}>"


# --- what stands around the sentence --------------------------------------------------------------------------------


def _beside(desk: Desk, s: int, step: int) -> Parsed | None:
    """The sentence before or after, where it stands in the same paragraph."""
    other = s + step
    rows = desk.page.sentences
    if not 0 <= other < len(rows):
        return None
    low, high = (rows[other], rows[s]) if step < 0 else (rows[s], rows[other])
    return None if "\n" in desk.page.text[low.end : high.start] else desk.page.parsed[other]


def _framed(claim: Claim, desk: Desk) -> str:
    """What the text around says of the sentence: quoted, called false, set in another time, gone on about."""
    s = claim.sentence
    if _quoted(claim, desk):
        return say("somebody else's words")
    before, after = _beside(desk, s, -1), _beside(desk, s, 1)
    if s and desk.page.parsed[s - 1].tokens[-1].text == ":":
        return say("announced by the line before")
    if before is not None and _frames(before):
        return say("the sentence before speaks of what is said or supposed")
    if after is not None and (after.tokens[0].low in plain(after.lexicon.language).points_back) and _frames(after):
        return say("the next sentence takes it up")
    if after is not None and _points_back(after):
        return say("the next sentence takes it up")
    if claim.kind == "count_released" and _freed_abroad(claim, desk, before):
        return say("the sentence before speaks of another state")
    if claim.kind in _PRESENT and _another_time(claim, desk):
        return say("the text around speaks of another time")
    if (
        claim.kind in ("count_released", "count_detained")
        and not _nobody_held(claim)
        and _goes_on(claim, before, after)
    ):
        return say("a part or a whole, by the text around")
    return ""


def _points_back(parsed: Parsed) -> bool:
    """`That is the number a machine made up`, `So ran the first telegram`, `No: ...`: the sentence before is what is meant."""
    words, first = plain(parsed.lexicon.language), parsed.tokens[0].low
    named = len(parsed.tokens) > 1 and parsed.tokens[1].kind in ("word", "possessive")
    return first in words.takes_back or (first in words.this and named)


def _frames(parsed: Parsed) -> bool:
    """True where a sentence speaks of what is said, supposed or false; `would not` is a refusal, no supposition."""
    found = parsed.tokens
    for i, token in enumerate(found):
        refused = token.low == "would" and i + 1 < len(found) and found[i + 1].low == "not"
        if not refused and any(True for _ in plain(parsed.lexicon.language).frame.at(found, i)):
            return True
    return False


def _freed_abroad(claim: Claim, desk: Desk, before: Parsed | None) -> bool:
    """True where a sentence names no state and the one before it names another."""
    home = desk.casebook.book.country
    own = desk.page.parsed[claim.sentence]
    if own.of("nation") or any(c.value["person"] in desk.directory.rulers for c in own.of("person")) or before is None:
        return False
    return any(c.value["code"] != home for c in before.of("nation"))


def _quoted(claim: Claim, desk: Desk) -> bool:
    """True where the claim stands inside quotation marks that opened in its paragraph."""
    text = desk.page.text
    start = text.rfind("\n", max(0, claim.quote.start - 5000), claim.quote.start) + 1
    part = text[start : claim.quote.start]
    inside = text[claim.quote.start : claim.quote.end]
    marked = part.count('"') % 2 == 1 or any(
        part.count(opened) > part.count(closed) for opened, closed in (("“", "”"), ("«", "»"), ("„", "“"))
    )
    return marked or any(mark in inside for mark in '"“”«»')


def _another_time(claim: Claim, desk: Desk) -> bool:
    """True where this sentence or the two before it in the paragraph set the scene in a year long past."""
    published = desk.published
    after = _beside(desk, claim.sentence, 1)
    if after is not None and published is not None and any(_year_before(t.text, published) for t in after.tokens):
        return True
    s: int | None = claim.sentence
    for _ in range(3):
        if s is None:
            return False
        if published is not None and any(_year_before(t.text, published) for t in desk.page.parsed[s].tokens):
            return True
        for chunk in desk.page.parsed[s].of("date"):
            when = read_day(str(chunk.value["date"]))
            if s == claim.sentence and when is not None and published is not None and when.earliest != published:
                return True
            if published is not None and when is not None and _long_before(when.latest, published):
                return True
        s = s - 1 if _beside(desk, s, -1) is not None else None
    return False


def _year_before(text: str, published: date) -> bool:
    return len(text) == 4 and text.isdecimal() and 1900 <= int(text) < published.year


def _long_before(day: date | None, published: date) -> bool:
    return day is not None and published - day > _LONG_AGO


def _goes_on(claim: Claim, before: Parsed | None, after: Parsed | None) -> bool:
    """True where a sentence beside it counts a rest, a part or a whole of the same people."""
    for parsed in (before, after):
        if parsed is None or not (parsed.chunks["number"] or parsed.chunks["share"]):
            continue
        if plain(parsed.lexicon.language).goes_on & {t.low for t in parsed.tokens}:
            return True
    if claim.kind != "count_detained" or after is None:
        return False
    return after.tokens[0].low in plain(after.lexicon.language).of_them


def _means_them(claim: Claim, desk: Desk) -> bool:
    """True where `he` or `she` can only be the one person of the sentence before, who is its subject."""
    before = _beside(desk, claim.sentence, -1)
    if before is None:
        return False
    named = before.of("person")
    own = _own(claim)
    if len(own) != 1 or not named or {str(c.value["person"]) for c in named} != own or named[0].i > 1:
        return False
    following = before.tokens[named[0].j] if named[0].j < len(before.tokens) else None
    if following is None or following.kind == "possessive":
        return False
    return not any(end > named[0].j for ends in before.hits.get("people", {}).values() for end in ends) and not any(
        t.low in plain(before.lexicon.language).kin for t in before.tokens
    )
