"""Names across scripts and spelling systems: compare two, find keys, fold for search."""

from habeas.names.compare import SURE, UNSURE, Agreement, Comparison, compare, fold, keys, oblique, sex
from habeas.names.letters import LETTERS, RULES, script_of

__all__ = [
    "LETTERS",
    "RULES",
    "SURE",
    "UNSURE",
    "Agreement",
    "Comparison",
    "compare",
    "fold",
    "keys",
    "oblique",
    "script_of",
    "sex",
]
