"""What pages of cases are put together of: pieces cut from a template, numbers of sources, names in order, packed pictures."""

from __future__ import annotations

import unicodedata
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup, escape

from habeas.languages import LANGUAGES, language
from habeas.languages.language import _STOPS, one_stop
from habeas.nouns import Name, Translated, say
from habeas.publish.alphabets import order
from habeas.publish.case_writer import _DECIDES, refs
from habeas.publish.contents import Note
from habeas.publish.environment import environment, same_sources
from habeas.publish.names import Called
from habeas.publish.pictures import _tight
from habeas.publish.precompiled import Pieces, cut, mark
from habeas.publish.wording import clean, plain

TEXT = st.text(st.characters(blacklist_categories=("Cs",), blacklist_characters="\ue000\ue001"), max_size=40)


@given(st.lists(TEXT, min_size=1, max_size=5), st.data())
def test_a_stencil_says_what_its_template_would(texts: list[str], data: st.DataObject) -> None:
    places = data.draw(st.lists(st.integers(0, 3), min_size=len(texts) - 1, max_size=len(texts) - 1))
    words = data.draw(st.lists(TEXT, min_size=4, max_size=4))

    def whole(put: list[str]) -> str:
        return texts[0] + "".join(put[n] + text for n, text in zip(places, texts[1:], strict=True))

    assert cut(whole([str(mark(n)) for n in range(4)]))(*words) == whole(words)


@pytest.mark.parametrize("tag", LANGUAGES)
def test_every_piece_of_a_case_is_cut_where_its_macro_has_its_arguments(tag: str) -> None:
    pieces = Pieces(environment(tag), "_case.html.j2", _DECIDES)
    macros = vars(environment(tag).get_template("_case.html.j2").module)
    assert set(_DECIDES) < set(vars(pieces))
    for name, piece in vars(pieces).items():
        words = [f"[{n}]" for n in range(len(macros[name].arguments))]
        assert piece(*words) == str(macros[name](*words)), name


@given(st.sets(st.integers(1, 70)))
def test_sources_are_linked_by_number_in_their_order(numbers: set[int]) -> None:
    told = refs(sum(1 << (n - 1) for n in numbers))
    assert told == " ".join(f"<a href=#s{n}>{n}</a>" for n in sorted(numbers))


@given(TEXT)
def test_a_plain_text_is_escaped_and_cleaned_as_the_template_does_it(text: str) -> None:
    assert plain(text) == str(escape(clean(text)))


@given(st.lists(st.sampled_from(["г", ".", "..", "</b>", "</strong>", " ", "a", "…"]), max_size=12).map("".join))
def test_a_stop_is_looked_for_only_where_there_are_two(text: str) -> None:
    assert one_stop(text) == _STOPS.sub(r"\1", text)


@pytest.mark.parametrize(
    "alphabet",
    [
        "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя", "абвгдежзійклмнопрстуўфхцчшыьэюя", "абвгдежзийклмнопрстуфхцчшщъыьэюя",
        "abcdefghijklłmnoprstuwyz", "abcdeəfghıijklmnopqrstuvxyz",
    ],
)  # fmt: skip
def test_letters_of_their_own_stand_where_the_alphabet_has_them(alphabet: str) -> None:
    """Whatever follows them: none is an accent upon another letter."""
    for ending in ("", alphabet[0], alphabet[-1]):
        names = [letter + ending for letter in alphabet]
        assert sorted(names, key=order) == names


@given(st.text(st.sampled_from("aeoszcnué̄śžčńöäü"), max_size=6))
def test_accents_count_only_where_nothing_else_differs(name: str) -> None:
    bare = "".join(c for c in unicodedata.normalize("NFD", name) if not unicodedata.combining(c))
    assert order(name) == (bare, name.casefold())


def test_of_names_as_near_the_one_that_the_record_prefers_is_read() -> None:
    names = tuple(
        Name(text=text, lang=lang, statement="s")
        for text, lang in (("Ales", None), ("Алесь", "ru"), ("Аляксандр", "be"), ("Алесь Б.", "be"))
    )
    called = Called(id="C-1", names=names)
    assert [called.first(language(tag)) for tag in ("en", "be", "ru")] == [names[0], names[2], names[1]]
    assert called.others(language("be")) == (names[0], names[1], names[3])


def test_sources_stand_once_where_all_have_the_same() -> None:
    one, other = (
        Note(publisher=p, title="", url="https://example.org", published="", language=None) for p in ("A", "B")
    )
    people = [{"notes": (one,)}] * 4
    assert same_sources(people) == (one,)
    assert same_sources(people[:3]) == ()
    assert same_sources([*people, {"notes": (one, other)}]) == ()


def test_a_picture_is_packed_again_with_the_same_pixels() -> None:
    def chunk(name: bytes, content: bytes) -> bytes:
        return len(content).to_bytes(4) + name + content + zlib.crc32(name + content).to_bytes(4)

    pixels = bytes(1 + 64 * 4) * 64
    loose = zlib.compress(pixels, level=0)
    head = chunk(b"IHDR", (64).to_bytes(4) * 2 + bytes((8, 6, 0, 0, 0)))
    png = b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", loose[:999]) + chunk(b"IDAT", loose[999:]) + chunk(b"IEND", b"")
    packed = _tight(png)
    assert packed == png[: 8 + len(head)] + chunk(b"IDAT", zlib.compress(pixels, level=9)) + chunk(b"IEND", b"")
    assert len(packed) < len(png) / 50


@pytest.mark.parametrize(
    "text",
    [
        "مطلب\u200cزاده\u202e",
        Translated({"fa": "مطلب\u200cزاده\u202e", "en": "A name"}),
        say("مطلب\u200cزاده\u202e"),
        Markup("مطلب\u200cزاده\u202e"),
    ],
)
def test_a_text_of_any_kind_is_cleaned_and_keeps_the_joiners_that_its_script_is_written_with(text: str) -> None:
    assert clean(text) == "مطلب\u200cزاده\ufffd"
    assert isinstance(clean(text), Markup) is isinstance(text, Markup)
