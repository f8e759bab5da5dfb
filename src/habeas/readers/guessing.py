"""Which column of a list holds what, guessed from their headings and from what stands in them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from habeas.readers.settings import MOST, Guess, are_dates, filled, settings_of, share_of, standing_of

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


def guess_columns(header: Sequence[str], rows: Sequence[Sequence[str]]) -> list[Guess]:
    """A guess for each column that has a heading, in their order; a heading that stands twice is guessed once."""
    found: list[Guess] = []
    for position, heading in enumerate(header):
        if not heading or heading in header[:position]:
            continue
        found.append(_guess(heading, filled(rows, position), len(rows)))
    if not any(column.prop == "name" for column in found):
        return _with_a_name(found, header, rows)
    return found


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
    if share_of(cells, _URL.fullmatch) >= MOST:
        prop = "url"
    elif prop == "url" and cells:
        prop = None
    if prop is None:
        return Guess(heading=heading, prop=None, seen=seen)
    if prop == "name":
        split = ";" if any(";" in cell for cell in cells) else None
        return Guess(heading=heading, prop="name", seen=seen, lang=_language(words, cells), split=split)
    if prop == "status":
        return standing_of(heading, cells, seen)
    return settings_of(heading, prop, cells, seen)


def _running(cells: list[str]) -> tuple[str, ...]:
    """A warning where the numbers are the rows' own: a next edition may number anew, and people would change places."""
    if len(cells) < 2 or cells != [str(number) for number in range(1, len(cells) + 1)]:
        return ()
    return (
        "It counts 1, 2, 3 ... down the file. If the next edition counts anew, a number is another person's then:",
        'in that case let the name tell rows apart: key = ["name column"]',
    )


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
    best, share = None, MOST
    for column in found:
        cells = filled(rows, list(header).index(column.heading))
        looks = share_of(cells, _NAME.fullmatch)
        if column.prop is None and looks >= share and not are_dates(cells):
            best, share = column, looks
    if best is None:
        return found
    cells = filled(rows, list(header).index(best.heading))
    named = Guess(heading=best.heading, prop="name", seen=best.seen, lang=_language(best.heading.casefold(), cells))
    return [named if column is best else column for column in found]


def _seen(cells: list[str]) -> str:
    if not cells:
        return "no cell is filled"
    return f"{len(cells)} filled, such as: {cells[0][:40]}"
