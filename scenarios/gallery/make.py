"""Simulates the gallery's scenarios and writes the table and the charts."""

from collections.abc import Callable, Sequence
from pathlib import Path

from optimiser.policy.load import load_policy_data
from scenarios.assumptions import load_assumptions
from scenarios.demo_city import DEMO_AS_OF, build_demo_city
from scenarios.experiments.backends.base import Backend
from scenarios.experiments.experiment import Experiment
from scenarios.experiments.run import run_experiment
from scenarios.gallery.charts import as_svg, charts
from scenarios.gallery.results import Shown, as_csv, as_markdown, result_rows
from scenarios.gallery.shelf import FolderShelf
from scenarios.whatif.compile import compile_reform
from scenarios.whatif.load import find_scenarios
from scenarios.whatif.scenario import BASELINE

SCENARIOS = ("womens_vastberga", "bostad_forst_50", "hvilan_closes", "family_flats_100", "arrivals_plus_20")
"""What the gallery shows: new places of three kinds, a closing, and more people."""

FINISHED = "finished"
"""Folder of replications that need not be done again; it may be removed."""


def make_gallery(
    folder: Path,
    replications: int,
    weeks: int,
    seed: int,
    language: str,
    backend: Backend,
    names: Sequence[str] = SCENARIOS,
    progress: Callable[[Experiment], None] | None = None,
) -> list[Path]:
    """Simulate scenarios on the demo city and write `results.csv`, `results.md` and a chart of each kind.

    Returns
    -------
    list[Path]
        The files written.
    """
    city, policy = build_demo_city(), load_policy_data()
    scenarios = find_scenarios(names)
    stacks = [(BASELINE.name, ()), *((scenario.name, (scenario,)) for scenario in scenarios)]
    reforms = [(name, compile_reform(city, DEMO_AS_OF, stack, weeks, policy)) for name, stack in stacks]
    experiment = run_experiment(
        city,
        DEMO_AS_OF,
        reforms,
        load_assumptions(),
        weeks,
        replications,
        seed,
        backend=backend,
        keep=FolderShelf(folder / FINISHED),
        progress=progress,
    )
    titles = {s.name: s.title_sv if language == "sv" else s.title_en for s in scenarios}
    return write_gallery(folder, Shown(experiment, titles, language))


def write_gallery(folder: Path, shown: Shown) -> list[Path]:
    """Write the table and the charts of an experiment."""
    folder.mkdir(parents=True, exist_ok=True)
    rows = result_rows(shown)
    drawn = charts(shown, rows)
    texts = {
        "results.csv": as_csv(rows),
        "results.md": as_markdown(shown, rows, list(drawn)),
        **{f"{name}.svg": as_svg(chart, shown) for name, chart in drawn.items()},
    }
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    return [folder / name for name in texts]
