"""Tables of `book.toml`, taken key by key: what is not taken is reported, so that no misspelt key is lost."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

from rapidfuzz import process

from habeas.dates import PartialDate
from habeas.errors import BookError
from habeas.names import dropped
from habeas.nouns import Problem, Translated
from habeas.vocabulary import normal

_LARGEST = 5_000_000
_BOMS = {b"\xff\xfe": "UTF-16", b"\xfe\xff": "UTF-16"}
E_ = TypeVar("E_", bound=StrEnum)


def nearest(word: str, known: Mapping[str, object] | tuple[str, ...] | list[str]) -> str | None:
    """The known word most like `word`, where one is like it at all."""
    choices = {choice: choice.casefold() for choice in known}
    found = process.extractOne(word.casefold(), choices, score_cutoff=55)
    return None if found is None else str(found[2])


def meant(word: str, known: Mapping[str, object] | tuple[str, ...] | list[str]) -> str:
    """A hint for a message: the nearest known word, or all of them."""
    near = nearest(word, known)
    return f"did you mean {near!r}?" if near is not None else f"known: {', '.join(known) or 'none'}"


def parse_toml(path: Path) -> dict[str, Any]:
    """The content of a TOML file, its texts without what nobody sees (`unseen_in` tells where it was).

    Raises:
        BookError: the file cannot be read, is not UTF-8, or breaks TOML's grammar; the line is named.
    """
    found: dict[str, Any] = _seen(_parsed(path), path.name)
    return found


def unseen_in(path: Path) -> tuple[Problem, ...]:
    """A Problem for each text of a TOML file that holds what nobody sees, named by its keys.

    Raises:
        BookError: as `parse_toml`.
    """
    what = "holds control characters, marks of reading direction or characters without width"
    do = "They were taken out; compare the text with what is meant, and type it again"
    return tuple(
        Problem(file=path.name, value=dropped(text)[:80], what=f"{place} {what}", do=do)
        for place, text in _texts(_parsed(path))
        if len(dropped(text)) < len(text)
    )


def _seen(value: Any, where: str) -> Any:
    if isinstance(value, str):
        return dropped(value)
    if isinstance(value, list):
        return [_seen(one, where) for one in value]
    if not isinstance(value, dict):
        return value
    found = {dropped(key): _seen(one, where) for key, one in value.items()}
    if len(found) < len(value):
        raise BookError(f"{where}: two keys differ only by characters that nobody sees; type one of them again")
    return found


def _texts(value: Any, place: str = "") -> Iterator[tuple[str, str]]:
    """Every text with the keys that lead to it; a key is a text too."""
    if isinstance(value, str):
        yield place, value
    elif isinstance(value, list):
        for number, one in enumerate(value, start=1):
            yield from _texts(one, f"{place} {number}".strip())
    elif isinstance(value, dict):
        for key, one in value.items():
            here = f"{place}.{dropped(key)}".strip(".")
            yield here, key
            yield from _texts(one, here)


def _parsed(path: Path) -> dict[str, Any]:
    try:
        with path.open("rb") as stream:
            data = stream.read(_LARGEST + 1)
    except FileNotFoundError:
        raise BookError(f"there is no {path.name} in {path.parent}; `habeas init` makes one") from None
    except PermissionError:
        raise BookError(f"{path.name} may not be read: no permission; change the rights of the file") from None
    except OSError as fault:
        raise BookError(f"{path.name} cannot be read: {fault.strerror or fault}") from None
    if len(data) > _LARGEST:
        raise BookError(f"{path.name} is larger than {_LARGEST:,} bytes; lists belong in lists/")
    for bom, name in _BOMS.items():
        if data.startswith(bom):
            raise BookError(f"{path.name} is written in {name}; save it as UTF-8")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        line = data[: fault.start].count(b"\n") + 1
        raise BookError(f"{path.name}, line {line}: not UTF-8; save the file as UTF-8") from None
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        raise BookError(_grammar(path.name, str(fault), text)) from None


def _grammar(name: str, message: str, text: str) -> str:
    found = re.fullmatch(r"(.*?) \(at line (\d+), column (\d+)\)", message, re.DOTALL)
    if found is None:
        return f"{name}: {message} (line {text.count(chr(10)) + 1}); correct the line"
    line = text.splitlines()[int(found[2]) - 1 : int(found[2])]
    shown = f" ({line[0].strip()[:60]!r})" if line else ""
    return f"{name}, line {found[2]}, column {found[3]}: {found[1].lower()}{shown}; correct the line"


@dataclass(slots=True)
class Section:
    """One table of the file: each `take_*` removes its key, `done` refuses what is left.

    `where` names the table in messages, such as `book.toml, list "viasna-2023"`.
    """

    raw: dict[str, Any]
    where: str
    known: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)

    def fail(self, what: str) -> BookError:
        return BookError(f"{self.where}: {what}")

    def take(self, key: str, kinds: type | tuple[type, ...], expected: str) -> Any:
        """The value of a key as it stands, of the types given, or None."""
        self.known.append(key)
        value = self.raw.pop(key, None)
        # bool is an int in Python, and never what is meant here
        if value is not None and (not isinstance(value, kinds) or isinstance(value, bool)):
            raise self.fail(f"{key} must be {expected}, not {value!r}")
        return value

    def text(self, key: str, default: str = "") -> str:
        value: str | None = self.take(key, str, 'text in "quotation marks"')
        return default if value is None else value.strip()

    def formed(self, key: str, form: re.Pattern[str], expected: str) -> str:
        """A text of one form, or none."""
        value = self.text(key)
        if value and form.fullmatch(value) is None:
            raise self.fail(f"{key} {value!r} must be {expected}")
        return value

    def required(self, key: str, example: str) -> str:
        """A text that must be there; that it is not is said by `done`, after a misspelt key, the likely cause."""
        value = self.translated(key)
        if not value:
            self.missing.append(f'{key} is missing; write {key} = "{example}"')
        return value

    def translated(self, key: str) -> str:
        """A text, or a table of it in several languages: `{ en = "Lists", be = "Спісы" }`, the first for any other."""
        value = self.raw.get(key)
        if not isinstance(value, dict):
            return self.text(key)
        told = Section(self.take(key, (dict,), "a text, or a text a language") or {}, f"{self.where}, {key}")
        by = {self.checked_language(key, tag): told.text(tag).strip() for tag in list(told.raw)}
        if not by or not all(by.values()):
            raise self.fail(f'{key} says nothing; write {key} = "..." or {key} = {{ en = "...", be = "..." }}')
        return Translated(by)

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts; one text alone stands for a list of one."""
        value = self.take(key, (str, list), 'a list such as ["one", "two"]')
        if value is None:
            return ()
        items = [value] if isinstance(value, str) else value
        if not all(isinstance(item, str) and item.strip() for item in items):
            raise self.fail(f'{key} must be a list of texts such as ["one", "two"], not {value!r}')
        return tuple(item if item.isspace() else item.strip() for item in items)

    def number(self, key: str, default: int) -> int:
        value: int | None = self.take(key, int, "a whole number")
        return default if value is None else value

    def flag(self, key: str) -> bool:
        """True or false; false where nothing is said."""
        self.known.append(key)
        value = self.raw.pop(key, False)
        if not isinstance(value, bool):
            raise self.fail(f"{key} must be true or false, without quotation marks, not {value!r}")
        return value

    def table(self, key: str) -> dict[str, Any]:
        value: dict[str, Any] | None = self.take(key, dict, f"a table [{key}]")
        return {} if value is None else value

    def tables(self, key: str) -> list[dict[str, Any]]:
        value = self.take(key, list, f"written as [[{key}]]")
        if value is None:
            return []
        if not all(isinstance(item, dict) for item in value):
            raise self.fail(f"{key} must be written as [[{key}]]")
        return list(value)

    def day(self, key: str) -> str | None:
        """A date in EDTF; a bare TOML date is one too."""
        value = self.take(key, (str, date, int), 'a date such as "2022-04-28"')
        if value is None or value == "":
            return None
        shown = value.date().isoformat() if isinstance(value, datetime) else str(value)
        try:
            return PartialDate.parse(shown).text
        except ValueError as fault:
            raise self.fail(f"{key} is not a date: {fault}; write 2022-04-28, 2022-04 or ../2022") from None

    def days(self, key: str) -> tuple[date, ...]:
        """A list of exact days; one day alone stands for a list of one."""
        value = self.take(key, (list, str, date), "a list of days such as [2022-04-28]")
        found = []
        for item in [] if value is None else value if isinstance(value, list) else [value]:
            try:
                when = PartialDate.parse(str(item))
            except ValueError:
                when = None
            if when is None or when.earliest is None or not when.is_day:
                raise self.fail(f"{key} holds {str(item)!r}, which is no day; write [2022-04-28, 2025-12-13]")
            found.append(when.earliest)
        return tuple(sorted(set(found)))

    def one_of(self, key: str, choices: type[E_], default: E_ | None) -> E_ | None:
        value = self.text(key)
        if not value:
            return default
        try:
            return choices(value)
        except ValueError:
            raise self.fail(f"{key} cannot be {value!r}; one of: {', '.join(choices)}") from None

    def language(self, key: str) -> str | None:
        value = self.text(key)
        return self.checked_language(key, value) if value else None

    def checked_language(self, key: str, value: str) -> str:
        try:
            return normal("source", "language", value)
        except ValueError as fault:
            raise self.fail(f"{key} {value!r} is {fault}") from None

    def done(self) -> None:
        """Refuse keys that nobody took, naming the nearest one there is, then those that are missing."""
        for key in self.raw:
            raise self.fail(f"unknown key {key!r}; {meant(key, self.known)}")
        for message in self.missing:
            raise self.fail(message)
