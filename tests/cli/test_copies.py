"""Where what was erased still lies: each file is looked into, whatever it is, or named as one that cannot be."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import shutil
import sqlite3
import subprocess
import zipfile
from pathlib import Path

import pytest

from tests.cli.conftest import Run

SAID = "Specimen Betaev was freed."


def packed(**files: bytes) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name.replace("_", "."), content)
    return data.getvalue()


def workbook() -> bytes:
    import xlsxwriter

    data = io.BytesIO()
    with xlsxwriter.Workbook(data) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["Betaev", "a"])
        sheet.write_row(1, 0, ["other", "b"])
        sheet.write_row(2, 0, ["Betaev", "Specimen"])
    return data.getvalue()


def database(path: Path) -> bytes:
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE people (given, surname)")
    connection.execute("INSERT INTO people VALUES ('Specimen', 'Betaev')")
    connection.commit()
    connection.close()
    return path.read_bytes()


def test_every_form_is_looked_into(run: Run, book: Path, tmp_path: Path) -> None:
    run("build", "-b", book)
    run("backup", book / "backup.sqlite", "-b", book)
    run("export", book / "tables", "-b", book)
    document = b"<w:p><w:r><w:t>Speci</w:t></w:r><w:r><w:t>men Betaev</w:t></w:r></w:p>"
    forms = {
        "sources/a.txt": SAID.encode(),
        "sources/wide.txt": SAID.encode("utf-16"),
        "sources/page.html": b"<b>Specimen</b> <i>Betaev</i>",
        "sources/address.txt": b"https://example.org/people/specimen-betaev",
        "sources/percent.txt": b"https://example.org/Specimen%20Beta%65v",
        "sources/said.json": json.dumps({"who": SAID}).replace("B", "\\u0042").encode(),
        "sources/a.xlsx": workbook(),
        "sources/a.docx": packed(document_xml=document),
        "sources/a.zip": packed(a_zip=packed(a_txt=SAID.encode())),
        "sources/a.gz": gzip.compress(SAID.encode()),
        "sources/a.bz2": bz2.compress(SAID.encode()),
        "sources/a.xz": lzma.compress(SAID.encode()),
        "other.sqlite": database(tmp_path / "other.sqlite"),
        "sources/specimen-betaev.txt": b"nothing",
    }
    closed = {
        "sources/a.pdf": b"%PDF-1.4 ",
        "sources/a.png": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)),
        "sources/a.csv.sealed": b"\0sealed",
        "sources/broken.zip": b"PK\x03\x04 broken",
        "sources/cut.gz": gzip.compress(SAID.encode() * 50)[:20],
    }
    clean = {"sources/b.txt": b"Specimen Gammaev", "sources/b.xlsx": packed(a_xml=b"<c>Betaev</c>")}
    (book / "sources").mkdir()
    for name, data in {**forms, **closed, **clean}.items():
        (book / name).write_bytes(data)
    done = run("erase", "Specimen Betaev", "--yes", "-b", book)
    listed = run("erase", "--list", "-b", book)
    for said in (done.out, listed.out):
        for name in (*forms, "backup.sqlite", "tables/cases.csv", "lists/held.csv"):
            assert any(line.startswith(f"  still held in {name}") for line in said.splitlines()), name
        for name in closed:
            assert f"  cannot be looked into: {name}" in said
        for name in (*clean, "ledger.sqlite\n", "ledger.sqlite-"):
            assert f" {name}" not in said
        assert "still held in site/" not in said  # written anew; its charts as pictures are named as every picture is
    for name in (*forms, *closed, "backup.sqlite", "lists/held.csv"):
        (book / name).unlink()
    shutil.rmtree(book / "tables")
    assert "1 erasures; 0 places still name somebody erased" in run("erase", "--list", "-b", book).out


def test_git_is_looked_into_also_where_no_commit_leads(run: Run, book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    git = shutil.which("git")
    assert git is not None

    def told(*arguments: str) -> None:
        shown = ["-c", "user.name=k", "-c", "user.email=k@example.org"]
        subprocess.run([git, "-C", str(book), *shown, *arguments], check=True, capture_output=True)

    run("build", "-b", book)
    run("erase", "Specimen Betaev", "--yes", "-b", book)
    assert "git" not in run("erase", "--list", "-b", book).out.replace("git repository", "")
    told("init", "-q")
    told("add", "lists")
    told("commit", "-q", "-m", "lists")
    assert "still held in git history: commits " in run("erase", "--list", "-b", book).out
    (book / "lists" / "held.csv").write_text("id,name,detained,born,note\n", encoding="utf-8")
    told("commit", "-q", "-a", "--amend", "-m", "lists")
    told("reflog", "expire", "--expire=now", "--all")
    assert "still held in git history: objects that no commit leads to: " in run("erase", "--list", "-b", book).out
    told("gc", "-q", "--prune=now")
    assert "0 places still name" in run("erase", "--list", "-b", book).out
    monkeypatch.setattr("shutil.which", lambda _: None)
    assert "  cannot be looked into: git history" in run("erase", "--list", "-b", book).out
