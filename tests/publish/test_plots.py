"""Plots of curves and fans: the same bytes each time, nothing fetched, and a sentence where nothing can be drawn."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from habeas.answers import ask
from habeas.dates import AsOf
from habeas.errors import PublishError
from habeas.nouns import Answer, Question
from habeas.publish import plot_answer
from tests.answers.test_survival import casebook_of, people
from tests.answers.test_whatif import counts


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Answer]:
    folder = tmp_path_factory.mktemp("plots")
    book: Any = casebook_of(folder, {**people(), **counts()})

    def asked(question: str, **args: str) -> Answer:
        return ask(book, Question(ask=question, as_of=AsOf(date(2024, 1, 1)), args=args))

    return {
        "curve": asked("survival"),
        "groups": asked("survival", by="sex"),
        "fan": asked("whatif", release="120", draws="200"),
        "deals": asked("deals"),
    }


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("curve", ["Still in custody after how long", "Left by", "term served", "68 stays"]),
        ("groups", ["by sex", "male (40)", "female (20)"]),
        ("fan", ["not a forecast", "break-even", "Brandt, George and Sandler 2016", "Foley Foundation 2024"]),
    ],
)
def test_a_plot_says_what_it_shows(drawn: dict[str, Answer], tmp_path: Path, name: str, said: list[str]) -> None:
    plot_answer(drawn[name], tmp_path / "a.svg", head="1:x")
    plot_answer(drawn[name], tmp_path / "b.svg", head="1:x")
    svg = (tmp_path / "a.svg").read_text(encoding="utf-8")
    assert svg == (tmp_path / "b.svg").read_text(encoding="utf-8")
    text = " ".join(re.findall(r">([^<>]+)<", svg))
    assert [s for s in said if s not in text] == []
    assert "record 1:x" in text


def test_a_page_asks_no_other_host_and_a_png_is_one(drawn: dict[str, Answer], tmp_path: Path) -> None:
    plot_answer(drawn["curve"], tmp_path / "a.html", head="1:x")
    page = (tmp_path / "a.html").read_text(encoding="utf-8")
    assert not re.search(r"(?:src|href)=", page.replace('xlink:href="#', ""))
    assert "<script" not in page
    plot_answer(drawn["curve"], tmp_path / "a.png", head="1:x")
    assert (tmp_path / "a.png").read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("name", "file", "match"),
    [
        ("curve", "a.pdf", "ending in .svg, .png, .html"),
        ("curve", "nowhere/a.svg", "there is no folder 'nowhere'"),
        ("deals", "a.svg", "no plot of 'deals'"),
    ],
)
def test_what_cannot_be_drawn(drawn: dict[str, Answer], tmp_path: Path, name: str, file: str, match: str) -> None:
    with pytest.raises(PublishError, match=match):
        plot_answer(drawn[name], tmp_path / file, head="1:x")


def test_a_refused_curve_is_not_drawn(tmp_path: Path) -> None:
    book: Any = casebook_of(tmp_path, {"list:a": [("means", "held")]})
    found = ask(book, Question(ask="survival", as_of=AsOf(date(2024, 1, 1)), args={}))
    with pytest.raises(PublishError, match="nothing to draw"):
        plot_answer(found, tmp_path / "a.svg", head="1:x")
