"""The districts as tiles, about where they lie: women's and men's access side by side in each."""

from html import escape
from typing import Any

from ui.manager.cells import bar, cell_html
from ui.manager.day import Table
from ui.texts import Texts

WHERE = {
    "Hässelby-Vällingby": (1, 1),
    "Järva": (1, 2),
    "Norra innerstaden": (1, 4),
    "Bromma": (2, 2),
    "Kungsholmen": (2, 3),
    "Södermalm": (2, 4),
    "Skärholmen": (3, 2),
    "Hägersten-Älvsjö": (3, 3),
    "Enskede-Årsta-Vantör": (3, 4),
    "Skarpnäck": (3, 5),
    "Farsta": (4, 5),
}
"""Row and column of Stockholm's districts; a unit that is no district stands below the map."""

NEAR = 5.0
"""Percentage points within which women's and men's shares are told as alike."""
SIGNS = {"women_less": "▼", "alike": "●", "women_more": "▲", "not_shown": "–"}


def has_shares(table: Table) -> bool:
    """Whether the figures have what the map shows; those of an earlier version may not."""
    return {"women_share", "men_share", "apart"} <= {one["column_id"] for one in table["columns"]}


def tile_map_html(texts: Texts, table: Table) -> str:
    """The map, what its signs mean, and units that are no district below."""
    at = {one["column_id"]: i for i, one in enumerate(table["columns"])}
    rows = [row for row in table["rows"] if row["row_id"] != "total"]
    tiles = "".join(_tile(texts, row, at) for row in rows if row["row_id"] in WHERE)
    others = "".join(_tile(texts, row, at) for row in rows if row["row_id"] not in WHERE)
    key = "".join(
        f'<li class="hv-{standing}"><span aria-hidden="true">{sign}</span> '
        f"{escape(texts(f'manager.equity.{standing}', n=texts.number(NEAR)))}</li>"
        for standing, sign in SIGNS.items()
    )
    label = escape(texts("manager.equity.map"))
    below = f'<ul class="hv-tiles hv-tiles-below">{others}</ul>' if others else ""
    return f'<ul class="hv-tile-key">{key}</ul><ul class="hv-tiles" aria-label="{label}">{tiles}</ul>{below}'


def _tile(texts: Texts, row: dict[str, Any], at: dict[str, int]) -> str:
    standing = _standing(row["cells"][at["apart"]])
    said = texts(f"manager.equity.{standing}", n=texts.number(NEAR))
    lines = "".join(
        f'<span class="hv-tile-line"><span>{escape(texts(f"manager.equity.{group}"))}</span>'
        f"<strong>{cell_html(texts, cell)}</strong>{bar(cell, 100.0, group)}</span>"
        for group, cell in ((group, row["cells"][at[f"{group}_share"]]) for group in ("women", "men"))
    )
    difference = row["cells"][at["apart"]]
    if difference["shown"] == "exact":
        words = texts("manager.equity.apart", n=difference["text"])
        lines += f'<span class="hv-soft">{escape(words)}</span>'
    row_at, column_at = WHERE.get(row["row_id"], (0, 0))
    place = f' style="--row:{row_at};--column:{column_at}"' if row_at else ""
    return (
        f'<li class="hv-tile hv-{standing}"{place}><span class="hv-tile-name">'
        f'<span aria-hidden="true">{SIGNS[standing]}</span> {escape(row["name"])}</span>{lines}'
        f'<span class="hv-heard">{escape(said)}</span></li>'
    )


def _standing(apart: dict[str, Any]) -> str:
    if apart["value"] is None:
        return "not_shown"
    if abs(apart["value"]) < NEAR:
        return "alike"
    return "women_less" if apart["value"] < 0 else "women_more"
