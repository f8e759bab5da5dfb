"""A new book, from a template or fitted to a list."""

from __future__ import annotations

from pathlib import Path

from habeas.archive import capture
from habeas.errors import UsageError
from habeas.readers import (
    guess,
    template,
)

LIST_ENDINGS = (".csv", ".tsv", ".txt", ".xlsx", ".xlsm")


def new_book(target: Path, *, folder: Path | None, title: str, country: str) -> Path:
    """Make a book in a new folder: from a template, or fitted to a list that is copied into it; the path of its book.toml.

    Raises:
        UsageError: there is a book already, or the folder cannot be made.
        CaptureError: the list cannot be read.
    """
    country = country.upper() or "XX"
    is_list = target.is_file() or target.suffix.lower() in LIST_ENDINGS
    home = folder if folder is not None else target.with_suffix("") if is_list else target
    if (home / "book.toml").exists():
        raise UsageError(f"{home.as_posix()} holds a book already; name another folder")
    if home.is_file():
        raise UsageError(f"{home.as_posix()} is a file; name a folder for the book")
    title = title or home.name
    if is_list:
        _, data = capture(target.resolve(), folder=target.resolve().parent)
        text = guess(Path("lists") / target.name, data, title=title, country=country)
    else:
        text, data = template(title, country), b""
    for name in ("lists", "events", "articles", "sources"):
        (home / name).mkdir(parents=True, exist_ok=True)
    if is_list:
        (home / "lists" / target.name).write_bytes(data)
    (home / "book.toml").write_text(text, encoding="utf-8", newline="\n")
    return home / "book.toml"
