"""Who is named in a text: people of the casebook in any spelling and case ending, and other full names as printed.

A full name is looked up in the casebook by the keys of `habeas.names`, then compared; a surname alone counts where the
text gave the full name before, or where only one person on record has it. Nobody is guessed: two people that fit
equally well are both left unnamed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import takewhile
from typing import Any

from anyascii import anyascii

from habeas.check.lexicon import Lexicon, Phrases, load, longest
from habeas.check.lexicon import lexicon as lexicon_of
from habeas.check.numbers import Chunk
from habeas.check.surnames import nominative, other_case, other_nominatives, sex_of_form
from habeas.check.text import Sentence, Token
from habeas.dates import PartialDate
from habeas.names import Agreement, compare, fold, keys, script_of, sex
from habeas.nouns import A, Case, Casebook, Fact, FactKind, Post

_MOST_TOKENS = 8  # of one name, marks counted
_LONG = 7  # letters of a surname from which a misprint can be told from another name
_MAYBE = 0.7  # a misprinted surname beside the right given name, where nobody else comes near


@dataclass(frozen=True, slots=True)
class Known:
    """A person on record: the name shown, the case where there is one, and every name on record."""

    label: str
    case: str | None
    names: tuple[str, ...]
    rules: bool = False  # holds an office of state: frees and jails, and is not freed


@dataclass(frozen=True, slots=True)
class Directory:
    """People on record by the keys of their names, so that a name in a text meets only those it can be."""

    people: tuple[Known, ...]
    by_key: Mapping[str, tuple[int, ...]]
    memory: dict[str, Known | None] = field(default_factory=dict)
    by_label: dict[str, list[Known]] = field(default_factory=dict)

    def find(self, name: str) -> Known | None:
        """The one person on record whose name this is, or None where there is none or more than one."""
        if name not in self.memory:
            found = self._find(name)
            if found is None:
                near = {known.label: known for one in other_nominatives(name) if (known := self._find(one)) is not None}
                found = next(iter(near.values())) if len(near) == 1 else None
            self.memory[name] = found
        return self.memory[name]

    @property
    def rulers(self) -> frozenset[str]:
        """The names shown of people who hold an office of state on record."""
        return frozenset(p.label for p in self.people if p.rules)

    def named(self, label: str) -> list[Known]:
        """The people shown by that name; none where several share it."""
        if not self.by_label:
            for person in self.people:
                self.by_label.setdefault(person.label, []).append(person)
        found = self.by_label.get(label, [])
        return found if len(found) == 1 else []

    def _find(self, name: str) -> Known | None:
        near = sorted({i for k in keys(name) if k[0] in "sd" for i in self.by_key.get(k, ())})
        alone = len(name.split()) == 1
        sure: dict[str, Known] = {}
        maybe: dict[str, Known] = {}
        for person in (self.people[i] for i in near):
            best = max((compare(name, other) for other in person.names), key=lambda c: c.score)
            same = best.surname in (Agreement.SAME, Agreement.CLOSE)
            long = len(name.rsplit(maxsplit=1)[-1]) >= _LONG
            if (best.sure and (best.surname is Agreement.SAME or long)) or (alone and best.surname is Agreement.SAME):
                sure[person.label] = person
            elif (
                not alone
                and long
                and best.score >= _MAYBE
                and best.given is Agreement.SAME
                and (same or best.surname is Agreement.UNCLEAR)
            ):
                maybe[person.label] = person
        found = list((sure or maybe).values())
        return found[0] if len(found) == 1 else None


_LAST: list[tuple[Casebook[Any], Directory]] = []


def directory(casebook: Casebook[A]) -> Directory:
    """Everybody on record: cases, then people of the context facts who have no case; made once for a casebook."""
    if not (_LAST and _LAST[0][0] is casebook):
        _LAST[:] = [(casebook, _directory(casebook))]
    return _LAST[0][1]


def _directory(casebook: Casebook[A]) -> Directory:
    by_label: dict[str, list[Case]] = {}
    for case in casebook.cases.values():
        by_label.setdefault(case.label, []).append(case)
    found = [
        Known(case.label, case.id, tuple(dict.fromkeys((case.label, *(n.text for n in case.names)))))
        for cases in by_label.values()
        for case in _fullest(cases)
    ]
    on_record = Directory(tuple(found), _index(found))
    spellings: list[list[str]] = []
    for name in dict.fromkeys(name for fact in casebook.facts for name in fact.person):
        if on_record.find(name) is not None:
            continue
        home = next((names for names in spellings if any(compare(name, other).sure for other in names)), None)
        if home is None:
            spellings.append([name])
        else:
            home.append(name)
    ruling = {name for fact in casebook.facts if _of_state(fact) for name in fact.person}
    found += [Known(names[0], None, tuple(names), bool(ruling & set(names))) for names in spellings]
    return Directory(tuple(found), _index(found))


_RULING = frozenset({Post.HEAD_OF_STATE, Post.HEAD_OF_GOVERNMENT, Post.MINISTER})


def _of_state(fact: Fact) -> bool:
    return fact.kind is FactKind.OFFICE and fact.post in _RULING


def _fullest(cases: list[Case]) -> list[Case]:
    """The fullest of several cases shown by one name, where nothing in the others speaks against it; else all of them.

    Lists that could not be linked for sure leave such fragments: a name and a day, beside a case with its dates.
    """
    if len(cases) == 1:
        return cases
    full = max(cases, key=lambda c: (len(c.mentions), len(c.statements), c.id))
    return [full] if all(_no_conflict(full, other) for other in cases if other is not full) else cases


def _no_conflict(full: Case, other: Case) -> bool:
    born = (full.attribute("born"), other.attribute("born"))
    if born[0] is not None and born[1] is not None and born[0].value[:4] != born[1].value[:4]:
        return False
    for side in ("start", "end"):
        mine = [PartialDate.parse(v.value) for s in full.spells if (v := getattr(s, side)) is not None]
        theirs = [PartialDate.parse(v.value) for s in other.spells if (v := getattr(s, side)) is not None]
        if mine and any(not any(day.compatible(m) for m in mine) for day in theirs):
            return False
    return True


def _index(people_known: list[Known]) -> dict[str, tuple[int, ...]]:
    index: dict[str, dict[int, None]] = {}
    for number, person in enumerate(people_known):
        for name in person.names:
            for one in keys(name):
                if one[0] in "sd":
                    index.setdefault(one, {})[number] = None
    return {k: tuple(v) for k, v in index.items()}


# --- names in the text --------------------------------------------------------------------------------------------


@lru_cache(maxsize=1)
def _english() -> Lexicon:
    return lexicon_of("en")


def _name_token(token: Token, lexicon: Lexicon) -> bool:
    if token.kind != "word" or not token.capital or len(token.text) < 2:
        return False
    if token.text.isupper() and len(token.text) > 1:
        return False
    low = token.low
    if lexicon.tables["free_order"] and token.text.isascii() and low in _english().organisation:
        return False  # "Associated Renderer" in a Russian text
    return not (
        low in lexicon.no_part_of_a_name
        or (lexicon.tables["capital_dates"] and (low in lexicon.tables["months"] or low in lexicon.tables["weekdays"]))
    )


def _runs(sentence: Sentence, lexicon: Lexicon) -> Iterator[tuple[int, int]]:
    """Stretches of capitalised words that can be a name: `[i, j)`."""
    found, i = sentence.tokens, 0
    while i < len(found):
        thing = longest(_things(), found, i) if found[i].capital else None
        if thing is not None:
            i = thing[1]
            continue
        nation = longest(lexicon.nations, found, i)
        if nation is not None and found[i].capital and not _a_given_name(found, i, nation[1]):
            i = nation[1]
            continue
        if not _name_token(found[i], lexicon) or found[i].low in lexicon.never_begins_a_name:
            i += 1
            continue
        j = i + 1
        while j < len(found) and _one_script(found[i], found[j]):
            initial = found[j].capital and len(found[j].text) == 1 and j + 2 < len(found) and found[j + 1].text == "."
            if initial and _name_token(found[j + 2], lexicon):
                j += 2
                continue
            particle = found[j].low in lexicon.tables["name_particles"]
            if particle and j + 2 < len(found) and found[j + 1].text == "-" and _name_token(found[j + 2], lexicon):
                j += 3  # "Abd el-Fattah"
                continue
            if j - i >= 2 and _second_half(found, j):
                j += 2  # "Au Nok-hin"
                continue
            joined = found[j].text == "-" or particle
            if (
                joined
                and j + 1 < len(found)
                and _name_token(found[j + 1], lexicon)
                and found[j].start - found[j - 1].end < 2
            ):
                j += 2
                continue
            if not _name_token(found[j], lexicon) or longest(lexicon.nations, found, j) is not None:
                break
            j += 1
        of_a_body = i > 0 and found[i - 1].capital and found[i - 1].low in lexicon.small["heads_a_body"]
        if not of_a_body and not _part_of_a_title(found, j, lexicon):
            yield i, j
        i = j


@lru_cache(maxsize=1)
def _things() -> Phrases:
    """Names of places, prisons, bodies and feasts that look like people."""
    made = Phrases()
    for names in load("things.yaml").values():
        for name in names:
            made.add(str(name), "thing")
    return made


_CITY_AND_NAME = frozenset(
    {"sofia", "georgia", "jordan", "paris", "london", "israel", "chad", "софия", "сафія", "париж"}
)


def _a_given_name(found: tuple[Token, ...], i: int, j: int) -> bool:
    """True where a capital city is somebody's given name: `Sofia Sapega`."""
    alone = (
        found[i].low in _CITY_AND_NAME
        and j == i + 1
        and j < len(found)
        and found[j].kind == "word"
        and found[j].capital
    )
    return (
        alone and len(found[j].text) > 2 and not found[j].text.isupper() and sex(_as_one(found, i, j + 1)) is not None
    )


