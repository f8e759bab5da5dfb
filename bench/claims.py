"""How much of an article is read: claims found in labelled articles, by kind and by language.

    python bench/claims.py                  the articles beside this file
    python bench/claims.py FOLDER           others in the same form
    python bench/claims.py --misses         and every label that was missed, every claim that no label bears out

An article is NAME.txt (a head of `key: value` lines, `---`, the text) with NAME.yaml: its `claims`, each a `quote` with
`start` and `end` in the text, a `kind` and a `value`. `ambiguous: true` marks what two careful readers would label
differently, it counts nowhere; `alt` gives other readings (a kind and a value) that are as right. The texts were written
for this measure, from public reports on real events (`url`), in wordings that agencies and human rights groups use. They
are no record: nothing in them is to be cited.

A label is found where a claim of its kind overlaps it and agrees on its key values: number and operator, parts, date as
far as it is given, length, person, action. A claim is wrong where it agrees with no label of the article.
"""

from __future__ import annotations

import argparse
import difflib
import re
import shutil
import tempfile
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import yaml

from habeas.check import check_article, read_article
from habeas.ledger import open_ledger
from habeas.nouns import A, Casebook, CheckedArticle, Claim, Keeper
from habeas.pipeline import build, casebook
from habeas.readers import load_book

ARTICLES = Path(__file__).parent / "articles"
NOW = datetime(2026, 4, 1, tzinfo=UTC)
Value = Mapping[str, Any]
OF_PEOPLE = {"membership", "status_now", "age", "sentence_length", "days_held", "award", "office_tenure"}
ALIKE = 0.75  # surnames of two transliterations


@dataclass(frozen=True)
class Label:
    """What a reader marked in an article; `alt`: (kind, value) of other readings that count as found."""

    quote: str
    start: int
    end: int
    kind: str
    value: Value
    ambiguous: bool
    alt: tuple[tuple[str, Value], ...] = ()

    def reads(self, claim: Claim) -> bool:
        """True where a claim gives the label's kind and value, or another reading of it."""
        readings = ((self.kind, self.value), *self.alt)
        return any(kind == claim.kind and agrees(kind, value, claim.value) for kind, value in readings)


