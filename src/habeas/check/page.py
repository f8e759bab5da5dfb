"""An article parsed once: sentences with their typed chunks, and what can be looked up across them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from habeas.check.anchors import anchored
from habeas.check.epithets import with_epithets
from habeas.check.grammar import Parsed, asides
from habeas.check.language import languages
from habeas.check.lengths import durations
from habeas.check.lexicon import Lexicon, lexicon, longest
from habeas.check.numbers import Chunk, numbers
from habeas.check.people import Directory, people
from habeas.check.surnames import in_latin_letters
from habeas.check.text import Sentence, Token, sentences
from habeas.check.when import dates
from habeas.names import sex
from habeas.nouns import Quote


@dataclass(frozen=True, slots=True)
class Page:
    """A text as the readers of claims see it; `country` is the state most spoken of (ISO code)."""

    text: str
    published: date | None
    country: str | None
    sentences: tuple[Sentence, ...]
    parsed: tuple[Parsed, ...]
    hero: Chunk | None = None  # whom the text names more often than anybody else
    in_latin: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # names in another script, in Latin letters

    def quote(self, s: int, i: int, j: int) -> Quote:
        """The exact characters of tokens `[i, j)` of sentence `s`, without marks at its ends."""
        found = self.sentences[s].tokens
        j = max(i + 1, min(j, len(found)))
        while j - 1 > i and found[j - 1].text in ",;:.-–—(":
            j -= 1
        while i < j - 1 and found[i].text in ",;:.-–—)":
            i += 1
        start, end = found[i].start, found[j - 1].end
        return Quote(text=self.text[start:end], start=start, end=end)

    def printed(self, s: int, back: int = 0) -> str:
        """A sentence as it is printed, with so many of those before it as there are of `back`."""
        first, last = self.sentences[max(0, s - back)], self.sentences[s]
        return self.text[first.tokens[0].start : last.tokens[-1].end]

    def people(self, s: int) -> list[Chunk]:
        return self.parsed[s].of("person")

    def subjects(self, s: int) -> list[Chunk]:
        """The people named in a sentence who can be meant by a claim about a prisoner: no officials, no speakers."""
        found = [c for c in self.people(s) if not c.value.get("official") and not self._owns_people(s, c)]
        told = [c for c in found if self.parsed[s].among(c.i - 1, "sourced")]  # "según X"
        found = [c for c in found if c not in told]
        return [c for n, c in enumerate(found) if n == 0 or not self._compared_with(s, c)]

    def _compared_with(self, s: int, person: Chunk) -> bool:
        """True for X in `was detained in the same month as X`."""
        p = self.parsed[s]
        return p.among(person.i - 1, "compared") and not p.among(person.i - 2, "not_compared")

    def _owns_people(self, s: int, person: Chunk) -> bool:
        """True for X in `X's lawyers were jailed`: others are spoken of."""
        p, k = self.parsed[s], person.j
        if p.lexicon.tables["free_order"] and p.among(person.i - 1, "kin"):
            return self._in_the_genitive(p, person)
        own = k + 1 < len(p.tokens) and p.tokens[k].kind == "possessive"
        return own and (p.at("people", k + 1) or p.among(k + 1, "kin"))

    @staticmethod
    def _in_the_genitive(p: Parsed, person: Chunk) -> bool:
        """True for the name in `сестра Насты Лойко`, and not in `жена Марина Адамович`."""
        given, kin = p.tokens[person.i].low, p.tokens[person.i - 1].low
        woman = kin.endswith(_OF_WOMEN)
        if given.endswith(("ы", "и")):
            return True
        return told_sex(person) == ("m" if woman else "f") or (not woman and given.endswith(("а", "я")))

    def person_for(self, s: int, i: int) -> Chunk | None:
        """Whom a claim at token `i` is about: the last one named before it, else the subject of the sentence before."""
        before = [c for c in self.subjects(s) if c.j <= i + 1]
        if self._of_kin(s, before[-1].j if before else 0, i) or self._of_several(s, before, i):
            return None
        if before:
            return before[-1]
        opened = self._opened_by(s, i)
        if opened is not None:
            return opened
        if self.hero is not None and self._still_of_hero(s, i):
            return self.hero
        for back in (s - 1, s - 2):
            found = self._fitting(s, i, back)
            if found:
                return found[-1] if self.parsed[s].any_of("the_last", 0, min(i, 2)) else self._meant(back, found)
        if self._points_at_hero(s, i):
            return self.hero
        after = [c for c in self.subjects(s) if c.i >= i]
        return after[0] if after else self._spoken_of(s, i)

    def _opened_by(self, s: int, i: int) -> Chunk | None:
        """The subject after what opens a sentence: `For two decades, X languished in jail`, `Jailed in May for ten years, X ...`."""
        p = self.parsed[s]
        if any(p.at("freed_state", k) for k in (0, 1)) and not any(c.i < i for c in self.subjects(s)):
            # "Also released after five years behind bars was the journalist X"
            after = next((c for c in self.subjects(s) if i < c.i <= i + 2 * _TO_SUBJECT), None)
            if after is not None and p.any_of("passive", i, after.i):
                return after
        told = any(p.at(x, 0) for x in ("arrested", "verdict", "sentenced", "held_state"))
        if not p.tokens or not (told or (i <= _OPENING and (p.among(0, "opens_length") or p.among(0, "since")))):
            return None
        after = next((c for c in self.subjects(s) if c.i >= i), None)
        near = after is not None and 1 <= after.i - i <= _TO_SUBJECT and p.tokens[after.i - 1].text == ","
        return after if near else None

    def _spoken_of(self, s: int, i: int) -> Chunk | None:
        """Whom `he` or `she` before token `i` means, where the last sentence with a name, not far back, has one alone."""
        p = self.parsed[s]
        if not (p.any_of("she", 0, i) or p.any_of("he_alone", 0, i) or self._befell(s, i)):
            return None
        found = next((row for back in range(s - 1, max(-1, s - 7), -1) if (row := self.subjects(back))), [])
        return found[0] if len(found) == 1 and self._can_be(s, i, found[0]) else None

    def _fitting(self, s: int, i: int, back: int) -> list[Chunk]:
        """The people of the sentence `back` who can be meant at token `i`; whoever it only tells the family of, last."""
        found = [c for c in self.subjects(back) if self._can_be(s, i, c)] if back >= 0 else []
        main = [c for c in found if not c.value.get("kin")]
        earlier = next((self.subjects(b) for b in (back - 1, back - 2) if b >= 0 and self.subjects(b)), [])
        return main or (
            [c for c in earlier if not c.value.get("kin") and self._can_be(s, i, c)] or found if found else []
        )

    def _can_be(self, s: int, i: int, person: Chunk) -> bool:
        """False where `he` or `she` stands before token `i` and the given name tells the other sex."""
        p = self.parsed[s]
        other = (
            "m" if p.any_of("she", 0, i + 1) else "f" if p.any_of("he_alone", 0, i + 1) else self._befell(s, i) or ""
        )
        return not other or told_sex(person) != other

    def _object_told(self, s: int, i: int) -> bool:
        """True where an object pronoun stands shortly before token `i`: `un tribunal lo condenó a diez años`."""
        p = self.parsed[s]
        return not p.lexicon.cases and p.any_of("object_pronouns", i - 4, i)

    def _befell(self, s: int, i: int) -> str | None:
        """The sex that `приговорил её` or `его задержали` before token `i` does not mean: the object, not a possessor."""
        p = self.parsed[s]
        if not p.lexicon.cases:
            return None
        for k in range(i + 1):
            if not p.among(k, "object_pronouns"):
                continue
            verbs = any(p.at(label, k + 1) for label in _BEFALLS)
            if verbs or any(ends[0] == k for label in _BEFALLS for ends in p.hits.get(label, {}).values()):
                return "m" if p.among(k, "she_alone") else "f"
        return None

    def _of_several(self, s: int, before: list[Chunk], i: int) -> bool:
        """True where `they` or `some of whom` is the subject, after whoever was named last."""
        return self.parsed[s].any_of("not_one", before[-1].j if before else 0, i)

    def _of_kin(self, s: int, start: int, i: int) -> bool:
        """True where somebody of the family, named by no name, is the subject: `his brother remains in jail`."""
        p = self.parsed[s]
        named = {k for c in self.people(s) for k in range(c.i - 2, c.i)}
        return any(
            p.among(k, "kin")
            and p.among(k - 1, "whose_kin")
            and k not in named
            and not p.among(k - 2, "by_kin")
            and not _speaks_of_another(p, k, i)
            for k in range(max(start, i - 8), i)
        )

    def whose(self, s: int, i: int) -> list[Chunk]:
        """Whom a length of time at token `i` is said of: one person, or after `they` those spoken of before."""
        one = self.person_for(s, i)
        if one is not None:
            return [one]
        return self.group_for(s, i) if self.parsed[s].any_of("they", 0, i) else []

    def near_people(self, s: int, i: int) -> list[Chunk]:
        """The people an event at token `i` befell: before it in the sentence, else the first after, else of one before."""
        own, p = self.subjects(s), self.parsed[s]
        told = p.any_of("she", 0, i) or p.any_of("he_alone", 0, i)  # "She was seized in May, and Andrei in June"
        if own and not told and not any(c.j <= i + 1 for c in own):
            return own[:1]
        return self.group_for(s, i)

    def group_for(self, s: int, i: int) -> list[Chunk]:
        """The people a plural claim at token `i` is about: those before it in the sentence, else of the one before."""
        before = joined(self.parsed[s], [c for c in self.subjects(s) if c.j <= i + 1])
        if self._of_kin(s, before[-1].j if before else 0, i):
            return []
        if before:
            return before
        opened = self._opened_by(s, i)
        if opened is not None:
            return [opened]
        for back in (s - 1, s - 2):
            found = self._fitting(s, i, back)
            if found:
                return found
        if self.hero is not None and self._points_at_hero(s, i):
            return [self.hero]
        told = self._spoken_of(s, i) if self._befell(s, i) else None
        return [] if told is None else [told]

    def meant_by_pronoun(self, s: int, i: int) -> list[Chunk]:
        """Whom `him` or `her` before token `i` means, where the sentence names somebody else."""
        if self.hero is not None and self._points_at_hero(s, i):
            return [self.hero]
        told = self._spoken_of(s, i)
        return [] if told is None else [told]

    def last_named(self, s: int) -> list[Chunk]:
        """Whom the text is about, where nobody else was named since: `а за вторым делом назначили три года`."""
        for back in range(s - 1, -1, -1):
            found = self.people(back)
            if found:
                hero = self.hero is not None and {c.value["person"] for c in found} == {self.hero.value["person"]}
                return [self.hero] if hero and self.hero is not None else []
        return []

    def introduced(self, s: int) -> list[Chunk]:
        """Whom the opening speaks of before it names anybody: `a court jailed two women. A and B were convicted`."""
        if s > 2 or any(self.subjects(back) for back in range(s + 1)):
            return []
        after = next((n for n in range(s + 1, min(s + 3, len(self.parsed))) if self.subjects(n)), None)
        if after is None:
            return []
        found = self.subjects(after)
        opens = found[0].i <= 3 or (s == 0 and len(found) == 1)
        group = [found[0]]
        for chunk in found[1:]:
            between = self.parsed[after].tokens[group[-1].j : chunk.i]
            if not (any(t.text == "," for t in between) or self.parsed[after].any_of("and", group[-1].j, chunk.i)):
                break
            if self.parsed[after].any_of("ends_list", group[-1].j, chunk.i):
                break
            group.append(chunk)
        return group if opens else []

    def _still_of_hero(self, s: int, i: int) -> bool:
        """True where `she` stands in the sentence before too, ahead of its names: `Её задержали на поминках X. Она ...`."""
        p, q = self.parsed[s], self.parsed[s - 1] if s else None
        if q is None or not p.lexicon.cases:
            return False
        named = self.subjects(s - 1)
        for label in ("she_alone", "he_alone"):
            if p.any_of(label, 0, i) and named and q.any_of(label, 0, named[0].i):
                return self.hero is not None and self._can_be(s, i, self.hero)
        return False

    def _points_at_hero(self, s: int, i: int) -> bool:
        """True where `he` or `she` stands before token `i`, and can be whom the text is about."""
        p = self.parsed[s]
        said = p.any_of("she", 0, i + 1) or p.any_of("he_alone", 0, i + 1)
        said = said or self._object_told(s, i) or self._befell(s, i) is not None
        said = said or (not self.people(s) and any(c.i <= i and adjectival(p, c) for c in p.of("age")))
        return self.hero is not None and said and self._can_be(s, i, self.hero)

    def _meant(self, back: int, found: list[Chunk]) -> Chunk:
        """Of the people of a sentence the one it is about: where all stand in an oblique case, whom the text is about."""
        p = self.parsed[back]
        oblique = p.lexicon.tables["free_order"] and all(
            p.tokens[c.j - 1].low.endswith(_OBLIQUE_ENDS) and p.tokens[c.i].low.endswith(_OBLIQUE_ENDS) for c in found
        )
        return self.hero if oblique and self.hero is not None else found[0]

    def date_for(self, s: int, i: int, j: int) -> Chunk | None:
        """The date that stands nearest to tokens `[i, j)` of the sentence."""
        found = [c for c in self.parsed[s].of("date") if not self._of_the_next_number(s, c, j)]
        return min(found, key=lambda c: max(c.i - j, i - c.j, 0) + self._of_another_clause(s, c, i, j), default=None)

    def _of_another_clause(self, s: int, day: Chunk, i: int, j: int) -> int:
        """How far off a comma and `а` put a date: `в ноябре вернули 31, а 11 сентября уехали 52`."""
        p = self.parsed[s]
        low, high = (day.j, i) if day.j <= i else (j, day.i)
        apart = p.lexicon.cases and any(
            p.tokens[k].text == "," and p.among(k + 1, "contrast") for k in range(low, min(high, len(p.tokens) - 1))
        )
        return 20 if apart else 0

    def _of_the_next_number(self, s: int, day: Chunk, j: int) -> bool:
        """True for the month of `вышли 18, в августе — 30`, which is no month of the 18."""
        p = self.parsed[s]
        ahead = p.lexicon.cases and day.i >= j and day.j + 1 < len(p.tokens) and p.tokens[day.j].text in "—–"
        return ahead and day.j + 1 in p.chunks["number"]

    def tokens_between(self, s: int, chunk: Chunk, i: int, j: int) -> int:
        """How many tokens stand between a chunk and tokens `[i, j)`; a semicolon counts as a hundred."""
        low, high = (chunk.j, i) if chunk.j <= i else (j, chunk.i)
        between = self.parsed[s].tokens[low:high]
        return len(between) + 100 * sum(t.text in ";:" for t in between)


_BEFALLS = ("sentenced", "arrested", "free_verb", "held_verb")
_OPENING = 4  # tokens of a sentence before the length of time that opens it
_TO_SUBJECT = 18  # tokens from such an opening to the subject
_OF_WOMEN = ("жена", "мать", "сестра", "дочь", "жонка", "маці", "сястра", "дачка")  # kin who are women
# How a given name and a surname of a man end where they are no subject.
_OBLIQUE_ENDS = ("я", "ю", "у", "ого", "ому", "его", "ему", "ым", "им", "ом", "ем", "ага", "аму")


def _speaks_of_another(p: Parsed, kin: int, i: int) -> bool:
    """True for `their lawyers said they had been held`: the one who speaks is not the one spoken of."""
    said = next((ends[0] for at, ends in sorted(p.hits.get("says", {}).items()) if kin < at < i), None)
    return said is not None and any(p.any_of(name, said, i) for name in ("he_alone", "she_alone", "they"))


def _hero(parsed: Iterable[Parsed]) -> Chunk | None:
    """Whom a text names more often than anybody else, twice at least; no officials."""
    named: dict[str, list[Chunk]] = {}
    for p in parsed:
        for chunk in p.of("person"):
            if not chunk.value.get("official"):
                named.setdefault(str(chunk.value["person"]), []).append(chunk)
    ranked = sorted(named.values(), key=len, reverse=True)
    if not ranked or len(ranked[0]) < 2 or (len(ranked) > 1 and len(ranked[1]) == len(ranked[0])):
        return None
    return ranked[0][0]


def adjectival(p: Parsed, age: Chunk) -> bool:
    """True for an age that describes somebody: `46-летний политик`."""
    return p.tokens[age.j - 1].low.startswith(tuple(p.lexicon.tables["age_adjectives"]))


def told_sex(person: Chunk) -> str | None:
    """`f` or `m` where the given name tells it: of people on record and of names in Cyrillic, which the guess was made for."""
    name = str(person.value["person"])
    known = person.value.get("case") is not None or any("\u0400" <= letter <= "\u052f" for letter in name[:1])
    return sex(name) if known else None


def joined(parsed: Parsed, found: list[Chunk]) -> list[Chunk]:
    """The last of the people and those joined to it by commas and `and`, with their descriptions between."""
    if not found:
        return []
    group = [found[-1]]
    for chunk in reversed(found[:-1]):
        i, j = chunk.j, group[0].i
        linked = parsed.any_of("and", i, j) or any(t.text in ",;" for t in parsed.tokens[i:j])
        told = parsed.lexicon.cases and any(i <= c.i < j for c in parsed.of("duration"))
        told = told or parsed.any_of("ends_list", i, j) or parsed.any_of("while", i, j)
        if j - i > 20 or not linked or told:
            break
        group.insert(0, chunk)
    return group


def _clock_times(found: tuple[Token, ...], lexicon: Lexicon) -> set[int]:
    """Tokens of clock times, and numbers glued to letters (`Sh297b`): never a count."""
    out: set[int] = set()
    for i, token in enumerate(found):
        if token.kind != "number":
            continue
        after = found[i + 1] if i + 1 < len(found) else None
        before = found[i - 1] if i else None
        if (
            after is not None
            and after.text == ":"
            and i + 2 < len(found)
            and found[i + 2].kind == "number"
            and after.start == token.end
            and found[i + 2].start == after.end
        ):
            out |= {i, i + 2}
        hour = (
            re.fullmatch(r"[012]?\d[.][0-5]\d", token.text)
            and before is not None
            and before.low in lexicon.small["at_hour"]
        )
        if hour or (after is not None and after.low in ("a.m.", "p.m.", "am", "pm", "gmt")):
            out.add(i)
        glued = (
            after is not None
            and after.kind == "word"
            and after.start == token.end
            and after.low not in ("m", "bn", "k")
        )
        if (before is not None and before.kind == "word" and before.end == token.start) or glued:
            out.add(i)
    return out


def _ordinals(found: tuple[Token, ...], lexicon: Lexicon) -> dict[int, Chunk]:
    out = {}
    for i, token in enumerate(found):
        value = lexicon.tables["ordinals"].get(token.low)
        if value is not None:
            out[i] = Chunk("ordinal", i, i + 1, {"ordinal": value})
        elif (
            re.fullmatch(r"\d{1,2}", token.text)
            and i + 1 < len(found)
            and found[i + 1].low in lexicon.small["ordinal_endings"]
        ):
            out[i] = Chunk("ordinal", i, i + 2, {"ordinal": int(token.text)})
    return out


def _nations(found: tuple[Token, ...], lexicon: Lexicon) -> dict[int, Chunk]:
    out = {}
    i = 0
    while i < len(found):
        capital = found[i].capital or not lexicon.tables["capital_nations"]
        hit = longest(lexicon.nations, found, i) if capital else None
        if hit is None or (found[i].low == "us" and found[i].text != "US"):
            i += 1
            continue
        code, form = hit[0].split(":")
        out[i] = Chunk("nation", i, hit[1], {"code": code, "form": form})
        i = hit[1]
    return out


def _by_start(chunks: Iterable[Chunk]) -> dict[int, Chunk]:
    return {chunk.i: chunk for chunk in chunks}


def _parsed(sentence: Sentence, named: list[Chunk], lexicon: Lexicon, published: date | None) -> Parsed:
    found = sentence.tokens
    lengths = list(durations(found, lexicon))
    taken = {k for c in lengths for k in range(c.i, c.j)}
    days = [c for c in dates(found, lexicon, published) if not taken & set(range(c.i, c.j))]
    taken |= {k for c in days for k in range(c.i, c.j)} | _clock_times(found, lexicon)
    ordinals = _ordinals(found, lexicon)
    every = lexicon.small["every"]
    taken |= {k for c in ordinals.values() for k in range(c.i, c.j) if not (c.i and found[c.i - 1].low in every)}
    amounts = list(numbers(found, lexicon, frozenset(taken)))
    chunks: Mapping[str, Mapping[int, Chunk]] = {
        "duration": _by_start(c for c in lengths if c.kind == "duration"),
        "age": _by_start(c for c in lengths if c.kind == "age"),
        "date": _by_start(days),
        "ordinal": ordinals,
        "nation": {i: c for i, c in _nations(found, lexicon).items() if not any(n.i <= i < n.j for n in named)},
        "person": _by_start(named),
        **{kind: _by_start(c for c in amounts if c.kind == kind) for kind in ("number", "share", "money")},
    }
    return Parsed(found, lexicon.hits(found), chunks, lexicon, asides(found, chunks["person"].values()))


_OUTSIDE = ("US", "EU", "GB", "VA")  # those that broker or impose
_OFTEN = 4  # times that people on record are named, from which a text is on the country of the book


def _country(parsed: Iterable[Parsed], home: str | None) -> str | None:
    """The state most spoken of, those that broker or impose weighing less than those that hold people.

    Two people on record, or the book's own country named in the first lines and half as often as any other, make it
    the book's.
    """
    tally: Counter[str] = Counter()
    known: set[str] = set()
    early = False
    for number, p in enumerate(parsed):
        known |= {c.value["case"] for c in p.of("person") if c.value["case"] is not None}
        for chunk in p.of("nation"):
            tally[chunk.value["code"]] += 1
            early = early or (number < 4 and chunk.value["code"] == home)
    mentions = sum(c.value["case"] is not None for p in parsed for c in p.of("person"))
    if (
        home is not None
        and mentions >= _OFTEN
        and mentions > max((tally[k] for k in tally if k not in _OUTSIDE), default=0)
    ):
        return home
    if home is not None and tally[home] and (len(known) >= 2 or (early and tally[home] * 2 >= max(tally.values()))):
        return home
    for code in _OUTSIDE:
        if code in tally:
            tally[code] = tally[code] // 4
    return max(tally, key=lambda code: (tally[code], code), default=None) if tally else None


def _rulers_marked(
    rows: Sequence[Sentence], named: Sequence[list[Chunk]], spoken: Sequence[Lexicon]
) -> list[list[Chunk]]:
    """The people of each sentence, whoever is once told to rule (`el presidente X`, `el régimen de X`) as an official."""
    rulers = {
        str(c.value["person"])
        for row, found, words in zip(rows, named, spoken, strict=True)
        for c in found
        if c.i > 1
        and words.tables["rulers_are_officials"]
        and c.value["case"] is None
        and _told_to_rule(row.tokens, c.i, words)
    }
    return [
        [replace(c, value=c.value | {"official": True}) if c.value["person"] in rulers else c for c in found]
        for found in named
    ]


def _told_to_rule(found: tuple[Token, ...], i: int, lexicon: Lexicon) -> bool:
    """True where the words before token `i` say that whoever it names heads a state."""
    small = lexicon.small
    titled = found[i - 1].low in small["heads_of_state"] and found[i - 1].low in small["officials"]
    ruled = found[i - 1].low in small["of"] and any(t.low in small["ruled_by"] for t in found[max(0, i - 3) : i - 1])
    return titled or ruled


def read_page(
    text: str, published: date | None, directory: Directory, home: str | None = None, language: str = "en"
) -> Page:
    """The text parsed for claims, relative dates read against the day of publication.

    Each paragraph is read in its own language where that is one of those read, else in the language of the article.
    """
    rows = tuple(sentences(text))
    spoken = tuple(lexicon(one) for one in languages(text, rows, language))
    named = with_epithets(rows, _rulers_marked(rows, people(rows, text, directory, spoken), spoken), spoken)
    found_in = (_parsed(s, n, words, published) for s, n, words in zip(rows, named, spoken, strict=True))
    parsed = anchored(found_in, published)
    country = _country(parsed, home)
    found = {str(c.value["person"]) for p in parsed for c in p.of("person")}
    in_latin = {name: in_latin_letters(name, country) for name in found if not name.isascii()}
    return Page(text, published, country, rows, parsed, _hero(parsed), in_latin)
