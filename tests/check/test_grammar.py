from importlib.resources import files

import pytest

from habeas.check.grammar import Parsed, asides, compile_pattern, load_patterns, matches
from habeas.check.lexicon import LANGUAGES, lexicon, load
from habeas.check.numbers import Chunk, numbers
from habeas.check.text import tokens


def parsed(text):
    found = tokens(text)
    return Parsed(found, lexicon("en").hits(found), {"number": {c.i: c for c in numbers(found, lexicon("en"))}})


def spans(pattern, text):
    p = parsed(text)
    return [" ".join(t.text for t in p.tokens[m.i : m.j]) for m in matches(compile_pattern(pattern), p)]


def test_words_classes_slots_and_gaps():
    assert spans("<free_verb> {number} ...2 <people>", "They freed 9 ailing old people today") == [
        "freed 9 ailing old people"
    ]


def test_a_gap_stops_at_a_semicolon_and_a_wide_one_does_not():
    assert spans("<free_verb> ...6 {number}", "freed; then 9") == []
    assert spans("<free_verb> ~6 {number}", "freed; then 9") == ["freed ; then 9"]


@pytest.mark.parametrize(
    ("text", "name", "said"),
    [
        ("Bialiatski, who founded a group in the spring of a year long gone, was freed", 1, "Bialiatski was freed"),
        ("Bialiatski (the founder of a group in the spring of that year) was freed", 1, "Bialiatski was freed"),
        ("Bialiatski, a laureate, and a founder, was freed", 1, "Bialiatski and a founder , was freed"),
        ("Bialiatski, a laureate; he was freed", 1, "Bialiatski , a laureate ; he was freed"),
        ("Bialiatski was, as they said, freed", 1, "Bialiatski was , as they said , freed"),
    ],
)
def test_an_aside_stands_in_brackets_or_between_commas_after_a_name(text, name, said):
    found = tokens(text)
    found_asides = asides(found, [Chunk("person", 0, name, {})])
    p = Parsed(found, {}, {}, lexicon("en"), found_asides)
    assert " ".join(found[k].text for k in p.said(0, len(found))) == said


def test_a_gap_steps_over_an_aside_as_over_one_token_and_a_list_of_names_is_none():
    text = "Bialiatski, Labkovich and Stefanovic, who led a group for years and years, were freed"
    found = tokens(text)
    people = [Chunk("person", k, k + 1, {}) for k, t in enumerate(found) if t.capital]
    p = Parsed(
        found, lexicon("en").hits(found), {"person": {c.i: c for c in people}}, lexicon("en"), asides(found, people)
    )
    assert [found[m.i].text for m in matches(compile_pattern("{person} ...2 were <freed_state>"), p)] == ["Stefanovic"]


def test_an_optional_part_may_be_missing():
    assert spans("the? <free_noun> of", "the release of; release of") == ["the release of", "release of", "release of"]


def test_the_shortest_match_wins():
    assert spans("{number} ...9 <people>", "9 people and people") == ["9 people"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_class_a_pattern_names_exists(language):
    classes = set(load(f"{language}.yaml")["classes"])
    for patterns in load_patterns(f"{language}_patterns.yaml").values():
        named = {v for p in patterns for part in p.parts if part.kind == "class" for v in part.values}
        assert named <= classes


def test_no_word_of_a_list_is_read_as_yes_or_no():
    """`on` and `no` without quotation marks are truth values to YAML."""
    tables = [
        load(path.name) for path in files("habeas.check").joinpath("words").iterdir() if path.name.endswith(".yaml")
    ]
    words = [word for table in tables for found in _lists(table) for word in found]
    assert [word for word in words if isinstance(word, bool)] == []


def _lists(table):
    if isinstance(table, list):
        yield [word for word in table if not isinstance(word, list | dict)]
    for inner in table.values() if isinstance(table, dict) else table if isinstance(table, list) else ():
        yield from _lists(inner)


# What a pattern may ask of the text around it, by the kind of claim.
NEEDS = {
    "count_detained": {"prisoners", "freed"},
    "count_released": {"prisoners", "freed"},
    "membership": {"freed", "freed_last", "member"},
    "status_now": {"held", "inside"},
    "sentence_length": {"sentenced", "told", "held_or_told"},
    "sanctions_measure": {"sanctions", "imposed"},
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_pattern_asks_for_is_heeded(language):
    for kind, found in load_patterns(f"{language}_patterns.yaml").items():
        assert {p.sets["needs"] for p in found if "needs" in p.sets} <= NEEDS.get(kind, set())


def test_every_class_and_section_of_words_is_looked_at():
    """By name in the code, or in a pattern: words that nothing reads are taken for taught."""
    folder = files("habeas.check")
    code = "\n".join(path.read_text(encoding="utf-8") for path in folder.iterdir() if path.name.endswith(".py"))
    rows = [p for language in LANGUAGES for found in load_patterns(f"{language}_patterns.yaml").values() for p in found]
    asked = {v for p in rows for part in p.parts if part.kind == "class" for v in part.values}
    asked |= {label for p in rows for label in p.unless}
    words = load("en.yaml")
    named = {name for name in (*words["small"], *words["classes"]) if f'"{name}"' in code}
    assert (set(words["small"]) | set(words["classes"])) - named - asked == set()
