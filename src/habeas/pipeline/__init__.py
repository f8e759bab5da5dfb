"""The order of the stages, and the only package that knows it.

inputs -> statements -> persons -> casebook -> answers, checked articles -> site. The ledger is kept; everything after
it is made anew from it, to the same bytes.
"""

from habeas.pipeline.erasing import Erased, erase_person, erase_source, inputs_with_erased, still_held
from habeas.pipeline.people import case_id, casebook, decide, linked, pasted_names, record_match, who_is_who
from habeas.pipeline.publishing import Built, Published, article_files, build, checked, publish
from habeas.pipeline.reading import Intake, Progress, intake, record, silent
from habeas.pipeline.series import list_series
from habeas.pipeline.starting import new_book
from habeas.pipeline.undoing import undo

__all__ = [
    "Built",
    "Erased",
    "Intake",
    "Progress",
    "Published",
    "article_files",
    "build",
    "case_id",
    "casebook",
    "checked",
    "decide",
    "erase_person",
    "erase_source",
    "inputs_with_erased",
    "intake",
    "linked",
    "list_series",
    "new_book",
    "pasted_names",
    "publish",
    "record",
    "record_match",
    "silent",
    "still_held",
    "undo",
    "who_is_who",
]
