"""How the desks look and are served, as options of Streamlit that travel with the package."""

from collections.abc import Mapping
from typing import Any

PAPER, SHEET, INK, SOFT, LINE, DEEP = "#f7f5f0", "#ffffff", "#1c2b30", "#4c5d63", "#c9d1d0", "#0b4f5c"
GOOD, WAITS, STOPS, NEUTRAL, MARKED = "#0b5cad", "#7a5200", "#a3320b", "#4c5d63", "#6b3fa0"
"""A colour for each meaning: possible, waits for a fact, not possible, neither, worth a look. Blue, amber and
vermilion stay apart for the colour-blind; a word and a sign always stand beside them."""

SERIES = ("#0b5cad", "#b34700", "#00735c", "#8a4f9e", "#8a6d00", "#4c5d63")
"""Colours of a chart's series, in this order; each has a contrast of at least 4.5 to white."""

OPTIONS: Mapping[str, Any] = {
    "browser.gatherUsageStats": False,
    "server.headless": True,
    "server.showEmailPrompt": False,
    "server.fileWatcherType": "none",
    "server.runOnSave": False,
    "server.enableStaticServing": False,
    "server.disconnectedSessionTTL": 900,
    "server.maxUploadSize": 100,
    "client.toolbarMode": "minimal",
    "client.showErrorDetails": "none",
    "client.showErrorLinks": False,
    "client.disableDataExport": True,
    "runner.magicEnabled": False,
    "runner.fastReruns": True,
    # A whole collection after every click holds everybody up; Python's own comes when there is need of it.
    "runner.postScriptGC": False,
    # A fault's message may quote what a person wrote: `frame/crashes.py` writes down what may be.
    "logger.level": "critical",
    "global.suppressDeprecationWarnings": False,
    "theme.base": "light",
    "theme.primaryColor": DEEP,
    "theme.backgroundColor": PAPER,
    "theme.secondaryBackgroundColor": SHEET,
    "theme.textColor": INK,
    "theme.linkColor": DEEP,
    "theme.linkUnderline": True,
    "theme.borderColor": "#7d8b8f",
    "theme.showWidgetBorder": True,
    "theme.font": "sans-serif",
    "theme.headingFont": "sans-serif",
    "theme.baseFontSize": 16,
    "theme.headingFontSizes": ["1.75rem", "1.375rem", "1.125rem", "1rem", "1rem", "1rem"],
    "theme.headingFontWeights": [700, 650, 650, 600, 600, 600],
    "theme.baseRadius": "0.5rem",
    "theme.buttonRadius": "0.5rem",
    "theme.grayTextColor": SOFT,
    "theme.redColor": STOPS,
    "theme.redTextColor": STOPS,
    "theme.redBackgroundColor": "#fdeee8",
    "theme.yellowTextColor": WAITS,
    "theme.yellowBackgroundColor": "#fff4dc",
    "theme.blueColor": GOOD,
    "theme.blueTextColor": GOOD,
    "theme.blueBackgroundColor": "#e8f1fa",
    "theme.greenColor": "#00735c",
    "theme.greenTextColor": "#005a48",
    "theme.greenBackgroundColor": "#e4f2ee",
    "theme.chartCategoricalColors": list(SERIES),
}
