"""What stands between the record and an audience now: restrictions, consents, and whether a person wants publicity.

All of it is read from everything on record and holds now, also for a view of a past instant: whoever withdraws a consent
today is not named in what is shown of yesterday. A restriction only ever takes away. It follows the person: what is said
of one entry holds for every entry of that person, and for those that may be of that person until somebody decides.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from habeas.dates import PartialDate
from habeas.ledger.naming import Naming
from habeas.names import fold
from habeas.nouns import Audience, Links, Statement, Visibility, strictest
from habeas.vocabulary import Property, kinds, property_of

Who = Callable[[], Links]
Fields = dict[str, list[str]]

_STRICT_WISHES = ("wants", "unknown", "only_after_release", "does_not_want")  # of one day the last of these holds
_PAGE = frozenset({"title", "publisher", "url", "published", "language"})  # what tells which page a list is


class People:
    """Which entries are one person, and which may be."""

    def __init__(self, links: Links) -> None:
        self._mentions = {m: person.mentions for person in links.persons for m in person.mentions}
        self._maybe: dict[tuple[str, ...], set[str]] = {}
        for pair in links.unsure:
            for one, other in ((pair.a, pair.b), (pair.b, pair.a)):
                self._maybe.setdefault(self.same(one), set()).update(self.same(other))

    def same(self, entry: str) -> tuple[str, ...]:
        """The entries of the same person."""
        return self._mentions.get(entry, (entry,))

    def around(self, entry: str) -> set[str]:
        """The entries of the same person, and those that may be."""
        same = self.same(entry)
        return {*same, *self._maybe.get(same, ())}


class Disclosure:
    """Called with a statement, gives it as the audience may see it; None where not even its place is shown."""

    def __init__(
        self,
        statements: Sequence[Statement],
        audience: type[Audience],
        who: Who | None,
        today: date | None,
        *,
        lasting: bool = False,
        gone: Callable[[str], bool] | None = None,
    ) -> None:
        """Read what is kept back; `lasting` lets through only what, as things stand, may be seen on every later day.

        `gone` tells whether a text names somebody who was erased.
        """
        self._sees = audience.sees
        self._public = Visibility.TEAM not in audience.sees
        self.open = self._sees >= set(Visibility)
        self._lists: set[str] = set()
        self._subjects: set[str] = set()
        self._props: set[tuple[str, str]] = set()
        self._columns: set[tuple[str, str]] = set()
        self._values: set[tuple[str, str, str]] = set()
        self._said: set[str] = set()
        self._masked: set[str] = set()
        self._anonymous: set[str] = set()
        self._consented: dict[str, set[str]] = {}
        self._naming, self._borne = Naming(), Naming()
        self._erased = gone if self._public else None
        self._told: dict[str, bool] = {}
        self._files: dict[str, str] = {}
        if not self.open:
            self._read(statements, who, today, lasting=lasting)

    def _read(self, statements: Sequence[Statement], who: Who | None, today: date | None, *, lasting: bool) -> None:
        retracted = {s.retracts for s in statements if s.retracts is not None}
        live = [s for s in statements if s.value is not None and s.id not in retracted]
        self._files = {s.place: s.key for s in live if s.prop == "capture" and s.kind == "list"}
        restrictions = self._in_effect(_records(live, "restriction"))
        consents, wishes = ({}, {}) if not self._public else (_records(live, "consent"), _records(live, "publicity"))
        people = _people(restrictions, [*consents.values(), *wishes.values()], who)
        self._anonymous |= self._bear_erased(live)
        self._restrict(restrictions, {s.id: s for s in statements}, people)
        self._read_wishes(wishes, live, people, _day(today, statements))
        self._consent(consents, people, _day(today, statements), clock=today is not None, lasting=lasting)
        self._sources(live)
        if self._public:
            self._gather_names(statements)
            self._gather_unpublished(statements, live, who)
        if not self.plain:
            self._follow(live)
        if not self.plain:
            self._subjects |= self._wholly_hidden(statements)

    def __call__(self, statement: Statement) -> Statement | None:
        if self.open:
            return statement
        spec = property_of(statement.kind, statement.prop)
        if self._public and kinds()[statement.kind].working:
            return None
        if statement.value is None:
            hidden = self._hidden(statement) or self._ruled_out(statement, spec)
            return _without(statement) if hidden else self._without_its_source(statement, spec)
        if statement.prop == "pseudonym":
            # Said of a source that is not kept back, it would tell more than who and where.
            needed = not self._public or statement.subject in self._masked
            return statement if needed and statement.visibility in self._sees else _without(statement)
        if self._ruled_out(statement, spec):
            return _without(statement)
        if statement.visibility not in self._sees:
            year = self._year_of(statement, spec)
            if year is None:
                return _without(statement)
            statement = replace(statement, value=year, original=None)
        return self._without_its_source(statement, spec)

    def _year_of(self, statement: Statement, spec: Property) -> str | None:
        """The year, where it may be seen and the whole date may not."""
        if spec.public != "year" or statement.value is None:
            return None
        return _year_only(statement.value) if self._public and statement.visibility is Visibility.TEAM else None

    def names(self, text: str) -> bool:
        """True where a text names somebody, or gives an address, that is kept back from the audience."""
        if text not in self._told:
            erased = self._erased is not None and self._erased(text)
            self._told[text] = erased or (bool(self._naming) and self._naming.found_in(text))
        return self._told[text]

    def silences(self, statement: Statement) -> bool:
        """True where the audience would see a text of the statement, were it not that it names somebody kept back."""
        spec, hidden = property_of(statement.kind, statement.prop), kinds()[statement.kind].working
        if hidden or self.open or not self._looks or self._hidden(statement) or self._kept_back(statement, spec):
            return False
        return statement.subject not in self._anonymous and any(map(self.names, _texts(statement, spec)))

    def may_mean_another(self, statement: Statement) -> bool:
        """True where a name for which a text is kept back is that of somebody else too, who is public."""
        texts = _texts(statement, property_of(statement.kind, statement.prop))
        return bool(self._borne) and any(map(self._borne.found_in, texts))

    @property
    def _looks(self) -> bool:
        """True where texts are looked through for names."""
        return bool(self._naming) or self._erased is not None

    @property
    def plain(self) -> bool:
        """True where nobody and no source is kept back: a statement's kind, property and visibility tell all."""
        return not any(self._decides())

    def state(self) -> list[list[str]]:
        """All that decides beside a statement itself, for whoever must notice that it changed."""
        found = [sorted(v.value for v in self._sees), sorted(map(repr, self._files.items()))]
        return [*found, *(sorted(map(repr, some)) for some in self._decides())]

    def _decides(self) -> list[set[Any]]:
        restricted: list[set[Any]] = [self._lists, self._subjects, self._props, self._columns, self._values, self._said]
        consented = {(scope, entry) for scope, entries in self._consented.items() for entry in entries}
        erased: set[Any] = set() if self._erased is None else {"erased"}
        return [*restricted, self._masked, self._anonymous, consented, self._naming.all(), erased]

    # --- what is kept back ---

    def _hidden(self, statement: Statement) -> bool:
        """True where the statement's own visibility or a restriction keeps it back."""
        return statement.visibility not in self._sees or self._restricted(statement)

    def _restricted(self, statement: Statement) -> bool:
        subject, prop = statement.subject, statement.prop
        if subject in self._subjects or (self._said and statement.source in self._said and statement.kind != "source"):
            return True
        if statement.kind in ("entry", "list"):
            list_id = subject.split(":", 2)[1]
            if list_id in self._lists or (list_id, prop) in self._props:
                return True
            if statement.kind == "list" and prop in _PAGE and statement.source in self._masked:
                return True
        if self._columns and self._from_restricted_column(statement):
            return True
        return bool(self._values) and statement.value is not None and (subject, prop, _alike(statement)) in self._values

    def _from_restricted_column(self, statement: Statement) -> bool:
        if ", column " not in statement.place:
            return False
        file, _, rest = statement.place.partition(" row ")
        column = rest.partition(", column ")[2]
        list_id = statement.subject.split(":", 2)[1] if statement.kind == "entry" else self._files.get(file, "")
        return (list_id, column) in self._columns

    def _ruled_out(self, statement: Statement, spec: Property) -> bool:
        """True where a restriction, a missing consent or a wish keeps the value back, or a name in it."""
        if self._kept_back(statement, spec):
            return True
        named = self._looks and statement.value is not None and _may_name(statement, spec)
        return named and self.names(statement.value or "")

    def _kept_back(self, statement: Statement, spec: Property) -> bool:
        if self._restricted(statement):
            return True
        if not self._public:
            return False
        if statement.subject in self._anonymous and not spec.counted:
            return True
        return spec.consent is not None and not self._agreed(statement, spec.consent)

    def _wholly_hidden(self, statements: Sequence[Statement]) -> set[str]:
        """The subjects of `whole` kinds that name or mean somebody kept back or rest on what is, and what refers to them."""
        some = [s for s in statements if s.value is not None and kinds()[s.kind].whole]
        rests = {s.value for s in some if s.prop == "rests_on"}
        gone = {s.id for s in statements if s.id in rests and not self._shows(s)}

        def tells(text: str) -> bool:
            return text in gone or self._unnamed(text) or self.names(text)

        hidden = {s.subject for s in some if any(tells(t) for t in (s.value, s.original) if t)}
        return hidden | {s.subject for s in some if s.value in hidden}

    def _shows(self, statement: Statement) -> bool:
        """True where the audience sees a value, if not the exact one."""
        seen = self(statement)
        return seen is not None and seen.value is not None

    def _unnamed(self, subject: str) -> bool:
        """True where a subject, or the name of an entry, is kept back."""
        if subject in self._subjects or subject in self._anonymous:
            return True
        list_id = subject.split(":", 2)[1] if subject.startswith("entry:") else ""
        return list_id in self._lists or (list_id, "name") in self._props

    def _agreed(self, statement: Statement, scope: str) -> bool:
        if statement.subject in self._consented.get(scope, ()):
            return True
        # Missing consent is not yes; but a name that a list published is public by that.
        return scope == "name" and (statement.published is not None or statement.source.startswith("source:"))

    def _without_its_source(self, statement: Statement, spec: Property) -> Statement:
        """The statement without what would tell whom it is of, or which source it is from, where that is kept back."""
        if statement.subject in self._anonymous:
            source = f"list:{statement.subject.split(':', 2)[1]}" if statement.kind == "entry" else ""
            return replace(statement, source=source, place="", original=None, lang=None, reason=None, published=None)
        if statement.source in self._masked:
            return replace(statement, place="", original=None, reason=None, published=None)
        if not self._looks:
            return statement
        if statement.original is not None and spec.type != "name" and self.names(statement.original):
            statement = replace(statement, original=None)
        if statement.reason is not None and self.names(statement.reason):
            statement = replace(statement, reason=None)
        return replace(statement, place="") if self.names(statement.place) else statement

    # --- reading the record ---

    def _in_effect(self, records: dict[str, Fields]) -> list[Fields]:
        """The restrictions that keep something back from this audience; of one record the strictest word holds."""
        return [
            record
            for record in records.values()
            if strictest(Visibility.PUBLIC, *(Visibility(v) for v in record.get("visibility", ()))) not in self._sees
        ]

    def _restrict(self, records: Iterable[Fields], by_id: dict[str, Statement], people: People) -> None:
        for record in records:
            for identifier in record.get("statement", ()):
                if identifier in by_id:
                    self._restrict_value(by_id[identifier], people)
            for subject in record.get("subject", ()):
                kind, _, key = subject.partition(":")
                props, columns = record.get("prop", ()), record.get("column", ())
                self._props |= {(key, prop) for prop in props}
                self._columns |= {(key, column) for column in columns}
                if props or columns:
                    continue
                self._subjects |= people.around(subject) if kind == "entry" else {subject}
                if kind == "list":
                    self._lists.add(key)
                if "true" in record.get("content", ()):
                    self._said.add(subject)

    def _restrict_value(self, statement: Statement, people: People) -> None:
        """Keep a value back, whichever of the person's entries and whichever source says it."""
        entries = people.around(statement.subject) if statement.kind == "entry" else {statement.subject}
        self._values |= {(entry, statement.prop, _alike(statement)) for entry in entries}
        if statement.prop == "name" and statement.value is not None:
            self._naming.add(statement.value)

    def _read_wishes(self, records: dict[str, Fields], live: Sequence[Statement], people: People, today: date) -> None:
        """Find whose name and life are kept back: by the latest wish of the person."""
        wishes: dict[tuple[str, ...], list[tuple[date, int]]] = {}
        for record in records.values():
            for entry in record.get("entry", ()):
                for wish in record.get("wish", ()):
                    said = _latest(record.get("on", ()), today)
                    strict = _STRICT_WISHES.index(wish)
                    if said <= today or strict > 1:
                        wishes.setdefault(people.same(entry), []).append((min(said, today), strict))
        for same, found in wishes.items():
            wish = _STRICT_WISHES[max(found)[1]]
            kept_back = wish == "does_not_want" or (wish == "only_after_release" and not _free(same, live, today))
            if kept_back:
                self._anonymous |= people.around(same[0])

    def _consent(self, records: dict[str, Fields], people: People, today: date, *, clock: bool, lasting: bool) -> None:
        """Find who agrees to what now; who agreed to be named and does not any more is kept back as a person."""
        once_named: set[tuple[str, ...]] = set()
        for record in records.values():
            ends = lasting and bool(record.get("until") or record.get("withdrawn"))
            holds = not ends and _in_force(record, today, clock=clock)
            for same in {people.same(entry) for entry in record.get("entry", ())}:
                for scope in record.get("scope", ()):
                    if scope == "name":
                        once_named.add(same)
                    if holds:
                        self._consented.setdefault(scope, set()).update(same)
        for same in once_named:
            if same[0] not in self._consented.get("name", ()):
                self._anonymous |= people.around(same[0])

    def _follow(self, live: Sequence[Statement]) -> None:
        """What a person decided of an entry is kept back with it, and what of a value, with the value."""
        rulings = {s.subject: s.value or "" for s in live if s.prop == "entry" and kinds()[s.kind].follows}
        props = {s.subject: s.value or "" for s in live if s.prop == "prop" and s.subject in rulings}
        gone = self._gone(live, frozenset(rulings.values()))
        for subject, entry in rulings.items():
            hidden = entry in self._subjects or entry.split(":", 2)[1] in self._lists
            if hidden or (entry, props.get(subject, "")) in gone:
                self._subjects.add(subject)
            elif entry in self._anonymous:
                self._anonymous.add(subject)

    def _gone(self, live: Sequence[Statement], entries: frozenset[str]) -> set[tuple[str, str]]:
        """The (entry, property) of which some value is ruled out."""
        said = (s for s in live if s.subject in entries)
        return {(s.subject, s.prop) for s in said if self._ruled_out(s, property_of(s.kind, s.prop))}

    def _sources(self, live: Sequence[Statement]) -> None:
        """Find the sources whose identity is kept back, among them those that only people kept back rest on."""
        self._masked = {
            s.subject for s in live if s.kind == "source" and s.prop in ("url", "publisher") and self._hidden(s)
        }
        unnamed = self._anonymous | {s for s in self._subjects if s.startswith("entry:")}
        if self._public and unnamed:
            theirs = {s.source for s in live if s.subject in unnamed and s.source.startswith("source:")}
            theirs -= {s.source for s in live if s.subject not in unnamed and s.kind != "source"}
            self._masked |= theirs
            self._subjects |= theirs

    def _gather_names(self, statements: Iterable[Statement]) -> None:
        """Names of people kept back and addresses of restricted sources: they may stand in other texts too."""
        unnamed = self._anonymous | {s for s in self._subjects if s.startswith("entry:")}
        for s in statements:
            if s.value is None:
                continue
            if s.prop == "name" and s.subject in unnamed:
                self._naming.add(s.value)
            elif s.kind == "source" and s.prop == "url" and s.subject in self._subjects:
                self._naming.add_address(s.value)

    def _gather_unpublished(self, statements: Iterable[Statement], live: Iterable[Statement], who: Who | None) -> None:
        """Names that stand only where the public does not look: of whoever has no public name, and other names of the rest.

        A name that a public statement said and took back is no public one. Whoever else bears such a name is known by it
        still, but a text that holds it may mean either.
        """
        hidden = [said for s, *said in _names(statements) if not self._named_openly(s)]
        if not hidden:
            return
        people = People(Links(persons=(), unsure=()) if who is None else who())
        openly = [said for s, *said in _names(live) if self._named_openly(s)]
        public: dict[tuple[str, ...], Naming] = {}
        for subject, name in openly:
            public.setdefault(people.same(subject), Naming()).add(name)
        for subject, name in hidden:
            own = public.get(people.same(subject))
            if own is None:
                self._naming.add(name, alone=False)
            else:
                self._naming.add_other(name, own)
        for name in {name for _, name in openly if self._naming.found_in(name)}:
            self._borne.add(name)

    def _bear_erased(self, live: Iterable[Statement]) -> set[str]:
        """The entries under the name of somebody erased, in whatever spelling."""
        erased = self._erased
        return set() if erased is None else {subject for _, subject, name in _names(live) if erased(name)}

    def _named_openly(self, statement: Statement) -> bool:
        """True where the public sees the name of an entry."""
        hidden = self._hidden(statement) or statement.subject in self._anonymous
        return not hidden and self._agreed(statement, "name")


