"""Charts of an experiment as Vega-Lite, drawn to SVG without any network.

Colours are those of Okabe and Ito, which people with any kind of colour vision tell apart; what matters is
told by dash and fill too.
"""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any, Literal

from scenarios.experiments.answer import number
from scenarios.experiments.comparison import Verdict, paired_weeks
from scenarios.experiments.experiment import Arm
from scenarios.experiments.interval import Interval, over_replications
from scenarios.experiments.months import Months, by_month, months_of
from scenarios.experiments.outcomes import outcome_of
from scenarios.gallery.results import Row, Shown

GREY, BLUE, ORANGE = "#595959", "#0072B2", "#D55E00"
COLUMNS = 3
WIDTH, HEIGHT = 250, 150
GROUPS = (
    "women",
    "men",
    "families",
    "needs_tolerant",
    "needs_drug_free",
    "either",
    "tier_1",
    "tier_2",
    "tier_3",
)
TOLD = (
    "waiting",
    "women_gap_structural",
    "nights_outdoors",
    "nights_shelter",
    "nights_hotel",
    "cost_total_million_sek",
)
PER_CENT = 100
LOCALES: dict[str, Literal["sv-SE", "en-GB"]] = {"sv": "sv-SE", "en": "en-GB"}


def charts(shown: Shown, rows: list[Row]) -> dict[str, Any]:
    """Every chart by name, as Altair charts."""
    import altair as alt

    made = {
        "waiting": _waiting(alt, shown),
        "difference_by_month": _by_month(alt, shown),
        "differences": _differences(alt, shown, rows),
        "groups": _groups(alt, shown),
    }
    return {name: _framed(chart, shown, name) for name, chart in made.items()}


def as_svg(chart: Any, shown: Shown) -> str:
    """A chart as SVG, with numbers as the language writes them."""
    import vl_convert

    locale = LOCALES[shown.language]
    svg: str = vl_convert.vegalite_to_svg(chart.to_dict(), format_locale=locale, time_format_locale=locale)
    return svg


def _framed(chart: Any, shown: Shown, name: str) -> Any:
    subtitle = [shown.label(name), shown.label(f"read_{name}")]
    title = {"text": shown.label(f"chart_{name}"), "subtitle": subtitle, "anchor": "start"}
    return (
        chart.properties(title=title)
        .configure_view(stroke=None)
        .configure_axis(labelFontSize=11, titleFontSize=11, gridColor="#e5e5e5", domain=False)
        .configure_header(labelFontSize=12, labelFontWeight="bold", labelAnchor="start", title=None)
        .configure_title(fontSize=16, subtitleFontSize=12, subtitleColor=GREY, offset=12)
        .configure_legend(orient="top", title=None, labelFontSize=12, symbolType="stroke", symbolSize=400)
    )


def _waiting(alt: Any, shown: Shown) -> Any:
    """How many wait, each scenario beside today."""
    baseline, months = shown.experiment.baseline, _months(shown)
    sides = {shown.label("today"): GREY, shown.label("after"): BLUE}
    data = []
    for arm in shown.experiment.arms[1:]:
        for side, name in zip((baseline, arm), sides, strict=True):
            found = over_replications(by_month(side.weekly("waiting"), months))
            data += list(_points(shown, arm, name, found, months))
    return _panels(alt, data, shown, sides)


def _by_month(alt: Any, shown: Shown) -> Any:
    """The paired difference in how many wait, women and men apart, each panel on its own scale."""
    baseline, months = shown.experiment.baseline, _months(shown)
    colours = {shown.label(f"group_names.{group}"): c for group, c in (("women", ORANGE), ("men", BLUE))}
    data = []
    for arm in shown.experiment.arms[1:]:
        for group, name in zip(("women", "men"), colours, strict=True):
            paired = by_month(paired_weeks(baseline, arm, f"waiting.{group}"), months)
            data += list(_points(shown, arm, name, over_replications(paired), months))
    zero = alt.Chart().mark_rule(color=GREY).encode(y=alt.datum(0))
    return _panels(alt, data, shown, colours, zero).resolve_scale(y="independent")


