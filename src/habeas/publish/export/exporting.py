"""Write an export: a folder, whole or not at all, that says what it is and can be checked."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from habeas.dates import edtf
from habeas.errors import PublishError
from habeas.nouns import Casebook, Public
from habeas.publish.claimreview import as_claim_reviews
from habeas.publish.export.columnar import as_parquet
from habeas.publish.export.differences import as_atom, differences, read_earlier
from habeas.publish.export.linked import as_followthemoney, as_jsonld
from habeas.publish.export.spreadsheets import as_csv, as_xlsx
from habeas.publish.export.tables import Table, tables
from habeas.publish.wording import cleaned
from habeas.publish.write import write_folder

FORMATS = ("csv", "xlsx", "parquet", "jsonld", "ftm")
_NEEDS = {"xlsx": "xlsxwriter", "parquet": "polars"}
File = tuple[str, bytes]


def export_data(
    casebook: Casebook[Public],
    folder: Path,
    *,
    formats: Sequence[str] = ("csv",),
    head: bytes = b"",
    earlier: Path | None = None,
    why: Mapping[str, str] | None = None,
) -> tuple[Path, ...]:
    """Write what may be published for machines to `folder`, and return the paths of its files.

    CSV tables, a codebook and `export.json` (version, head, checksums, licence, citation) are always there. Everything
    goes back to `statements.csv` by case or record id. The folder is written whole or not at all; files in it that are
    not ours stop it. The same casebook gives the same bytes.

    Args:
        formats: some of FORMATS; CSV is always written.
        head: the signed head of the record, as saved.
        earlier: the folder of an earlier export: what changed since is written as a table and as an Atom feed.
        why: the reason for each withdrawn statement, by its id.

    Raises:
        PublishError: the casebook is not the public one, the folder holds something else, it cannot be written, or the
            extra `export` is not installed.
        UsageError: the earlier folder is no export.
    """
    if casebook.audience is not Public:
        raise PublishError("only what the public may see is exported; hand in the public casebook")
    before = None if earlier is None else read_earlier(earlier)
    every = tables(casebook)
    files = list(_files(casebook, every, formats))
    if before is not None:
        changes = differences(casebook, before, why or {})
        files.append(("changes.csv", as_csv(changes)))
        files.append(("changes.atom", as_atom(casebook, changes, _at(casebook))))
        every = (*every, changes)
    if head:
        files.append(("head.json", head))
    files.append(("codebook.md", codebook(casebook, every)))
    files.append(("export.json", _about(casebook, files, earlier)))
    return write_folder(folder, files)


def _at(casebook: Casebook[Public]) -> datetime:
    return casebook.last_recorded or datetime(1980, 1, 1, tzinfo=UTC)


def _files(casebook: Casebook[Public], every: Sequence[Table], formats: Iterable[str]) -> Iterator[File]:
    wanted = set(formats)
    for table in every:
        yield f"{table.name}.csv", as_csv(table)
    for name, library in _NEEDS.items():
        if name in wanted:
            try:
                __import__(library)
            except ImportError:
                raise PublishError(f"{name} needs {library}: pip install 'habeas[export]'") from None
    if "xlsx" in wanted:
        yield "tables.xlsx", as_xlsx(every, casebook.book.title)
    if "parquet" in wanted:
        for table in every:
            yield f"{table.name}.parquet", as_parquet(table)
    if "jsonld" in wanted:
        yield "cases.jsonld", as_jsonld(casebook, casebook.book.licence)
        yield "claimreviews.jsonld", as_claim_reviews(casebook)
    if "ftm" in wanted:
        yield "entities.ftm.json", as_followthemoney(casebook)


def codebook(casebook: Casebook[Public], every: Iterable[Table]) -> bytes:
    """What each column holds."""
    lines = [f"# Codebook: {casebook.book.title}", "", f"Record {casebook.head}. Dates are EDTF (ISO 8601-2)."]
    lines += ["An empty cell is not on record; it never means no.", ""]
    for table in every:
        lines += [f"## {table.name}", "", f"{table.about}; {len(table.rows):,} rows.", ""]
        lines += ["| column | holds |", "|---|---|", *(f"| `{name}` | {holds} |" for name, holds in table.columns), ""]
    return "\n".join(lines).encode("utf-8")


def _about(casebook: Casebook[Public], files: Iterable[File], earlier: Path | None) -> bytes:
    """Version, head, licence, citation, and the SHA-256 of every other file."""
    book, day = casebook.book, _at(casebook).date().isoformat()
    version = f"{day}+{casebook.head.partition(':')[0]}"
    said = {
        "title": book.title,
        "version": version,
        "record": casebook.head,
        "earlier": None if earlier is None else _version_of(earlier),
        "superseded_by_erasure": [edtf(e.on) for e in casebook.erasures],
        "licence": book.licence or None,
        "citation": f"{book.title}, version {version}, record {casebook.head}",
        "contact": book.contact or None,
        "files": {name: hashlib.sha256(content).hexdigest() for name, content in files},
    }
    return (json.dumps(cleaned(said), ensure_ascii=False, indent=2) + "\n").encode("utf-8")


def _version_of(folder: Path) -> str | None:
    try:
        found = json.loads((folder / "export.json").read_text(encoding="utf-8"))["version"]
    except (OSError, ValueError, KeyError, TypeError):
        return None  # an export made before exports had versions
    return str(found)
