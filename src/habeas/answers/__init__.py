"""Answers: ask a casebook a question and get a figure with its bounds, its working and what it rests on."""

from habeas.answers.ask import QUESTIONS, as_json, ask
from habeas.answers.case import Custody, custody, the_case
from habeas.answers.coverage import in_window
from habeas.answers.deals import brought_relief, the_deal
from habeas.answers.in_force import WORDS, how_it_stands, in_force
from habeas.answers.release import funnel, the_release

__all__ = [
    "QUESTIONS",
    "WORDS",
    "Custody",
    "as_json",
    "ask",
    "brought_relief",
    "custody",
    "funnel",
    "how_it_stands",
    "in_force",
    "in_window",
    "the_case",
    "the_deal",
    "the_release",
]
