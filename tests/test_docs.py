"""Docs that cannot lie: every command, term and error is documented, and what a page shows as printed is printed."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import click
import pytest

import habeas.errors
from habeas.answers import QUESTIONS
from habeas.cli.main import habeas as program
from habeas.nouns import Book
from habeas.pipeline import Built
from habeas.vocabulary import kinds
from tests.cli.conftest import Run, run

__all__ = ["run"]

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"


def commands(group: click.Group, path: str = "habeas") -> list[str]:
    found = []
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        found.append(f"{path} {name}")
        if isinstance(command, click.Group):
            found += commands(command, f"{path} {name}")
    return found


def test_generated_parts_are_fresh() -> None:
    done = subprocess.run(
        [sys.executable, "docs/generate.py", "--check"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("command", commands(program))
def test_every_command_is_documented(command: str) -> None:
    assert f"## {command}\n" in (DOCS / "commands.md").read_text(encoding="utf-8")


def test_every_question_has_its_json_keys() -> None:
    text = (DOCS / "json.md").read_text(encoding="utf-8")
    assert [q for q in QUESTIONS if f"### {q}\n" not in text] == []


def test_every_term_and_error_is_documented() -> None:
    vocabulary = (DOCS / "vocabulary.md").read_text(encoding="utf-8")
    assert [k for k in kinds() if f"## {k}\n" not in vocabulary] == []
    errors = (DOCS / "errors.md").read_text(encoding="utf-8")
    tree = [n for n, e in vars(habeas.errors).items() if isinstance(e, type) and issubclass(e, Exception)]
    assert [n for n in tree if f"| {n} |" not in errors] == []


@pytest.mark.parametrize("page", ["README.md", *(f"docs/{p.name}" for p in DOCS.glob("*.md"))])
def test_links_lead_somewhere(page: str) -> None:
    path = ROOT / page
    for target in re.findall(r"\]\(([^)#]+?)(?:#[^)]*)?\)", path.read_text(encoding="utf-8")):
        if not target.startswith(("http", "mailto:")):
            assert (path.parent / target).exists(), target


WRITING = {"--sign", "--keep", "--page", "--corpus", "--export"}


def _shown(page: Path) -> list[tuple[str, list[str]]]:
    """(command, lines printed below it) of each console block that asks or checks, and writes nothing."""
    found = []
    for block in re.findall(r"```console\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL):
        first, *rest = block.splitlines()
        if first.startswith(("$ habeas ask", "$ habeas check")) and not {*shlex.split(first)} & WRITING:
            found.append((first.removeprefix("$ habeas "), [line for line in rest if line.strip() and line != "..."]))
    return found


SHOWN = [shown for page in (ROOT / "README.md", *sorted(DOCS.glob("*.md"))) for shown in _shown(page)]


@pytest.mark.parametrize(("command", "lines"), SHOWN)
def test_what_a_page_shows_as_printed_is_printed(
    run: Run, example: tuple[Book, Built], monkeypatch: pytest.MonkeyPatch, command: str, lines: list[str]
) -> None:
    book, _ = example
    monkeypatch.chdir(book.folder)
    monkeypatch.setenv("COLUMNS", "100")
    printed = [line.rstrip() for line in run(*shlex.split(command)).out.splitlines()]
    assert [line for line in lines if line.rstrip() not in printed] == []


def test_every_question_has_a_page_with_its_rule_and_a_worked_example() -> None:
    pages = {p.stem: p.read_text(encoding="utf-8") for p in (DOCS / "questions").glob("*.md") if p.stem != "README"}
    assert set(pages) == {*QUESTIONS, "why-changed"}
    for name, text in pages.items():
        headings = [line for line in text.splitlines() if line.startswith("## ")]
        assert headings == ["## The rule", "## The bounds", "## Beware", "## Worked example"], name
        assert f"$ habeas ask {name}" in text
        assert f"schemas/ask-{name}.json" in text


def test_worked_examples_are_what_the_commands_print(
    example: tuple[Book, Built], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(str(DOCS))
    monkeypatch.setenv("HABEAS_KEYS", str(tmp_path / "keys"))
    import examples
    import generate

    book, _ = example
    monkeypatch.setattr(examples, "BOOK", book.folder)
    examples.book.cache_clear()
    monkeypatch.chdir(ROOT)
    assert generate.questions(check=True) == 0, "run `make docs`"