def _panels(alt: Any, data: list[dict[str, Any]], shown: Shown, colours: dict[str, str], *below: Any) -> Any:
    """One panel a scenario: lines with bands, the second line dashed."""
    names = list(colours)
    scale = alt.Scale(domain=names, range=list(colours.values()))
    dashes = alt.Scale(domain=names, range=[[1, 0], [6, 4]])
    years = alt.X("day:T", title=None, axis=alt.Axis(format="%Y", tickCount="year"))
    height = alt.Y("low:Q", title=None, scale=alt.Scale(zero=bool(below)))
    key = alt.Legend(title=None, symbolOpacity=1)
    colour = alt.Color("who:N", scale=scale, legend=key)
    dash = alt.StrokeDash("who:N", scale=dashes, legend=key)
    band = alt.Chart().mark_area(opacity=0.25).encode(x=years, y=height, y2="high:Q", color=colour)
    line = alt.Chart().mark_line(strokeWidth=2)
    line = line.encode(x=years, y=alt.Y("mean:Q", title=None), color=colour, strokeDash=dash)
    panel = alt.layer(*below, band, line, data=alt.Data(values=data)).properties(width=WIDTH, height=HEIGHT)
    return panel.facet(alt.Facet("scenario:N", sort=_titles(shown)), columns=COLUMNS)


def _differences(alt: Any, shown: Shown, rows: list[Row]) -> Any:
    """Each scenario's difference in some measures: a point with its interval, hollow unless it is clear."""
    data = [
        {
            **row,
            "scenario": shown.titles[str(row["scenario"])],
            "measure": shown.label(f"measures.{row['measure']}"),
            "clear": row["verdict"] == Verdict.CLEAR,
        }
        for row in rows
        if row["measure"] in TOLD
    ]
    titles = [shown.label(f"measures.{measure}") for measure in TOLD]
    panel = _intervals(alt, data, "scenario", _titles(shown))
    facet = panel.facet(alt.Facet("measure:N", sort=titles), columns=2)
    return facet.resolve_scale(x="independent")


def _groups(alt: Any, shown: Shown) -> Any:
    """Each group's difference in how many wait, in per cent of today's number."""
    data = []
    for arm in shown.experiment.arms[1:]:
        for group in GROUPS:
            outcome = outcome_of(shown.experiment.baseline, arm, f"waiting.{group}")
            if outcome is not None and outcome.before > 0:
                share = outcome.difference.scaled(PER_CENT / outcome.before)
                data.append(
                    {
                        "scenario": shown.titles[arm.name],
                        "group": shown.label(f"group_names.{group}"),
                        "difference": number(share.mean),
                        "low": number(share.low),
                        "high": number(share.high),
                        "clear": outcome.verdict is Verdict.CLEAR,
                    }
                )
    names = [shown.label(f"group_names.{group}") for group in GROUPS]
    panel = _intervals(alt, data, "group", names)
    return panel.facet(alt.Facet("scenario:N", sort=_titles(shown)), columns=2)


def _intervals(alt: Any, data: list[dict[str, Any]], row: str, order: list[str]) -> Any:
    base = alt.Chart().encode(y=alt.Y(f"{row}:N", sort=order, title=None, axis=alt.Axis(labelLimit=300)))
    axis = alt.Axis(tickCount=5, labelOverlap=True)
    whisker = base.mark_rule(strokeWidth=2, color=BLUE).encode(
        x=alt.X("low:Q", title=None, axis=axis), x2="high:Q"
    )
    fill = alt.condition("datum.clear", alt.value(BLUE), alt.value("white"))
    point = base.mark_point(size=55, filled=True, stroke=BLUE, strokeWidth=2, opacity=1).encode(
        x="difference:Q", fill=fill
    )
    zero = alt.Chart().mark_rule(color=GREY).encode(x=alt.datum(0))
    layers = alt.layer(zero, whisker, point, data=alt.Data(values=data))
    return layers.properties(width=WIDTH, height=22 * len(order))


def _points(shown: Shown, arm: Arm, who: str, found: Interval, months: Months) -> Iterator[dict[str, Any]]:
    as_of = shown.experiment.design.as_of
    for i, week in enumerate(months.first_week.tolist()):
        at = found.at(i)
        yield {
            "scenario": shown.titles[arm.name],
            "who": who,
            "day": (as_of + timedelta(weeks=week)).isoformat(),
            **{part: number(value) for part, value in at._asdict().items()},
        }


def _months(shown: Shown) -> Months:
    return months_of(shown.experiment.design.as_of, shown.experiment.design.weeks)


def _titles(shown: Shown) -> list[str]:
    return [shown.titles[arm.name] for arm in shown.experiment.arms[1:]]
