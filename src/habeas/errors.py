"""One exception tree, for the program; bad *data* is a Problem, never an exception.

HabeasError
├── UsageError        the user's input is wrong: one sentence, exit code 2
│   ├── BookError         book.toml or the folder is not a book
│   ├── CaptureError      a file cannot be read at all
│   ├── PublishError      the site cannot be written
│   └── AmbiguousName     a name fits several people, or none
├── LedgerError       the ledger cannot do what was asked: exit code 2
│   ├── NotALedger        the file or database is something else
│   │   └── NoLedger          there is none yet
│   ├── LedgerLocked      the passphrase is needed
│   ├── LedgerUnreachable no server answers, or it lets this login in under no rule
│   └── LedgerUnwritable  disk full, read-only, no permission
└── VocabularyError   a statement says what may not be said: a fault of ours, exit code 3
"""


class HabeasError(Exception):
    """Root of every error that habeas raises on purpose; its text is one sentence for a person."""

    exit_code = 3

    @property
    def said(self) -> str:
        """The text as it was made: where that is a phrase, it can be said in other languages."""
        return self.args[0] if self.args else ""


class UsageError(HabeasError):
    """The user's input is wrong: the message says what, where, and what to do."""

    exit_code = 2


class BookError(UsageError):
    """The folder is not a book, or its `book.toml` cannot be used."""


class CaptureError(UsageError):
    """A file cannot be read: missing, not permitted, too large, or not text."""


class PublishError(UsageError):
    """The site cannot be written to this folder; what was there before is untouched."""


class DecidedMeanwhile(UsageError):
    """Somebody else decided what one was about to decide, after it was shown."""


class AmbiguousName(UsageError):
    """A name fits nobody or several people; `candidates` lists (case id, label) pairs."""

    def __init__(self, message: str, candidates: tuple[tuple[str, str], ...] = ()) -> None:
        super().__init__(message)
        self.candidates = candidates


class LedgerError(HabeasError):
    """The ledger cannot do what was asked; nothing was written."""

    exit_code = 2


class NotALedger(LedgerError):
    """The file or database at the ledger's place is not a habeas ledger, or is of a newer format."""


class NoLedger(NotALedger):
    """There is no ledger yet at this place."""


class LedgerLocked(LedgerError):
    """The book has a passphrase, and what was asked needs it: without it a book opens in its public view only."""


class LedgerUnreachable(LedgerError):
    """The server of a team's ledger does not answer, or does not let this login in."""


class LedgerUnwritable(LedgerError):
    """The ledger could not be written (disk full, read-only, no permission); it is as it was before."""


class VocabularyError(HabeasError):
    """A statement uses a property, subject kind or value that the vocabulary does not allow."""
