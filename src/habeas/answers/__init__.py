"""Answers: ask a casebook a question and get a figure with its bounds, its working and what it rests on."""

from habeas.answers.ask import QUESTIONS, as_json, ask
from habeas.answers.case import Custody, custody, the_case
from habeas.answers.coverage import in_window
from habeas.answers.deals import the_deal
from habeas.answers.release import funnel, the_release

__all__ = [
    "QUESTIONS",
    "Custody",
    "as_json",
    "ask",
    "custody",
    "funnel",
    "in_window",
    "the_case",
    "the_deal",
    "the_release",
]