def _one_script(first: Token, other: Token) -> bool:
    """False where a word in Cyrillic follows one in Latin letters: `Dissidentby Марына`."""
    return other.kind != "word" or ("\u0400" <= first.text[0] <= "\u052f") == ("\u0400" <= other.text[0] <= "\u052f")


def _second_half(found: tuple[Token, ...], j: int) -> bool:
    """True where a hyphen and a short small word go on after a name: `Kim Jong-un`, not `Minsk-based`."""
    if j + 1 >= len(found) or found[j].text != "-" or found[j].start != found[j - 1].end:
        return False
    half = found[j + 1]
    return half.text.islower() and len(half.text) <= 5 and half.start == found[j].end and half.low not in _NO_NAME


_NO_NAME = frozenset(
    [
        "based",
        "born",
        "led",
        "era",
        "style",
        "run",
        "made",
        "wide",
        "held",
        "like",
        "type",
        "only",
        "free",
        "area",
        "day",
        "old",
    ]
)


def _part_of_a_title(found: tuple[Token, ...], j: int, lexicon: Lexicon) -> bool:
    """True where a word of organisations or laws goes on after capitals: `Counter-Terrorism Law`, `Abzas Media`."""
    if j >= len(found):
        return False
    capitals = lexicon.tables["capital_dates"]  # elsewhere only the first word of such a title has one
    place = found[j].low in lexicon.small["places"]  # "Sheremetyevo airport"
    if found[j - 1].low.endswith(tuple(lexicon.tables["adjective_ends"])):
        words = list(takewhile(lambda t: t.kind == "word" and not t.capital, found[j : j + 3]))
        place = place or any(
            (t.low in lexicon.organisation and t.low not in lexicon.tables["ordinals"])
            or t.low in lexicon.small["places"]
            for t in words
        )
    return place or (capitals and found[j].capital and found[j].low in lexicon.organisation)


