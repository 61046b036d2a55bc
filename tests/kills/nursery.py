"""Starts processes and kills them at random moments: `python -m tests.kills.nursery URL FOLDER MOMENTS SEED`.

Everything is imported once and each process is forked from here, so that a hundred are quick. Prints one line
of JSON for each: what it was at, what it had said to be done, and what did not hold afterwards.
"""

import json
import os
import random
import select
import signal
import sys
import time
import traceback
from pathlib import Path

from cryptography.fernet import Fernet

from api.usecases.city_view import read_view
from api.usecases.counts import publication
from models.database import open_database
from models.encryption import use_keys
from tests.kills import deeds, holding

KINDS = ("decisions", "import", "decisions", "import", "snapshots")
LONGEST = {"decisions": 0.15, "import": 0.4, "snapshots": 0.2}
"""Seconds after it has begun, at most, until it is killed."""
PATIENCE = 60.0


def main(url: str, folder: Path, moments: int, seed: int) -> None:
    """Kill so many, and tell."""
    use_keys([Fernet.generate_key()])
    luck = random.Random(seed)
    engine = open_database(url)
    deeds.view = read_view(engine, deeds.AS_OF)
    deeds.made = publication.take(engine, deeds.view, deeds.AS_OF, deeds.NOW, "system").snapshot
    engine.dispose()
    for number in range(moments):
        kind = KINDS[number % len(KINDS)]
        said = one_life(url, folder, kind, luck)
        # A new process would open the database as this does.
        engine = open_database(url)
        try:
            wrong = holding.faults(engine) + [f"gone: {line}" for line in holding.missing(engine, said)]
        finally:
            engine.dispose()
        print(json.dumps({"kind": kind, "said": len(said), "wrong": wrong}), flush=True)


def one_life(url: str, folder: Path, kind: str, luck: random.Random) -> list[str]:
    """Let a process live for a while; what it said."""
    reader, writer = os.pipe()
    seed = luck.randrange(10**9)
    child = os.fork()
    if child == 0:
        os.close(reader)
        live(url, folder, kind, seed, writer)
    os.close(writer)
    heard = os.read(reader, 1)
    assert heard == b"!", kind
    time.sleep(luck.random() * LONGEST[kind])
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status), (kind, status)
    said = b""
    while select.select([reader], [], [], PATIENCE)[0]:
        piece = os.read(reader, 65536)
        if not piece:
            break
        said += piece
    os.close(reader)
    return [line for line in said.decode().split("\n")[:-1] if line]


def live(url: str, folder: Path, kind: str, seed: int, writer: int) -> None:
    """Do it until killed; never returns."""
    try:
        engine, luck = open_database(url), random.Random(seed)

        def say(line: str) -> None:
            os.write(writer, f"{line}\n".encode())

        os.write(writer, b"!")
        if kind == "decisions":
            deeds.decide(engine, luck, say)
        elif kind == "import":
            deeds.bring_in(engine, luck, say, folder)
        else:
            deeds.count(engine, luck, say)
    except BaseException:
        traceback.print_exc()
        sys.stderr.flush()
    finally:
        os._exit(3)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]))
