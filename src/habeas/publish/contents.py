"""What every page needs: the casebook, its date of knowledge, where each page lies, and notes on sources."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache, cached_property, lru_cache

from habeas.answers import STATES, Custody, Standing, ask, custody, in_words, stands
from habeas.dates import AsOf
from habeas.languages import languages_of
from habeas.nouns import (
    Answer,
    Article,
    Case,
    Casebook,
    CheckedArticle,
    Claim,
    KeptVerdict,
    ListInfo,
    Name,
    Phrase,
    Public,
    Question,
    Statement,
    Value,
    Visibility,
    say,
)
from habeas.publish.names import Called
from habeas.vocabulary import kinds, property_of

_UNSAFE = re.compile(r"[^A-Za-z0-9-]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """One source behind a figure: who says so, where it can be read, when it was published."""

    publisher: str
    title: str
    url: str
    published: str
    language: str | None
    path: str = ""  # its own page in the site; none where nothing is known of it


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page to be written: its path in a language's folder (always with `/`), its template and what that needs.

    It is made of nouns (phrases, dates, names), and said in each language by the environment that renders it.
    """

    path: str
    template: str
    title: str | Called
    context: Mapping[str, object]

    @property
    def root(self) -> str:
        """The way from this page to the folder of the site."""
        return "../" * self.path.count("/")


def file_name(identifier: str) -> str:
    """An id as a file name that every file system takes; ids are hashes or dates, never names."""
    return _UNSAFE.sub("-", identifier).strip("-") or "unnamed"


def article_name(article: CheckedArticle) -> str:
    """The file name of a checked article: a hash of its text, since the keeper's own file name may hold a name."""
    return hashlib.sha256(article.article.text.encode("utf-8", "surrogatepass")).hexdigest()[:10]


def is_public(statement: Statement) -> bool:
    """True where the statement may be shown: public, or cut to the year because the vocabulary says so."""
    if statement.value is None or statement.visibility is Visibility.PUBLIC:
        return statement.value is not None
    by_year = statement.visibility is Visibility.TEAM and property_of(statement.kind, statement.prop).public == "year"
    return by_year and re.fullmatch(r"\d{4}", statement.value) is not None


def kept_back(casebook: Casebook[Public]) -> frozenset[str]:
    """The statements of a casebook that may not be shown."""
    return casebook.once(_looked_through)[0]


def _looked_through(casebook: Casebook[Public]) -> tuple[frozenset[str], tuple[str, ...]]:
    """The statements that may not be shown, and the sources of the others, each once."""
    public = Visibility.PUBLIC
    kept: set[str] = set()
    sources: dict[str, None] = {}
    for statement in casebook.statements.values():
        if statement.value is not None and (statement.visibility is public or is_public(statement)):
            sources[statement.source] = None
        else:
            kept.add(statement.id)
    return frozenset(kept), tuple(sources)


