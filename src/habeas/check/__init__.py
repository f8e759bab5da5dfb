"""Check: an article's claims recomputed from the record, judged when published and today."""

from habeas.check.article import read_article
from habeas.check.checking import MOST_CHARACTERS, check_article, people_in
from habeas.check.proposals import KINDS
from habeas.check.show import as_json, as_records

__all__ = ["KINDS", "MOST_CHARACTERS", "as_json", "as_records", "check_article", "people_in", "read_article"]
