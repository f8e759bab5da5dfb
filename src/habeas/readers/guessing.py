"""What the columns of a list hold, guessed from their headings and from what stands in them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from habeas.dates import PartialDate
from habeas.nouns import Column, Means
from habeas.readers.cells import Cell, clean, read_date
from habeas.readers.standing import standing
from habeas.readers.values import read_values
from habeas.vocabulary import property_of

# Words of headings in English, Russian, Belarusian, Ukrainian and Polish; the first that fits is taken.
_WORDS: tuple[tuple[str, str], ...] = (
    ("url", r"\burl\b|\blink|\bsource|ссылк|источник|спасыл|крыніц|посилан|джерел|źródł|\bhttp"),
    ("published", r"publish|опублик|апублік|опублік|opublik"),
    ("born", r"birth|\bborn|\bdob\b|рожд|нарадж|народж|urodz|\bur\."),
    ("recognised", r"recogni|призна|прызна|визна|uzna"),
    ("pardoned", r"pardon|помилов|памілав|помилув|ułask"),
    ("released", r"releas|freed|освоб|вызвал|звільн|zwoln|uwoln|на свобод"),
    ("died", r"\bdied|death|умер|смерт|памёр|памер|śmier|zmar"),
    (
        "arrest_place",
        r"place of (?:arrest|detention)|arrest place|место задерж|месца затрым|місце затрим|miejsce zatrzym",
    ),
    ("arrested_by", r"(?:arrested|detained) by|кем задерж|кто задерж|кім затрым|хто затрым|ким затрим|хто затрим"),
    ("warrant", r"\bwarrant|\bордер|\bордар"),
    ("accusation", r"first accus|перв\w+ обвин|перш\w+ абвінав|перш\w+ звинувач"),
    ("detained", r"detain|detention|arrest|задерж|арест|затрым|арышт|затрим|арешт|zatrzym|areszt"),
    ("sentenced", r"sentenced|date of (?:verdict|sentence)|дата (?:приговор|прысуд|вирок)|data wyroku"),
    ("sentence", r"sentence|\bterm\b|\bсрок|приговор|наказан|тэрмін|прысуд|пакаран|строк|вирок|покаран|wyrok|\bkara\b"),
    ("judge", r"\bjudge|\bсудья|\bсуддзя|\bсуддя|\bsędzia"),
    ("prosecutor", r"prosecutor|прокурор|пракурор|prokurator"),
    ("investigator", r"investigator|следовател|следчы|слідч|śledcz"),
    ("court", r"^(?:the )?court$|^суд$|^sąd$|name of (?:the )?court|назв\w+ суда"),
    ("article", r"article|\bстатья|\bстатьи|\bст\.|артыкул|стаття|статті|artyku"),
    ("charge", r"charge|accus|обвин|абвінав|звинувач|zarzut"),
    ("prison", r"prison|colony|jail|колони|сизо|тюрьм|калоні|турм|колоні|тюрм|więzie|\bkoloni"),
    (
        "home",
        r"residence|home.?town|жительств|прожив|жыхарств|пражыв|прожив|zamieszk|^(?:city|town|горад|город|місто|miasto)$",
    ),
    ("sex", r"\bsex\b|gender|^пол$|^стать$|płeć"),
    ("nationality", r"nationali|citizen|гражд|грамадз|громадян|obywat"),
    (
        "occupation",
        r"occupation|profession|\bjob\b|\brole\b|\bроль|професси|должност|прафес|пасад|професі|посад|zaw[oó]d",
    ),
    ("lang", r"^lang(?:uage)?$|^язык$|^мова$|^język$"),
    ("status", r"status|статус|\bстан\b|становішч|положение|положення|состояние|būsena"),
    ("note", r"\bnote|comment|remark|примеч|коммент|заўваг|нататк|примітк|комент|uwag"),
    ("name", r"name|surname|\bфио\b|фамил|\bимя|прозвішч|\bімя|прізвищ|\bім.я|\bпіб\b|nazwisk|imi[eę]|людин"),
)
_NUMBER = re.compile(r"(?:\bid\b|^#$|^№|^nr\b|^no\.?$|^n$|номер|нумар|\bп/п\b|^lp\.?$)", re.IGNORECASE)
_CODE = re.compile(r"^(?:код|code|kod|kodas)\b", re.IGNORECASE)  # a number of the list's own, if it is one
_URL = re.compile(r"https?://\S+", re.IGNORECASE)
_NAME = re.compile(r"[^\W\d_]\S*(?:\s+[^\W\d_]\S*){1,4}")
_PARTED = re.compile(r"(\d{1,2})([/\-.])(\d{1,2})\2(\d{4}|\d{2})")
_UNPLACED = frozenset({"born", "appeal", "published"})  # dates that say nothing of the time a list looks at
_YEARS = (1900, 2100)
_MOST_UNKNOWN = 30
_SEX = {
    "f": "female", "w": "female", "woman": "female", "ж": "female", "жен": "female", "k": "female", "жін": "female",
    "m": "male", "man": "male", "м": "male", "муж": "male", "чол": "male",
}  # fmt: skip
_MOST = 0.7  # of the filled cells


@dataclass(frozen=True, slots=True, kw_only=True)
class Guess:
    """One column: the property it seems to hold (None: not recognised), how it reads, and what was seen in it.

    `remarks` are what a person has to decide about it, a line each.
    """

    heading: str
    prop: str | None
    seen: str
    key: bool = False
    lang: str | None = None
    split: str | None = None
    formats: tuple[str, ...] = ()
    values: Mapping[str, str] = field(default_factory=dict)
    remarks: tuple[str, ...] = ()


def guess_columns(header: Sequence[str], rows: Sequence[Sequence[str]]) -> list[Guess]:
    """A guess for each column that has a heading, in their order; a heading that stands twice is guessed once."""
    found: list[Guess] = []
    for position, heading in enumerate(header):
        if not heading or heading in header[:position]:
            continue
        found.append(_guess(heading, _filled(rows, position), len(rows)))
    if not any(column.prop == "name" for column in found):
        return _with_a_name(found, header, rows)
    return found


def _filled(rows: Sequence[Sequence[str]], position: int) -> list[str]:
    return [row[position] for row in rows if position < len(row) and row[position]]


def _tells_apart(cells: list[str], rows: int, *, code: bool) -> bool:
    """True where each row has a number of its own; a code must be made of figures for that."""
    whole = len(cells) == rows and len(set(cells)) == rows and rows > 0
    return whole and (not code or all(cell.isdecimal() for cell in cells))


def _guess(heading: str, cells: list[str], rows: int) -> Guess:
    words = heading.casefold().replace("_", " ")
    prop = next((prop for prop, pattern in _WORDS if re.search(pattern, words)), None)
    seen = _seen(cells)
    code = _CODE.search(words) is not None
    if prop is None and (code or _NUMBER.search(words)):
        key = _tells_apart(cells, rows, code=code)
        return Guess(heading=heading, prop=None, seen=seen, key=key, remarks=_running(cells) if key else ())
    if _share(cells, _URL.fullmatch) >= _MOST:
        prop = "url"
    elif prop == "url" and cells:
        prop = None
    if prop is None:
        return Guess(heading=heading, prop=None, seen=seen)
    if prop == "name":
        split = ";" if any(";" in cell for cell in cells) else None
        return Guess(heading=heading, prop="name", seen=seen, lang=_language(words, cells), split=split)
    if prop == "status":
        return _standing(heading, cells, seen)
    return _typed(heading, prop, cells, seen)


def _running(cells: list[str]) -> tuple[str, ...]:
    """A warning where the numbers are the rows' own: a next edition may number anew, and people would change places."""
    if len(cells) < 2 or cells != [str(number) for number in range(1, len(cells) + 1)]:
        return ()
    return (
        "It counts 1, 2, 3 ... down the file. If the next edition counts anew, a number is another person's then:",
        'in that case let the name tell rows apart: key = ["name column"]',
    )