def _title_case(sentence: Sentence) -> bool:
    if sentence.tokens[-1].text == ".":
        return False  # a headline has no full stop
    words = [t for t in sentence.tokens if t.kind == "word" and len(t.text) > 3]
    return len(words) > 4 and sum(t.capital for t in words) >= 0.75 * len(words)


def _words(sentence: Sentence, i: int, j: int) -> tuple[str, ...]:
    return tuple(t.text for t in sentence.tokens[i:j] if t.kind == "word")


def _stretches(i: int, j: int) -> Iterator[tuple[int, int]]:
    """The whole run and what it ends or begins with, as far as that can be a name: a long run is a line of capitals."""
    if j - i <= _MOST_TOKENS:
        yield i, j
    yield from ((k, j) for k in range(max(i + 1, j - _MOST_TOKENS), j - 1))
    yield from ((i, k) for k in range(min(j - 1, i + _MOST_TOKENS), i + 1, -1))


def _named(person: tuple[str, str | None], i: int, j: int) -> Chunk:
    """The chunk of a person, and how a name that no record holds is written in Latin letters."""
    value: dict[str, Any] = {"person": person[0], "case": person[1]}
    if person[1] is None and not person[0].isascii():
        value["latin"] = anyascii(nominative(person[0]))
    return Chunk("person", i, j, value)


