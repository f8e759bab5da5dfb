"""The vocabulary as law: read once from `vocabulary.yaml`, asked for every draft."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

import yaml

from habeas.dates import PartialDate
from habeas.errors import VocabularyError
from habeas.nouns import Visibility
from habeas.vocabulary.codes import actor, meant_by
from habeas.vocabulary.durations import duration

_URL = re.compile(r"(https?://)(\S+)", re.IGNORECASE)
_LANG = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?")
# What a value is, where its property does not say: words (`text`) are free.
_HOLDS: Mapping[str, str] = {
    "name": "name",
    "date": "date",
    "integer": "number",
    "duration": "number",
    "actor": "code",
    "enum": "code",
    "flag": "code",
    "lang": "code",
    "url": "id",
    "ref": "id",
}
_FLAGS = {"true": "true", "yes": "true", "1": "true", "false": "false", "no": "false", "0": "false"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Property:
    """One property of a kind: its type, the values or the kind it may name, and its default visibility.

    `holds` is code, name, date, number, id, or free: words there to be shown. `consent` is the scope of consent without
    which the public does not see it; `counted` ones stay public for the sake of counts where a person's name and life are
    kept back.
    """

    kind: str
    name: str
    type: str
    several: bool
    visibility: Visibility
    public: str | None
    of: tuple[str, ...]
    to: str | None
    consent: str | None = None
    counted: bool = False
    holds: str = "free"

    @property
    def free(self) -> bool:
        """True of words that are there to be shown: no figure, state or verdict may hang on them."""
        return self.holds == "free"


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """What a row of events cannot be reasoned with without: one of some properties; `where` only beside another."""

    one_of: tuple[str, ...]
    where: str = ""

    def unmet(self, said: Collection[str]) -> bool:
        """True where a row that says these properties lacks what is needed."""
        return (not self.where or self.where in said) and not any(prop in said for prop in self.one_of)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One kind of subject and its properties.

    `clockless` kinds are outside the publication clock, `working` ones are not in the public view at all, and of a
    `whole` one nothing is shown where a part may not be. What is said under one that `follows` is kept back with its `entry`.
    """

    name: str
    clockless: bool
    properties: Mapping[str, Property]
    working: bool = False
    whole: bool = False
    follows: bool = False
    needs: tuple[Need, ...] = ()

    def lacks(self, said: Collection[str]) -> tuple[Need, ...]:
        """What a row that says these properties lacks."""
        return tuple(need for need in self.needs if need.unmet(said))


@lru_cache(maxsize=1)
def kinds() -> Mapping[str, Kind]:
    """Every kind of subject that statements may be about."""
    raw = yaml.safe_load(files("habeas.vocabulary").joinpath("vocabulary.yaml").read_text(encoding="utf-8"))
    found = {}
    for kind, body in raw["kinds"].items():
        properties = {
            name: Property(
                kind=kind,
                name=name,
                type=spec["type"],
                several=spec.get("several", False),
                visibility=Visibility(spec.get("visibility", "team")),
                public=spec.get("public"),
                of=tuple(spec.get("of", ())),
                to=spec.get("to"),
                consent=spec.get("consent"),
                counted=spec.get("counted", False),
                holds=spec.get("holds") or _HOLDS.get(spec["type"], "free"),
            )
            for name, spec in body["properties"].items()
        }
        found[kind] = Kind(
            name=kind,
            clockless=body.get("clockless", False),
            properties=properties,
            working=body.get("working", False),
            whole=body.get("whole", False),
            follows=body.get("follows", False),
            needs=tuple(Need(one_of=tuple(n["one_of"]), where=n.get("where", "")) for n in body.get("needs", ())),
        )
    return found


def property_of(kind: str, prop: str) -> Property:
    """The property `prop` of `kind`.

    Raises:
        VocabularyError: there is no such kind or property.
    """
    if kind not in kinds():
        raise VocabularyError(f"nothing may be stated about a {kind!r}; known: {', '.join(kinds())}")
    properties = kinds()[kind].properties
    if prop not in properties:
        raise VocabularyError(f"a {kind} has no property {prop!r}; known: {', '.join(properties)}")
    return properties[prop]


def normal(kind: str, prop: str, text: str) -> str:
    """The value `text` in the normal form of its property's type.

    Raises:
        VocabularyError: there is no such property.
        ValueError: the text is no value of that type; the message says what was expected.
    """
    spec = property_of(kind, prop)
    text = text.strip()
    if not text:
        raise ValueError("empty")
    match spec.type:
        case "date":
            return PartialDate.parse(text).text
        case "integer":
            plain = re.sub(r"(?<=\d)[\s,  ](?=\d{3}\b)", "", text)
            if not re.fullmatch(r"\d{1,12}", plain):
                raise ValueError("not a whole number")
            return str(int(plain))
        case "duration":
            return duration(text)
        case "enum":
            return _one_of(text, spec.of)
        case "actor":
            return actor(text)
        case "flag":
            if text.casefold() not in _FLAGS:
                raise ValueError("not yes or no")
            return _FLAGS[text.casefold()]
        case "url":
            return _address(text)
        case "lang":
            if not _LANG.fullmatch(text):
                raise ValueError("not a language tag such as be, be-Latn or en")
            return text
        case "ref":
            prefix = f"{spec.to}:"
            return text if text.startswith(prefix) else prefix + text
        case _:
            return text


def _address(text: str) -> str:
    address = _URL.fullmatch(text)
    if address is None:
        raise ValueError("not an address that begins with http:// or https://")
    return address[1].lower() + address[2]


def _one_of(text: str, of: tuple[str, ...]) -> str:
    """The code that a text is, or is a word for.

    Raises:
        ValueError: it is none of them, or a word for several.
    """
    folded = text.casefold().replace(" ", "_").replace("-", "_")
    found = [folded] if folded in of else [code for code in meant_by(text) if code in of]
    if len(found) != 1:
        raise ValueError(f"not one of: {', '.join(of)}")
    return found[0]
