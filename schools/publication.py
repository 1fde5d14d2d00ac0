"""The publication rule (DESIGN 2.3): arithmetic only, and the one place where it stands.

A number of pupils is rounded to the nearest 5 from its true value and not shown under a threshold (10, or
more where a state set it). A percentage appears from 30 pupils on and is made of the rounded numbers. So
the difference between a total and its shown parts says nothing about the part that is not shown: every
figure is rounded by itself, and each rounding hides up to 2 pupils in either direction.
"""

STEP = 5
THRESHOLD = 10
PERCENT_FROM = 30


def published_count(true: int, threshold: int = THRESHOLD) -> int | None:
    """The count as it may be shown; None when it may not. `threshold` is never below 10.

    A count that is rounded to less than the threshold would tell that it lies just above it, so it is
    not shown either; with a multiple of 5, as the database keeps it, there is none.
    """
    shown = STEP * ((true + STEP // 2) // STEP)
    return None if min(true, shown) < max(threshold, THRESHOLD) else shown


def published_percent(part: int, whole: int, threshold: int = THRESHOLD) -> int | None:
    """`part` of `whole` in percent, from the published counts; None under 30 or when a count is not shown."""
    shown_part, shown_whole = published_count(part, threshold), published_count(whole, threshold)
    if whole < PERCENT_FROM or shown_whole is None or shown_part is None:
        return None
    return min(100, round(100 * shown_part / shown_whole))
