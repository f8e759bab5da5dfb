"""Bring the messages of code and templates into every catalogue: `python -m habeas.languages`, `--check` in CI.

Translations are kept; messages that are gone leave the file. A new language: `python -m habeas.languages xx` begins
`xx.po`; translate as much as you can, what is left stays in English and its pages say so. Whoever speaks the language
and has read it over writes their name at the top: `"X-Reviewed-By: ...\\n"`. A catalogue with `"X-Complete: yes\\n"`
there may leave nothing in English.
"""

from __future__ import annotations

import re
import sys
from io import BytesIO
from pathlib import Path

from babel.core import Locale, UnknownLocaleError
from babel.messages import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import read_po, write_po

from habeas.errors import UsageError
from habeas.languages.catalogue import SOURCE, is_translated, told_at_the_top

HERE = Path(__file__).parent
_SOURCES = [("publish/**.j2", "jinja2"), ("languages/__main__.py", "ignore"), ("**.py", "python")]
_KEYWORDS = {**DEFAULT_KEYWORDS, "say": (1,), "coded": (1,), "say_count": (1, 2)}
_OPTIONS = {"publish/**.j2": {"trimmed": "true", "silent": "false"}}


def messages(root: Path = HERE.parent) -> Catalog:
    """Every message of the package, with the file that says it."""
    found = Catalog()
    taken = extract_from_dir(root, method_map=_SOURCES, options_map=_OPTIONS, keywords=_KEYWORDS)
    for file, _, message, _, context in sorted(taken, key=lambda t: (t[0], t[1])):
        forms = message if isinstance(message, tuple) else (message,)
        if not any(re.search(r"[^\W\d_]", re.sub(r"\{[^}]*\}", "", form)) for form in forms):
            continue  # nothing but parts and signs: the same in every language
        found.add(message, locations=[(f"habeas/{file}", 0)], context=context)
    return found


def updated(path: Path, template: Catalog) -> bytes:
    """A catalogue with the messages of the template; translations kept, the lines at its top as they are."""
    text = path.read_text(encoding="utf-8")
    head = text.partition("\n\n")[0]
    catalog = read_po(BytesIO(text.encode("utf-8")), locale=path.stem)
    catalog.update(template, no_fuzzy_matching=True)
    body = BytesIO()
    write_po(body, catalog, width=120, omit_header=True, ignore_obsolete=True, include_lineno=False)
    return f"{head}\n\n{body.getvalue().decode('utf-8').strip()}\n".encode()


def begin(tag: str, folder: Path = HERE) -> None:
    """Write the catalogue of a language in which nothing is translated yet; its plural forms are those of the CLDR.

    Raises:
        UsageError: the language has a catalogue, or the CLDR does not know it.
    """
    path = folder / f"{tag}.po"
    if tag == SOURCE or path.exists():
        raise UsageError(f"{tag} is there already; `python -m habeas.languages` brings it up to date")
    try:
        forms = Catalog(locale=Locale.parse(tag, sep="-")).plural_forms
    except (UnknownLocaleError, ValueError):
        raise UsageError(f"{tag!r} is no tag of a language that the CLDR knows; write one such as sw") from None
    path.write_text(f'\nmsgid ""\nmsgstr ""\n"Language: {tag}\\n"\n"Plural-Forms: {forms}\\n"\n\n', encoding="utf-8")


def amiss(path: Path) -> tuple[list[str], list[str]]:
    """The messages that a catalogue leaves in English or marks as unsure; those filled with other parts than they have."""
    left, wrong = [], []
    for message in read_po(BytesIO(path.read_bytes()), locale=path.stem):
        if not message.id:
            continue
        ids = message.id if isinstance(message.id, tuple) else (message.id,)
        said = message.string if isinstance(message.string, tuple) else (message.string,)
        parts = [set(re.findall(r"\{(\w+)|%\((\w+)\)", text or "")) for text in (*ids, *said)]
        if not is_translated(message):
            left.append(str(ids[0]))
        elif any(p - parts[len(ids) - 1] for p in parts[len(ids) :]):
            wrong.append(str(ids[0]))
    return left, wrong


def main(check: bool) -> int:  # noqa: FBT001 -- private to this module
    template, code = messages(), 0
    for path in sorted(HERE.glob("*.po")):
        fresh = updated(path, template)
        stale = fresh != path.read_bytes()
        if stale and not check:
            path.write_bytes(fresh)
        left, wrong = amiss(path)
        whole = told_at_the_top(fresh.decode("utf-8"), "X-Complete") == "yes"
        code |= int(check and (stale or bool(wrong) or (whole and bool(left))))
        said = f"{path.name}: {len(left)} messages untranslated" + (", not up to date" if stale and check else "")
        shown = [*(f"\n  {one}" for one in left if whole), *(f"\n  other parts: {one}" for one in wrong)]
        sys.stderr.write(said + "".join(shown) + "\n")
    return code


if __name__ == "__main__":
    try:
        for new in [tag for tag in sys.argv[1:] if not tag.startswith("-")]:
            begin(new)
    except UsageError as refused:
        sys.stderr.write(f"languages: {refused}\n")
        sys.exit(2)
    sys.exit(main(check="--check" in sys.argv[1:]))