@dataclass(frozen=True, slots=True)
class KeptBack:
    """What is kept back of a record: called with a text, tells whether it names somebody who is, or such a source."""

    statements: tuple[Statement, ...]
    disclosure: Disclosure

    def __call__(self, text: str) -> bool:
        return self.disclosure.names(text)

    def silenced(self) -> tuple[tuple[Statement, bool], ...]:
        """What the public does not see, or not whole, because it names somebody; and whether somebody public bears that name."""
        gone = {s.retracts for s in self.statements}
        said = (s for s in self.statements if s.id not in gone and self.disclosure.silences(s))
        return tuple((s, self.disclosure.may_mean_another(s)) for s in said)


def _names(statements: Iterable[Statement]) -> Iterator[tuple[Statement, str, str]]:
    """The names of entries: what says them, of which entry, and the name."""
    for s in statements:
        if s.prop == "name" and s.kind == "entry" and s.value is not None:
            yield s, s.subject, s.value


def _may_name(statement: Statement, spec: Property) -> bool:
    """True where a value is a text that may name people; a namesake's own entry keeps its name."""
    return spec.type in ("text", "name", "url") and not (statement.kind == "entry" and spec.type == "name")


def _texts(statement: Statement, spec: Property) -> list[str]:
    """Every text of a statement that may name people."""
    said = (
        statement.value if _may_name(statement, spec) else None,
        None if spec.type == "name" else statement.original,
    )
    return [text for text in (*said, statement.reason, statement.place) if text]