def _standing(heading: str, cells: list[str], seen: str) -> Guess:
    """What each printed status means for standing on the list; those not known are left to a person, by name."""
    counted = Counter(cells)
    values = {cell: means.value for cell in counted if (means := standing(cell)) is not None}
    if not values:
        return _typed(heading, "status", cells, seen)
    unknown = [cell for cell in counted if cell not in values]
    said = [f"not known: {cell[:60]} ({counted[cell]} of {len(cells)} cells)" for cell in unknown[:_MOST_UNKNOWN]]
    if len(unknown) > _MOST_UNKNOWN:
        said.append(f"and {len(unknown) - _MOST_UNKNOWN} more that are not known")
    if unknown:
        meanings = ", ".join(Means)
        said.append(f'Add each to values with what it means ({meanings}), or with "" where it says none of these')
    return Guess(heading=heading, prop="means", seen=seen, values=values, remarks=tuple(said))


def _typed(heading: str, prop: str, cells: list[str], seen: str) -> Guess:
    """With the formats or values by which the cells read; a column that mostly does not read is left to the person."""
    kind = {"url": "source", "published": "source", "lang": "source"}.get(prop, "entry")
    name = "language" if prop == "lang" else prop
    spec = property_of(kind, name)
    formats, remarks = _formats(cells) if spec.type == "date" else ((), ())
    values = {cell: _SEX[cell.casefold()] for cell in dict.fromkeys(cells) if prop == "sex" and cell.casefold() in _SEX}
    split = ";" if spec.several and prop != "note" and any(";" in cell for cell in cells) else None
    column = Column(formats=formats, values=values, split=split)
    bad = sum(1 for cell in cells if not _reads(kind, name, cell, column))
    if bad * 2 > len(cells):
        return Guess(heading=heading, prop=None, seen=f"{seen}; looks like {prop}, but most cells do not read so")
    remark = f"{seen}; {bad} of {len(cells)} cells do not read so" if bad else seen
    return Guess(heading=heading, prop=prop, seen=remark, formats=formats, values=values, split=split, remarks=remarks)


