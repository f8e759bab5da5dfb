"""What the columns of a list hold, guessed from their headings and from what stands in them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from habeas.nouns import Column
from habeas.readers.cells import Cell, read_date
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
    ("detained", r"detain|detention|arrest|задерж|арест|затрым|арышт|затрим|арешт|zatrzym|areszt"),
    ("sentenced", r"sentenced|date of (?:verdict|sentence)|дата (?:приговор|прысуд|вирок)|data wyroku"),
    ("sentence", r"sentence|\bterm\b|\bсрок|приговор|наказан|тэрмін|прысуд|пакаран|строк|вирок|покаран|wyrok|\bkara\b"),
    ("article", r"article|\bстатья|\bстатьи|\bст\.|артыкул|стаття|статті|artyku"),
    ("charge", r"charge|accus|обвин|абвінав|звинувач|zarzut"),
    ("prison", r"prison|colony|jail|колони|сизо|тюрьм|калоні|турм|колоні|тюрм|więzie|\bkoloni"),
    ("sex", r"\bsex\b|gender|^пол$|^стать$|płeć"),
    ("nationality", r"nationali|citizen|гражд|грамадз|громадян|obywat"),
    (
        "occupation",
        r"occupation|profession|\bjob\b|\brole\b|\bроль|професси|должност|прафес|пасад|професі|посад|zaw[oó]d",
    ),
    ("lang", r"^lang(?:uage)?$|^язык$|^мова$|^język$"),
    ("status", r"status|статус"),
    ("note", r"\bnote|comment|remark|примеч|коммент|заўваг|нататк|примітк|комент|uwag"),
    ("name", r"name|surname|\bфио\b|фамил|\bимя|прозвішч|\bімя|прізвищ|\bім.я|\bпіб\b|nazwisk|imi[eę]|людин"),
)
_NUMBER = re.compile(r"(?:\bid\b|^#$|^№|^nr\b|^no\.?$|^n$|номер|нумар|^lp\.?$)", re.IGNORECASE)
_URL = re.compile(r"https?://\S+")
_NAME = re.compile(r"[^\W\d_]\S*(?:\s+[^\W\d_]\S*){1,4}")
_SLASHED = re.compile(r"(\d{1,2})([/\-])(\d{1,2})\2(\d{4})")
_SEX = {
    "f": "female", "w": "female", "woman": "female", "ж": "female", "жен": "female", "k": "female", "жін": "female",
    "m": "male", "man": "male", "м": "male", "муж": "male", "чол": "male",
}  # fmt: skip
_MOST = 0.7  # of the filled cells


@dataclass(frozen=True, slots=True, kw_only=True)
class Guess:
    """One column: the property it seems to hold (None: not recognised), how it reads, and what was seen in it."""

    heading: str
    prop: str | None
    seen: str
    key: bool = False
    lang: str | None = None
    split: str | None = None
    formats: tuple[str, ...] = ()
    values: Mapping[str, str] = field(default_factory=dict)


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


def _guess(heading: str, cells: list[str], rows: int) -> Guess:
    words = heading.casefold().replace("_", " ")
    prop = next((prop for prop, pattern in _WORDS if re.search(pattern, words)), None)
    seen = _seen(cells)
    if prop is None and _NUMBER.search(words):
        whole = len(cells) == rows and len(set(cells)) == rows and rows > 0
        return Guess(heading=heading, prop=None, seen=seen, key=whole)
    if _share(cells, _URL.fullmatch) >= _MOST:
        prop = "url"
    elif prop == "url" and cells:
        prop = None
    if prop is None:
        return Guess(heading=heading, prop=None, seen=seen)
    if prop == "name":
        split = ";" if any(";" in cell for cell in cells) else None
        return Guess(heading=heading, prop="name", seen=seen, lang=_language(words, cells), split=split)
    return _typed(heading, prop, cells, seen)


def _typed(heading: str, prop: str, cells: list[str], seen: str) -> Guess:
    """With the formats or values by which the cells read; a column that mostly does not read is left to the person."""
    kind = {"url": "source", "published": "source", "lang": "source"}.get(prop, "entry")
    name = "language" if prop == "lang" else prop
    spec = property_of(kind, name)
    formats = _formats(cells) if spec.type == "date" else ()
    values = {cell: _SEX[cell.casefold()] for cell in dict.fromkeys(cells) if prop == "sex" and cell.casefold() in _SEX}
    split = ";" if spec.several and prop != "note" and any(";" in cell for cell in cells) else None
    column = Column(formats=formats, values=values, split=split)
    bad = sum(1 for cell in cells if not _reads(kind, name, cell, column))
    if bad * 2 > len(cells):
        return Guess(heading=heading, prop=None, seen=f"{seen}; looks like {prop}, but most cells do not read so")
    remark = f"{seen}; {bad} of {len(cells)} cells do not read so" if bad else seen
    return Guess(heading=heading, prop=prop, seen=remark, formats=formats, values=values, split=split)


def _reads(kind: str, prop: str, text: str, column: Column) -> bool:
    cell = Cell(text=text, found=text)
    return cell.empty or all(fault is None for _, _, fault in read_values(kind, prop, cell, column))


def _formats(cells: list[str]) -> tuple[str, ...]:
    """Day before month unless a cell shows otherwise; nothing where the dates read by themselves."""
    parts = [match for cell in cells if (match := _SLASHED.fullmatch(cell))]
    if not parts:
        return ()
    sign = Counter(match[2] for match in parts).most_common(1)[0][0]
    american = any(int(match[3]) > 12 for match in parts) and not any(int(match[1]) > 12 for match in parts)
    return (f"%m{sign}%d{sign}%Y",) if american else (f"%d{sign}%m{sign}%Y",)


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
