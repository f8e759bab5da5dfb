"""How long does someone who is arrested stay, and by which way do people leave; with bands, and refused where few."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from habeas.answers.evidence import evidence
from habeas.answers.standing import FOREVER
from habeas.answers.stays import FACETS, FOLLOWED, WATCHED, WAYS, Known, Stay, Stays, facets, known_of, stays_of
from habeas.answers.words import word
from habeas.dates import PartialDate
from habeas.errors import UsageError
from habeas.nouns import Answer, Casebook, Phrase, Public, Question, Step, only, say, say_count, together

if TYPE_CHECKING:
    from habeas.estimate.lifetimes import Lifetimes
    from habeas.estimate.survival import Curve

FEWEST_STAYS, FEWEST_EXITS, FEWEST_WATCHED = 10, 5, 5
YEAR = 365
YEARS = (1, 2, 3, 4, 5)
RESAMPLES = 200
MANY, WEEK, RESAMPLES_OF_MANY = 500, 7.0, 100  # many stays: by the week, and one step for each draw of their bounds
WIDEST = 62  # two months: wider bounds have no middle to speak of
MOST_VAGUE = 0.2  # of the exits of a group that is compared with another
UNIT = say("stays in custody documented by name here, a sample")


def survival(casebook: Casebook[Any], question: Question) -> Answer:
    """Answer `survival`: value is the median stay in days with its 95% bounds; None where too little is known.

    Raises:
        UsageError: an argument names nothing there is, or the extra `estimate` is not installed.
    """
    by = question.args.get("by")
    followed, watched = question.args.get("followed", "best"), question.args.get("watched", "window")
    seed = question.args.get("seed", "1")
    if not seed.isdigit():
        raise UsageError(f"--seed takes a whole number, not {seed!r}")
    since = question.args.get("since")
    try:
        first = None if since is None else PartialDate.parse(since).earliest
    except ValueError as error:
        raise UsageError(f"--since takes a date: {error}") from None
    for given, allowed, name in (
        (by, FACETS, "by"),
        (followed, FOLLOWED, "followed"),
        (watched, WATCHED, "watched"),
    ):
        if given is not None and given not in allowed:
            raise UsageError(f"--{name} takes {', '.join(allowed)}, not {given!r}")
    try:
        return _survival(casebook, question, by=by, followed=followed, watched=watched, seed=int(seed), since=first)
    except ImportError as missing:
        raise UsageError(f"`ask survival` needs {missing.name}: pip install 'habeas[estimate]'") from None


def _survival(
    casebook: Casebook[Any],
    question: Question,
    *,
    by: str | None,
    followed: str,
    watched: str,
    seed: int,
    since: date | None,
) -> Answer:
    known = known_of(casebook, question.as_of.on)
    found = stays_of(known, followed=followed, watched=watched, since=since)
    groups = [_group(say("all"), found.stays, seed, quiet=False)]
    if by is not None:
        quiet = casebook.audience is Public
        groups += [_group(name, stays, seed, quiet=quiet) for name, stays in _grouped(found.stays, by)]
    more = {
        "unit": UNIT,
        "by": by,
        "followed": followed,
        "watched": watched,
        "seed": seed,
        "since": None if since is None else since.isoformat(),
        "groups": groups,
        "left_out": dict(found.left_out),
        "ratios": [] if by is None else _ratios(found.stays, by, [g for g in groups[1:] if g["refused"] is None]),
        "readings": _readings(known, since),
        "checks": _checks(found.stays) if groups[0]["refused"] is None else [],
    }
    return _answer(question, found, groups, more)


def _grouped(stays: Sequence[Stay], by: str) -> list[tuple[str, list[Stay]]]:
    """The stays of each group, the largest group first; a stay under two articles stands in both."""
    found: dict[str, list[Stay]] = {}
    for stay in stays:
        for name in facets(stay, by):
            found.setdefault(name, []).append(stay)
    return sorted(found.items(), key=lambda item: (-len(item[1]), item[0]))


def lifetimes(stays: Sequence[Stay]) -> Lifetimes:
    """The stays as arrays, with the ways that occur."""
    from habeas.estimate.lifetimes import RUNNING, Lifetimes

    ways = [w for w in WAYS if any(s.way == w for s in stays)] or [WAYS[-1]]
    people = {case: number for number, case in enumerate(dict.fromkeys(s.case.id for s in stays))}
    return Lifetimes.of(
        [s.low for s in stays],
        [float("inf") if s.high is None else s.high for s in stays],
        [RUNNING if s.way is None else ways.index(s.way) for s in stays],
        ways,
        [float("-inf") if s.entry is None else s.entry for s in stays],
        [people[s.case.id] for s in stays],
    )


def _estimate(stays: Lifetimes, seed: int) -> Curve:
    """Exact ends need no resampling: Aalen-Johansen with its own bounds; else the self-consistent estimate."""
    from habeas.estimate.bounded import self_consistent
    from habeas.estimate.survival import aalen_johansen

    if stays.exact:
        return aalen_johansen(stays)
    if len(stays) > MANY:
        return self_consistent(stays.rounded(WEEK), resamples=RESAMPLES_OF_MANY, seed=seed, one_step=True)
    return self_consistent(stays, resamples=RESAMPLES, seed=seed)


def _dated(stay: Stay) -> bool:
    """True where the end is known within two months."""
    return stay.high is not None and stay.high - stay.low <= WIDEST


def _refusal(stays: int, dated: int, *, quiet: bool) -> Phrase | None:
    """Why a group is too small to speak of, or None; to the public without the small number."""
    if stays < FEWEST_STAYS:
        why = say("fewer than {fewest} stays", fewest=FEWEST_STAYS)
        return why if quiet else say("{why} ({n})", why=why, n=stays)
    if dated < FEWEST_EXITS:
        why = say("fewer than {fewest} exits dated within two months", fewest=FEWEST_EXITS)
        return why if quiet else say("{why} ({n} of {all} stays)", why=why, n=dated, all=stays)
    return None


def _group(name: str, stays: Sequence[Stay], seed: int, *, quiet: bool) -> dict[str, Any]:
    """One group's curve, or the reason why there is none."""
    exits = sum(s.way is not None for s in stays)
    refused = _refusal(len(stays), sum(map(_dated, stays)), quiet=quiet)
    told = None if refused is not None and quiet else len(stays)
    base: dict[str, Any] = {"group": name, "stays": told, "exits": None if told is None else exits}
    empty: dict[str, Any] = {"median": None, "inside": [], "ways": [], "curve": [], "until": None}
    if refused is not None:
        return {**base, "refused": refused, **empty}
    data = lifetimes(stays)
    curve = _estimate(data, seed)
    until = _reach(curve)
    if until == 0:
        why = say("fewer than {fewest} stays were watched from the arrest on", fewest=FEWEST_WATCHED)
        return {**base, "refused": why, **empty}
    return {**base, "refused": None, **_told(data, curve, until)}


