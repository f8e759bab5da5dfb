"""Names across scripts and spelling systems: compare two, find keys, fold for search."""

from habeas.names.common import common
from habeas.names.compare import (
    SAME,
    SURE,
    UNSURE,
    Comparison,
    compare,
    fold,
    fold_all,
    likelihoods,
    oblique,
    same_letters,
    sex,
)
from habeas.names.filing import custom_of, filed_as, pinyin
from habeas.names.inflect import is_form
from habeas.names.keys import keys
from habeas.names.letters import LETTERS, RULES, folds, script_of
from habeas.names.parts import Agreement
from habeas.names.romanised import romanised
from habeas.names.scripts import doubts, letter_forms, own_letters, spelling
from habeas.names.signs import ONE_LETTER, name_signs, surname_stems, tells, unescaped
from habeas.names.sounds import given_names
from habeas.names.unseen import UNSEEN, dropped, shown

__all__ = [
    "LETTERS",
    "ONE_LETTER",
    "RULES",
    "SAME",
    "SURE",
    "UNSEEN",
    "UNSURE",
    "Agreement",
    "Comparison",
    "common",
    "compare",
    "custom_of",
    "doubts",
    "dropped",
    "filed_as",
    "fold",
    "fold_all",
    "folds",
    "given_names",
    "is_form",
    "keys",
    "letter_forms",
    "likelihoods",
    "name_signs",
    "oblique",
    "own_letters",
    "pinyin",
    "romanised",
    "same_letters",
    "script_of",
    "sex",
    "shown",
    "spelling",
    "surname_stems",
    "tells",
    "unescaped",
]
