"""Measures in words, with their units: a figure, its interval, and how sure a difference is."""

from collections.abc import Mapping
from textwrap import wrap
from typing import Any

from ui.frame.tables import Markup, Meaning, tag, two_lines
from ui.texts import NOTHING, Texts, is_something

MILLION = 1_000_000
SEK, DAYS = "sek", "_days"
MOST_FINER = 2
VERDICTS: Mapping[str, Meaning] = {"clear": "good", "unchanged": "neutral", "unclear": "waits"}
FEW = 100
"""Below so much, a mean is told with one decimal."""

LINE, PARTED = 24, "|"
"""Letters that fit on a line of an axis, and what parts two lines."""

TITLE = 34
"""Letters on a line of an axis' title."""

LINE_HEIGHT = 14
"""Pixels from one line of a name on an axis to the next."""

LABEL = 190
"""Most of a chart's width, in pixels, that a name on its axis may take."""

Interval = Mapping[str, Any]


def measure_name(texts: Texts, measure: str) -> str:
    """A measure by its name, with the group it is split by."""
    first, _, group = measure.partition(".")
    key = f"measure.{measure}"
    if texts.has(key):
        return texts(key)
    name = texts(f"measure.{first}")
    if not group:
        return name
    return texts("measure_of.line", measure=name, group=group_name(texts, group))


def group_name(texts: Texts, group: str) -> str:
    """A group, segment or form by its name."""
    return texts(f"group.{group}") if texts.has(f"group.{group}") else texts.form(group)


def unit_name(texts: Texts, measure: str, a_year: bool = False) -> str:
    """What a measure is counted in."""
    first = measure.partition(".")[0]
    unit = texts(f"measure_unit.{first}")
    return texts("measure_unit.a_year", unit=unit) if a_year else unit


def number(texts: Texts, measure: str, value: float | None, finer: int = 0) -> str:
    """A figure of a measure, so many decimals finer than usual; SEK in millions."""
    if value is None:
        return NOTHING
    if is_money(measure):
        return texts.number(value / MILLION, 1 + finer, 1)
    decimals = (1 if abs(value) < FEW else 0) + finer
    # A wait is a mean of days, and its tenths stand even where they are none; a count has none to show.
    least = decimals if measure.partition(".")[0].endswith(DAYS) and value else 0
    return texts.number(value, decimals, least)


def signed(texts: Texts, measure: str, value: float | None, finer: int = 0) -> str:
    """A difference with its sign."""
    told = number(texts, measure, value, finer)
    return f"+{told}" if value is not None and value > 0 and is_something(told) else told


def figure(texts: Texts, measure: str, found: Mapping[str, Any], sign: bool = False) -> str:
    """A mean; where it is too small to be told, below what it is."""
    if found.get("shown"):
        return f"<{number(texts, measure, float(str(found['shown']).removeprefix('<')))}"
    return (signed if sign else number)(texts, measure, found["mean"])


def span(texts: Texts, measure: str, found: Interval, sign: bool = False) -> str:
    """The 95 % interval, blank where it is not known; one that holds no 0 has none at its ends."""
    low, high = found["low"], found["high"]
    if low is None or high is None:
        return ""
    tell, finer = (signed if sign else number), 0
    nearest = min(low, high, key=abs)
    while low * high > 0 and finer < MOST_FINER and not is_something(number(texts, measure, nearest, finer)):
        finer += 1
    ends = {"low": tell(texts, measure, low, finer), "high": tell(texts, measure, high, finer)}
    return texts("measure_of.span", **ends)


def level(texts: Texts, measure: str, found: Interval | None) -> Markup | str:
    """A figure with its interval below."""
    if found is None:
        return NOTHING
    return two_lines(figure(texts, measure, found), span(texts, measure, found))


def differing(texts: Texts, measure: str, found: Interval, verdict: str | None = None) -> Markup:
    """A difference with its interval below, and how sure it is."""
    told = two_lines(figure(texts, measure, found, sign=True), span(texts, measure, found, sign=True))
    if verdict is None:
        return told
    sure = tag(texts(f"verdict_of.{verdict}"), VERDICTS[verdict])
    return Markup(f'{told.html}<span class="hv-sure">{sure.html}</span>')


def numbers_on_axis(texts: Texts) -> str:
    """How a chart writes the numbers of an axis: as the language does."""
    told = "format(datum.value, ',.3~f')"
    if texts.language == "en":
        return told
    return f"replace(replace({told}, regexp(',', 'g'), '\u00a0'), '.', ',')"


def in_lines(name: str) -> str:
    """A name for an axis: a long one in two lines, parted at the space nearest its middle."""
    spaces = [at for at, sign in enumerate(name) if sign == " "]
    if len(name) <= LINE or not spaces:
        return name
    at = min(spaces, key=lambda one: abs(one - len(name) / 2))
    return f"{name[:at]}{PARTED}{name[at + 1 :]}"


def title_in_lines(title: str) -> list[str]:
    """An axis title in lines that a telephone has room for."""
    return wrap(title, TITLE)


def names_on_axis(**more: Any) -> Any:
    """An axis of names that `in_lines` has parted."""
    import altair as alt

    # Lines are written downwards from the tick: two of them are lifted by half a line to stand about it.
    lifted = {"condition": {"test": f"indexof(datum.label, '{PARTED}') >= 0", "value": -LINE_HEIGHT / 2}}
    return alt.Axis(
        labelLimit=LABEL,
        labelExpr=f"split(datum.label, '{PARTED}')",
        labelLineHeight=LINE_HEIGHT,
        labelOffset={**lifted, "value": 0},
        **more,
    )


def is_money(measure: str) -> bool:
    """Whether a measure is an amount of money."""
    return measure.partition(".")[0].endswith(SEK)


def figures_by_measure(arm: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    """The figures of a scenario by measure."""
    return {one["measure"]: one for one in arm["figures"]}
