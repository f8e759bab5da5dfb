"""The simple records of a book: acts on measures, legs of deals, figures, counts, facts; each a noun with closed codes.

What is reasoned with is a code, a name, a date, a number or an id. The keeper's own words (`what`, `target`, `note` ...) are
there to be shown: no figure, state or verdict hangs on them. Fields are named as the properties of the vocabulary.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from habeas.dates import PartialDate


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """Who acts: the code of a state (ISO 3166, with EU and UN) or the id of a body, and the name it is shown by.

    Both are empty where nobody is on record.
    """

    code: str = ""
    name: str = ""


def names_of(parties: Iterable[Party]) -> str:
    """The names of several who act together."""
    return ", ".join(party.name for party in parties)


class Op(StrEnum):
    """How a number was hedged."""

    EQ = "eq"
    GE = "ge"
    GT = "gt"
    LE = "le"
    LT = "lt"
    APPROX = "approx"
    APPROX_LT = "approx_lt"


class Action(StrEnum):
    """What an act does to a measure."""

    IMPOSED = "imposed"
    REIMPOSED = "reimposed"
    EXTENDED = "extended"
    RENEWED = "renewed"
    AMENDED = "amended"
    MAINTAINED = "maintained"
    ANNOUNCED = "announced"
    LICENSED = "licensed"
    EASED = "eased"
    SUSPENDED = "suspended"
    EXPIRED = "expired"
    LIFTED = "lifted"
    DELISTED = "delisted"
    REVOKED = "revoked"


class Topic(StrEnum):
    """What a measure is on."""

    PEOPLE = "people"
    POTASH = "potash"
    OIL = "oil"
    TOBACCO = "tobacco"
    AIRLINE = "airline"
    AIRCRAFT = "aircraft"
    BANKS = "banks"
    DEBT = "debt"
    INSURANCE = "insurance"
    ARMS = "arms"
    TRADE = "trade"
    EXPORTS = "exports"
    COMPANIES = "companies"
    FRAMEWORK = "framework"


class Side(StrEnum):
    """Which side of a deal a leg is on."""

    RELEASE = "release"
    RELIEF = "relief"
    OTHER = "other"


class Said(StrEnum):
    """What a party said that it gives; `maintained`: that its measures stay."""

    ANNOUNCED = "announced"
    LICENSED = "licensed"
    EASED = "eased"
    SUSPENDED = "suspended"
    LIFTED = "lifted"
    DELISTED = "delisted"
    PROMISED = "promised"
    MAINTAINED = "maintained"
    NONE = "none"


class Effect(StrEnum):
    """What a legal act did."""

    LICENSED = "licensed"
    EASED = "eased"
    SUSPENDED = "suspended"
    LIFTED = "lifted"
    DELISTED = "delisted"
    LAPSED = "lapsed"
    RELEASED = "released"
    NONE = "none"
    UNKNOWN = "unknown"


class ConditionTest(StrEnum):
    """How the record is asked whether a condition was kept."""

    ALL_RELEASED = "all_released"
    NO_NEW_ARRESTS = "no_new_arrests"
    NO_EXPULSION = "no_expulsion"
    ALL_EXPELLED = "all_expelled"
    TAKEN_TO = "taken_to"
    PAPERS_WITHHELD = "papers_withheld"
    RELIEF_STANDS = "relief_stands"


class Sense(StrEnum):
    """Whether somebody says that a deal was an exchange, or that it was not."""

    FOR = "for"
    AGAINST = "against"


class FigureKind(StrEnum):
    """Which number of a release a figure is."""

    ANNOUNCED = "announced"
    PART = "part"
    CROSSED = "crossed"
    STAYED = "stayed"
    REFUSED = "refused"
    IDENTIFIED = "identified"
    POLITICAL = "political"


class Group(StrEnum):
    """Whom a part of a release counts."""

    WOMEN = "women"
    MEN = "men"
    JOURNALISTS = "journalists"
    PRIESTS = "priests"
    NATIONALS = "nationals"
    FOREIGNERS = "foreigners"
    REFUSED = "refused"
    EXTREMISM = "extremism"
    PENSIONERS = "pensioners"
    ILL = "ill"
    OLDER = "older"
    YOUNGER = "younger"
    PARENTS = "parents"
    MINORS = "minors"


class Split(StrEnum):
    """By what the parts of one whole are told apart."""

    SEX = "sex"
    NATIONALITY = "nationality"
    DESTINATION = "destination"
    AGE = "age"
    CHARGE = "charge"


class CountKind(StrEnum):
    """A number of people on a day, or over a time."""

    STOCK = "stock"
    FLOW = "flow"


class Population(StrEnum):
    """Whom a published number counts."""

    POLITICAL_PRISONERS = "political_prisoners"
    PRISONERS_OF_CONSCIENCE = "prisoners_of_conscience"
    HELD = "held"


class Flow(StrEnum):
    """What befell the people whom a flow counts."""

    DETAINED = "detained"
    PROSECUTED = "prosecuted"
    CONVICTED = "convicted"
    VERDICTS = "verdicts"
    COLONY_TERMS = "colony_terms"
    RECOGNISED = "recognised"
    RELEASED = "released"
    PARDONED = "pardoned"
    TERM_SERVED = "term_served"
    EXPELLED = "expelled"
    LEFT_LIST = "left_list"
    NET_GROWTH = "net_growth"
    DIED = "died"


class FactKind(StrEnum):
    """What sort of context a fact is."""

    OFFICE = "office"
    AWARD = "award"
    VERDICT = "verdict"
    EVENT = "event"


class Happening(StrEnum):
    """What kind of event a fact tells of."""

    ELECTION = "election"
    REFERENDUM = "referendum"
    PROTEST = "protest"
    CANDIDACY = "candidacy"
    LANDING = "landing"
    INVASION = "invasion"
    TALKS = "talks"
    VISIT = "visit"
    CALL = "call"
    EXILE = "exile"
    ABDUCTION = "abduction"
    FOUNDING = "founding"
    CLOSING = "closing"
    BLACKLISTING = "blacklisting"
    MIGRANTS = "migrants"
    AMNESTY = "amnesty"
    INAUGURATION = "inauguration"
    MEASURE = "measure"
    COURT = "court"
    SILENCE = "silence"


class Post(StrEnum):
    """What an office is."""

    HEAD_OF_STATE = "head_of_state"
    HEAD_OF_GOVERNMENT = "head_of_government"
    MINISTER = "minister"
    CHAIR = "chair"
    FOUNDER = "founder"
    MEMBER = "member"
    OTHER = "other"


class Definition(StrEnum):
    """By which definition somebody is found to be a political prisoner."""

    PACE_1900 = "pace_1900"
    VIASNA = "viasna"
    LIST = "list"
    OTHER = "other"


class AssessmentFinding(StrEnum):
    """What an assessor finds."""

    YES = "yes"
    NO = "no"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What every simple record has: its id, the statements it rests on, and their sources."""

    id: str
    statements: tuple[str, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Act(Record):
    """One act on a measure, or a word about it: whose, when, on what, and which earlier acts it changes (ids).

    `identifier` is the act's official number, empty where none is on record. `begins` is the day from which it holds, where
    that is another than its own; `until` the day with which it ends by itself. `body` are ids of bodies it is on, `name`
    people and things by name; `people` and `bodies` how many it is on. `part`: whether it is on a part of what it changes that
    it does not name; where that is not said, an act that eases or ends so many people or bodies is.
    """

    date: PartialDate | None = None
    authority: Party = Party()
    identifier: str = ""
    action: tuple[Action, ...] = ()
    topic: tuple[Topic, ...] = ()
    body: tuple[str, ...] = ()
    name: tuple[str, ...] = ()
    official_id: tuple[str, ...] = ()
    people: int | None = None
    bodies: int | None = None
    part: bool | None = None
    changes: tuple[str, ...] = ()
    begins: PartialDate | None = None
    until: PartialDate | None = None
    target: str = ""
    reason: str = ""
    condition: str = ""
    note: str = ""

    @property
    def holds_from(self) -> PartialDate | None:
        """The day from which it holds."""
        return self.begins or self.date

    @property
    def takes_off(self) -> bool:
        """True where it ends the measure itself, also where it names an easing of it: who was on a list is off it."""
        return bool({Action.LIFTED, Action.DELISTED} & set(self.action))


@dataclass(frozen=True, slots=True, kw_only=True)
class Leg(Record):
    """What one side gave in a deal: by word (`said`, `said_on`) and by legal act (`act`, `act_on`, `effect`).

    `measure` are the acts on record that carry it out; `until` and `ended_on` when it ends by itself and was taken back.
    """

    deal: str = ""
    giver: tuple[Party, ...] = ()
    side: Side = Side.OTHER
    topic: tuple[Topic, ...] = ()
    body: tuple[str, ...] = ()
    people: int | None = None
    bodies: int | None = None
    destination: tuple[str, ...] = ()
    measure: tuple[str, ...] = ()
    said_on: PartialDate | None = None
    said: Said = Said.NONE
    act: str = ""
    act_on: PartialDate | None = None
    effect: Effect = Effect.UNKNOWN
    until: PartialDate | None = None
    ended_on: PartialDate | None = None
    what: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition(Record):
    """A term of a deal as somebody stated it, and how the record is asked about it; `place` are codes of states."""

    deal: str = ""
    test: ConditionTest | None = None
    place: tuple[str, ...] = ()
    by: str = ""
    what: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stance(Record):
    """Somebody says that a deal was an exchange, or that it was not."""

    deal: str = ""
    stance: Sense = Sense.FOR
    actor: Party = Party()
    by: str = ""
    what: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Request(Record):
    """Names asked for: who asked whom, how many, and what came of it."""

    deal: str = ""
    date: PartialDate | None = None
    actor: Party = Party()
    by: str = ""
    of: str = ""
    asked: int | None = None
    answered: int | None = None
    released: int | None = None
    answered_on: PartialDate | None = None
    what: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Count(Record):
    """A number somebody published: of people on a day (stock), or over a time (flow, `all_told` where it runs on).

    `population` says whom a stock counts, `flow` what befell whom a flow counts, `defined_by` by whose definition.
    """

    kind: CountKind | None = None
    on: PartialDate | None = None
    n: int | None = None
    op: Op = Op.EQ
    population: Population | None = None
    flow: Flow | None = None
    all_told: bool = False
    men: int | None = None
    women: int | None = None
    by: str = ""
    defined_by: str = ""
    definition: str = ""
    what: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure(Record):
    """A number somebody gave for a release, or for a part of it.

    `part_of` is the id of the figure it is a part of; parts of one `split` add up to it. `group`, `nationality` and
    `destination` (codes of states; `home` for those who stay) say whom it counts, `person` names them.
    """

    release: str = ""
    figure: FigureKind | None = None
    n: int | None = None
    op: Op = Op.EQ
    part_of: str = ""
    split: Split | None = None
    group: tuple[Group, ...] = ()
    nationality: tuple[str, ...] = ()
    destination: tuple[str, ...] = ()
    person: tuple[str, ...] = ()
    by: str = ""
    what: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact(Record):
    """Context behind claims: an office held, an award, a court's verdict, an event.

    `sentence` are the terms that a verdict handed down (ISO 8601), whoever got which; `award` is the id of a prize, `term` the
    number of a term of office, `body` ids of bodies it tells of.
    """

    kind: FactKind | None = None
    person: tuple[str, ...] = ()
    topic: tuple[Happening, ...] = ()
    post: Post | None = None
    award: str = ""
    term: int | None = None
    body: tuple[str, ...] = ()
    sentence: tuple[str, ...] = ()
    from_: PartialDate | None = None
    to: PartialDate | None = None
    verified: bool = False
    what: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Body(Record):
    """An organisation, a company or a thing that acts, or that a measure is on, by all its names."""

    name: tuple[str, ...] = ()
    country: str = ""
    topic: tuple[Topic, ...] = ()
    part_of: tuple[str, ...] = ()


class OfficialPost(StrEnum):
    """What somebody is who decides on people."""

    JUDGE = "judge"
    PROSECUTOR = "prosecutor"
    INVESTIGATOR = "investigator"
    PRISON_HEAD = "prison_head"
    POLICE = "police"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Official(Record):
    """Somebody who decides or decided on people: every spelling of the name, the posts, where, and from when to when."""

    name: tuple[str, ...] = ()
    post: tuple[OfficialPost, ...] = ()
    title: str = ""
    body: tuple[str, ...] = ()
    country: str = ""
    from_: PartialDate | None = None
    to: PartialDate | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment(Record):
    """Somebody finds that a person is, or is not, a political prisoner, by a definition; `criteria` are those of PACE 1900."""

    entry: str = ""
    by: str = ""
    definition: Definition | None = None
    criteria: tuple[str, ...] = ()
    finding: AssessmentFinding = AssessmentFinding.UNSURE
    on: PartialDate | None = None
    url: str = ""
    note: str = ""


class Confidence(StrEnum):
    """How sure a value is, as a person graded it."""

    REPORTED = "reported"  # one source says so
    CORROBORATED = "corroborated"  # two that do not take it from each other
    CONFIRMED = "confirmed"  # a document was seen, or somebody who knows at first hand was asked


class Tier(StrEnum):
    """How a person marked a case."""

    CONFIRMED = "confirmed"
    UNCONFIRMED = "unconfirmed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Preferred(Record):
    """A person prefers what one entry says of a property to what others say; `value` is what it said then.

    `value` is empty where it is kept back from whoever reads this.
    """

    entry: str = ""
    prop: str = ""
    value: str = ""
    by: str = ""
    on: PartialDate | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grade(Preferred):
    """A person says how sure the value is that an entry gives of a property."""

    confidence: Confidence | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TierMark(Record):
    """A person marks a case as confirmed, or as not confirmed."""

    entry: str = ""
    tier: Tier | None = None
    by: str = ""
    on: PartialDate | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Absence(Record):
    """Somebody was looked for on a list or at a place on a day, and was not there: no exit, and no end of custody."""

    entry: str = ""
    where: str = ""
    day: PartialDate | None = None
    url: str = ""
    by: str = ""
    on: PartialDate | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tombstone(Record):
    """Content was erased: what, how many statements, when, by whom and why; never whose."""

    erased: str = ""
    count: int | None = None
    covers: str = ""
    on: PartialDate | None = None
    by: str = ""
    reason: str = ""
