"""The states of a person, the one table by which they count, and that every face says the same."""

from __future__ import annotations

import re
from pathlib import Path

from habeas.answers.states import LEVEL, WORDS, Level, State

ROOT = Path(__file__).parents[2]


def test_the_table_of_the_docs_is_the_one_that_counts() -> None:
    text = (ROOT / "docs" / "figures.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(\w+)` \| [^|]+ \|([^|]*)\|([^|]*)\|([^|]*)\|$", text, re.MULTILINE)
    told = {state: Level(sum(cell.strip() == "yes" for cell in cells)) for state, *cells in rows}
    assert told == {state.value: LEVEL[state] for state in State}
    for state, low, best, high in rows:  # who counts in one counts in the wider ones
        counted = [cell.strip() == "yes" for cell in (low, best, high)]
        assert counted == sorted(counted), state
    assert set(WORDS) == set(State)