@dataclass(frozen=True, kw_only=True)
class Contents:
    """The casebook and the checked articles as the pages read them.

    The casebook is already redacted. What is shown here passes a second check all the same (`shown`), so that a
    mistake in one of the two does not publish a restricted value.
    """

    casebook: Casebook[Public]
    checked: tuple[CheckedArticle, ...]
    _called: dict[str, Called] = field(default_factory=dict, repr=False)
    _custody: dict[str, tuple[Custody, ...]] = field(default_factory=dict, repr=False)
    _notes: dict[tuple[str, str], Note] = field(default_factory=dict, repr=False)
    _asked: dict[tuple[str, date, tuple[tuple[str, str], ...]], Answer] = field(default_factory=dict, repr=False)

    @cached_property
    def known_day(self) -> date | None:
        """The day as known on which the pages speak: the instant asked for, else the last one on record."""
        return self.casebook.day

    @property
    def known_text(self) -> date | str:
        return say("nothing on record yet") if self.known_day is None else self.known_day

    def ask(self, question: str, on: date | None = None, **args: str) -> Answer:
        """The answer to a question as known when the casebook was taken; `on` is the date of knowledge unless given."""
        key = (question, on or self.known_day or date.min, tuple(sorted(args.items())))
        if key not in self._asked:
            as_of = AsOf(key[1], self.casebook.known, self.casebook.known_by)
            self._asked[key] = ask(self.casebook, Question(ask=question, as_of=as_of, args=args))
        return self._asked[key]

    def custody(self, case: Case) -> tuple[Custody, ...]:
        """Each spell of a case as it stands on the date of knowledge."""
        if case.id not in self._custody:
            self._custody[case.id] = custody(self.casebook, case, self.known_day or date.min)
        return self._custody[case.id]

    def standing(self, case: Case) -> Standing:
        """How a person stands on the date of knowledge."""
        return stands(self.casebook, case, self.known_day or date.min)

    def state_words(self, case: Case) -> Phrase:
        """The same in words, with its day where that may be shown."""
        found = self.standing(case)
        shown = found.spell is None or self.shown(found.spell.statements)
        return in_words(found) if shown else STATES[found.state]

    def ready(self) -> None:
        """Make what every page asks for, so that processes forked from here need not make it each for itself."""
        _ = self.known_day, self.kept_back, self.source_paths, self.case_paths, self.list_paths, self.release_paths

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """The languages of the site, the first of which lies in the folder of the site itself."""
        return languages_of(self.casebook.book)

    def folder_of(self, tag: str) -> str:
        """Where the pages of a language lie: the first in the folder of the site itself, any other in one of its own."""
        return "" if tag == self.languages[0] else f"{tag}/"

    # --- where pages lie ------------------------------------------------------------------------------------------

    @cached_property
    def case_paths(self) -> Mapping[str, str]:
        return _distinct("cases", self.casebook.cases)

    @cached_property
    def release_paths(self) -> Mapping[str, str]:
        return _distinct("releases", self.casebook.releases)

    @cached_property
    def deal_paths(self) -> Mapping[str, str]:
        return _distinct("deals", self.casebook.deals)

    @cached_property
    def list_paths(self) -> Mapping[str, str]:
        return _distinct("lists", self.casebook.lists)

    @cached_property
    def measure_paths(self) -> Mapping[str, str]:
        return _distinct("measures", (r.id for r in self.casebook.acts))

    @cached_property
    def said_by(self) -> Mapping[str, tuple[Statement, ...]]:
        """What each source says that may be shown."""
        found: dict[str, list[Statement]] = {}
        for statement in self.casebook.statements.values():
            if statement.id not in self.kept_back:
                found.setdefault(statement.source, []).append(statement)
        return {source: tuple(said) for source, said in found.items()}

    @cached_property
    def source_paths(self) -> Mapping[str, str]:
        """A page for each source with an address or a publisher that says something that may be shown."""
        known = self.casebook.sources
        named = {
            i: hashlib.sha256(i.encode("utf-8", "surrogatepass")).hexdigest()[:12]
            for i in self.casebook.once(_looked_through)[1]
            if i in known
        }
        return {i: f"sources/{name}.html" for i, name in named.items() if known[i].url or known[i].publisher}

    @cached_property
    def deals_of(self) -> Mapping[str, tuple[str, ...]]:
        """The deals that a release was part of."""
        found: dict[str, tuple[str, ...]] = {}
        for deal in self.casebook.deals.values():
            for release in deal.releases:
                found[release] = (*found.get(release, ()), deal.id)
        return found

    # --- verdicts signed by a person ------------------------------------------------------------------------------

    @cached_property
    def _signed(self) -> Mapping[tuple[object, ...], KeptVerdict]:
        return {(v.text, *v.place): v for v in self.casebook.verdicts if v.signed}

    def signed(self, article: Article, claim: Claim) -> KeptVerdict | None:
        """The verdict that a person signed on a claim of this very text."""
        return self._signed.get((article.fingerprint, *claim.place))

    @cached_property
    def _families(self) -> Mapping[str, tuple[CheckedArticle, ...]]:
        found: dict[str, dict[str, CheckedArticle]] = {}
        for checked in self.checked:
            for judged in checked.judgements:
                if judged.family:
                    found.setdefault(judged.family, {})[article_name(checked)] = checked
        return {family: tuple(some.values()) for family, some in found.items()}

    def claimed_in(self, family: str, article: Article) -> tuple[CheckedArticle, ...]:
        """The other articles that claim the same."""
        others = self._families.get(family, ())
        return tuple(c for c in others if c.article.fingerprint != article.fingerprint)

    # --- what may be shown, and who says so -----------------------------------------------------------------------

    @cached_property
    def kept_back(self) -> frozenset[str]:
        """The statements that may not be shown: few, and none with a value."""
        return kept_back(self.casebook)

    def source_of(self, statement: str) -> str | None:
        """The source of a statement that may be shown, else None."""
        found = self.casebook.statements.get(statement)
        return None if found is None or statement in self.kept_back else found.source

    def shown(self, statements: Iterable[str]) -> bool:
        """True where at least one of the statements is on record for the public."""
        known, kept_back = self.casebook.statements, self.kept_back
        for identifier in statements:  # noqa: SIM110 -- asked of every value; a generator would take twice as long
            if identifier in known and identifier not in kept_back:
                return True
        return False

    def notes(self, statements: Iterable[str]) -> tuple[Note, ...]:
        """The sources that statements rest on, each once, in the order first met; restricted ones name no source."""
        first: dict[str, str] = {}
        known, kept = self.casebook.statements, self.kept_back
        for identifier in statements:
            statement = known.get(identifier)
            if statement is not None and statement.source not in first and identifier not in kept:
                first[statement.source] = identifier
        return tuple(self.note(source, statement) for source, statement in first.items())

    def printed_in(self, statements: Iterable[str]) -> str | None:
        """The language in which a text was printed, where those who say it agree: that of the column, else of the list."""
        found = {self._printed_in(i) for i in statements if self.source_of(i) is not None}
        return found.pop() if len(found) == 1 else None

    def _printed_in(self, statement: str) -> str | None:
        said = self.casebook.statements[statement]
        if said.lang is not None:
            return said.lang
        info = self.casebook.lists.get(said.subject.split(":", 2)[1]) if said.subject.startswith("entry:") else None
        return None if info is None else info.language

    def list_of(self, source: str) -> ListInfo | None:
        """The list that a source is, where it is one."""
        return self.casebook.lists.get(source.removeprefix("list:")) if source.startswith("list:") else None

    def note(self, source: str, statement: str) -> Note:
        """A source and a public statement of it, which tells when it was published where the source does not."""
        known = self.casebook.sources.get(source)
        published = (
            (known.published if known is not None else None) or self.casebook.statements[statement].published or ""
        )
        if (source, published) not in self._notes:
            self._notes[source, published] = Note(
                publisher=known.publisher if known is not None else "",
                title=known.title if known is not None else "",
                url=known.url if known is not None else "",
                published=published,
                # What a list says of its language is of its names; its title is the keeper's.
                language=known.language if known is not None and self.list_of(source) is None else None,
                path=self.source_paths.get(source, ""),
            )
        return self._notes[source, published]

    def called(self, case: Case) -> Called:
        """The names of a case that may be shown, each once, the record's preferred one first."""
        if case.id not in self._called:
            self._called[case.id] = self._names(case)
        return self._called[case.id]

    def _names(self, case: Case) -> Called:
        kept: dict[tuple[str, str | None], Name] = {}
        for name in case.names:
            if self.shown((name.statement,)):
                kept.setdefault((name.text, name.lang), name)
        names = sorted(kept.values(), key=lambda n: (n.text != case.label, n.lang or "~", n.text))
        told = [v.value for v in case.attributes.get("nationality", ()) if self.shown(v.statements)]
        return Called(id=case.id, names=tuple(names), nationalities=tuple(told), country=self.casebook.book.country)

    def attributes(self, case: Case) -> Mapping[str, tuple[Value, ...]]:
        """The attributes of a case that may be shown; a date that is public by year only is cut to it."""
        shown = ((prop, tuple([v for v in values if self.shown(v.statements)])) for prop, values in self.stated(case))
        return {prop: values for prop, values in shown if values}

    def ever(self, case: Case, prop: str) -> tuple[Value, ...]:
        """What may be shown of a case by one property, of the person or of any stretch in custody."""
        if prop in case.attributes:
            return self.attributes(case).get(prop, ())
        return tuple(v for v in case.ever(prop) if self.shown(v.statements))

    def stated(self, case: Case) -> Iterator[tuple[str, Sequence[Value]]]:
        """What is stated of a case by property, cut to the year where that alone is public.

        Not all of it may be shown: of each value that is for `shown` to say, or for the sources that it is shown with.
        """
        for prop, by_year in _in_order(tuple(case.attributes)):
            values = case.attributes[prop]
            yield prop, [_year_only(v) for v in values] if by_year else values


