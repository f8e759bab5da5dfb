"""Check: an article's claims recomputed from the record, judged when published and today."""

from habeas.check.article import read_article
from habeas.check.checking import check_article, people_in
from habeas.check.show import as_json, as_records

__all__ = ["as_json", "as_records", "check_article", "people_in", "read_article"]
