from tests.answers.conftest import fold_drafts

__all__ = ["fold_drafts"]