@dataclass(slots=True)
class _Spotter:
    """Remembers the full names met in one text, so that a surname alone finds its person."""

    directory: Directory
    met: dict[str, tuple[str, str | None]] = field(default_factory=dict)
    given: dict[str, set[tuple[str, str | None]]] = field(default_factory=dict)
    full: dict[str, tuple[str, str | None]] = field(default_factory=dict)

    def meet(self, words: tuple[str, ...], person: tuple[str, str | None]) -> tuple[str, str | None]:
        """Keep a full name, so that its surname or given name alone will do later; the name as first kept."""
        kept = self.met.setdefault(fold(words[-1]), person)
        if kept is not person and person[1] is None and _of_another_given_name(kept[0], person[0]):
            kept = person  # one of the family: the surname alone stays with whoever was met first
        if kept[1] is None and person[1] is not None:
            kept = self.met[fold(words[-1])] = person
        self.given.setdefault(words[0].casefold(), set()).add(kept)
        self.full[" ".join(words).casefold()] = kept
        return kept

    def known(self, sentence: Sentence, i: int, j: int) -> Iterator[Chunk]:
        """The person on record whom the run names, or a part of the run does."""
        for a, b in _stretches(i, j):
            words = _words(sentence, a, b)
            person = self.directory.find(" ".join(words)) if len(words) >= 2 else None
            if person is not None:
                self.meet(words, (person.label, person.case))
                yield Chunk("person", a, b, {"person": person.label, "case": person.case})
                return

    def name(self, sentence: Sentence, text: str, i: int, j: int, lexicon: Lexicon, *, titled: bool) -> Chunk | None:
        chunk = next(self.known(sentence, i, j), None)
        if chunk is not None:
            return chunk
        words = _words(sentence, i, j)
        if len(words) == 1:
            return self.surname(words[0], i, j)
        if all(t.kind == "word" or t.text == "-" for t in sentence.tokens[i:j]) and j - i == 2 * len(words) - 1:
            return self.again(words[-1], i, j) or self.in_other_case(
                words[-1], i, j
            )  # "Эль-Родео", "Кара-Мурза": one word, if in two parts
        if titled or len(words) > 4:
            return self.in_title(sentence, i, j)
        if _in_quotes(sentence, i, j) or _a_place(sentence, i, j, lexicon):
            return None
        if i == 0 and len(words) == 2 and sex(" ".join(words)) is None and _a_word(sentence, lexicon):
            alone = self.surname(words[1], j - 1, j)  # a sentence opens with a capital: `Срок Беляцкого составил`
            if alone is not None and alone.value["case"] is not None:
                return alone
            if _opens_with_people(sentence, lexicon):
                return self.again(words[1], j - 1, j)  # "Адвокатов Навального"
        if len(words) == 2 and _opened(sentence, i, lexicon) and sex(" ".join(words)) is None:
            alone = self.surname(words[1], j - 1, j)  # "Вину Александров не признал", "из Воложина Околотовича"
            if alone is not None and any(known[0] == alone.value["person"] for known in self.met.values()):
                return alone
        sentence_case = not lexicon.tables["headline_capitals"]
        cyrillic = script_of(words[0]) == "Cyrl"
        if cyrillic and len(words) == 3 and self._surname_before(words):
            i, words = i + 1, words[1:]  # "Адвокат Карелиной Михаил Мушаилов"
        if (
            cyrillic
            and len(words) == 3
            and sex(" ".join(words[1:])) is not None
            and sex(f"{words[0]} {words[2]}") is None
        ):
            i, words = i + 1, words[1:]  # "Голодовка Надежды Савченко", "в Уфе Лилия Чанышева"
        elif i == 0 and sentence_case and len(words) > 2 and _a_word(sentence, lexicon):
            i, words = 1, words[1:]  # "Задержали Ивана Комара"
        person = self.meet(words, (sentence.cut(text, i, j), None))
        return _named(person, i, j)

    def _surname_before(self, words: tuple[str, ...]) -> bool:
        """True where a surname met before, in another case, stands ahead of a full name."""
        met = any(other_case(fold(words[0]), known) for known in self.met)
        return met and sex(words[1]) is not None and fold(words[2]) != fold(words[0])

    def in_title(self, sentence: Sentence, i: int, j: int) -> Chunk | None:
        """In a line of capitals: a full name that the text gives elsewhere."""
        for a in range(i, j - 1):
            for b in range(min(j, a + _MOST_TOKENS), a + 1, -1):
                person = self.full.get(" ".join(_words(sentence, a, b)).casefold())
                if person is not None:
                    return _named(person, a, b)
        for a in range(i, j):
            met = self.met.get(fold(sentence.tokens[a].text))
            if met is not None:
                return _named(met, a, a + 1)
        return None

    def again(self, word: str, i: int, j: int) -> Chunk | None:
        """A surname that the text gave with a full name before."""
        hit = self.met.get(fold(word))
        return None if hit is None else _named(hit, i, j)

    def in_other_case(self, word: str, i: int, j: int) -> Chunk | None:
        """A surname that the text gave in another case with one full name before."""
        near = {person for known, person in self.met.items() if other_case(fold(word), known)}
        return _named(near.pop(), i, j) if len(near) == 1 else None

    def surname(self, word: str, i: int, j: int) -> Chunk | None:
        hit = self.met.get(fold(word))
        if hit is None and len(self.given.get(word.casefold(), ())) == 1:
            hit = next(iter(self.given[word.casefold()]))
        if hit is None and len(word) >= 4:
            person = self.directory.find(word)
            hit = None if person is None else (person.label, person.case)
            near = {
                v
                for k, v in self.met.items()
                if hit is None and (compare(word, k).surname is Agreement.SAME or other_case(fold(word), k))
            }
            told = sex_of_form(fold(word))
            near = near if len(near) < 2 or told is None else {v for v in near if sex(v[0]) == told}
            hit = near.pop() if len(near) == 1 else hit
        return None if hit is None else _named(hit, i, j)


