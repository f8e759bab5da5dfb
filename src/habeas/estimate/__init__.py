"""Estimates: statistics on tables and lengths of time that know no book and read no file, and refuse what they cannot say."""

from collections.abc import Callable, Sequence

from habeas.errors import UsageError
from habeas.estimate.shape import Drawn, Method, as_json
from habeas.estimate.tables import read_table
from habeas.nouns import Estimation, OverlapTable

__all__ = ["as_json", "estimate", "read_table", "relinked"]


def estimate(
    table: OverlapTable,
    *,
    seed: int,
    methods: Sequence[str] = (),
    factor: float = 2.0,
    draws: int = 1_000,
    progress: Callable[[str], object] = str,
) -> Estimation:
    """The number in all, by several methods beside each other, or the reason why the lists cannot say.

    The same table, seed and arguments give the same answer to the last figure.

    Raises:
        UsageError: there is no such method, the factor is not above 1, or the extra `estimate` is not installed.
    """
    try:
        from habeas.estimate.judging import judged
    except ImportError as missing:
        raise UsageError(f"estimating needs {missing.name}: pip install 'habeas[estimate]'") from None
    return judged(table, seed=seed, methods=methods, factor=factor, draws=draws, progress=progress)


def relinked(tables: Sequence[OverlapTable], methods: Sequence[Method]) -> Drawn:
    """What not knowing who is who adds: the same methods on tables of people put together anew.

    Raises:
        UsageError: the extra `estimate` is not installed.
    """
    try:
        from habeas.estimate.relinking import combined
    except ImportError as missing:
        raise UsageError(f"estimating needs {missing.name}: pip install 'habeas[estimate]'") from None
    return combined(tables, methods)
