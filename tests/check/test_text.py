from habeas.check.text import MOST_TOKENS, sentences, tokens


def parts(text):
    return [text[s.start : s.end] for s in sentences(text)]


def test_a_line_end_ends_a_sentence():
    assert parts("A heading\nThen a text. And more") == ["A heading", "Then a text.", "And more"]


def test_abbreviations_and_initials_end_nothing():
    assert parts("The U.S. envoy met Dr. Smith on Nov. 4 in Minsk. He left.") == [
        "The U.S. envoy met Dr. Smith on Nov. 4 in Minsk.",
        "He left.",
    ]


def test_a_new_subject_after_an_abbreviation_begins_a_sentence():
    assert len(parts("They flew to the U.S. The talks went on.")) == 2


def test_possessives_and_hyphens_are_tokens_of_their_own():
    assert [t.text for t in tokens("Minsk’s 43-year-old didn't")] == [
        "Minsk",
        "’s",
        "43",
        "-",
        "year",
        "-",
        "old",
        "didn't",
    ]


def test_thousands_are_one_token():
    assert [t.text for t in tokens("1,613 and 12,345,678")] == ["1,613", "and", "12,345,678"]


def test_an_endless_sentence_is_cut():
    assert max(len(s.tokens) for s in sentences("word " * 1000)) == MOST_TOKENS
