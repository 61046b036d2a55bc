"""Drawings of the monthly report, as SVG: what may be drawn is what may be told."""

from collections.abc import Sequence
from typing import Any

from api.usecases.counts.homelessness import BASE, NOT_OURS
from api.usecases.counts.shown import Cell, Reader
from api.usecases.reports.content import Report

FONT = "Libertinus Serif"
INK, DEEP, PALE, WARM = "#1d2b33", "#1f5c6b", "#a9c6cc", "#c26a3d"
PROFILES = ("needs_tolerant", "needs_drug_free", "either")
WIDTH = 440


def charts(report: Report, reader: Reader) -> dict[str, str]:
    """SVG by name: the gap by section and profile, and the indicators beside their base year."""
    drawn = {"gap": _gap(report, reader), "indicators": _indicators(report, reader)}
    return {name: svg for name, svg in drawn.items() if svg}


def _gap(report: Report, reader: Reader) -> str:
    rows = []
    for section in ("support", "emergency"):
        for profile in PROFILES:
            for kind in ("waiting", "placeable"):
                cell = reader.count(report.snapshot, f"gap.{section}.{profile}.{kind}")
                ends = _ends(cell)
                if ends is not None:
                    name = reader.texts(f"counts.row.{section}_{profile}")
                    row = {"row": name, "kind": reader.texts(f"counts.column.{kind}"), "text": cell.text}
                    rows.append({**row, "from": ends[0], "to": ends[1]})
    kinds = [reader.texts(f"counts.column.{kind}") for kind in ("waiting", "placeable")]
    return _bars(rows, kinds, [WARM, DEEP], reader.texts("counts.unit.households"))


def _indicators(report: Report, reader: Reader) -> str:
    rows = []
    kinds = [reader.texts(f"counts.column.{kind}") for kind in ("base", "now")]
    for name, (year, base, _, _) in BASE.items():
        if name in NOT_OURS:
            continue
        key = "families_insecure.households" if name == "families_insecure" else f"{name}.people"
        cell = reader.count(report.snapshot, key)
        ends = _ends(cell)
        if ends is not None:
            row = {"row": reader.texts(f"counts.row.{name}")}
            text = f"{reader.number(base)} ({year})"
            rows.append({**row, "kind": kinds[0], "from": base, "to": base, "text": text})
            rows.append({**row, "kind": kinds[1], "from": ends[0], "to": ends[1], "text": cell.text})
    return _bars(rows, kinds, [PALE, DEEP], "")


def _ends(cell: Cell) -> tuple[float, float] | None:
    """Between what a count lies; None when that is not told."""
    if cell.value is not None:
        return cell.value, cell.value
    if cell.least is None or cell.most is None or cell.text == "–":
        return None
    return cell.least, cell.most


def _bars(rows: Sequence[dict[str, Any]], kinds: list[str], colours: list[str], unit: str) -> str:
    """Bars side by side; where only a range is told, the bar ends where it begins and a thin line goes on."""
    if not rows:
        return ""
    import altair as alt
    import vl_convert

    order = list(dict.fromkeys(row["row"] for row in rows))
    base = alt.Chart(alt.InlineData(list(rows))).encode(
        y=alt.Y("row:N", sort=order, title=None, axis=alt.Axis(labelLimit=320, ticks=False, domain=False)),
        yOffset=alt.YOffset("kind:N", sort=kinds),
    )
    scale = alt.Scale(domain=kinds, range=colours)
    colour = alt.Color("kind:N", scale=scale, legend=alt.Legend(title=None, orient="top"))
    axis = alt.Axis(labels=False, ticks=False, domain=False, grid=False)
    bars = base.mark_bar(cornerRadiusEnd=2).encode(
        x=alt.X("from:Q", title=unit or None, axis=axis), color=colour
    )
    lines = base.mark_rule(color=INK, strokeWidth=1).encode(x="from:Q", x2="to:Q")
    words = base.mark_text(align="left", dx=5, color=INK, fontSize=10).encode(x="to:Q", text="text:N")
    chart = (bars + lines + words).properties(width=WIDTH, height=alt.Step(12))
    chart = chart.configure(font=FONT, background="transparent").configure_view(stroke=None)
    chart = chart.configure_axis(labelFontSize=11, labelColor=INK, titleColor=INK, titleFontSize=10)
    return str(vl_convert.vegalite_to_svg(chart.to_dict()))