def _of_another_given_name(known: str, name: str) -> bool:
    """True where two full names with one surname are two people: `Félix Navarro`, `Sayli Navarro`."""
    mine, theirs = fold(name.split(maxsplit=1)[0]), fold(known.split(maxsplit=1)[0])
    full = len(name.split()) > 1 and len(known.split()) > 1 and min(len(mine), len(theirs)) > 1
    return full and mine[:1] != theirs[:1] and compare(name, known).given is Agreement.DIFFERENT


def people(
    sentences: Iterable[Sentence], text: str, directory: Directory, spoken: Iterable[Lexicon]
) -> list[list[Chunk]]:
    """The people named in each sentence: chunks `person` with `person` (the name on record, else as printed) and `case`."""
    spotter = _Spotter(directory)
    rows = [
        (sentence, words.tables["headline_capitals"] and _title_case(sentence), tuple(_runs(sentence, words)), words)
        for sentence, words in zip(sentences, spoken, strict=True)
    ]
    for sentence, titled, runs, words in rows:
        for i, j in runs:
            if not titled and j - i >= 2:
                spotter.name(sentence, text, i, j, words, titled=titled)
    out = []
    rulers = directory.rulers
    for sentence, titled, runs, words in rows:
        found = (spotter.name(sentence, text, i, j, words, titled=titled) for i, j in runs)
        out.append([_with_role(sentence, chunk, rulers, words) for chunk in found if chunk is not None])
    return out


