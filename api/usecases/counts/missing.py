"""Where data is missing: how many of those who take part lack each fact."""

import numpy as np

from api.usecases.counts.book import Book, Row
from optimiser.assessment import Assessment
from optimiser.facts import FACTS, OF_POOLS, unknown
from optimiser.priority import Priority

NEVER_WHOLE = ("safe_districts",)
"""A list that could always be longer: nobody's is known to be whole."""


def count_missing(book: Book, a: Assessment, priority: Priority) -> None:
    """Add how many candidates have each fact unknown; the most lacking first."""
    figures = book.figures
    table = book.table("missing", ("unknown", "candidates", "share"))
    figures.count("candidates", int(priority.candidate.sum()), headline=True)
    facts = [fact for fact in FACTS if fact not in (*OF_POOLS, *NEVER_WHOLE)]
    lacking = {fact: int(np.sum(unknown(a.instance, fact) & priority.candidate)) for fact in facts}
    for fact in sorted(facts, key=lambda fact: (-lacking[fact], fact)):
        key = figures.count(f"missing.{fact}", lacking[fact])
        figures.within("candidates", key)
        table.add(Row(fact, "fact"), key, "candidates", (key, "candidates"))
