"""Names across scripts and spelling systems: compare two, find keys, fold for search."""

from habeas.names.compare import (
    SAME,
    SURE,
    UNSURE,
    Comparison,
    compare,
    fold,
    fold_all,
    keys,
    likelihoods,
    oblique,
    sex,
)
from habeas.names.inflect import is_form
from habeas.names.letters import LETTERS, RULES, folds, script_of
from habeas.names.parts import Agreement
from habeas.names.romanised import romanised
from habeas.names.scripts import doubts
from habeas.names.unseen import UNSEEN, dropped, shown

__all__ = [
    "LETTERS",
    "RULES",
    "SAME",
    "SURE",
    "UNSEEN",
    "UNSURE",
    "Agreement",
    "Comparison",
    "compare",
    "doubts",
    "dropped",
    "fold",
    "fold_all",
    "folds",
    "is_form",
    "keys",
    "likelihoods",
    "oblique",
    "romanised",
    "script_of",
    "sex",
    "shown",
]
