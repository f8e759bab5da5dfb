"""The same claim in several articles is one family: a key of what is claimed, of whom, and as of when.

How a claim is worded, in which language, by whom it is said and whether it is right plays no part. A state (somebody is
held, so many are held) is as of the month it is claimed of, for articles of one week make one claim of it; an event has the
date it is given. The key is a hash of that, so that a list of keys names nobody.
"""

from __future__ import annotations

import base64
import hashlib
import json
from typing import Any

from habeas.check.desk import Desk
from habeas.names import fold
from habeas.nouns import Claim

# How it was worded, or said again elsewhere in the key.
_WORDING = frozenset({"what", "how", "aliases", "precision", "person", "persons", "sum", "as_of", "part", "group"})
_PEOPLE = frozenset({"persons", "political_prisoners"})
_STATES = frozenset({"count_detained", "status_now", "age"})


def family(claim: Claim, desk: Desk) -> str:
    """The key of a claim's family: `F-` and ten letters and digits; the same in every article of this book."""
    value: dict[str, Any] = {k: _plain(v) for k, v in claim.value.items() if k not in _WORDING and v not in (None, "")}
    if "sum" in claim.value and "n" not in value:
        value["n"] = claim.value["sum"]
    if claim.kind == "count_released" and "event" in value:
        value.pop("date", None)  # one tells the day, another the month of the same release
        if value.get("unit") in _PEOPLE:
            value.pop("unit")  # what the people freed are called is part of how it is worded
    if claim.kind == "date" and "person" not in claim.value and value.get("event") == "event":
        value["what"] = _plain(claim.value.get("what", ""))
    said = [claim.kind, sorted(_subject(name, desk) for name in claim.place[3]), value, "negated" in claim.flags]
    if claim.kind in _STATES:
        as_of = str(claim.value.get("as_of") or claim.value.get("date") or desk.published or "")
        said.append(as_of[:7])
    digest = hashlib.sha256(json.dumps(said, sort_keys=True, ensure_ascii=False).encode("utf-8")).digest()
    return "F-" + base64.b32encode(digest).decode("ascii").lower()[:10]


def _subject(name: str, desk: Desk) -> str:
    """A person by their case, so that every spelling is one; else by the name in one form."""
    case = desk.case(name)
    return fold(name) if case is None else case.id


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return " ".join(value.split()).casefold()
    if isinstance(value, list | tuple):
        return [_plain(v) for v in value]
    if isinstance(value, dict):
        return {str(k): _plain(v) for k, v in value.items()}
    return value
