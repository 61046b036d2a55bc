"""Where a program with many threads spends its time: its stacks looked at a few hundred times a second."""

import sys
import time
from collections import Counter
from pathlib import Path
from threading import Event, Thread, current_thread

EVERY = 0.005


def sampled(code: str, file: str) -> None:
    """Run code, and write how often each line was found on a stack, and each bottom of one."""
    inside, bottoms, done = Counter[str](), Counter[str](), Event()

    def look() -> None:
        me = current_thread().ident
        while not done.wait(EVERY):
            for ident, frame in sys._current_frames().items():
                if ident == me:
                    continue
                places, at = [], frame
                while at is not None and len(places) < 60:
                    places.append(
                        f"{at.f_code.co_filename.rpartition('site-packages/')[2]}:{at.f_code.co_name}"
                    )
                    at = at.f_back
                if "wait" in places[0] or "select" in places[0] or "_worker" in places[0]:
                    continue
                inside.update(set(places))
                bottoms[places[0]] += 1

    Thread(target=look, daemon=True).start()
    start = time.time()
    try:
        exec(code, {"__name__": "__main__"})
    finally:
        done.set()
        rows = [f"{n:7} {place}" for place, n in inside.most_common(80)]
        rows += ["", *(f"{n:7} {place}" for place, n in bottoms.most_common(40))]
        Path(file).write_text(f"{time.time() - start:.0f} s\n" + "\n".join(rows), encoding="utf-8")
