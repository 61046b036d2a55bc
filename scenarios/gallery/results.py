"""The results as a table: every measure of every scenario beside today, with how sure the difference is."""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import StringIO

from scenarios.experiments.answer import number
from scenarios.experiments.experiment import Experiment
from scenarios.experiments.findings import COST, findings
from scenarios.gallery.labels import labels

COLUMNS = ("scenario", "measure", "before", "after", "difference", "low", "high", "verdict")
FIGURES = COLUMNS[2:7]
MILLION = 1_000_000
MEASURE_OF_COST = "cost_total_million_sek"
Row = Mapping[str, str | float | None]


@dataclass(frozen=True, slots=True)
class Shown:
    """An experiment with the titles of its scenarios by name, in one language."""

    experiment: Experiment
    titles: Mapping[str, str]
    language: str

    def label(self, key: str, **words: object) -> str:
        """A label with its words filled in."""
        return labels(self.language)[key].format_map(words)


def result_rows(shown: Shown) -> list[Row]:
    """One row for each measure of each scenario: stocks as means, flows a year, waits in days.

    Cost is in millions of SEK a year.
    """
    experiment = shown.experiment
    rows: list[Row] = []
    for arm in experiment.arms[1:]:
        for found in findings(experiment.baseline, arm, experiment.design.weeks):
            size = MILLION if found.measure == COST else 1
            difference = found.difference.scaled(1 / size)
            rows.append(
                {
                    "scenario": arm.name,
                    "measure": MEASURE_OF_COST if found.measure == COST else found.measure,
                    "before": number(found.before.mean / size),
                    "after": number(found.after.mean / size),
                    **{name: number(value) for name, value in zip(FIGURES[2:], difference, strict=True)},
                    "verdict": str(found.verdict),
                }
            )
    return rows


def as_csv(rows: Sequence[Row]) -> str:
    """The rows for programs: names, figures with a decimal point, nothing where there is no interval."""
    text = StringIO()
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def as_markdown(shown: Shown, rows: Sequence[Row], charts: Sequence[str]) -> str:
    """The rows for people, scenario by scenario, and the charts."""
    design, label = shown.experiment.design, shown.label
    heads = [label(column) for column in COLUMNS[1:]]
    lines = [
        f"# {label('title', day=design.as_of, weeks=design.weeks, replications=design.replications)}",
        "",
        label("about"),
        "",
    ]
    for chart in charts:
        lines += [f"![{label(f'chart_{chart}')}]({chart}.svg)", ""]
    for arm in shown.experiment.arms[1:]:
        lines += [f"## {shown.titles[arm.name]}", "", _line(heads)]
        lines.append(_line(["---", *("---:" for _ in FIGURES), "---"]))
        for row in rows:
            if row["scenario"] == arm.name:
                figures = [_figure(shown, row[column]) for column in FIGURES]
                measure, verdict = label(f"measures.{row['measure']}"), label(f"verdicts.{row['verdict']}")
                lines.append(_line([measure, *figures, verdict]))
        lines.append("")
    words = {"seed": design.seed, "assumptions": design.assumptions}
    hashes = {"inputs": design.inputs[:16], "edition": design.edition[:16]}
    return "\n".join([*lines, label("from_what", **words, **hashes), ""])


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _figure(shown: Shown, value: str | float | None) -> str:
    """A figure with as many decimals as it is worth, as the language writes it."""
    if not isinstance(value, float):
        return "–"
    text = f"{value:z,.0f}" if abs(value) >= 100 else f"{value:z,.1f}"
    if shown.language != "sv":
        return text
    return text.replace(",", "\N{NO-BREAK SPACE}").replace(".", ",").replace("-", "\N{MINUS SIGN}")
