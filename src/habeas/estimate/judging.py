"""All methods beside each other: how far they lie apart, what to beware of, and when it is no answer.

No method is right on every kind of table, and none can tell from the lists alone that it is wrong: models that fit
equally well give different numbers (Aleshin-Guendel, Sadinle and Wakefield 2024). So an answer is several methods that agree
within a stated factor; where they do not, it is refused, and what each says is shown as the reason.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from habeas.errors import UsageError
from habeas.estimate.chao import chao
from habeas.estimate.graphs import graphs
from habeas.estimate.latent import AGREED, latent
from habeas.estimate.loglinear import NEAR_BIC, loglinear
from habeas.estimate.stepwise import stepwise
from habeas.estimate.usable import usable
from habeas.nouns import Estimate, Estimation, OverlapTable, Part, Spread, only, say, say_count, together

FACTOR = 2.0
_APART = 1.25  # ratio of the farthest from which the disagreement is said
_WIDE = 4.0  # ratio of an interval's ends from which it says little
_KINDS = 0.9  # how sure it must be that a second kind of people is a tenth of all or more
BOUND = "chao"

Method = Callable[[OverlapTable, int, int], Estimate | str]
METHODS: Mapping[str, Method] = {
    "log-linear": lambda table, _seed, _draws: loglinear(table),
    "stepwise": lambda table, seed, draws: stepwise(table, seed=seed, draws=draws),
    "graph-averaging": lambda table, _seed, _draws: graphs(table),
    "latent-class": lambda table, seed, draws: latent(table, seed=seed, draws=4 * draws),
    BOUND: lambda table, _seed, _draws: chao(table),
}


def judged(
    table: OverlapTable,
    *,
    seed: int,
    methods: Sequence[str] = (),
    factor: float = FACTOR,
    draws: int = 1_000,
    progress: Callable[[str], object] = str,
) -> Estimation:
    """Estimate by each method, and judge them together.

    Args:
        methods: which, by name; else all that the number of lists allows.
        factor: the ratio of the highest to the lowest from which it is no answer.
        draws: resamples of the stepwise method; latent classes draw four times as many a chain.
        progress: told which method is at work.

    Raises:
        UsageError: there is no such method, or the factor is not above 1.
    """
    unknown = [m for m in methods if m not in METHODS]
    if unknown:
        raise UsageError(f"there is no method {unknown[0]!r}; there are {', '.join(METHODS)}")
    if not factor > 1:
        raise UsageError(f"the factor is a ratio above 1, not {factor}")
    fit = usable(table)
    notes = (*table.notes, *fit.warnings)
    if fit.refused is not None:
        return Estimation(table=fit.table, methods=(), spread=None, warnings=notes, refused=fit.refused)
    found: list[Estimate] = []
    silent: list[str] = []
    for name, method in METHODS.items():
        if not methods or name in methods:
            progress(f"estimating: {name}")
            outcome = method(fit.table, seed, draws)
            if isinstance(outcome, str):
                silent.append(outcome)
            else:
                found.append(replace(outcome, diagnostics={**outcome.diagnostics, "used": _trusted(outcome)}))
    estimates = tuple(found)
    spread = _spread(estimates, factor)
    warnings = [*notes, *silent]
    for estimate in estimates:
        warnings += _of_one(estimate)
    warnings += _of_all(estimates, spread)
    return Estimation(
        table=fit.table,
        methods=estimates,
        spread=spread,
        warnings=tuple(warnings),
        refused=_refused(estimates, spread, chosen=bool(methods)),
    )


def _trusted(estimate: Estimate) -> bool:
    """True where a number is an estimate, and not a bound, nor of chains that tell different things."""
    said = estimate.diagnostics
    return estimate.method != BOUND and said.get("agreed", True) and not said.get("grid_decides", False)


def _spread(estimates: Sequence[Estimate], factor: float) -> Spread | None:
    """The lowest and highest over methods and over log-linear models that fit about as well as the best."""
    of = []
    for estimate in estimates:
        if not _trusted(estimate):
            continue
        of.append((f"{estimate.method} {estimate.model}", estimate.estimate))
        of += [
            (f"{estimate.method} {near['model']}", near["estimate"])
            for near in estimate.diagnostics.get("near", [])[1:]
            if estimate.bic is not None and near["bic"] - estimate.bic < NEAR_BIC
        ]
    if not of:
        return None
    low, high = min(n for _, n in of), max(n for _, n in of)
    return Spread(low=low, high=high, ratio=high / low, factor=factor, of=tuple(of))


def _refused(estimates: Sequence[Estimate], spread: Spread | None, *, chosen: bool) -> str | None:
    if not estimates:
        return say("no method can be fitted: the overlaps do not tell how many are on no list")
    if spread is None:
        if chosen and all(e.method == BOUND for e in estimates):
            return None
        return say("no method gives an estimate that can be trusted; what there is is shown with what is wrong with it")
    if len({m.partition(" ")[0] for m, _ in spread.of}) == 1 and not chosen:
        return say(
            "only one method gives a figure that can be used ({number:,.0f} by {method}): none is right on every kind of "
            "table, and nothing speaks for or against this one",
            number=spread.of[0][1],
            method=spread.of[0][0],
        )
    if spread.ratio > spread.factor:
        lowest, highest = min(spread.of, key=lambda m: m[1]), max(spread.of, key=lambda m: m[1])
        return say(
            "methods and models that fit the same lists disagree by a factor of {ratio:.1f} (more than {factor:g}): "
            "{low:,.0f} by {lowest}, {high:,.0f} by {highest}; the lists cannot say which is right",
            ratio=spread.ratio,
            factor=spread.factor,
            low=lowest[1],
            lowest=lowest[0],
            high=highest[1],
            highest=highest[0],
        )
    return None


def _of_one(estimate: Estimate) -> list[str]:
    """What to beware of in one estimate."""
    said = estimate.diagnostics
    found: list[str] = []
    if not said.get("agreed", True):
        found.append(
            say(
                "latent-class: the chains do not agree (R-hat {rhat:.2f}, {limit} or more): its figure is not used",
                rhat=said["rhat"],
                limit=AGREED,
            )
        )
    if said.get("grid_decides", False):
        found.append(say("graph-averaging: its upper end hangs on where the grid ends: its figure is not used"))
    if len(said.get("peaks", [])) > 1:
        tops = together([only(p, ",.0f") for p in said["peaks"]], ", ")
        found.append(
            say("graph-averaging: the posterior has separate tops, at {tops}; its mean lies between them", tops=tops)
        )
    if said.get("at_the_limit", 0) > 0.01:
        found.append(
            say("latent-class: draws reach the limit of 20 times the persons seen; its upper end is that limit")
        )
    if estimate.high is not None and estimate.low > 0 and estimate.high / estimate.low > _WIDE:
        found.append(
            say(
                "{method}: from {low:,.0f} to {high:,.0f} is so wide that it says little",
                method=estimate.method,
                low=estimate.low,
                high=estimate.high,
            )
        )
    if estimate.high is None and estimate.method != BOUND:
        found.append(say("{method}: the likelihood sets no upper end", method=estimate.method))
    if said.get("failed_resamples", 0):
        found.append(
            say_count(
                "stepwise: {n} resample could not be fitted and is left out",
                "stepwise: {n} resamples could not be fitted and are left out",
                said["failed_resamples"],
            )
        )
    return found


def _apart(spread: Spread) -> str:
    parts: dict[str, Part] = {"ratio": spread.ratio, "low": spread.low, "high": spread.high}
    if any(m.startswith("log-linear") for m, _ in spread.of[1:]):
        return say(
            "methods, and log-linear models that fit about as well, lie {ratio:.1f}-fold apart, from {low:,.0f} to "
            "{high:,.0f}: quote the range, not one of them",
            **parts,
        )
    return say(
        "methods lie {ratio:.1f}-fold apart, from {low:,.0f} to {high:,.0f}: quote the range, not one of them", **parts
    )


def _below(bound: Estimate, estimates: Sequence[Estimate]) -> list[str]:
    """Of each estimate that ends below the lower bound, that it does."""
    return [
        say(
            "{method} ends at {high:,.0f}, below the lower bound ({low:,.0f} or more): the two take people to differ in "
            "different ways, and one of them is wrong",
            method=e.method,
            high=e.high,
            low=bound.low,
        )
        for e in estimates
        if e is not bound and e.high is not None and e.high < bound.low
    ]


def _of_all(estimates: Sequence[Estimate], spread: Spread | None) -> list[str]:
    """What the methods say of each other."""
    found = [] if spread is None or not _APART < spread.ratio <= spread.factor else [_apart(spread)]
    bound = next((e for e in estimates if e.method == BOUND), None)
    found += [] if bound is None else _below(bound, estimates)
    kinds = next((e.diagnostics for e in estimates if e.method == "latent-class"), None)
    if kinds is not None and kinds["several_kinds"] > _KINDS:
        first, second = kinds["class_shares"][:2]
        found.append(
            say(
                "people seem to be of different kinds in how they are listed (the two largest latent classes are {first:.0%} "
                "and {second:.0%}): methods that take people for alike can be far off, in either direction",
                first=first,
                second=second,
            )
        )
    apart = [(a, b) for i, a in enumerate(estimates) for b in estimates[i + 1 :] if _disjoint(a, b)]
    found += [say("the intervals of {one} and {other} do not meet", one=a.method, other=b.method) for a, b in apart]
    return found


def _disjoint(a: Estimate, b: Estimate) -> bool:
    if a.high is None or b.high is None or not (_trusted(a) and _trusted(b)):
        return False
    return a.high < b.low or b.high < a.low
