"""The shape of the house: small public faces, small files, and nothing in it that does not belong."""

from __future__ import annotations

import importlib
import importlib.metadata
import re
import subprocess
import sys
from pathlib import Path

import pytest
from radon.complexity import cc_visit
from radon.visitors import Function

ROOT = Path(__file__).parent.parent
FACES = {
    "habeas.answers": [
        "LEVEL",
        "QUESTIONS",
        "STATES",
        "WORDS",
        "Custody",
        "Level",
        "Standing",
        "State",
        "as_json",
        "ask",
        "brought_relief",
        "custody",
        "funnel",
        "holds_in_words",
        "how_it_stands",
        "in_force",
        "in_window",
        "in_words",
        "stands",
        "the_case",
        "the_deal",
        "the_release",
        "told",
    ],
    "habeas.archive": ["capture"],
    "habeas.cases": ["fold", "keys_of", "of_the_person", "relief_of_acts", "state_of"],
    "habeas.check": ["KINDS", "MOST_CHARACTERS", "as_json", "as_records", "check_article", "people_in", "read_article"],
    "habeas.cli": ["main"],
    "habeas.estimate": ["as_json", "estimate", "read_table", "relinked"],
    "habeas.languages": [
        "LANGUAGES",
        "Language",
        "code",
        "duration",
        "interval",
        "is_state",
        "language",
        "languages_of",
        "moment",
        "number",
        "one_stop",
        "script_read",
        "state",
    ],
    "habeas.ledger": ["Ledger", "Linker", "Suppression", "open_ledger"],
    "habeas.names": [
        "LETTERS",
        "ONE_LETTER",
        "RULES",
        "SAME",
        "SURE",
        "UNSEEN",
        "UNSURE",
        "Agreement",
        "Comparison",
        "common",
        "compare",
        "custom_of",
        "doubts",
        "dropped",
        "filed_as",
        "fold",
        "fold_all",
        "folds",
        "given_names",
        "is_form",
        "keys",
        "letter_forms",
        "likelihoods",
        "name_signs",
        "oblique",
        "own_letters",
        "pinyin",
        "romanised",
        "same_letters",
        "script_of",
        "sex",
        "shown",
        "spelling",
        "surname_stems",
        "tells",
        "unescaped",
    ],
    "habeas.nouns": [
        "A",
        "Absence",
        "Act",
        "Action",
        "Answer",
        "Article",
        "Assessment",
        "AssessmentFinding",
        "Audience",
        "Body",
        "Book",
        "Capture",
        "Case",
        "Casebook",
        "Cause",
        "Change",
        "CheckedArticle",
        "Claim",
        "Column",
        "Condition",
        "ConditionTest",
        "Confidence",
        "Correction",
        "Count",
        "CountKind",
        "Covers",
        "Deal",
        "Definition",
        "Does",
        "Draft",
        "Effect",
        "Estimate",
        "Estimation",
        "Event",
        "EventKind",
        "Extent",
        "Fact",
        "FactKind",
        "Figure",
        "FigureKind",
        "Flow",
        "Grade",
        "Group",
        "Happening",
        "Head",
        "Holding",
        "InForce",
        "Judgement",
        "Keeper",
        "KeptVerdict",
        "LeftOut",
        "Leg",
        "Limit",
        "Links",
        "ListInfo",
        "ListSpec",
        "Means",
        "Measure",
        "Mention",
        "Name",
        "Named",
        "Official",
        "OfficialPost",
        "Op",
        "OverlapTable",
        "Pair",
        "Part",
        "Party",
        "Person",
        "Phrase",
        "Population",
        "Post",
        "Preferred",
        "Problem",
        "Public",
        "Question",
        "Quote",
        "Record",
        "Rejected",
        "Release",
        "Remark",
        "RemarkKind",
        "Request",
        "Said",
        "Same",
        "Sense",
        "Side",
        "Source",
        "Spell",
        "Split",
        "Spread",
        "Stance",
        "Statement",
        "Step",
        "Team",
        "Tier",
        "TierMark",
        "Tombstone",
        "Topic",
        "Translated",
        "Value",
        "Verdict",
        "View",
        "Visibility",
        "Why",
        "coded",
        "fill",
        "names_of",
        "only",
        "say",
        "say_count",
        "strictest",
        "together",
    ],
    "habeas.pipeline": [
        "Begun",
        "Built",
        "Change",
        "Citation",
        "Erased",
        "Gathered",
        "InPlain",
        "Intake",
        "Model",
        "Outcome",
        "Place",
        "Progress",
        "Published",
        "Rechecked",
        "Recorded",
        "Run",
        "Signing",
        "article_files",
        "begun",
        "build",
        "case_id",
        "casebook",
        "check_corpus",
        "checked",
        "correct_value",
        "decide",
        "erase_person",
        "erase_source",
        "export",
        "extent",
        "gather_words",
        "in_plain",
        "intake",
        "linked",
        "linker",
        "list_series",
        "new_book",
        "pasted_names",
        "publish",
        "recheck_verdicts",
        "record",
        "record_match",
        "record_value",
        "records",
        "remark",
        "report",
        "rule",
        "seal_input",
        "share",
        "sign",
        "silent",
        "still_held",
        "take_in",
        "undo",
        "unseal_input",
        "values_of",
        "who_is_who",
        "withdraw_value",
        "write_article_page",
    ],
    "habeas.readers": [
        "BY_HAND",
        "ON_A_VALUE",
        "Change",
        "Changes",
        "Reading",
        "Signature",
        "Words",
        "changes",
        "find_book",
        "guess",
        "kept_back_by",
        "leftovers",
        "load_book",
        "names_table",
        "pairs_table",
        "read_events",
        "read_list",
        "read_people",
        "read_signatures",
        "read_words",
        "ruled_property",
        "template",
        "unknown_entries",
        "unpublished_names",
        "unseen",
    ],
    "habeas.publish": [
        "FORMATS",
        "Subject",
        "export_data",
        "plot_answer",
        "plot_estimation",
        "publish_report",
        "publish_site",
        "write_check",
    ],
    "habeas.resolve": [
        "READS",
        "Candidate",
        "Engine",
        "Fit",
        "Linking",
        "Match",
        "as_now",
        "called",
        "find",
        "link",
        "link_people",
        "match",
        "mentions",
        "place_people",
        "rules",
    ],
    "habeas.vocabulary": ["Property", "actor", "kinds", "meant_by", "normal", "property_of"],
}

