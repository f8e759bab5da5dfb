"""words.csv: texts of a book in other languages; what cannot be read of it is told, and stops nothing."""

from __future__ import annotations

from pathlib import Path

from habeas.readers import read_words


def _words(folder: Path, text: str) -> None:
    (folder / "words.csv").write_text(text, encoding="utf-8-sig")


def test_a_book_without_the_file_has_none(tmp_path: Path) -> None:
    found = read_words(tmp_path)
    assert (found.texts, found.problems) == ({}, ())


def test_a_text_is_found_by_any_of_its_languages(tmp_path: Path) -> None:
    _words(tmp_path, "where;en;be;ru\ntitle of deal A;potash;калій;калий\nnote;not translated;;\n")
    found = read_words(tmp_path)
    assert not found.problems
    assert set(found.texts) == {"potash", "калій", "калий"}
    assert dict(found.texts["potash"].by) == {"en": "potash", "be": "калій", "ru": "калий"}
    assert str(found.texts["калий"]) == "калий"  # in its own words, wherever no language is asked for
    assert next(iter(found.texts["калий"].by)) == "ru"


def test_the_first_column_goes_before_the_same_word_of_another_language(tmp_path: Path) -> None:
    _words(tmp_path, "en,be\nadvokat,адвакат\nlawyer,advokat\n")
    found = read_words(tmp_path).texts
    assert found["advokat"].by["be"] == "адвакат"


def test_what_is_wrong_is_told_and_the_rest_is_read(tmp_path: Path) -> None:
    _words(tmp_path, "en,Belarusian,ru\npotash,калій,калий\npotash,калій,калийная соль\nlicence,,лицензия\n")
    found = read_words(tmp_path)
    assert [(p.row, p.what) for p in found.problems] == [
        (None, "the column 'Belarusian' is no language"),
        (3, "this text has two translations"),
    ]
    assert found.texts["potash"].by["ru"] == "калий"
    assert found.texts["licence"].by["ru"] == "лицензия"
    (tmp_path / "words.csv").write_bytes(b"PK\x03\x04 a workbook")
    (problem,) = read_words(tmp_path).problems
    assert "spreadsheet" in problem.what