def _people(restrictions: Iterable[Fields], agreements: Sequence[Fields], who: Who | None) -> People:
    """Who is who, asked only where something concerns a person.

    Raises:
        ValueError: something does, and the caller did not hand in who is who.
    """
    of_people = any("statement" in r or any(s.startswith("entry:") for s in r.get("subject", ())) for r in restrictions)
    if not of_people and not agreements:
        return People(Links(persons=(), unsure=()))
    if who is None:
        raise ValueError("people are restricted: this view needs to know who is who (hand in `who`)")
    return People(who())


def _records(live: Iterable[Statement], kind: str) -> dict[str, Fields]:
    found: dict[str, Fields] = {}
    prefix = kind + ":"
    for s in live:
        if s.value is not None and s.subject.startswith(prefix):
            found.setdefault(s.subject, {}).setdefault(s.prop, []).append(s.value)
    return found


def _day(today: date | None, statements: Sequence[Statement]) -> date:
    """Today; where the caller gives no clock, the last day on record."""
    return today or max((s.recorded.date() for s in statements), default=date.min)


def _latest(days: Iterable[str], otherwise: date) -> date:
    """The last day that dates may mean; a wish without a day is as fresh as can be."""
    found = (PartialDate.parse(d).latest for d in days)
    return max((d or otherwise for d in found), default=otherwise)


