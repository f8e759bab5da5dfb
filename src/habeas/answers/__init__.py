"""Answers: ask a casebook a question and get a figure with its bounds, its working and what it rests on."""

from habeas.answers.ask import QUESTIONS, as_json, ask
from habeas.answers.case import Custody, custody, stands, the_case
from habeas.answers.coverage import in_window
from habeas.answers.deals import brought_relief, the_deal
from habeas.answers.in_force import WORDS, holds_in_words, how_it_stands, in_force
from habeas.answers.release import funnel, the_release
from habeas.answers.standing import Standing, in_words, told
from habeas.answers.states import LEVEL, Level, State
from habeas.answers.states import WORDS as STATES

__all__ = [
    "LEVEL",
    "QUESTIONS",
    "STATES",
    "WORDS",
    "Custody",
    "Level",
    "Standing",
    "State",
    "as_json",
    "ask",
    "brought_relief",
    "custody",
    "funnel",
    "holds_in_words",
    "how_it_stands",
    "in_force",
    "in_window",
    "in_words",
    "stands",
    "the_case",
    "the_deal",
    "the_release",
    "told",
]