def _reach(curve: Curve) -> int:
    """How many steps of the curve rest on enough stays under watch, from the first step on."""
    few = [i for i, n in enumerate(curve.at_risk) if n < FEWEST_WATCHED]
    return few[0] if few else int(curve.lengths.size)


def _told(data: Lifetimes, curve: Curve, until: int) -> dict[str, Any]:
    """What a curve says: the median, the shares after whole years, and its steps."""

    def share(x: float) -> float:
        return round(float(x), 4)

    last = float(curve.lengths[until - 1])

    def median(found: float | None) -> int | None:
        return None if found is None or found > last else round(found)

    def after(i: int) -> dict[str, Any]:
        if i < 0:
            return {"share": 1.0, "low": 1.0, "high": 1.0}
        return {"share": share(curve.staying[i]), "low": share(curve.low[i]), "high": share(curve.high[i])}

    def gone(k: int, i: int) -> dict[str, Any]:
        if i < 0:
            return {"share": 0.0, "low": 0.0, "high": 0.0}
        return {
            "share": share(curve.left[k, i]),
            "low": share(curve.left_low[k, i]),
            "high": share(curve.left_high[k, i]),
        }

    shown = [y for y in YEARS if y * YEAR <= last]
    low, high = curve.median_bounds()
    return {
        "median": {"days": median(curve.median()), "low": median(low), "high": median(high)},
        "inside": [{"years": y, **after(curve.at(y * YEAR))} for y in shown],
        "ways": [
            {
                "way": way,
                "exits": int((data.way == k).sum()),
                "after": [{"years": y, **gone(k, curve.at(y * YEAR))} for y in shown],
            }
            for k, way in enumerate(data.ways)
        ],
        "curve": [
            {
                "days": round(float(curve.lengths[i])),
                **after(i),
                "watched": int(curve.at_risk[i]),
                "left": {way: share(curve.left[k, i]) for k, way in enumerate(data.ways)},
            }
            for i in range(until)
        ],
        "until": round(last),
    }