def _reads(kind: str, prop: str, text: str, column: Column) -> bool:
    cell = Cell(text=text, found=text)
    return cell.empty or all(fault is None for _, _, fault in read_values(kind, prop, cell, column))


def _formats(cells: list[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Day before month unless a cell shows otherwise, and what no cell shows; nothing where dates read by themselves."""
    parts = [match for cell in cells if (match := _PARTED.fullmatch(cell))]
    slashed = [match for match in parts if match[2] != "."]  # with full stops the day always comes first
    month_first, day_first = (any(int(match[place]) > 12 for match in slashed) for place in (3, 1))
    formats = _written(parts, month_first=month_first and not day_first)
    remarks = []
    if slashed and month_first == day_first:
        why = "cells show both" if day_first else "no cell proves which, since no number is above 12"
        remarks.append(f"{slashed[0][0]} may be day/month or month/day: {why}; it is read with the day first")
    if any(form.endswith("%y") for form in formats):
        remarks.append(
            "Years of two digits: 00 to 68 are read as 20xx, 69 to 99 as 19xx, none after `published`: fill that in"
        )
    return formats, tuple(remarks)


def _written(dates: list[re.Match[str]], *, month_first: bool) -> tuple[str, ...]:
    """The formats that have to be told for these dates to be read."""
    formats: dict[str, None] = {}
    for match in dates:
        sign, short = match[2], len(match[4]) == 2
        if sign == "." and not short:
            continue  # read without being told
        order = ("%m", "%d") if sign != "." and month_first else ("%d", "%m")
        formats.setdefault(sign.join((*order, "%y" if short else "%Y")))
    return tuple(formats)


def period_of(found: Sequence[Guess], header: Sequence[str], rows: Sequence[Sequence[str]]) -> str | None:
    """From the first to the last day that the cells guessed to be dates of custody can mean, in EDTF, or None."""
    days = []
    for column in found:
        dated = column.prop is not None and column.prop not in {*_UNPLACED, "means", "url", "lang"}
        if not dated or property_of("entry", str(column.prop)).type != "date":
            continue
        for text in _filled(rows, list(header).index(column.heading)):
            for value, _, fault in read_values("entry", str(column.prop), clean(text), Column(formats=column.formats)):
                when = PartialDate.parse(value) if fault is None else None
                if when is not None and when.earliest is not None and when.latest is not None:
                    days += [day for day in (when.earliest, when.latest) if _YEARS[0] <= day.year < _YEARS[1]]
    if not days:
        return None
    first, last = min(days).isoformat(), max(days).isoformat()
    return first if first == last else f"{first}/{last}"


def _language(words: str, cells: list[str]) -> str | None:
    told = re.search(r"\b(be|by|ru|uk|ua|en|pl|lt|de)\b", words)
    text = " ".join(cells).casefold()
    if re.search(r"[а-яёіўїєґ]", text):
        if told is not None and told[1] in {"be", "by", "ru", "uk", "ua"}:
            return {"by": "be", "ua": "uk"}.get(told[1], told[1])
        if re.search(r"[їєґ]", text):
            return "uk"
        return "be" if re.search(r"[ўі]", text) else "ru"
    if told is not None and told[1] not in {"be", "by", "ru", "uk", "ua"}:
        return told[1]
    if re.search(r"[ŭ]", text):
        return "be-Latn"
    if re.search(r"[łążęśń]", text):
        return "pl"
    return "en" if re.search(r"[a-z]", text) else None


def _with_a_name(found: list[Guess], header: Sequence[str], rows: Sequence[Sequence[str]]) -> list[Guess]:
    """Where no heading says name: the free column whose cells look most like names of people."""
    best, share = None, _MOST
    for column in found:
        cells = _filled(rows, list(header).index(column.heading))
        looks = _share(cells, _NAME.fullmatch)
        if column.prop is None and looks >= share and not _dates(cells):
            best, share = column, looks
    if best is None:
        return found
    cells = _filled(rows, list(header).index(best.heading))
    named = Guess(heading=best.heading, prop="name", seen=best.seen, lang=_language(best.heading.casefold(), cells))
    return [named if column is best else column for column in found]


def _dates(cells: list[str]) -> bool:
    def is_date(cell: str) -> bool:
        try:
            read_date(cell)
        except ValueError:
            return False
        return True

    return _share(cells, is_date) >= _MOST


def _share(cells: list[str], test: Callable[[str], object]) -> float:
    return sum(1 for cell in cells if test(cell)) / len(cells) if cells else 0.0


def _seen(cells: list[str]) -> str:
    if not cells:
        return "no cell is filled"
    return f"{len(cells)} filled, such as: {cells[0][:40]}"