def _opened(sentence: Sentence, i: int, lexicon: Lexicon) -> bool:
    """True where a run of Cyrillic capitals opens its sentence or follows a preposition of place."""
    placed = i > 0 and any(sentence.tokens[i - 1].low in lexicon.small[name] for name in ("from", "to", "before_place"))
    return script_of(sentence.tokens[i].text) == "Cyrl" and (i == 0 or placed)


def _a_word(sentence: Sentence, lexicon: Lexicon) -> bool:
    """True where the first word of a sentence is one of the language's own, and no name that only looks like it."""
    found = sentence.tokens
    return any(True for words in (lexicon.classes, lexicon.epithets) for _ in words.at(found, 0))


def _a_place(sentence: Sentence, i: int, j: int, lexicon: Lexicon) -> bool:
    """True for `Gezi Park` and for what follows a word of place, where no given name tells a person: `in Ust Labinsk`."""
    found = sentence.tokens
    if found[j - 1].low in lexicon.small["places"]:
        return True
    inside = i > 0 and found[i - 1].low in lexicon.small["before_place"]
    return inside and sex(_as_one(found, i, j)) is None


def _as_one(found: tuple[Token, ...], i: int, j: int) -> str:
    """The words of a run as one name."""
    return " ".join(t.text for t in found[i:j])


def _opens_with_people(sentence: Sentence, lexicon: Lexicon) -> bool:
    """True where a sentence opens with a common word for people, written with a capital for that alone."""
    labels = {label for label, _ in lexicon.classes.at(sentence.tokens, 0)}
    return bool(labels & {"people", "prisoners"}) or sentence.tokens[0].low in lexicon.small["kin"]


def _in_quotes(sentence: Sentence, i: int, j: int) -> bool:
    """True where marks of quotation close a name in: a newspaper, a party, a company."""
    found = sentence.tokens
    return bool(i) and j < len(found) and found[i - 1].text in '«„“"' and found[j].text in '»“”"'


def _tells_kin(sentence: Sentence, chunk: Chunk, lexicon: Lexicon) -> bool:
    """True for Y in `X, мужа лидера демократических сил Y`: the name only tells whose husband X is."""
    k = chunk.i - 1
    while k > max(0, chunk.i - 6) and sentence.tokens[k].kind == "word" and not sentence.tokens[k].capital:
        if sentence.tokens[k].low in lexicon.small["kin_cases"]:
            return k < chunk.i - 1 and sentence.tokens[k - 1].text == ","
        k -= 1
    return False


def _with_role(sentence: Sentence, chunk: Chunk, rulers: frozenset[str], lexicon: Lexicon) -> Chunk:
    """The person marked as an official where the record or the words right before the name say so."""
    if any(
        k.startswith("acts_for") for n in range(chunk.i, chunk.j) for k, _ in lexicon.classes.at(sentence.tokens, n)
    ):
        return Chunk(chunk.kind, chunk.i, chunk.j, chunk.value | {"official": True, "acts": True})
    if chunk.value["person"] in rulers:
        return Chunk(chunk.kind, chunk.i, chunk.j, chunk.value | {"official": True})
    before = {t.low for t in sentence.tokens[max(0, chunk.i - 3) : chunk.i]}
    if lexicon.tables["capital_dates"] and chunk.i > 4 and sentence.tokens[chunk.i - 2].text == "-":
        before |= {sentence.tokens[chunk.i - 4].low}  # "former brigadier-general"
    if before & lexicon.small["kin"] and before & lexicon.small["whose_kin"]:
        return Chunk(chunk.kind, chunk.i, chunk.j, chunk.value | {"kin": True})
    if _tells_kin(sentence, chunk, lexicon):
        return Chunk(chunk.kind, chunk.i, chunk.j, chunk.value | {"official": True, "acts": True})
    official, other = lexicon.small["officials"], lexicon.small["not_officials"]
    if before & official and not before & other and chunk.value["case"] is None:
        return Chunk(chunk.kind, chunk.i, chunk.j, chunk.value | {"official": True})
    return chunk
