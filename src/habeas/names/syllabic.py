"""Names in scripts that write syllables, as they are commonly spelled in Latin letters: Burmese, Thai, Lao, Tibetan.

Letter for letter these scripts give nothing like it (ထွန်း is Htun, བཀྲ་ཤིས Tashi, ใจ Chai): a consonant sounds otherwise at the end
of a syllable, vowels stand before the consonant they follow, letters stand and are not heard. What comes out is for
comparing: tones are left out, and the breath of a consonant where Latin spellings leave it out too.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache

from habeas.names.tables import rows

# --- Burmese: onset (a consonant with what is written around it) and rhyme (vowels, with a killed consonant) ---

_BURMESE_TONES = str.maketrans("", "", "့း")
_ALONE = {"ဣ": "အိ", "ဤ": "အီ", "ဥ": "အု", "ဦ": "အူ", "ဧ": "အေ", "ဩ": "အော", "ဪ": "အော", "ဿ": "သ်သ", "၏": "အိ"}  # fmt: skip
_BURMESE = re.compile(r"([က-အ])([ျြွှ]*)([ါာိီုူေဲံ]*)(်?)((?:[က-အ]်)?)")


def burmese(text: str) -> tuple[str, ...]:
    """The syllables of a Burmese name, each as a word of its own, as most newspapers spell them."""
    for letter, spelled in _ALONE.items():
        text = text.replace(letter, spelled)
    text = text.translate(_BURMESE_TONES).replace("္", "်").replace("ါ", "ာ")
    return tuple(filter(None, (_burmese_syllable(*found.groups()) for found in _BURMESE.finditer(text))))


def _burmese_syllable(consonant: str, around: str, vowels: str, killed: str, final: str) -> str:
    table = _table("Mymr")
    onset = table.get(f"{consonant}{around}") or "".join(table.get(sign, "") for sign in (consonant, *around))
    # `w` between a consonant and a final is a vowel of its own (ထွန် htun), else it is heard as w (လွင် lwin).
    if "ွ" in around and (rhyme := table.get(f"ွ{vowels}{final}")) is not None:
        bare = around.replace("ွ", "")
        onset = table.get(f"{consonant}{bare}") or "".join(table.get(sign, "") for sign in (consonant, *bare))
        return onset + rhyme
    return onset + table.get(f"{vowels}{killed}{final}", "a" if not vowels else "")


# --- Tibetan: what is heard of a syllable is its root letter, its vowel and some of the letters after it ---

_HEADS, _BEFORE = "རལས", "གདབམའ"
_TIBETAN_VOWELS = {"ི": "i", "ུ": "u", "ེ": "e", "ོ": "o", "ཱ": ""}
_TO_FULL = 0x50  # from a letter written below another to the same letter by itself
_TWO_IN_ONE = re.compile("(པད|ཀར)ྨ")  # Pema, Karma
_LAST = {"ག": "k", "ང": "ng", "ན": "n", "བ": "p", "མ": "m", "ར": "r", "ལ": "l"}
_HEARD_BELOW, _FRONTING = "ྱྲླ", "དནལས"


def tibetan(text: str) -> tuple[str, ...]:
    """The words of a Tibetan name, two syllables each, as most Latin spellings have them (Tenzin Gyatso)."""
    found = [
        heard for one in re.split(r"[་༌\s།]+", _TWO_IN_ONE.sub(r"\1་མ", text)) if (heard := _tibetan_syllable(one))
    ]
    return tuple("".join(found[at : at + 2]) for at in range(0, len(found), 2))


def _tibetan_syllable(text: str) -> str:
    stacks = re.findall(r"[ཀ-ཬ][ྐ-ྼ]*[ཱ-ྃ]*", text)
    if not stacks:
        return ""
    at = _root(stacks)
    root, last = stacks[at], "".join(stack[0] for stack in stacks[at + 1 : at + 2])
    vowel = "".join(_TIBETAN_VOWELS.get(sign, "") for sign in root) or ("e" if last and last in _FRONTING else "a")
    silent = root[0] == "བ" and stacks[at - 1 : at] == ["ད"]  # དབང is Wang, དབྱངས Yang
    onset = ("y" if "ྱ" in root else "w") if silent else _onset(root)
    return onset + vowel + _LAST.get(last, "")


def _onset(stack: str) -> str:
    """What is heard of a root letter with those above and below it."""
    table = _table("Tibt")
    letters = [chr(ord(sign) - _TO_FULL) if "ྐ" <= sign <= "ྼ" else sign for sign in stack if not "ཱ" <= sign <= "ྃ"]
    if stack[:2] in table:
        return table[stack[:2]]
    if len(letters) > 1 and letters[0] in _HEADS:
        stack, letters = stack[1:], letters[1:]
    below = "".join(sign for sign in stack[1:] if sign in _HEARD_BELOW)
    return table.get(letters[0] + below, table.get(letters[0], ""))


def _root(stacks: list[str]) -> int:
    """Which letter of a syllable is its root: the one with letters or a vowel about it, else by the order they have."""
    marked = [at for at, one in enumerate(stacks[:2]) if len(one) > 1 and (not at or stacks[0] in _BEFORE)]
    if marked:
        return marked[-1]
    if len(stacks) <= 2 or stacks[0] not in _BEFORE:
        return 0
    return 0 if len(stacks) == 3 and stacks[2] == "ས" and stacks[1] in "གངབམ" else 1


# --- Thai and Lao: a vowel may stand before its consonant, and what ends a syllable has six sounds ---

_LAO = {at: at - 0x80 for at in range(0x0E81, 0x0EDE)} | {0x0EBB: "ํ", 0x0EBD: "ีย", 0x0EDC: "น", 0x0EDD: "ม"}
_UNHEARD = re.compile(r"[ก-ฮ][ิุ]?์|[่้๊๋็ๆฯ]|ห(?=[งญนมยรลว])")
_LEADING = re.compile(r"([เแโใไ])((?:[กขคตทปผพส][รลว](?=[ก-ฮ]))|[ก-ฮ])")
_O = re.compile(r"(?<=[ก-ฮ])อ(?![ะ-ูำ])")  # อ between consonants is a vowel
_THAI = re.compile(r"[กขคตปผพสศท][รลว](?=[ะ-ูเแโใไ])|เือ|เีย|เิ|เา|ัว|ือ|[ะ-ูเแโใไํ]|[ก-ฮ]")


def thai(text: str) -> tuple[str, ...]:
    """The words of a Thai or a Lao name, as they are heard."""
    return tuple(filter(None, map(_thai_word, text.translate(_LAO).split())))


def _thai_word(word: str) -> str:
    # A vowel that is written before its consonants is put behind them: เพชร is พเชร, ใจ is จใ.
    word = _O.sub("ํ", _LEADING.sub(r"\2\1", _UNHEARD.sub("", word.replace("รร", "ัน"))))
    table, signs = _table("Thai"), _THAI.findall(word)
    heard: list[str] = []
    closes, ready = False, False  # the consonants before want a final; they have a vowel
    for at, sign in enumerate(signs):
        if sign in _BARE:
            bare = _bare_from(signs, at)
            if bare and (closes or (ready and bare % 2)):
                heard.append(table[f"-{sign}"])
                closes = ready = False
            else:
                heard.append(table[sign] + ("" if bare == 0 else "o" if bare % 2 == 0 else "a"))
                closes, ready = bare > 0 and bare % 2 == 0, False
        elif len(sign) == 2 and sign[0] in _BARE:
            heard.append(table[sign[0]] + table[sign[1]])
            closes = ready = False
        else:
            heard.append(table[sign])
            closes, ready = sign in "ัิึุ", True
    return "".join(heard)


_BARE = frozenset(map(chr, range(ord("ก"), ord("ฮ") + 1)))


def _bare_from(signs: list[str], at: int) -> int:
    """How many consonants from here on have no vowel of their own."""
    count = 0
    while at + count < len(signs) and signs[at + count] in _BARE:
        count += 1
    vowelled = at + count < len(signs) and signs[at + count][0] not in _BARE
    return count - 1 if vowelled else count


@lru_cache(maxsize=8)
def _table(script: str) -> Mapping[str, str]:
    """What each sign, or group of signs, of a script sounds like; `-` before one that ends a syllable."""
    return {row["written"]: row["sound"] for row in rows("syllabic.csv") if row["script"] == script}


SYLLABIC: Mapping[str, Callable[[str], tuple[str, ...]]] = {
    "Mymr": burmese, "Tibt": tibetan, "Thai": thai, "Laoo": thai,
}  # fmt: skip