MOST_COMPLEX = 15
# How many functions of a room are more complex than that: a figure that may only fall, and is lowered when it does.
STILL_COMPLEX = {"check": 135}


@pytest.fixture(autouse=True)
def _keys(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HABEAS_KEYS", str(tmp_path / "keys"))


def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [path for name in listed.splitlines() if (path := ROOT / name).is_file()]


@pytest.mark.parametrize("package", FACES)
def test_public_faces_are_small_and_pinned(package: str) -> None:
    assert importlib.import_module(package).__all__ == FACES[package]


def test_no_file_of_code_is_longer_than_600_lines() -> None:
    code = [p for p in ROOT.rglob("*.py") if ".venv" not in p.parts and "out" not in p.parts]
    assert [p.name for p in code if len(p.read_text(encoding="utf-8").splitlines()) > 600] == []


def test_no_function_is_too_complex() -> None:
    """Cyclomatic complexity as radon counts it: branches, loops, comprehensions and boolean operators."""
    source = ROOT / "src" / "habeas"
    found: dict[str, list[str]] = {}
    for path in sorted(source.rglob("*.py")):
        room = path.relative_to(source).parts[0]
        found.setdefault(room, []).extend(
            f"{path.relative_to(source)}:{block.lineno} {block.fullname} ({block.complexity})"
            for block in cc_visit(path.read_text(encoding="utf-8"))
            if isinstance(block, Function) and block.complexity > MOST_COMPLEX
        )
    elsewhere = [one for room, those in found.items() if room not in STILL_COMPLEX for one in those]
    assert elsewhere == []
    assert {room: len(found[room]) for room in STILL_COMPLEX} == STILL_COMPLEX


def test_constraints_name_no_registry() -> None:
    for path in (ROOT / "constraints").iterdir():
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"https?:|index-url|find-links", text), path.name
        assert all("==" in line for line in text.splitlines() if re.match(r"[a-z]", line))


@pytest.mark.parametrize("heavy", ["jinja2"])
def test_the_core_works_without_the_extras(heavy: str, tmp_path: Path) -> None:
    """Only the site needs them, and it says so in one sentence."""
    script = f"import sys; sys.modules[{heavy!r}] = None; from habeas.cli import main; main()"
    book = tmp_path / "book"
    for arguments, code in (
        (["init", str(book)], 0),
        (["read", "-b", str(book)], 0),
        (["ask", "deals", "-b", str(book)], 0),
    ):
        done = subprocess.run([sys.executable, "-c", script, *arguments], capture_output=True, text=True, check=False)
        assert done.returncode == code, done.stderr
    example = tmp_path / "with-a-list"
    example.mkdir()
    (example / "book.toml").write_text(
        '[book]\ntitle = "A book"\ncountry = "BY"\n[[list]]\nid = "a"\nfile = "a.txt"\npublished = "2023"\nmeans = "held"\n',
        encoding="utf-8",
    )
    (example / "a.txt").write_text("Placeholder Alphaev\n", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", script, "build", "-b", str(example)], capture_output=True, text=True, check=False
    )
    assert (done.returncode, "pip install 'habeas[site]'" in done.stderr) == (2, True), done.stderr


def test_no_path_of_a_machine_stands_in_the_repository() -> None:
    pattern = re.compile(r"(?<![\w.])/(?:work|root|home|tmp)/\w")
    found = []
    for path in tracked():
        if path.suffix in {".py", ".md", ".toml", ".yaml", ".yml", ".j2", ".css", ".txt", ".cfg"} or path.name in {
            "Makefile",
            "run",
        }:
            text = path.read_text(encoding="utf-8", errors="replace")
            if path.name != "test_shape.py" and pattern.search(text):
                found.append(path.name)
    assert found == []


def test_what_is_copyleft_is_in_nothing_shipped() -> None:
    """Tests hold the tree against pymerkle (GPL): what is installed with habeas, or as an extra of it, never asks for it."""
    assert not [said for said in importlib.metadata.requires("habeas") or () if said.startswith("pymerkle")]
    shipped = [*(ROOT / "src").rglob("*.py"), *(ROOT / "examples").rglob("*.py"), ROOT / "constraints" / "run.txt"]
    assert not [path for path in shipped if "pymerkle" in path.read_text(encoding="utf-8")]