@dataclass
class Score:
    """Labels and claims counted; `kinds` and `languages` map to (found, all)."""

    labels: int = 0
    found: int = 0
    wrong: int = 0
    flagged: int = 0
    marked: int = 0
    kinds: dict[str, list[int]] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)

    @property
    def recall(self) -> float:
        return self.found / self.labels if self.labels else 1.0

    @property
    def precision(self) -> float:
        return self.found / (self.found + self.wrong) if self.found + self.wrong else 1.0

    def add(self, other: Score) -> None:
        """Take the counts of another article in."""
        for name in ("labels", "found", "wrong", "flagged", "marked"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        for kind, (found, of) in other.kinds.items():
            row = self.kinds.setdefault(kind, [0, 0])
            row[0] += found
            row[1] += of
        self.lines += other.lines


def _plain(name: str) -> str:
    text = unicodedata.normalize("NFKD", name).casefold()
    return re.sub(r"[^\w ]", "", "".join(c for c in text if not unicodedata.combining(c)))


def _surname(name: str) -> str:
    return (_plain(name).split() or [""])[-1]


def _people(value: Value) -> list[str]:
    one = value.get("persons") or value.get("person") or []
    return [*([one] if isinstance(one, str) else one), *value.get("aliases", ())]


def _same_person(a: str, b: str) -> bool:
    return difflib.SequenceMatcher(None, _surname(a), _surname(b)).ratio() >= ALIKE


def _same_date(label: Value, claim: Value) -> bool:
    want, got = (next((str(v[k]) for k in ("date", "since") if v.get(k)), "") for v in (label, claim))
    places = {"day": 10, "month": 7, "year": 4}.get(
        str(label.get("precision", "")).rpartition("-")[2], min(len(want), 7)
    )
    return bool(got) and want[:places] == got[:places]


def _same_length(label: Value, claim: Value) -> bool:
    def months(value: Value) -> float:
        return float(value.get("years") or 0) * 12 + float(value.get("months") or 0)

    return months(label) == months(claim) and all(label.get(k) == claim.get(k) for k in ("days", "weeks") if k in label)


def _same_count(label: Value, claim: Value) -> bool:
    if "parts" in label:
        given = [sorted(v.get("parts", {}).values()) for v in (label, claim)]
        return given[0] == given[1] or claim.get("n") == label.get("sum")
    if "min" in label:
        return bool(claim.get("min", 1e12) <= label.get("max", 1e12) and claim.get("max", 1e12) >= label["min"])
    if "n" in label:
        return bool(claim.get("n") == label["n"])
    return bool(claim.get("op") == label.get("op"))


def agrees(kind: str, label: Value, claim: Value) -> bool:
    """True where the claim holds every key value of the label."""
    people = _people(label)
    if kind in OF_PEOPLE and people and not any(_same_person(a, b) for a in people for b in _people(claim)):
        return False
    if kind in ("count_released", "count_detained"):
        return _same_count(label, claim)
    if kind in ("duration", "date"):
        return _same_length(label, claim) if "date" not in label and "since" not in label else _same_date(label, claim)
    if kind == "membership":
        return bool(label.get("member", True)) == bool(claim.get("member", True))
    keys = {
        "days_held": ("days",),
        "age": ("age",),
        "sentence_length": ("years", "months", "years_min", "years_max", "life"),
        "status_now": ("status",),
        "sanctions_measure": ("actor", "action"),
        "award": ("year",),
        "office_tenure": ("years", "ordinal_term", "since"),
    }.get(kind, ())
    return all(str(label[k]) == str(claim.get(k)) for k in keys if k in label)


def _overlap(label: Label, start: int, end: int) -> bool:
    return label.start < end and start < label.end


def labelled(folder: Path) -> Iterator[tuple[Path, str, list[Label]]]:
    """(text file, language, labels) of each article of a folder."""
    for path in sorted(folder.glob("*.yaml")):
        raw = yaml.safe_load(path.read_text(encoding="utf-8"))
        rows = [
            Label(
                quote=c["quote"],
                start=c["start"],
                end=c["end"],
                kind=c["kind"],
                value=c.get("value") or {},
                ambiguous=bool(c.get("ambiguous")),
                alt=tuple((a["kind"], a.get("value") or {}) for a in c.get("alt") or ()),
            )
            for c in raw["claims"]
        ]
        yield path.with_suffix(".txt"), raw["language"], rows


def score(name: str, labels: list[Label], checked: CheckedArticle) -> Score:
    """One article's counts: labels found, claims that no label bears out, labels that anything touches."""
    claims: list[Claim] = [j.claim for j in checked.judgements]
    touched = [(c.quote.start, c.quote.end) for c in claims] + [(q.start, q.end) for q in checked.not_understood]
    out, used = Score(), set()
    for label in (x for x in labels if not x.ambiguous):
        out.marked += 1
        out.flagged += any(_overlap(label, start, end) for start, end in touched)
        if label.kind == "other":
            continue
        out.labels += 1
        row = out.kinds.setdefault(label.kind, [0, 0])
        row[1] += 1
        hit = next(
            (k for k, c in enumerate(claims) if _overlap(label, c.quote.start, c.quote.end) and label.reads(c)),
            None,
        )
        if hit is None:
            out.lines.append(f"missed {name} {label.kind}: {label.quote!r} {dict(label.value)}")
            continue
        used.add(hit)
        out.found += 1
        row[0] += 1
    for k, c in enumerate(claims):
        near = [x for x in labels if _overlap(x, c.quote.start, c.quote.end)]
        repeated = any(x.reads(c) for x in labels)
        if k in used or repeated or any(x.ambiguous for x in near):
            continue
        out.wrong += 1
        out.lines.append(f"wrong  {name} {c.kind}: {c.quote.text!r} {dict(c.value)}")
    return out


def score_all(folder: Path, record: Casebook[A]) -> dict[str, Score]:
    """The counts of a folder by language, and of `all`."""
    out = {"all": Score()}
    for path, language, labels in labelled(folder):
        article = read_article(path, path.read_bytes(), published=None)
        one = score(path.stem, labels, check_article(article, record, today=NOW.date()))
        out["all"].add(one)
        out.setdefault(language, Score()).add(one)
    return out


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", nargs="?", type=Path, default=ARTICLES)
    parser.add_argument("--misses", action="store_true")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(Path(__file__).parent.parent / "examples" / "belarus", Path(folder) / "belarus")
        book = load_book(Path(folder) / "belarus")
        build(book, now=NOW)
        with open_ledger(book.ledger) as ledger:
            scores = score_all(args.folder, casebook(book, ledger, Keeper))
    if args.misses:
        print("\n".join(scores["all"].lines))
    for name, one in scores.items():
        print(
            f"claims {name:<4} found {one.recall:6.3f} ({one.found} of {one.labels})   right {one.precision:6.3f}"
            f"   flagged {one.flagged / one.marked:6.3f}"
        )
    for kind, (found, of) in sorted(scores["all"].kinds.items()):
        print(f"  {kind:<20}{found:>4} of {of}")


if __name__ == "__main__":
    main()