def _ratios(stays: Sequence[Stay], by: str, groups: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """How fast each group leaves against the largest (Cox), where groups do not overlap and their exits are dated.

    Leaving out the exits of one group that are known only vaguely would make it seem to stay: such a group is refused.
    """
    from habeas.estimate.survival import cox

    if len(groups) < 2 or by == "charge":
        return []
    names: list[str] = []
    found: list[dict[str, Any]] = []
    for name in (g["group"] for g in groups):
        ended = [s for s in stays if s.high is not None and facets(s, by) == (name,)]
        vague = sum(not _dated(s) for s in ended)
        if vague > MOST_VAGUE * len(ended):
            why = say("{n} of {all} exits are not dated within two months", n=vague, all=len(ended))
            found.append({"group": name, "against": None, "ratio": None, "low": None, "high": None, "refused": why})
        else:
            names.append(name)
    if len(names) < 2:
        return found
    kept = [s for s in stays if facets(s, by)[:1] and facets(s, by)[0] in names and _in_middle(s)]
    try:
        ratios, _ = cox(lifetimes(kept).at_middles(WIDEST), [names.index(facets(s, by)[0]) for s in kept], names)
    except UsageError as why_not:
        return [
            *found,
            {"group": names[1], "against": names[0], "ratio": None, "low": None, "high": None, "refused": why_not.said},
        ]
    return found + [
        {
            "group": r.name,
            "against": names[0],
            "ratio": round(r.ratio, 2),
            "low": round(r.low, 2),
            "high": round(r.high, 2),
            "refused": None,
        }
        for r in ratios
    ]


def _in_middle(stay: Stay) -> bool:
    """True where a stay has a middle and is watched before it: those that `at_middles` keeps."""
    if stay.high is None:
        return True
    return _dated(stay) and (stay.entry is None or stay.entry < (stay.low + stay.high) / 2)


def _readings(known: Sequence[Known], since: date | None) -> list[dict[str, Any]]:
    """The median by every reading of what the record leaves open, so that nobody takes one for the truth."""
    from habeas.estimate.bounded import self_consistent

    rows = []
    known = [one for one in known if not one.refused and (since is None or one.start[2] >= since.toordinal())]
    for watched, followed, data in _every_reading(known):
        exits = int(data.ended.sum())
        dated = int((data.high - data.low <= WIDEST).sum())
        row = {"watched": watched, "followed": followed, "stays": len(data), "exits": exits, "median": None}
        if _refusal(len(data), dated, quiet=False) is None:
            curve = self_consistent(data.rounded(WEEK) if len(data) > MANY else data)
            until = _reach(curve)
            half = curve.median()
            if half is not None and until and half <= curve.lengths[until - 1]:
                row["median"] = round(half)
        rows.append(row)
    return rows


def _every_reading(known: Sequence[Known]) -> Iterator[tuple[str, str, Lifetimes]]:
    """(watched, followed, the stays) by each reading, as `stays_of` has them, of all spells at once."""
    import numpy as np

    from habeas.estimate.lifetimes import RUNNING, Lifetimes

    size, endless = len(known), (FOREVER, FOREVER, FOREVER)
    earliest, middle, latest = np.array([one.start for one in known], dtype=np.int64).reshape(size, 3).T
    gone = np.array([FOREVER if one.exit is None else one.exit[2] for one in known], dtype=np.int64)
    soonest = np.array([one.soonest for one in known], dtype=np.int64)
    until = np.array([one.until or endless for one in known], dtype=np.int64).reshape(size, 3)
    first_watched = np.array([one.watched for one in known], dtype=np.int64).reshape(size, 2)
    ways = np.array([RUNNING if one.way is None else WAYS.index(one.way) for one in known], dtype=np.int64)
    runs = gone == FOREVER
    for watched, first in zip(WATCHED, first_watched.T, strict=True):
        entry = np.where(first <= latest, -np.inf, first - middle)
        high = np.where(runs, np.inf, gone - earliest)
        soon = np.maximum(0, soonest - latest)
        ended = np.maximum(np.where(high > soon, soon - 1, soon), entry)
        for followed, last in zip(FOLLOWED, until.T, strict=True):
            low = np.where(runs, np.maximum(0, last - middle), ended)
            kept = (first < FOREVER) & (entry < np.where(runs, low, high))
            people = np.flatnonzero(kept)
            yield watched, followed, Lifetimes.of(low[kept], high[kept], ways[kept], WAYS, entry[kept], people)


def _checks(stays: Sequence[Stay]) -> list[dict[str, Any]]:
    """The same stays by two other roads: all ways together by surpyval, and middles of bounds by Aalen-Johansen."""
    import numpy as np

    from habeas.estimate.survival import aalen_johansen, first_below, turnbull

    data = lifetimes(stays)
    dated = data.at_middles(WIDEST)
    middle = aalen_johansen(dated).median() if bool(dated.ended.any()) else None
    found = [
        {
            "what": say("Aalen-Johansen at the middle of bounds of at most {n} days", n=WIDEST),
            "stays": len(dated),
            "median": _whole(middle),
        },
    ]
    if len(data) <= MANY:  # it takes minutes for very many
        lengths = np.unique(data.high[data.ended])
        half = first_below(lengths, turnbull(data, lengths))
        found.insert(
            0, {"what": say("Turnbull, all ways together (surpyval)"), "stays": len(data), "median": _whole(half)}
        )
    return found


def _whole(days: float | None) -> int | None:
    return None if days is None else round(days)


def _answer(question: Question, found: Stays, groups: Sequence[Mapping[str, Any]], more: dict[str, Any]) -> Answer:
    whole = groups[0]
    exits = Counter(s.way for s in found.stays if s.way is not None)
    rests = evidence((s.case, s.spell) for s in found.stays)
    steps = (
        Step(
            what=say("stays with an arrest on record, watched before they ended"),
            result=only(len(found.stays), "d"),
            rests_on=rests,
        ),
        Step(
            what=say("of them ended"),
            result=say(
                "{n:d}: {ways}",
                n=sum(exits.values()),
                ways=together([say("{way} {n:d}", way=word(w), n=exits[w]) for w in WAYS if exits[w]], ", "),
            ),
        ),
        Step(
            what=say("ended within bounds only (a month, “by April 2023”)"),
            result=only(sum(s.high is not None and s.high > s.low for s in found.stays), "d"),
        ),
        Step(
            what=say("watched from later than the arrest"),
            result=only(sum(s.entry is not None for s in found.stays), "d"),
        ),
        *(Step(what=say("left out: {why}", why=why), result=only(n, "d")) for why, n in found.left_out.items()),
    )
    median = whole["median"]
    said = _sentence(whole)
    return Answer(
        question=question,
        value=None if median is None else median["days"],
        low=None if median is None else median["low"],
        high=None if median is None else median["high"],
        sentence=together([said, *_besides(whole, more["readings"])]),
        said=said,
        steps=steps,
        rests_on=rests,
        more=more,
    )


def _sentence(whole: Mapping[str, Any]) -> Phrase:
    if whole["refused"] is not None:
        return say("Cannot say how long people stay: {why}.", why=whole["refused"])
    median = whole["median"]
    if median["days"] is None:
        half = say_count(
            "more than half lasted longer than {n} day, which is as far as the record reaches",
            "more than half lasted longer than {n} days, which is as far as the record reaches",
            whole["until"],
        )
    else:
        half = say_count(
            "half ended within {n} day (95%: {low} to {high})",
            "half ended within {n} days (95%: {low} to {high})",
            median["days"],
            low=median["low"] or 0,
            high=say("no upper bound") if median["high"] is None else median["high"],
        )
    return say_count(
        "Of {n} stay in custody documented by name here, a sample, {half}.",
        "Of {n} stays in custody documented by name here, a sample, {half}.",
        whole["stays"],
        half=half,
    )


def _besides(whole: Mapping[str, Any], readings: Sequence[Mapping[str, Any]]) -> list[Phrase]:
    """How many were still inside after some years, and what other readings of the record would say."""
    if whole["refused"] is not None:
        return []
    found = []
    if whole["inside"]:
        told = whole["inside"][min(2, len(whole["inside"]) - 1)]
        found.append(
            say_count(
                "After {n} year {share:.0%} were still inside ({low:.0%} to {high:.0%}).",
                "After {n} years {share:.0%} were still inside ({low:.0%} to {high:.0%}).",
                told["years"],
                share=told["share"],
                low=told["low"],
                high=told["high"],
            )
        )
    others = sorted(r["median"] for r in readings if r["median"] is not None)
    if len(set(others)) > 1:
        found.append(
            say(
                "Read otherwise where the record leaves it open, half ended within {low} to {high} days.",
                low=others[0],
                high=others[-1],
            )
        )
    return found
