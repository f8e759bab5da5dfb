"""The JSON shape of every answer, as types: `docs/schemas/` is written from them, and tests hold real answers against it.

Days and months are ISO 8601 texts, other dates EDTF; ids of statements stand in `rests_on`. Keys may be added; none
changes its meaning.
"""

from habeas.answers.shapes.estimates import EstimateShape, Hidden, Selectivity, Survival, Trend, Whatif
from habeas.answers.shapes.people import CaseAnswer, Flows, Inside, Series, WhyChanged
from habeas.answers.shapes.trade import DealAnswer, Deals, Measures, Officials, Progress, Reconcile, ReleaseAnswer

SHAPES: dict[str, type] = {
    "inside": Inside,
    "case": CaseAnswer,
    "flows": Flows,
    "series": Series,
    "release": ReleaseAnswer,
    "deals": Deals,
    "deal": DealAnswer,
    "progress": Progress,
    "officials": Officials,
    "measures": Measures,
    "reconcile": Reconcile,
    "survival": Survival,
    "hidden": Hidden,
    "whatif": Whatif,
    "selectivity": Selectivity,
    "trend": Trend,
    "why-changed": WhyChanged,
}

__all__ = ["SHAPES", "EstimateShape"]