def _in_force(record: Fields, today: date, *, clock: bool) -> bool:
    """True where a consent holds on every reading of its dates; without a clock one with an end holds no more."""
    begun = all((day := PartialDate.parse(d).latest) is not None and day <= today for d in record.get("from", ()))
    ends = [PartialDate.parse(d).earliest for d in record.get("until", ())]
    running = not ends or (clock and all(day is not None and today <= day for day in ends))
    taken_back = any(
        (day := PartialDate.parse(d).earliest) is None or day <= today for d in record.get("withdrawn", ())
    )
    return begun and running and not taken_back


def _free(entries: Sequence[str], live: Sequence[Statement], today: date) -> bool:
    """True where a release is on record that lies in the past, and no custody on that day or after it."""
    out, held = date.min, date.min
    for s in live:
        if s.subject not in entries or s.value is None or s.prop not in ("released", "detained", "held_on", "returned"):
            continue
        when = PartialDate.parse(s.value)
        if s.prop != "released":
            held = max(held, when.latest or date.max)
        elif when.latest is not None and when.latest <= today:
            out = max(out, when.latest)
    return held < out


def _alike(statement: Statement) -> str:
    """The form in which two wordings of a value are the same."""
    value = statement.value or ""
    return fold(value) if statement.prop == "name" else value.casefold()


def _without(statement: Statement) -> Statement:
    return replace(statement, value=None, original=None, lang=None, valid=None, source="", place="", reason=None)


def _year_only(value: str) -> str | None:
    """The year of a date, or None where its bounds lie in several years."""
    when = PartialDate.parse(value)
    if when.earliest is None or when.latest is None or when.earliest.year != when.latest.year:
        return None
    return f"{when.earliest.year:04d}"
