"""Laws for any text: nothing raises, every quote is exact, spans stay inside the text."""

from datetime import date
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from habeas.check import as_json, check_article, read_article
from habeas.check.text import sentences, tokens
from habeas.errors import CaptureError
from habeas.nouns import Article

WORDS = [
    "Belarus", "freed", "123", "prisoners", "on", "Saturday", "Ales", "Bialiatski", "and", "13", "others", "more than", "1,613", "days", "in",
    "prison", "sentenced", "to", "ten", "years", "the", "U.S.", "lifted", "sanctions", "potash", "in exchange for", ",", ".", ";", "2025", "December",
    "half of them", "women", "is", "still", "behind bars", "scores", "of", "political prisoners", "?", "was", "among", "those", "Lukashenko's", "-", "43",
    "year", "old", "\n", "“", "”", "31.02.2025", "99/99/9999", "since", "not", "Nobel Peace Prize", "between", "$5", "%", "Yesterday", "two years ago", "last week", "9999-12-31", "1 January 1800", "\u202e", "\u00a0", "sixth term",
]  # fmt: skip
OTHERS = {
    "ru": [
        "Беларусь", "освободили", "123", "политзаключённых", "в субботу", "Алеся Беляцкого", "и ещё", "13", "более", "1 140", "1613 дней", "за решеткой", "приговорили к", "десяти годам", "колонии", "США", "сняли", "санкции", "с калия",
        "в обмен на", ",", ".", ";", "—", "2025 года", "в 2010-м", "13 декабря", "из них", "женщин", "остаются", "сотни", "полтора", "тысяча", "9,5", "лет", "в возрасте", "63-летний", "Лукашенко", "«Белавиа»", "?", "через неделю", "две недели назад",
        "с 7 до 9 лет", "среди них", "нет", "Нобелевскую премию мира", "31.02.2025", "на прошлой неделе", "\n", "%", "₽5", "млн", "г.",
    ],
    "be": [
        "Беларусь", "вызвалілі", "123", "палітвязняў", "у суботу", "Алеся Бяляцкага", "і яшчэ", "13", "больш за", "1 140", "1613 дзён", "за кратамі", "асудзілі да", "дзесяці гадоў", "калоніі", "ЗША", "знялі", "санкцыі", "з калію", "у абмен на",
        ",", ".", ";", "–", "2025 года", "13 снежня", "з іх", "жанчын", "застаюцца", "сотні", "паўтара", "тысяча", "9,5", "гадоў", "ва ўзросце", "63-гадовы", "Лукашэнка", "?", "праз тыдзень", "два тыдні таму", "ад тыдня да 14 гадоў", "сярод іх",
        "няма", "летась", "\n", "%", "млн", "г.",
    ],
    "es": [
        "Bielorrusia", "liberó a", "123", "presos políticos", "el sábado", "Ales Bialiatski", "y otros", "13", "más de", "1.140", "1.613 días", "en la cárcel", "condenado a", "diez años", "de prisión", "Estados Unidos", "levantó", "las sanciones", "a la potasa",
        "a cambio de", ",", ".", ";", "—", "de 2025", "en 2010", "13 de diciembre", "de ellos", "mujeres", "siguen", "cientos", "un centenar", "mil", "y medio", "9,5", "años", "de 63 años", "Lukashenko", "¿", "?", "hace una semana", "el viernes pasado",
        "entre 7 y 9", "entre ellos", "no hay", "treinta y un", "la semana pasada", "\n", "%", "€5", "las 13.00", "1.º de enero",
    ],
}  # fmt: skip
spoken = st.sampled_from(sorted(OTHERS)).flatmap(
    lambda one: st.tuples(st.just(one), st.lists(st.sampled_from(OTHERS[one]), max_size=60).map(" ".join))
)
prose = st.lists(st.sampled_from(WORDS), max_size=60).map(" ".join)
anything = st.text(max_size=300) | prose
relaxed = settings(
    deadline=None, max_examples=120, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


@relaxed
@given(text=anything, day=st.dates(date(1, 1, 1), date(9999, 12, 31)) | st.none())
def test_any_text_is_checked_and_every_quote_is_exact(casebook, text, day):
    article = Article(path=Path("a.txt"), title="", text=text, published=day, published_from="", language="en")
    checked = check_article(article, casebook, today=date(2026, 3, 20))
    quotes = [j.claim.quote for j in checked.judgements] + list(checked.loaded) + list(checked.not_understood)
    for quote in quotes:
        assert quote.text == text[quote.start : quote.end]
        assert quote.text
    as_json(checked)


@relaxed
@given(said=spoken, day=st.dates(date(1990, 1, 1), date(2090, 12, 31)) | st.none())
def test_any_text_of_any_language_is_checked_and_every_figure_read_or_listed(casebook, said, day):
    language, text = said
    article = Article(path=Path("a.txt"), title="", text=text, published=day, published_from="", language=language)
    checked = check_article(article, casebook, today=date(2026, 3, 20))
    quotes = [j.claim.quote for j in checked.judgements] + list(checked.loaded) + list(checked.not_understood)
    for quote in quotes:
        assert quote.text == text[quote.start : quote.end]
        assert quote.text
    spans = [(q.start, q.end) for q in quotes[: len(checked.judgements)]] + [
        (q.start, q.end) for q in checked.not_understood
    ]
    for token in tokens(text):
        if token.kind == "number":
            assert any(a <= token.start and token.end <= b for a, b in spans), token
    as_json(checked)


@relaxed
@given(data=st.binary(max_size=400))
def test_any_bytes_are_read_or_refused_in_one_sentence(data):
    try:
        article = read_article(Path("a.txt"), data, published=None)
    except CaptureError:
        return
    assert article.text.strip()


@relaxed
@given(text=anything)
def test_tokens_and_sentences_are_exact_and_in_order(text):
    found = tokens(text)
    assert all(text[t.start : t.end] == t.text for t in found)
    assert all(a.end <= b.start for a, b in zip(found, found[1:], strict=False))
    assert [t for s in sentences(text) for t in s.tokens] == list(found)


@relaxed
@given(text=prose)
def test_every_figure_is_read_or_listed(casebook, text):
    """No number of an English text is dropped: a claim or a stretch not understood covers it."""
    article = Article(
        path=Path("a.txt"), title="", text=text, published=date(2025, 12, 14), published_from="", language="en"
    )
    checked = check_article(article, casebook, today=date(2026, 3, 20))
    spans = [(j.claim.quote.start, j.claim.quote.end) for j in checked.judgements] + [
        (q.start, q.end) for q in checked.not_understood
    ]
    for token in tokens(text):
        if token.kind == "number":
            assert any(a <= token.start and token.end <= b for a, b in spans), token
