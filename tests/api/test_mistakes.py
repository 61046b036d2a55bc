"""Mistakes and failures: one sentence on standard error, 2 for the user's and 1 for ours, no traceback."""

import shutil
import sqlite3
from functools import partial
from pathlib import Path

import pytest

from api.usecases import cities, matching
from models.database import open_database
from optimiser.check import FailedCheck
from optimiser.policy.model import PolicyProblem

from .conftest import DAY, SMALL, Command

MISTAKES = [
    (("matsch",), "kommando som finns"),
    (("policy",), "kommando som finns: check"),
    (("match", "--mooves", "1"), "--moves?"),
    (("match", "--as-of"), "--as-of"),
    (("match", "extra"), "mer på raden"),
    (("explain",), "HUSHÅLL saknas"),
    (("match", "--as-of", "2026-13-01"), "inget datum"),
    (("match", "--as-of", "20260115"), "inget datum"),
    (("match", "--as-of", "igår"), "inget datum"),
    (("simulate", "--as-of", "9999-12-31"), "för långt fram"),
    (("match", "--moves", "0"), "heltal från 1"),
    (("match", "--moves", "-1"), "heltal från 1"),
    (("match", "--moves", ""), "heltal från 1"),
    (("match", "--moves", "4.0"), "heltal från 1"),
    (("match", "--time-limit", "0"), "över noll"),
    (("match", "--time-limit", "nan"), "över noll"),
    (("match", "--time-limit", "snart"), "över noll"),
    (("match", "--json", "ingenstans/svar.json"), "Mappen ingenstans finns inte"),
    (("match", "--json", "."), "ingen fil att skriva till"),
    (("match", "--lang", "fr"), "Språket ”fr” finns inte"),
    (("match", "--lang"), "Språket ”” finns inte"),
    (("export", "ut", "--format", "pdf"), "Formatet ”pdf”"),
    (("import", "ingenstans"), "Mappen ingenstans finns inte"),
    (("match",), "Databasen är tom"),
    (("explain", "H00001"), "Databasen är tom"),
    (("match", "--db", "ingenstans/stad.sqlite"), "mappen ingenstans saknas"),
    (("match", "--db", "mysql://stad"), "mysql"),
]


@pytest.mark.parametrize(("arguments", "words"), MISTAKES, ids=[" ".join(m[0]) for m in MISTAKES])
def test_the_users_mistake(hemvist: Command, arguments: tuple[str, ...], words: str) -> None:
    said = hemvist(*arguments)
    assert (said.status, said.out) == (2, "")
    assert words in said.err
    assert said.err.count("\n") == 1
    assert "Traceback" not in said.err


def test_unknown_household_and_pool(small_city: Command) -> None:
    said = small_city("explain", "H9", *DAY)
    assert (said.status, said.out) == (2, "")
    assert said.err == "Hushållet H9 finns inte i databasen: kontrollera referensen.\n"
    said = small_city("explain", "H00016", "--pool", "P9", *DAY, "--lang", "en")
    assert said.status == 2
    assert said.err == "Pool P9 is not in the database: check its id.\n"


def test_a_day_before_the_policy(small_city: Command) -> None:
    said = small_city("match", "--as-of", "1990-01-01")
    assert (said.status, said.out) == (2, "")
    assert said.err == "Policyn hade inte börjat gälla 1990-01-01: ange en senare dag.\n"


def test_ten_megabytes_in_a_cell(hemvist: Command, tmp_path: Path) -> None:
    city = Path(shutil.copytree(SMALL, tmp_path / "stad"))
    pools = (city / "pools.csv").read_text(encoding="utf-8")
    (city / "pools.csv").write_text(pools.replace("Bostad_forst 0", "x" * 10_000_000), encoding="utf-8")
    said = hemvist("import", str(city), *DAY)
    assert said.status == 2
    assert "10000000 tecken" in said.err.replace("\N{NO-BREAK SPACE}", "").replace(" 000", "000")
    assert len(said.err) < 1000


def test_awkward_places_to_import_from(hemvist: Command, tmp_path: Path) -> None:
    file, empty = tmp_path / "stad.txt", tmp_path / "tom"
    file.write_text("hushåll", encoding="utf-8")
    empty.mkdir()
    for place, words in ((file, "varken en mapp eller en .xlsx"), (empty, "ingen datafil")):
        said = hemvist("import", str(place))
        assert said.status == 2
        assert words in said.err


def test_a_database_that_is_none(hemvist: Command, tmp_path: Path) -> None:
    file = tmp_path / "anteckning.txt"
    file.write_text("inte en databas, bara text " * 50, encoding="utf-8")
    said = hemvist("match", "--db", str(file))
    assert said.status == 2
    assert "är ingen databas" in said.err


def test_a_database_from_a_newer_version(small_city: Command, database: Path) -> None:
    with sqlite3.connect(database) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    said = small_city("match", *DAY)
    assert said.status == 2
    assert "nyare version" in said.err


def test_a_locked_database(small_city: Command, database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cities, "open_database", partial(open_database, patience=0.05))
    holder = sqlite3.connect(database, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    said = small_city("import", SMALL, *DAY)
    holder.execute("ROLLBACK")
    holder.close()
    assert (said.status, said.out) == (1, "")
    assert "låst av ett annat program" in said.err


def failing(problem: BaseException) -> object:
    def fail(*_arguments: object) -> None:
        raise problem

    return fail


@pytest.mark.parametrize(
    ("problem", "words"),
    [
        (FailedCheck(["H1 is proposed 2 times"]), "Svaret höll inte"),
        (PolicyProblem("fit.toml: is not valid TOML"), "Policyn går inte att använda"),
        (MemoryError(), "minne räckte inte"),
        (OSError(28, "No space left on device"), "Disken är full"),
        (PermissionError(13, "Permission denied", "svar.json"), "svar.json"),
        (RuntimeError("Anna Andersson bor på Hvilan"), "Något gick fel hos oss (RuntimeError)"),
    ],
)
def test_our_own_failures(
    small_city: Command, monkeypatch: pytest.MonkeyPatch, problem: Exception, words: str
) -> None:
    monkeypatch.setattr(matching, "build_instance", failing(problem))
    said = small_city("match", *DAY)
    assert (said.status, said.out) == (1, "")
    assert words in said.err
    assert "Anna" not in said.err
    assert said.err.count("\n") == 1


def test_the_traceback_is_shown_to_who_asks(small_city: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(matching, "build_instance", failing(RuntimeError("here")))
    monkeypatch.setenv("HEMVIST_DEBUG", "1")
    assert "Traceback" in small_city("match", *DAY).err


def test_interrupted(small_city: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(matching, "build_instance", failing(KeyboardInterrupt()))
    said = small_city("match", *DAY)
    assert (said.status, said.out, said.err) == (130, "", "")


def test_a_failed_write_leaves_the_earlier_file(
    small_city: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "svar.json"
    file.write_text("{}", encoding="utf-8")
    monkeypatch.setattr(Path, "write_text", failing(OSError(28, "No space left on device")))
    said = small_city("match", *DAY, "--json", str(file))
    assert said.status == 1
    assert file.read_text(encoding="utf-8") == "{}"
    assert sorted(p.name for p in tmp_path.glob("*svar*")) == ["svar.json"]
