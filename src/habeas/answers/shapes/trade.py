"""The shapes of answers about releases and deals, and of our count beside another."""

from __future__ import annotations

from typing import Literal, TypedDict

from habeas.answers.shapes.common import Bounds, Count, Named, Rests, StateShape
from habeas.answers.states import LevelText
from habeas.nouns import Action, ConditionTest, Effect, FigureKind, Op, Said, Sense, Side, Split, Topic

Judged = Literal["met", "not met", "cannot say"]
InForceText = Literal["yes", "partly", "no", "cannot say"]
Does = Literal["yes", "no", "cannot say"]
Direction = Literal["toward freedom", "away from it", "neither", "cannot say"]


class Figure(TypedDict):
    """A figure that somebody gave for a release."""

    figure: FigureKind | None
    n: int | None
    op: Op
    what: str
    part_of: str
    split: Split | None
    by: str
    note: str
    rests_on: Rests


class Speaker(TypedDict):
    """Another number for the same part."""

    n: int | None
    by: str


_Else = TypedDict("_Else", {"else": list[Speaker]})


class PartShape(_Else):
    """One part of a breakdown; `else` are other speakers' numbers for it."""

    what: str
    n: int | None
    by: str


class Sum(TypedDict):
    """A breakdown added up against its whole."""

    split: Split
    part_of: str
    parts: list[PartShape]
    sum: int
    whole: int | None
    residual: int | None
    rests_on: Rests


class DueOut(TypedDict):
    """How many of the named were due out anyway, of those whose term is known."""

    within_days: int
    people: int
    of_known: int


class Forgiven(TypedDict):
    """Days of their terms that the named did not serve."""

    of_known: int
    total: int
    median: int | None
    longest: int | None


class OutWith(Named):
    """Somebody who is out with a condition."""

    condition: str
    rests_on: Rests


class Whereabouts(TypedDict):
    """Where the named went."""

    abroad: int
    at_home: int
    unknown: int


class Freed(TypedDict):
    """What a release gave to those it names."""

    due_out: DueOut
    forgiven_days: Forgiven
    conditions: list[OutWith]
    whereabouts: Whereabouts
    rests_on: Rests


class OfRelease(Named):
    """Somebody named in a release, on the day asked, and who names them in it.

    `disputed` says why the record takes it otherwise, or is empty.
    """

    in_custody: LevelText
    state: StateShape
    reason: str
    disputed: str
    rests_on: Rests


class PartAbroad(TypedDict):
    """A number of people taken abroad, and where to."""

    destination: list[str]
    n: int | None
    by: str
    rests_on: Rests


class Funnel(TypedDict):
    """Announced, named, matched, taken abroad (`crossed`): null where nobody gives the figure."""

    announced: int | None
    named: int
    matched: int
    crossed: int | None
    stayed: int | None
    political: int | None
    refused: int
    disputed: int


class ReleaseAnswer(Funnel):
    """Announced, named, matched, taken abroad (`crossed`): null where nobody gives the figure."""

    release: str
    title: str
    date: str
    kind: str
    status: str
    note: str
    taken_abroad: list[PartAbroad]
    unnamed: int | None
    political_share: float | None
    held_now: int | None
    freed: Freed
    figures: list[Figure]
    sums: list[Sum]
    people: list[OfRelease]
    people_disputed: list[OfRelease]


class Leg(TypedDict):
    """What one side gave: by word, and by legal act."""

    giver: str
    side: Side
    what: str
    said: Said
    said_on: str
    act: str
    act_on: str
    effect: Effect
    until: str
    ended_on: str
    measures: list[str]
    days_between: str
    act_does_what_was_said: Does
    note: str
    rests_on: Rests


class Given(Leg):
    """A relief, and whether it is in force on the day asked."""

    in_force: InForceText
    why: str


class DealInShort(TypedDict):
    """What one line says of a deal."""

    deal: str
    title: str
    date: str
    status: str
    brokers: list[str]
    releases: list[str]
    announced: int | None
    named: int
    relief: list[Given]
    said_for: int
    said_against: int


class DealSummary(DealInShort):
    """One deal in a line, and what the line rests on."""

    rests_on: Rests


class Deals(TypedDict):
    """Every deal up to the day."""

    deals: list[DealSummary]


class ConditionShape(TypedDict):
    """A condition as stated."""

    what: str
    by: str
    note: str
    rests_on: Rests


class Stance(TypedDict):
    """Who says that it was, or was not, an exchange."""

    stance: Sense
    by: str
    what: str
    rests_on: Rests


