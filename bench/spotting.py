"""Names spotted in a large text: ours held against automata and matchers that look for the same surnames.

    python bench/spotting.py

Peers are measured where they are installed (`pip install ahocorasick_rs pyahocorasick flashtext spacy`), those that are
missing are named. All look for every case of the same 100,000 surnames in the same text, each as it is
best used: the automata for the forms with a capital, flashtext and spaCy for whole words. The slow ones get a part of the
text and of the forms only. A megabyte is one of UTF-8; times are of the processor, the best of several runs in turns.

Three texts: prose in Russian and in English letters (words of our own lists, a sentence every 8 to 22 of them, one word in
a hundred a surname on record, four more with a capital), and the worst there is, where every word is made like a surname.
"""

from __future__ import annotations

import importlib
import random
import re
import time
from collections.abc import Callable
from typing import Any

from habeas.check.lexicon import load
from habeas.check.spotting import Spotter, declined

NAMES = 100_000
MEGABYTES = 8
ROUNDS = 3
REACH = 200
CONSONANTS, VOWELS = "бвгджзклмнпрстфхцчш", "аеиоуя"
ENDINGS = ("ский", "ович", "енко", "ов", "ук", "ик")
LATIN = str.maketrans("абвгджезиклмнопрстуфхцчшяйй", "abvgdzeziklmnoprstufhccsaii")
PEERS = ("ahocorasick_rs", "pyahocorasick", "flashtext", "spaCy")
MODULES = {"pyahocorasick": "ahocorasick", "spaCy": "spacy"}


def _word(chance: random.Random, low: int, high: int) -> str:
    return "".join(chance.choice(CONSONANTS) + chance.choice(VOWELS) for _ in range(chance.randint(low, high)))


def worst(chance: random.Random, surnames: list[str]) -> str:
    """Words made of the syllables that surnames are made of, one in eight with a capital."""
    out, size = [], 0
    while size < MEGABYTES * 1_000_000:
        kind = chance.random()
        word = chance.choice(surnames) if kind < 0.01 else _word(chance, 1, 4)
        out.append(word.capitalize() if kind < 0.12 else word)
        size += 2 * len(word) + 1
    return " ".join(out)


def _words(found: Any) -> set[str]:
    if isinstance(found, str):
        return {w.lower() for w in re.findall(r"[^\W\d_]{2,}", found)}
    rows = [*found, *found.values()] if isinstance(found, dict) else found if isinstance(found, list) else []
    return {word for row in rows for word in _words(row)}


def prose(chance: random.Random, surnames: list[str], language: str) -> str:
    """Sentences of words of the language's own lists, the commonest of them half the time."""
    pool = sorted({w for name in ("", "_patterns", "_loaded") for w in _words(load(f"{language}{name}.yaml"))})
    pool = [w for w in pool if language != "en" or w.isascii()]
    common = sorted(set(chance.choices(pool, k=200)))
    out, size = [], 0
    while size < MEGABYTES * 1_000_000:
        said = [chance.choice(common if chance.random() < 0.5 else pool) for _ in range(chance.randint(8, 22))]
        for k in range(len(said)):
            kind = chance.random()
            if kind < 0.01:
                said[k] = chance.choice(surnames)
            elif kind < 0.05:
                said[k] = chance.choice(pool).capitalize()
        said[0] = said[0][:1].upper() + said[0][1:]
        out.append(" ".join(said) + ".")
        size += len(out[-1].encode()) + 1
    return "\n".join(out)


def peer(name: str, forms: list[str]) -> tuple[int, Callable[[str], int]]:
    """How many parts to cut the text into, and what counts the names in one; ImportError where it is not installed."""
    module = importlib.import_module(MODULES.get(name, name))
    if name == "ahocorasick_rs":
        leftmost = module.AhoCorasick(forms, matchkind=module.MatchKind.LeftmostLongest)
        return 1, lambda text: len(leftmost.find_matches_as_indexes(text))
    if name == "pyahocorasick":
        automaton = module.Automaton()
        for form in forms:
            automaton.add_word(form, form)
        automaton.make_automaton()
        return 4, lambda text: sum(1 for _ in automaton.iter_long(text))
    if name == "flashtext":
        processor = module.KeywordProcessor(case_sensitive=True)
        processor.non_word_boundaries |= {chr(c) for c in range(0x400, 0x460)}
        for form in forms:
            processor.add_keyword(form)
        return 16, lambda text: len(processor.extract_keywords(text))
    language = module.blank("xx")
    language.max_length = 10**9
    matcher = importlib.import_module("spacy.matcher").PhraseMatcher(language.vocab)
    matcher.add("names", [language.make_doc(form) for form in forms[:: max(1, len(forms) // NAMES)]])
    return 40, lambda text: len(matcher(language.make_doc(text)))


def spent(work: Callable[[], int]) -> tuple[float, int]:
    """The least time of some runs in a row, which take half a second together or are one alone."""
    best, left, found = float("inf"), 0.5, 0
    while left > 0:
        start = time.process_time()
        found = work()
        took = time.process_time() - start
        best, left = min(best, took), left - took
    return best, found


def main() -> None:
    chance = random.Random(1)
    cyrillic = [(_word(chance, 2, 4) + chance.choice(ENDINGS)).capitalize() for _ in range(NAMES)]
    latin = [name.lower().translate(LATIN).capitalize() for name in cyrillic]
    texts = {
        "prose, Cyrillic": (prose(chance, cyrillic, "ru"), cyrillic),
        "prose, Latin": (prose(chance, latin, "en"), latin),
        "words like names": (worst(chance, cyrillic), cyrillic),
    }
    missing = []
    for title, (text, surnames) in texts.items():
        forms = sorted({form.capitalize() for surname in surnames for form in declined(surname)})
        spotter = Spotter(f"A {surname}" for surname in surnames)
        runs: dict[str, tuple[int, Callable[[str], int]]] = {
            "ours": (1, lambda t, s=spotter: sum(1 for _ in s.spot(t)))
        }
        for name in PEERS:
            try:
                runs[name] = peer(name, forms)
            except ImportError:
                missing.append(name)
        best: dict[str, tuple[float, int]] = {}
        for _ in range(ROUNDS):
            for name, (parts, work) in runs.items():
                part = text[: len(text) // parts]
                took, found = spent(lambda w=work, p=part: w(p))
                rate = len(part.encode()) / 1e6 / took
                best[name] = max(best.get(name, (0.0, 0)), (rate, found))
        print(f"\n{title}: {len(surnames):,} surnames in {len(forms):,} forms (to reach: {REACH} MB/s)")
        for name, (rate, found) in best.items():
            part = f"in {found:,} places" + (f", a {runs[name][0]}th of the text" if runs[name][0] > 1 else "")
            print(f"  {name:<18}{rate:>9.1f} MB/s  {best['ours'][0] / rate:>7.1f}x  {part}")
    for name in dict.fromkeys(missing):
        print(f"not installed, not measured: {name}")


if __name__ == "__main__":
    main()
