"""Say it in a reader's language: sentences, dates, figures and the vocabulary's codes, from gettext catalogues."""

from habeas.languages.amounts import duration, interval, moment, number
from habeas.languages.codes import code
from habeas.languages.language import (
    LANGUAGES,
    Language,
    is_state,
    language,
    languages_of,
    one_stop,
    script_read,
    state,
)

__all__ = [
    "LANGUAGES",
    "Language",
    "code",
    "duration",
    "interval",
    "is_state",
    "language",
    "languages_of",
    "moment",
    "number",
    "one_stop",
    "script_read",
    "state",
]
