"""The order of the stages, and the only package that knows it.

inputs -> statements -> persons -> casebook -> answers, checked articles -> site. The ledger is kept; everything after
it is made anew from it, to the same bytes.
"""

from habeas.pipeline.articles import write_article_page
from habeas.pipeline.by_hand import Citation, correct_value, record_value, withdraw_value
from habeas.pipeline.copies import Place
from habeas.pipeline.corpus import Outcome, check_corpus, extent
from habeas.pipeline.deciding import rule, values_of
from habeas.pipeline.erasing import Erased, erase_person, erase_source, still_held
from habeas.pipeline.inputs import seal_input, unseal_input
from habeas.pipeline.model import Model
from habeas.pipeline.people import (
    case_id,
    casebook,
    decide,
    linked,
    linker,
    pasted_names,
    record_match,
    share,
    who_is_who,
)
from habeas.pipeline.plain import InPlain, in_plain
from habeas.pipeline.publishing import Built, Published, article_files, build, checked, export, publish, report
from habeas.pipeline.reading import Intake, Progress, intake, record, silent, take_in
from habeas.pipeline.rechecking import Change, Rechecked
from habeas.pipeline.rechecking import recheck as recheck_verdicts
from habeas.pipeline.records import Begun, Run, begun, records
from habeas.pipeline.series import list_series
from habeas.pipeline.starting import new_book
from habeas.pipeline.undoing import undo
from habeas.pipeline.verdicts import Recorded, Signing, remark, sign
from habeas.pipeline.words import Gathered, gather_words

__all__ = [
    "Begun",
    "Built",
    "Change",
    "Citation",
    "Erased",
    "Gathered",
    "InPlain",
    "Intake",
    "Model",
    "Outcome",
    "Place",
    "Progress",
    "Published",
    "Rechecked",
    "Recorded",
    "Run",
    "Signing",
    "article_files",
    "begun",
    "build",
    "case_id",
    "casebook",
    "check_corpus",
    "checked",
    "correct_value",
    "decide",
    "erase_person",
    "erase_source",
    "export",
    "extent",
    "gather_words",
    "in_plain",
    "intake",
    "linked",
    "linker",
    "list_series",
    "new_book",
    "pasted_names",
    "publish",
    "recheck_verdicts",
    "record",
    "record_match",
    "record_value",
    "records",
    "remark",
    "report",
    "rule",
    "seal_input",
    "share",
    "sign",
    "silent",
    "still_held",
    "take_in",
    "undo",
    "unseal_input",
    "values_of",
    "who_is_who",
    "withdraw_value",
    "write_article_page",
]
