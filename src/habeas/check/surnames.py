"""How one surname looks in other cases, for the other sex, and in Latin letters."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import product

from anyascii import anyascii

from habeas.check.lexicon import load
from habeas.names import fold

_STEM = 4  # letters that two forms of a name must share

# Endings of surnames that can be one case of one surname only, and the nominative.
_OBLIQUE = {
    **{f"{e}ой": f"{e}а" for e in ("ов", "ев", "ин", "ын")},
    **{f"{e}ым": e for e in ("ов", "ев", "ин", "ын")},
    **{f"{e}ай": f"{e}а" for e in ("ав", "ев", "ін", "ын")},
    "ской": "ская",
    "ского": "ский",
    "скому": "ский",
    "ским": "ский",
    "скую": "ская",
    "скай": "ская",
    "скага": "скі",
    "скаму": "скі",
    "скім": "скі",
}


def nominative(name: str) -> str:
    """A name with its surname in the nominative, where its ending leaves no doubt of that: `Майоровой`, `Майорова`."""
    ending = next((e for e in _OBLIQUE if name.endswith(e) and len(name.rsplit(maxsplit=1)[-1]) > len(e) + 1), None)
    return name if ending is None else name[: -len(ending)] + _OBLIQUE[ending]


def other_nominatives(name: str) -> Iterator[str]:
    """Names whose oblique case the name may be, where a vowel comes and goes or a man's surname ends in `а`.

    `Вітольда Ашурка` of `Вітольд Ашурак`, `Николаю Дедку` of `Николай Дедок`, `Аляксандра Фядуты` of `Аляксандр Фядута`.
    """
    given, _, surname = name.rpartition(" ")
    if not given or " " in given:
        return
    first = [given, *(given[: -len(e)] + n for e, n in _GIVEN if given.endswith(e) and len(given) > len(e) + 2)]
    fleeting = re.fullmatch(r"(.{2,}[бвгджзйлмнпрстфхчшь])к(?:а|у|ом|ам|е)", surname)
    last = [fleeting[1].rstrip("ь") + v + "к" for v in ("о", "а", "е", "ё")] if fleeting else []
    ended = re.fullmatch(r"(.{3,}[бвгджзклмнпрстфхцчш])(?:ы|и|і|у|е|ой|ою|ай|аю)", surname)
    last += [ended[1] + "а"] if ended else []
    yield from (f"{g} {surname}" for g in first[1:])
    yield from (f"{g} {s}" for g in first for s in last)


_GIVEN = (("а", ""), ("у", ""), ("ом", ""), ("ам", ""), ("я", "й"), ("ю", "й"), ("ем", "й"), ("я", "ь"), ("ю", "ь"))


def in_latin_letters(name: str, country: str | None) -> tuple[str, ...]:
    """A name in Latin letters: letter by letter and, where the text is on Belarus, as lists in Belarusian spell a Russian one.

    Belarusian writes an unstressed `о` as `а`, and `ы` after `ж` and `ш`: `Новожилов`, Navazhylau.
    """
    plain = anyascii(nominative(name))
    if country != "BY" and "ў" in name:
        return (plain, anyascii(nominative(name).replace("ў", "в")))  # "Арлоў" of Russia, Orlov
    if country != "BY" or not re.search("[иое]", name):
        return (plain,)
    spelt = re.sub(r"(?<=[жш])и", "ы", nominative(name).replace("о", "а").replace("г", "h").replace("Г", "H"))
    other = anyascii(re.sub(r"(?<=[ае])в\b", "у", spelt))
    return (plain,) if other == plain else (plain, other)


def sex_of_form(word: str) -> str | None:
    """`m` or `f` where the ending of a Cyrillic surname can be that of one sex only, in any case: `Ціханоўскага`, `Тихановской`."""
    for told, endings in _ENDS_OF_SEX.items():
        if word.endswith(endings):
            return told
    return None


_ENDS_OF_SEX = {
    "m": tuple(
        fold(e)
        for e in ("ский", "ского", "скому", "ским", "скі", "скага", "скаму", "скім", "овым", "евым", "иным", "овым")
    ),
    "f": tuple(fold(e) for e in ("ская", "ской", "скую", "скай", "овой", "евой", "иной", "авай", "евай", "інай")),
}


def other_case(word: str, known: str) -> bool:
    """True where two surnames differ in nothing but an ending of a case: `Навальному`, `Навального`."""
    stem = next((k for k, (a, b) in enumerate(zip(word, known, strict=False)) if a != b), min(len(word), len(known)))
    return stem >= _STEM and (word[stem:], known[stem:]) in _case_endings()


@lru_cache(maxsize=1)
def _case_endings() -> frozenset[tuple[str, str]]:
    """Two endings that one surname can have: those of one row, less what both begin with."""
    pairs: set[tuple[str, str]] = set()
    for language in load("endings.yaml").values():
        for first, others in language.items():
            row = [fold(ending) for ending in (first.strip("-"), *others)]
            for one, other in product(row, row):
                same = next((k for k, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), None)
                same = min(len(one), len(other)) if same is None else same
                pairs |= {(one[k:], other[k:]) for k in range(same + 1)}
    return frozenset(pairs)
