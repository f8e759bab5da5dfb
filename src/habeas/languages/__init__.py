"""Say it in a reader's language: sentences, dates, figures and the vocabulary's codes, from gettext catalogues."""

from habeas.languages.language import LANGUAGES, Language, language

__all__ = ["LANGUAGES", "Language", "language"]
