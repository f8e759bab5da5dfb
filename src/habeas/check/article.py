"""Reading an article: its text out of whatever it comes in, the optional head block, its day and language."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from habeas.check.formats import given
from habeas.check.language import language_of
from habeas.check.published import Dated, weigh
from habeas.dates import PartialDate
from habeas.errors import CaptureError
from habeas.names import dropped
from habeas.nouns import Article, Problem, say

_HEAD_LINE = re.compile(r"([A-Za-z][A-Za-z_ -]{0,30}):(?:[ \t]+(.*))?")
_MOST_HEAD_LINES = 40


def _head(text: str) -> tuple[Mapping[str, str], str]:
    """The head block (`key: value` lines up to a line `---`) and the body; no head where a line is anything else."""
    fields: dict[str, str] = {}
    at = 0
    for _ in range(_MOST_HEAD_LINES):
        end = text.find("\n", at)
        line = text[at : end if end >= 0 else len(text)].rstrip()
        if line == "---":
            return fields, text[end + 1 :] if end >= 0 else ""
        match = _HEAD_LINE.fullmatch(line[:2000])
        if match is None or end < 0:
            break
        fields[match[1].strip().casefold()] = (match[2] or "").strip()
        at = end + 1
    return {}, text


def _day(text: str) -> date | None:
    """The day that begins a `published` field, where one whole day stands there."""
    match = re.match(r"\d{4}-\d{2}-\d{2}(?![\d/])", text)
    if match is None:
        return None
    try:
        return PartialDate.parse(match.group()).earliest
    except ValueError:
        return None


def _code(text: str) -> str:
    """The language in a tag such as `en` or `be-Latn`; nothing where it is none."""
    match = re.fullmatch(r"([A-Za-z]{2,3})(?:[-_][\w-]+)?", text)
    return match[1].lower() if match else ""


def _address(text: str) -> str:
    """Where the article can be read, where the head gives an address of the web."""
    return text if re.fullmatch(r"https?://[^\s/]\S*", text) else ""


def read_article(
    path: Path, data: bytes | str, *, published: date | None, told: Mapping[str, str] | None = None
) -> Article:
    """The article that some bytes hold: plain text, a saved web page, PDF or DOCX; or a text as it is.

    Plain text may begin with a head block of `key: value` lines up to `---`; where `told` gives the like from beside the
    text (`title`, `published`, `language`), there is none. Offsets count characters of the text as it was taken out
    (after the head), with line ends as `\\n`. The day of publication is the one given, else the head's `published`,
    else what a page prints of itself, else its metadata (or `told`) where the text does not speak against them; where all
    are missing, `check_article` looks for an event on record.

    Raises:
        CaptureError: there is no text in it.
    """
    found = given(path, data)
    fields, body = _head(found.text) if told is None else (told, found.text)
    if not body.strip():
        raise CaptureError(f"{path.name} holds no text to check")
    language = _code(fields.get("language", "")) or language_of(body)
    said = fields.get("published", "")
    problems = found.problems
    if published is not None:
        came: str = say("as given")
    elif said and _day(said) is None:
        line = f"published: {said[:60]}"
        in_head = say("`{line}` in the head of the article names no day", line=line)
        came = in_head if told is None else say("`{line}` beside the article names no day", line=line)
    elif said and told is None:
        published, came = _day(said), say("from the head of the article")
    else:
        paged = found.paged or told is not None
        dated = weigh(_day(said or found.day), body, language) if paged else Dated(day=None, came="")
        published, came = dated.day, dated.came
        if dated.doubt:
            do = "Say when it was published (--published) if that is wrong."
            problems = (*problems, Problem(file=path.as_posix(), what=dated.doubt, do=do))
    first = next((line.strip() for line in body.split("\n", 50) if line.strip()), "")
    title = fields.get("title") or found.title or first[:160]
    if any(len(dropped(one)) < len(one) for one in (title, body)):
        what = "the article holds control characters, marks of reading direction or characters without width"
        do = "Look at the source; where the text is shown they are not obeyed."
        problems = (*problems, Problem(file=path.as_posix(), what=what, do=do))
    return Article(
        path=path,
        title=dropped(title).strip(),
        text=body,
        published=published,
        published_from=came,
        language=language,
        problems=problems,
        url=_address(fields.get("url", "")),
    )
