"""Wordings of four languages are read as what they say; each quote is exact and each language is known by its letters."""

from pathlib import Path

import pytest

from habeas.check import read_article
from habeas.check.lexicon import LANGUAGES, lexicon, load
from habeas.nouns import Verdict
from tests.check.sayings import BELARUSIAN, RUSSIAN, SAYINGS, SPANISH

IDS = [f"{language}-{kind}-{number}" for number, (language, _, kind, _) in enumerate(SAYINGS)]


@pytest.mark.parametrize(("language", "text", "kind", "says"), SAYINGS, ids=IDS)
def test_a_wording_is_read_as_what_it_says(check, language, text, kind, says):
    found = [j.claim for j in check(f"{text}").judgements if j.claim.kind == kind]
    assert found, "not found"

    def holds(value):
        people = [value.get("person"), *value.get("persons", ())]
        return all(said in people if key == "person" else value.get(key) == said for key, said in says.items())

    assert any(holds(claim.value) for claim in found), [dict(claim.value) for claim in found]


@pytest.mark.parametrize(("language", "text", "kind", "says"), SAYINGS, ids=IDS)
def test_a_true_wording_is_never_called_wrong(check, language, text, kind, says):
    assert [j.why for j in check(text).judgements if j.at_publication is Verdict.CONTRADICTED] == []


@pytest.mark.parametrize(("language", "rows"), [("ru", RUSSIAN), ("be", BELARUSIAN), ("es", SPANISH)])
def test_the_language_is_told_from_the_text(language, rows):
    text = " ".join(text for text, _, _ in rows)
    assert read_article(Path("a.txt"), text.encode(), published=None).language == language


def test_there_are_many_of_each():
    assert min(len(RUSSIAN), len(BELARUSIAN), len(SPANISH)) >= 40


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_the_sections_of_the_first(language):
    english, own = load("en.yaml"), load(f"{language}.yaml")
    assert set(english) <= set(own)
    assert set(english["small"]) == set(own["small"])
    assert not [word for word in lexicon(language).small if not all(isinstance(w, str) for w in own["small"][word])]
