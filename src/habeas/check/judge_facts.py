"""Verdicts on sentences, ages, awards and offices: by the case, and by the context facts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from habeas.check.desk import Desk, Finding, cannot_say
from habeas.check.events import read_day
from habeas.check.judge_people import in_custody, rough
from habeas.check.plain_claims import plain
from habeas.check.subjects import all_of, each, nobody_meant, persons, unknown
from habeas.check.topics import topics
from habeas.dates import PartialDate
from habeas.languages import duration
from habeas.names import Agreement, compare
from habeas.nouns import Case, Claim, EventKind, Fact, Phrase, Step, Verdict, only, say, together

# --- sentences, ages ----------------------------------------------------------------------------------------------


def _months(duration: str) -> int | None:
    found = re.fullmatch(r"P(?:(\d+)Y)?(?:(\d+)M)?(?:\d+W)?(?:\d+D)?", duration)
    return None if found is None else 12 * int(found[1] or 0) + int(found[2] or 0)


# A sentence far from the one on record may be of another trial; one that is a year off, of before or after an amnesty.
_SAME_TRIAL = (0.75, 1.5)
_AMNESTY = 12  # months


def _misstated(said: float, on_record: int, sources: int) -> bool:
    """True where a sentence is that of the trial on record, given wrongly.

    A year more or less may be of before or after an amnesty, but where many sources all give one and the same.
    """
    off = abs(said - on_record)
    same = _SAME_TRIAL[0] * on_record <= said <= _SAME_TRIAL[1] * on_record
    return same and (off > _AMNESTY or (off == _AMNESTY and sources >= _MANY)) and sources > 1


_MANY = 3


def _sources(desk: Desk, rows: list[tuple[int, tuple[str, ...]]]) -> int:
    """How many sources give the sentence."""
    return len({s.source for _, ids in rows for i in ids if (s := desk.casebook.statements.get(i)) is not None})


def _one_trial(case: Case) -> bool:
    """True where somebody was in custody once, but for some weeks: an arrest of days by which nobody was sentenced."""
    long = [s for s in case.spells if s.days is None or s.days.low > _WEEKS]
    return len(long) == 1


_WEEKS = 80  # days


def judge_sentence(claim: Claim, desk: Desk) -> Finding:
    """A sentence, against every one on record for the person."""
    if "statutory" in claim.flags:
        return cannot_say(say("a penalty the law allows, not one that somebody got"))
    found = [(name, _sentence(claim, desk, name)) for name in persons(claim)]
    last = _last_of_a_row(claim, desk)
    for name, finding in found:
        if name == last and finding.verdict is Verdict.SUPPORTED:
            return finding
    return all_of(found) if found else nobody_meant()


def _last_of_a_row(claim: Claim, desk: Desk) -> str | None:
    """Whom a term that follows the last of several names is said of: `A, B (9 years) and C, sentenced to 11`.

    None where it is said of each of them.
    """
    p = desk.page.parsed[claim.sentence]
    inside = [k for k, t in enumerate(p.tokens) if t.start >= claim.quote.start and t.end <= claim.quote.end]
    if len(persons(claim)) < 2 or not inside or p.any_of("apiece", 0, len(p.tokens)) or p.has("the_two"):
        return None
    before = [c for c in p.of("person") if c.i < inside[-1]]
    if not before or inside[0] - before[-1].j > _AFTER_A_NAME or p.any_of("to_a_term", inside[0], inside[-1] + 1):
        return None
    return str(before[-1].value["person"])


_AFTER_A_NAME = 6  # words between a name and the term said of it alone


def _of_facts(desk: Desk, person: str) -> list[tuple[int, Fact]]:
    """Sentences told by context facts: of a verdict that handed down one term, whoever it names."""
    return [
        (months, fact)
        for fact in desk.facts("verdict", person)
        if len(fact.sentence) == 1 and (months := _months(fact.sentence[0])) is not None
    ]


def _told_of(desk: Desk, case: Case | None) -> list[tuple[str, tuple[str, ...]]]:
    """Every sentence that the lists tell of somebody, as written, and the statements."""
    if case is None:
        return []
    known = [
        (v, ids)
        for s in case.spells
        if s.sentence is not None
        for v, ids in ((s.sentence.value, s.sentence.statements), *s.sentence.against)
    ]
    # One given in absentia belongs to no stay in custody.
    return known + [
        (told.value, (told.id,))
        for i in case.statements
        if (told := desk.casebook.statements.get(i)) is not None and told.prop == "sentence" and told.value is not None
    ]


def _sentence(claim: Claim, desk: Desk, name: str) -> Finding:
    value, case = claim.value, desk.case(name)
    known = _told_of(desk, case)
    rows = [(m, ids) for v, ids in known if (m := _months(v)) is not None] + [
        (m, f.statements) for m, f in _of_facts(desk, name)
    ]
    if not rows and not known:
        if case is None:
            return unknown(name)
        return cannot_say(say("no sentence of {name} on record", name=name), say("the sentence of {name}", name=name))
    if value.get("life"):
        good = [ids for v, ids in known if v == "life"]
        return (
            Finding(verdict=Verdict.SUPPORTED, why=say("life, as on record"), rests_on=good[0])
            if good
            else cannot_say(say("no life sentence on record"))
        )
    low = 12 * float(value.get("years_min", value.get("years", 0))) + float(value.get("months", 0))
    high = 12 * float(value.get("years_max", value.get("years", 0))) + float(value.get("months", 0))
    for months, ids in rows:
        if low <= months <= high:
            text = _length(months)
            return Finding(
                verdict=Verdict.SUPPORTED,
                why=say("{name}: {length} on record", name=name, length=text),
                rests_on=ids,
                steps=(Step(what=say("sentence on record"), result=text, rests_on=ids),),
                context=_served(claim, desk, case),
            )
    known_terms = sorted({m for m, _ in rows})
    between = next(((a, b) for a in known_terms for b in known_terms if b - a == low == high), None)
    if between is not None and desk.page.parsed[claim.sentence].has("lengthened"):
        ids = tuple(i for m, told in rows if m in between for i in told)
        why = say(
            "{name}: first {length}, then {other}", name=name, length=_length(between[0]), other=_length(between[1])
        )
        return Finding(verdict=Verdict.SUPPORTED, why=why, rests_on=ids)
    exact = value.get("op", "eq") == "eq" and "years" in value and not {"coref", "elliptic", "hedged"} & claim.flags
    said = together([_length(m) for m in sorted({m for m, _ in rows})], ", ")
    if (
        exact
        and "months" not in value
        and len({m for m, _ in rows}) == 1
        and case is not None
        and _one_trial(case)
        and _misstated(low, rows[0][0], _sources(desk, rows))
    ):
        return Finding(
            verdict=Verdict.CONTRADICTED,
            why=say("the text says {length}, the record {other}", length=_length(round(low)), other=said),
            rests_on=rows[0][1],
        )
    return cannot_say(say("on record for {name}: {what}", name=name, what=said), say("the verdict that the text means"))


def judge_left(claim: Claim, desk: Desk) -> Finding:
    """How much of a term was left: from the day somebody was freed, or else that of printing, to the end of the term."""
    return each(claim, desk, _left)


def _left(claim: Claim, desk: Desk, case: Case) -> Finding:
    value = claim.value
    said = 12 * float(value.get("years", 0)) + float(value.get("months", 0)) + float(value.get("days", 0)) / _MONTH
    unit = 12 if "years" in value and "months" not in value else 1
    terms = {m: ids for v, ids in _told_of(desk, case) if (m := _months(v)) is not None}
    for spell in case.spells:
        start = None if spell.start is None else PartialDate.parse(spell.start.value)
        end = PartialDate.of(desk.published) if desk.published is not None else None
        end = end if spell.end is None else PartialDate.parse(spell.end.value)
        if start is None or start.earliest is None or start.latest is None or end is None:
            continue
        if end.earliest is None or end.latest is None:
            continue
        for months, ids in terms.items():
            served = [(end.earliest - start.latest).days / _MONTH, (end.latest - start.earliest).days / _MONTH]
            if rough(said, unit, str(value.get("op", "eq")), months - served[1], months - served[0]):
                how = say("{length} from {start}, until {end}", length=_length(months), start=start, end=end)
                step = Step(what=say("what was left of the sentence"), result=how, rests_on=ids)
                rests_on = (*ids, *spell.statements)
                return Finding(verdict=Verdict.SUPPORTED, why=how, steps=(step,), rests_on=rests_on)
    missing = say("the first day and the length of the sentence of {name}", name=case.label)
    return cannot_say(say("no sentence of {name} on record that leaves so much", name=case.label), missing)


_MONTH = 30.44  # days


def _length(months: int) -> str:
    years, rest = divmod(months, 12)
    return duration(f"P{years}Y" if not rest else f"P{years}Y{rest}M" if years else f"P{rest}M")


def _served(claim: Claim, desk: Desk, case: Case | None) -> str:
    """What to add where somebody is said to serve a sentence who was out by the day of publication."""
    tokens = desk.page.parsed[claim.sentence].tokens
    serving = plain(desk.page.parsed[claim.sentence].lexicon.language).serving
    lows = [t.low for t in tokens]
    told = any(" ".join(lows[k : k + 2]) in serving or lows[k] in serving for k in range(len(lows)))
    if not told or case is None or desk.published is None or in_custody(case, desk.published, desk) is not False:
        return ""
    return say("right, but {name} was out of custody on {day}", name=case.label, day=desk.published)


def judge_age(claim: Claim, desk: Desk) -> Finding:
    """An age, at publication or at a date that the sentence gives: birth dates are public by year only."""
    return each(claim, desk, _age)


def _age(claim: Claim, desk: Desk, case: Case) -> Finding:
    born = case.attribute("born")
    if born is None:
        why = say("no birth date of {name} on record", name=case.label)
        return cannot_say(why, say("the year of birth of {name}", name=case.label))
    when = PartialDate.parse(born.value)
    died = next((e.when.latest for e in case.events if e.kind is EventKind.DIED and e.when.is_day), None)
    now = desk.published if died is None or desk.published is None else min(died, desk.published)
    anchors = [d for d in (now,) if d is not None]
    for chunk in desk.page.parsed[claim.sentence].of("date"):
        read = read_day(str(chunk.value["date"]))
        if read is not None and read.earliest is not None:
            anchors += [d for d in (read.earliest, read.latest) if d is not None]
    spans = [_age_span(when, d) for d in anchors]
    age = claim.value["age"]
    for day, (low, high) in zip(anchors, spans, strict=True):
        if low <= age <= high:
            then = day == now
            passed = not then and not born.contested and not spans[0][0] - 1 <= age <= spans[0][1] + 1
            return Finding(
                verdict=Verdict.SUPPORTED,
                # An age told beside another day was right then; who reads it as that of the day of printing is misled.
                today=Verdict.CONTRADICTED if passed else None,
                why=say("born {born}: {age} on {day}", born=when, age=_ages(low, high), day=day),
                rests_on=born.statements,
                context="" if then else say("right on {day}, not at publication", day=day),
            )
    low, high = spans[0] if spans else (0, 0)
    off = spans and (claim.value["age"] < low - 1 or claim.value["age"] > high + 1)
    if off and not born.contested and len(anchors) == 1 and "bare" not in claim.flags:
        return Finding(
            verdict=Verdict.CONTRADICTED,
            why=say("born {born}: {age} at publication", born=when, age=_ages(low, high)),
            rests_on=born.statements,
        )
    return cannot_say(say("born {born} on record", born=when), say("the exact date of birth"))


def _ages(low: int, high: int) -> Phrase:
    return only(low) if low == high else say("{low} or {high}", low=low, high=high)


def _age_span(born: PartialDate, day: date) -> tuple[int, int]:
    def age(birth: date) -> int:
        return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))

    return (age(born.latest) if born.latest else 0), (age(born.earliest) if born.earliest else 150)


# --- facts --------------------------------------------------------------------------------------------------------


def judge_award(claim: Claim, desk: Desk) -> Finding:
    """A prize and its year, or only that somebody is its laureate."""
    words = {w for w in re.findall(r"[a-z]+", str(claim.value["award"]).casefold()) if w not in ("prize", "award")}
    found = [f for p in persons(claim) for f in desk.facts("award", p) if words & {*f.award.split("-")}]
    if not found:
        other = _won_by_others(claim, desk, words)
        if other is not None:
            return other
        names = ", ".join(persons(claim))
        why = say("no award of that name to {names} on record", names=names)
        return cannot_say(why, say("a source on the award"))
    when = found[0].from_
    told = say("{what}, {day}", what=found[0].what, day=when or "")
    step = Step(what=say("award on record"), result=told, rests_on=found[0].statements)
    year = claim.value.get("year")
    if year is None or (when is not None and when.earliest is not None and when.earliest.year == year):
        return Finding(verdict=Verdict.SUPPORTED, why=found[0].what, steps=(step,), rests_on=found[0].statements)
    if len(found) == 1 and when is not None and when.is_day:
        return Finding(
            verdict=Verdict.CONTRADICTED,
            why=say("on record: {what}", what=told),
            steps=(step,),
            rests_on=found[0].statements,
        )
    return cannot_say(say("on record: {what}", what=found[0].what))


def _won_by_others(claim: Claim, desk: Desk, words: set[str]) -> Finding | None:
    """The same prize of the same year, which the record gives to others: those of a prize are all named in it."""
    year, own = claim.value.get("year"), persons(claim)
    if year is None or len(own) != 1 or desk.case(own[0]) is None or not words & {"nobel"}:
        return None
    for fact in desk.casebook.facts:
        day = fact.from_
        named = words & {*fact.award.split("-")}
        if fact.kind != "award" or not named or day is None or not day.is_day or day.earliest is None:
            continue
        if day.earliest.year == year and not desk.tells_of(fact, own[0]):
            why = say("on record: {what}", what=say("{what}, {day}", what=fact.what, day=day))
            who = say("awarded to: {names}", names=", ".join(fact.person[:1]))
            step = Step(what=say("award on record"), result=who, rests_on=fact.statements)
            return Finding(verdict=Verdict.CONTRADICTED, why=why, steps=(step,), rests_on=fact.statements)
    return None


def judge_office(claim: Claim, desk: Desk) -> Finding:
    """Time in office to the day of publication, the day it began, or which term it is: from the context facts.

    A term of office is a fact of its own, told as `president of Belarus, term 6`.
    """
    found = [f for p in persons(claim) for f in desk.facts("office", p)] or _of_the_ruler(claim, desk)
    if not found:
        return cannot_say(say("no office of this person on record"), say("the first day in office"))
    if "ordinal_term" in claim.value:
        return _term(claim, desk, found)
    whole = [(f, start) for f in found if f.term is None and (start := f.from_) is not None]
    if not whole or whole[0][1].earliest is None:
        return cannot_say(say("no first day in office on record"), say("the first day in office"))
    fact, start = whole[0]
    if "since" in claim.value:
        when = read_day(str(claim.value["since"]))
        if when is not None and when.compatible(start):
            return Finding(verdict=Verdict.SUPPORTED, why=_since(fact, start), rests_on=fact.statements)
        why = say("on record: {what}", what=_since(fact, start))
        first = start.earliest
        assert first is not None  # as above
        off = None if when is None or when.middle is None else abs((when.middle - first).days)
        if off is not None and off > _ANOTHER_OFFICE and start.is_day:
            return Finding(verdict=Verdict.CONTRADICTED, why=why, rests_on=fact.statements)
        return cannot_say(why)
    if desk.published is None:
        return cannot_say(say("the text gives no day to count to"), say("a day of publication (--published)"))
    return _tenure(claim, fact, start, desk.published)


def _of_the_ruler(claim: Claim, desk: Desk) -> list[Fact]:
    """The offices of the head of state, where the text names him by his surname after a word that is no given name."""
    ends = {name.split()[-1] for name in (*persons(claim), *map(str, claim.value.get("aliases", ())))}
    rulers = [
        r for r in desk.directory.rulers if any(compare(r.split()[-1], end).surname is Agreement.SAME for end in ends)
    ]
    return [f for r in rulers for f in desk.facts("office", r)]


def _tenure(claim: Claim, fact: Fact, start: PartialDate, published: date) -> Finding:
    assert start.earliest is not None  # its caller keeps no other
    end = fact.to
    until = published if end is None or end.latest is None else min(end.latest, published)
    years = (until - start.earliest).days / 365.25
    said = float(claim.value.get("years", 0)) + float(claim.value.get("months", 0)) / 12
    op = str(claim.value.get("op", "eq"))
    told = say("{start} to {until}: {years:.1f} years", start=start, until=until, years=years)
    step = Step(what=say("time in office"), result=told, rests_on=fact.statements)
    if rough(said * 12, 12 if said < _A_ROUND_AGE else 24, op, years * 12, years * 12):
        return Finding(
            verdict=Verdict.SUPPORTED,
            why=say("{years:.1f} years ({what})", years=years, what=_since(fact, start)),
            steps=(step,),
            rests_on=fact.statements,
        )
    why = say("{years:.1f} years by the record; the text says {said:g}", years=years, said=said)
    if op == "eq" and start.is_day and abs(said - years) > max(_YEARS_OFF, 0.2 * years):
        return Finding(verdict=Verdict.CONTRADICTED, why=why, steps=(step,), rests_on=fact.statements)
    return cannot_say(why, steps=(step,))


def _since(fact: Fact, start: PartialDate) -> Phrase:
    return say("{what} since {day}", what=fact.what, day=start)


# Someone may count from another office, or from an election: wrong is only what is further off than that.
_ANOTHER_OFFICE = 730  # days
_YEARS_OFF = 3.0


_A_ROUND_AGE = 20  # years in office from which a text counts in decades


def _term(claim: Claim, desk: Desk, found: list[Fact]) -> Finding:
    """Which term of office it is: a term that had been won by the day of publication, and in the year the text gives."""
    terms = {n: f for f in found if (n := f.term) is not None}
    said = int(claim.value["ordinal_term"])
    if not terms:
        return cannot_say(say("the record does not number the terms of office"), say("the elections of this person"))
    fact = terms.get(said)
    start = None if fact is None else fact.from_
    if fact is None or start is None or start.earliest is None:
        why = say("no term {n} on record; the last one is term {last}", n=said, last=max(terms))
        return cannot_say(why, say("term {n} of office", n=said))
    step = Step(what=say("term {n}", n=said), result=say("from {day}", day=start), rests_on=fact.statements)
    if desk.published is not None and start.earliest > desk.published:
        sought = topics(" ".join(t.low for t in desk.page.parsed[claim.sentence].tokens), "events") & _SEEKS
        if sought and said == _last_begun(terms, desk.published) + 1:
            why = say("{n} terms on record by {day}: the next one", n=said - 1, day=desk.published)
            return Finding(verdict=Verdict.SUPPORTED, why=why, steps=(step,), rests_on=fact.statements)
        why = say("term {n} began only {day}", n=said, day=start)
        return cannot_say(why, say("what the text means by that term"), steps=(step,))
    later = [n for n, f in terms.items() if n > said and (d := f.from_) is not None and _begun(d, desk.published)]
    context = say("term {n} has begun since", n=max(later)) if later else ""
    sentence = desk.page.parsed[claim.sentence]
    words, lows = plain(sentence.lexicon.language), {t.low for t in sentence.tokens}
    present = lows & (words.now - {"has", "have"}) and not lows & words.past and not sentence.of("date")
    begun = [n for n in later if _surely_begun(terms[n], desk.published)]
    if begun and present:
        # "is serving his fifth term", written in the seventh.
        return Finding(verdict=Verdict.CONTRADICTED, why=context, steps=(step,), rests_on=terms[max(begun)].statements)
    return Finding(
        verdict=Verdict.SUPPORTED,
        why=say("{what}, from {day}", what=fact.what, day=start),
        steps=(step,),
        rests_on=fact.statements,
        context=context,
    )


_SEEKS = frozenset(("candidacy", "election"))


def _last_begun(terms: Mapping[int, Fact], published: date) -> int:
    """The number of the last term that had begun by a day; 0 for none."""
    return max((n for n, f in terms.items() if (d := f.from_) is not None and d.possibly_by(published)), default=0)


def _surely_begun(fact: Fact, published: date | None) -> bool:
    """A term begins with the vote for some, with the oath for others: one that had begun for both."""
    when = fact.from_
    return when is not None and when.latest is not None and (published is None or when.latest <= published)


def _begun(when: PartialDate, published: date | None) -> bool:
    return published is None or when.possibly_by(published)
