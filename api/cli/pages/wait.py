"""An expected wait to people: chances by form and time, how sure, from how many; no promise."""

import math
from collections.abc import Sequence

from api.cli.page import Column, Page
from api.cli.voice import Voice
from api.cli.words import Words
from api.usecases.waiting import WaitShown
from scenarios.expected_wait.forecast import WITHIN_WEEKS, Chance, ExpectedWait, FormWait

PER_CENT = 100


def show_wait_page(page: Page, voice: Voice, shown: WaitShown) -> None:
    """What it is read from, the whole wait in a sentence, the chances, and what it must not be taken for."""
    texts, found = voice.texts, shown.found
    page.title(texts("wait.title", household=shown.household, day=voice.figures.day(shown.as_of)))
    page.line(texts("wait.no_promise"))
    if not shown.possible:
        page.line(texts("wait.nothing_possible"))
    page.line(_sentence(voice, found))
    closed = _share_in_closed_forms(found)
    if shown.possible and round(closed * PER_CENT) > 0:
        page.line(texts("wait.after_a_change", share=voice.figures.number(round(closed * PER_CENT))))
    columns = [Column(texts("wait.place"))]
    columns += [
        Column(texts("wait.within", weeks=voice.figures.number(weeks)), number=True) for weeks in WITHIN_WEEKS
    ]
    columns.append(Column(texts("wait.weeks_of_those_placed"), number=True))
    rows = [[texts("wait.any_place"), *_cells(voice, found.any_place), ""]]
    rows += [
        [
            _form(voice, shown, one),
            *_cells(voice, one.chances),
            _span(voice, one.median, one.low, one.high),
        ]
        for one in found.forms
    ]
    rows.append([texts("wait.otherwise"), *_cells(voice, found.otherwise), ""])
    page.table(columns, rows)
    page.line(texts("wait.how_sure"))
    words = {
        "households": voice.count("household", found.households),
        **{mark: voice.figures.number(n) for mark, n in found.same.items()},
        "spells": voice.figures.number(found.spells),
        "replications": voice.count("simulation", found.replications),
        "weeks": voice.figures.number(found.horizon),
    }
    page.line(texts("wait.read_from", **words))


def _sentence(voice: Voice, found: ExpectedWait) -> str:
    """The whole wait in one sentence, also where a place may never come."""
    number = voice.figures.number
    words = {"horizon": number(found.horizon)}
    for name, weeks in (("low", found.low), ("median", found.median), ("high", found.high)):
        words[name] = voice.count("week", round(weeks)) if math.isfinite(weeks) else ""
    if math.isfinite(found.high):
        # Of two ends of a span only the last is named in weeks.
        return voice.texts("wait.all_ends", **{**words, "low": number(found.low)})
    if math.isfinite(found.median):
        return voice.texts("wait.no_upper_end", **words)
    if math.isfinite(found.low):
        return voice.texts("wait.no_median", **words)
    return voice.texts("wait.hardly_any", **words)


def _share_in_closed_forms(found: ExpectedWait) -> float:
    """How much of the chance of a place rests on forms that are not open to the household now, 0 to 1."""
    whole = found.any_place[-1].value
    return sum(one.chances[-1].value for one in found.forms if not one.open) / whole if whole > 0 else 0.0


def _form(voice: Voice, shown: WaitShown, one: FormWait) -> str:
    name = Words(voice).form(shown.form_ids[one.form])
    return name if one.open else voice.texts("wait.closed", form=name)


def _cells(voice: Voice, chances: Sequence[Chance]) -> list[str]:
    return [_share(voice, one) for one in chances]


def _share(voice: Voice, one: Chance) -> str:
    value, low, high = (voice.figures.number(round(x * PER_CENT)) for x in (one.value, one.low, one.high))
    return f"{value}\N{NO-BREAK SPACE}% ({low}–{high})"


def _span(voice: Voice, median: float, low: float, high: float) -> str:
    middle, first, last = (voice.figures.number(round(weeks)) for weeks in (median, low, high))
    return f"{middle} ({first}–{last})"