class DealAnswer(DealInShort):
    """A deal: legs, conditions, and who says for or against that it was an exchange."""

    note: str
    legs: list[Leg]
    conditions: list[ConditionShape]
    stances: list[Stance]
    people: list[Named]


class Indicator(TypedDict):
    """A figure, which way it points, and by which rule."""

    indicator: str
    figure: str
    direction: Direction
    rule: str
    rests_on: Rests


class Kept(TypedDict):
    """A condition, and whether it is kept on the day."""

    what: str
    by: str
    test: ConditionTest | Literal[""]
    kept: Judged
    why: str
    rests_on: Rests


class Request(TypedDict):
    """Names asked for, answered and released, as somebody told it."""

    on: str
    by: str
    of: str
    what: str
    asked: int | None
    answered: int | None
    released: int | None
    answered_on: str
    rests_on: Rests


class Progress(TypedDict):
    """What became of a deal by a day."""

    deal: str
    title: str
    since: str
    span_before: list[str | None]
    lists_settled_until: str | None
    indicators: list[Indicator]
    conditions: list[Kept]
    requests: list[Request]
    given: list[Given]
    got: list[Leg]
    people: list[Named]


class Listing(TypedDict):
    """An act that lists or delists an official."""

    measure: str
    on: str
    authority: str
    action: list[str]
    rests_on: Rests


class SentencedAfter(Named):
    """A sentence dated after a delisting."""

    sentenced: str


class DecisionShape(Named):
    """A role that a source names in one stretch in custody (`spell`, from 1), and the sentence on record of it."""

    spell: int | None
    role: str
    sentenced: str | None
    sentence: str | None
    rests_on: Rests


# `from` is no name of a field in a class.
Posted = TypedDict("Posted", {"from": str, "to": str})


class Official(Posted):
    """An official on record (`id`, and what officials.csv has), or one whom only sources name in cases."""

    id: str | None
    name: str
    names: list[str]
    posts: list[str]
    title: str
    body: list[str]
    country: str
    roles: list[str]
    decisions: list[DecisionShape]
    cases: list[Named]
    listings: list[Listing]
    after_delisting: list[SentencedAfter]
    rests_on: Rests


class Act(TypedDict):
    """One act of a measure, by the day; `begins` where it holds from another day than its own."""

    measure: str
    on: str
    begins: str
    identifier: str
    action: list[Action]
    until: str
    changes: list[str]
    target: str


class Allowed(TypedDict):
    """A licence, an easing or a suspension that holds on the day: for whom, and until when."""

    act: str
    whom: list[str]
    until: str | None


class MeasureShape(TypedDict):
    """A measure with its acts in order; whether it is in force on the day, and why; what is allowed.

    `since` is the day of the act by which it stands so, `until` its end where one is on record, `heard` the day of its last
    act. It ends with what it rests on.
    """

    measure: str
    on: str
    authority: str
    identifier: str
    target: str
    topics: list[Topic]
    bodies: list[str]
    names: list[str]
    official_ids: list[str]
    in_force: InForceText
    why: str
    allowed: list[Allowed]
    since: str | None
    until: str | None
    heard: str | None
    rests_on_measures: list[str]
    acts: list[Act]
    rests_on: Rests


class Left(TypedDict):
    """An act that the answer leaves out, and why; it stays on record."""

    act: str
    on: str
    what: str
    why: str
    rests_on: Rests


class Measures(TypedDict):
    """Measures on a day, and the acts that are left out."""

    measures: list[MeasureShape]
    left_out: list[Left]


class Officials(TypedDict):
    """Officials named in cases, joined to their listings."""

    officials: list[Official]


class Residual(TypedDict):
    """Published minus documented by name, as far as the hedge of the published number leaves bounds."""

    residual: int | None
    residual_low: int | None
    residual_high: int | None


class Beside(Count, Residual):
    """A published count beside ours."""

    men: int | None
    women: int | None


class OnlyListed(Named):
    """Somebody on the list whom our best reading does not have in custody."""

    in_custody: LevelText
    state: StateShape
    why: str


class OnlyOurs(Named):
    """Somebody in custody by our reading whom the list does not name."""

    why: str
    named_by: list[str]


Listed = list[OnlyListed]  # a class with a key `list` cannot name the type itself
Ours = list[OnlyOurs]


class CountsBeside(TypedDict):
    """Our count beside published ones of one day."""

    on: str
    ours: Bounds
    published: list[Beside]
    between: str


class ListBeside(TypedDict):
    """With `--list`: our reading beside a list, person by person."""

    list: str
    on: str
    refused: str | None
    both: int | None
    only_on_the_list: Listed
    only_in_our_reading: Ours
