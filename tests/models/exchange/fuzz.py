"""Imports mutated files one after another: `python -m tests.models.exchange.fuzz FOLDER FILES SEED`.

It lives within bounds of memory and of time for each file; prints JSON of what became of them.
"""

import json
import random
import resource
import shutil
import signal
import sys
import traceback
from collections import Counter
from pathlib import Path
from typing import Any

from models.database import open_database, reading
from models.exchange import ExchangeProblem, import_folder
from models.store.archive import Content, lines, sheets
from tests.models.exchange.folders import AS_OF
from tests.models.exchange.mutations import base_folder, base_workbook, mutated

MEMORY = 2 * 1024**3
"""Bytes of address space, libraries included."""
SECONDS = 30


class TooSlow(Exception):
    """A file took too long."""


def main(place: Path, files: int, seed: int) -> None:
    """Import so many."""
    folder = base_folder(place / "base")
    workbook = base_workbook(folder, place / "base.xlsx")
    engine = open_database(f"sqlite:///{place / 'city.sqlite'}")
    assert not import_folder(engine, folder, AS_OF).faults
    assert not import_folder(engine, workbook, AS_OF).faults
    luck, became = random.Random(seed), Counter[str]()
    wrong: list[dict[str, Any]] = []
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    signal.signal(signal.SIGALRM, too_slow)
    before = held(engine)
    for number in range(files):
        how, path = mutated(folder, workbook, place / f"m{number}", number, luck)
        signal.alarm(SECONDS)
        try:
            report = import_folder(engine, path, AS_OF, quarantine=number % 10 == 3)
            end = "refused" if report.faults and not report.set_aside else "taken"
        except ExchangeProblem:
            end = "refused"
        except BaseException:
            end = "fell"
            wrong.append({"how": how, "number": number, "why": traceback.format_exc()[-1500:]})
        finally:
            signal.alarm(0)
        after = held(engine)
        if end != "taken" and after != before:
            wrong.append({"how": how, "number": number, "why": "something was written"})
        before = after
        became[f"{how} {end}"] += 1
        shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()
    most = peak()
    print(json.dumps({"became": became, "wrong": wrong, "memory": most}))


def too_slow(_signal: int, _frame: object) -> None:
    """Stop a file that takes too long."""
    raise TooSlow


def held(engine: Any) -> dict[str, str]:
    """What the database holds."""
    found = {}
    with reading(engine) as connection:
        for sheet in sheets():
            if sheet.name in ("household", "member", "pool", "quarantine", "setting", "audit", "decline"):
                content = Content()
                for line in lines(connection, sheet):
                    content.add(line)
                found[sheet.name] = content.checksum
    return found


def peak() -> int:
    """Most bytes of memory that this program has had; `getrusage` counts those of who started it."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return next(int(line.split()[1]) * 1024 for line in status.splitlines() if line.startswith("VmHWM"))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
