"""The gallery's table and charts, from an experiment made by hand, and the command from end to end."""

import csv
from io import StringIO
from pathlib import Path

import numpy as np
import pytest

from scenarios.experiments.experiment import Arm, Design, Experiment
from scenarios.experiments.findings import COSTS, FIGURES, WAITS
from scenarios.experiments.replication import Replication
from scenarios.gallery.__main__ import main
from scenarios.gallery.charts import GROUPS, TOLD
from scenarios.gallery.labels import LANGUAGES, labels
from scenarios.gallery.make import SCENARIOS, write_gallery
from scenarios.gallery.results import COLUMNS, Shown, as_csv, as_markdown, result_rows
from scenarios.gallery.shelf import FolderShelf
from scenarios.whatif.load import library

from ..experiments.toy import AS_OF

WEEKS = 60


def arm(name: str, effect: float, replications: int = 4) -> Arm:
    """An arm in which every measure is around a thousand, times the effect."""
    groups = [f"waiting.{group}" for group in GROUPS]
    names = ("waiting", *groups, *WAITS, *(f for f in FIGURES[1:] if not f.startswith("cost")), *COSTS)
    results = {}
    for n in range(replications):
        draws = np.random.Generator(np.random.Philox(key=[1, n])).normal(1000, 20, size=(len(names), WEEKS))
        weekly = draws * effect
        totals = dict(zip(names, weekly.mean(axis=1).tolist(), strict=True))
        results[n] = Replication(n, names, weekly, totals)
    return Arm(name, name, results)


def shown(language: str, replications: int = 4) -> Shown:
    design = Design(AS_OF, WEEKS, replications, 1, "none", "a" * 16, "i" * 64, "e" * 64)
    arms = (arm("baseline", 1, replications), arm("fewer", 0.9, replications), arm("same", 1, replications))
    titles = {"fewer": "Färre väntar" if language == "sv" else "Fewer wait", "same": "Lika"}
    return Shown(Experiment(design, arms), titles, language)


def test_both_languages_say_the_same_things() -> None:
    assert labels("sv").keys() == labels("en").keys()
    for language in LANGUAGES:
        known = labels(language)
        assert all(text.strip() for text in known.values())
        assert {f"group_names.{group}" for group in GROUPS} <= known.keys()
        assert {f"measures.{measure}" for measure in TOLD} <= known.keys()


def test_the_table_for_programs() -> None:
    rows = list(csv.DictReader(StringIO(as_csv(result_rows(shown("sv"))))))
    assert tuple(rows[0]) == COLUMNS
    assert len(rows) == 2 * len((*WAITS, *FIGURES))
    fewer = next(row for row in rows if (row["scenario"], row["measure"]) == ("fewer", "waiting"))
    assert fewer["verdict"] == "clear"
    assert float(fewer["low"]) <= float(fewer["difference"]) <= float(fewer["high"]) < 0
    same = [row for row in rows if row["scenario"] == "same"]
    assert {(row["difference"], row["low"], row["high"], row["verdict"]) for row in same} == {
        ("0.0", "0.0", "0.0", "unchanged")
    }


def test_one_replication_leaves_the_interval_empty() -> None:
    rows = list(csv.DictReader(StringIO(as_csv(result_rows(shown("sv", 1))))))
    assert {row["low"] for row in rows} == {""}
    assert "| – | – | oklar |" in as_markdown(shown("sv", 1), result_rows(shown("sv", 1)), ())


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "sv",
            (
                "# Scenarier för demostaden 2026-01-15",
                "## Färre väntar",
                "Hushåll som väntar",
                "klar |",
                "−100",
            ),
        ),
        ("en", ("# Scenarios for the demo city", "## Fewer wait", "Households waiting", "clear |", "-100")),
    ],
)
def test_the_page_for_people_and_the_charts(language: str, words: tuple[str, ...], tmp_path: Path) -> None:
    written = write_gallery(tmp_path / "galleri", shown(language))
    page = (tmp_path / "galleri" / "results.md").read_text(encoding="utf-8")
    assert all(word in page for word in words)
    charts = [file for file in written if file.suffix == ".svg"]
    assert len(charts) == 4
    for chart in charts:
        svg = chart.read_text(encoding="utf-8")
        assert svg.startswith("<svg")
        assert shown(language).titles["fewer"] in svg
        assert labels(language)[f"chart_{chart.stem}"] in svg
        assert "NaN" not in svg
        assert f"]({chart.name})" in page


def test_charts_can_be_drawn_of_a_single_replication(tmp_path: Path) -> None:
    written = write_gallery(tmp_path, shown("sv", 1))
    assert all(file.stat().st_size > 1000 for file in written)


def test_its_scenarios_are_in_the_library() -> None:
    assert len(SCENARIOS) == 5
    assert set(SCENARIOS) <= library().keys()


def test_the_shelf_keeps_whole_files(tmp_path: Path) -> None:
    shelf = FolderShelf(tmp_path / "finished")
    assert shelf.get("k") is None
    shelf["k"] = b"one"
    shelf["k"] = b"two"
    assert shelf.get("k") == b"two"
    assert [file.name for file in (tmp_path / "finished").iterdir()] == ["k"]


@pytest.mark.slow
def test_the_command_from_end_to_end(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told = [str(tmp_path), "--replications", "2", "--weeks", "4", "--processes", "1"]
    main(told)
    first = (tmp_path / "results.csv").read_text(encoding="utf-8")
    assert 2 <= len(list((tmp_path / "finished").iterdir())) <= 12
    assert len(capsys.readouterr().out.splitlines()) == 6
    main(told)
    assert (tmp_path / "results.csv").read_text(encoding="utf-8") == first
    assert capsys.readouterr().err == "\r12/12\n"


@pytest.mark.parametrize("told", [["--replications", "0"], ["--weeks", "x"], ["--lang", "fr"]])
def test_refusals(told: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main([str(tmp_path), *told])
    assert stopped.value.code == 2
    assert told[0] in capsys.readouterr().err
