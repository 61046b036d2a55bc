"""When a pool stands open: its spans of days, cut by closings, and what its row says on a day."""

from datetime import date

Spans = tuple[tuple[date, date], ...]
"""Days on which a pool is open, from the first to before the second; date.min and date.max have no end."""


def cut_open(opens_on: date | None, closes_on: date | None) -> Spans:
    """The span that a row's own dates give."""
    return ((opens_on or date.min, closes_on or date.max),)


def closed_between(spans: Spans, first: date, until: date) -> Spans:
    """The spans without the days from `first` to before `until`.

    A pool that is left with no day at all keeps an empty span, so that its row still says that it is closed.
    """
    left = [
        part
        for opens, closes in spans
        for part in ((opens, min(closes, first)), (max(opens, until), closes))
        if part[0] < part[1]
    ]
    if left:
        return tuple(left)
    return ((spans[0][0], spans[0][0]),)


def span_at(spans: Spans, day: date) -> tuple[date | None, date | None]:
    """`opens_on` and `closes_on` of a row on a day: those of the span that lasts or comes, else the last."""
    opens, closes = next((span for span in spans if day < span[1]), spans[-1])
    return (None if opens == date.min else opens, None if closes == date.max else closes)