@cache
def _entry_properties() -> Mapping[str, bool]:
    """What may be stated of an entry, in the order of the vocabulary, and whether it is public by its year only."""
    return {prop: spec.public == "year" for prop, spec in kinds()["entry"].properties.items()}


@lru_cache(maxsize=1 << 14)
def _in_order(props: tuple[str, ...]) -> tuple[tuple[str, bool], ...]:
    """Those of some properties that may be stated, as `_entry_properties` has them: many cases have the same ones."""
    return tuple((prop, by_year) for prop, by_year in _entry_properties().items() if prop in props)


def _year_only(value: Value) -> Value:
    def year(text: str) -> str:
        return text[:4] if re.match(r"\d{4}", text) else ""

    if len(value.value) == 4 and value.value.isdecimal() and not value.against:
        return value
    against = tuple((year(v), ids) for v, ids in value.against if year(v) != year(value.value))
    return replace(value, value=year(value.value), against=against, stood=year(value.stood))


def _distinct(folder: str, identifiers: Iterable[str]) -> Mapping[str, str]:
    """A path for each id; ids that would fall on one file are told apart by a number (also on Windows, macOS)."""
    taken: dict[str, int] = {}
    found = {}
    for identifier in identifiers:
        name = file_name(identifier)
        seen = taken[name.casefold()] = taken.get(name.casefold(), 0) + 1
        found[identifier] = f"{folder}/{name if seen == 1 else f'{name}--{seen}'}.html"
    return found
