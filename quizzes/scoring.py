"""What an answer is worth. Arithmetic only: no record, no request.

A question is worth 1. Its mark is (right choices chosen - wrong choices chosen) / right choices there
are, never below 0, rounded to two decimals. So a question with one right choice gives 1 or 0, and one
with several gives a part for a part, while choosing everything never pays more than knowing.
"""

from collections.abc import Collection, Iterable


def mark(right: Collection[str], chosen: Collection[str]) -> float:
    """The mark, 0 to 1, of choosing `chosen` where `right` are the right choices (at least one)."""
    chosen = set(chosen)
    hits = len(chosen & set(right))
    misses = len(chosen) - hits
    return round(max(0.0, (hits - misses) / len(right)), 2)


def total(marks: Iterable[float]) -> float:
    return round(sum(marks), 2)


def has_passed(score: float, max_score: int, pass_mark: int) -> bool:
    """Whether `score` of `max_score` reaches `pass_mark` percent; a hundredth of a point is forgiven."""
    return score + 0.005 >= max_score * pass_mark / 100
