"""The nouns of habeas; no I/O. Import them from here; the files inside only keep each stage short.

Data flows one way: Capture -> Draft -> Statement -> View -> Mention -> Person -> Casebook -> Answer, Verdict -> files.
Every noun is frozen, slotted and keyword-only. Ids:

* a *subject* is `kind:rest`: `entry:viasna-2023:k7x2m9qa` (one row of a list), `release:BY-2025-12-13`, `deal:...`;
* statement ids, row keys and case ids are salted hashes: a bare hash of a name can be guessed;
* releases and deals are named by country and date, `BY-2025-12-13`.
"""

from habeas.nouns.answers import (
    Answer,
    Article,
    CheckedArticle,
    Claim,
    Judgement,
    Named,
    Question,
    Quote,
    Rejected,
    Step,
    Verdict,
)
from habeas.nouns.book import (
    Book,
    Column,
    Covers,
    Extent,
    ListSpec,
    Means,
)
from habeas.nouns.cases import (
    Case,
    Casebook,
    Deal,
    Event,
    EventKind,
    ListInfo,
    Record,
    Release,
    Source,
    Spell,
    Value,
)
from habeas.nouns.estimates import Estimate, Estimation, OverlapTable, Spread
from habeas.nouns.evidence import (
    A,
    Audience,
    Capture,
    Draft,
    Head,
    Keeper,
    Problem,
    Public,
    Statement,
    Team,
    View,
    Visibility,
    strictest,
)
from habeas.nouns.people import (
    Links,
    Mention,
    Name,
    Pair,
    Person,
    Same,
)
from habeas.nouns.phrases import Part, Phrase, fill, only, say, say_count, together
from habeas.nouns.verdicts import KeptVerdict, Remark, RemarkKind

__all__ = [
    "A",
    "Answer",
    "Article",
    "Audience",
    "Book",
    "Capture",
    "Case",
    "Casebook",
    "CheckedArticle",
    "Claim",
    "Column",
    "Covers",
    "Deal",
    "Draft",
    "Estimate",
    "Estimation",
    "Event",
    "EventKind",
    "Extent",
    "Head",
    "Judgement",
    "Keeper",
    "KeptVerdict",
    "Links",
    "ListInfo",
    "ListSpec",
    "Means",
    "Mention",
    "Name",
    "Named",
    "OverlapTable",
    "Pair",
    "Part",
    "Person",
    "Phrase",
    "Problem",
    "Public",
    "Question",
    "Quote",
    "Record",
    "Rejected",
    "Release",
    "Remark",
    "RemarkKind",
    "Same",
    "Source",
    "Spell",
    "Spread",
    "Statement",
    "Step",
    "Team",
    "Value",
    "Verdict",
    "View",
    "Visibility",
    "fill",
    "only",
    "say",
    "say_count",
    "strictest",
    "together",
]
