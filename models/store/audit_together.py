"""Adding to the record together: those who look at cases at the same moment share one transaction.

The record is a chain, so only one can add to it at a time. Many who read at once would stand in line for a
transaction each; here whoever's turn it is takes the acts of all who wait along.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from threading import Event, Lock
from weakref import WeakKeyDictionary

from sqlalchemy import Engine

from models.database import writing
from models.store.audit import Act, append_all


@dataclass(slots=True, eq=False)
class _Waiting:
    acts: Sequence[Act]
    woken: Event = field(default_factory=Event)
    leads: bool = False
    fault: BaseException | None = None


class _Line:
    def __init__(self) -> None:
        self._lock = Lock()
        self._waiting: list[_Waiting] = []
        self._led = False

    def keep(self, engine: Engine, acts: Sequence[Act]) -> None:
        mine = _Waiting(acts)
        with self._lock:
            self._waiting.append(mine)
            if not self._led:
                self._led = mine.leads = True
        if not mine.leads:
            mine.woken.wait()
        if mine.leads:
            self._lead(engine)
        if mine.fault is not None:
            raise mine.fault

    def _lead(self, engine: Engine) -> None:
        kept: list[_Waiting] = []
        fault: BaseException | None = None
        try:
            with writing(engine) as connection:
                # Only now: whoever came while the turn was waited for is taken along.
                kept = self._all()
                append_all(connection, [act for one in kept for act in one.acts])
        except BaseException as error:
            fault = error
            kept = kept or self._all()
        with self._lock:
            following = self._waiting[0] if self._waiting else None
            self._led = following is not None
            if following is not None:
                following.leads = True
                following.woken.set()
        for one in kept:
            one.fault = fault
            one.woken.set()

    def _all(self) -> list[_Waiting]:
        with self._lock:
            taken, self._waiting = self._waiting, []
        return taken


_lines: "WeakKeyDictionary[Engine, _Line]" = WeakKeyDictionary()
_making = Lock()


def keep_together(engine: Engine, acts: Sequence[Act]) -> None:
    """Add acts to the record, together with those of others at this moment; kept once this returns.

    Raises
    ------
    DatabaseProblem
        When none of them could be kept; everyone who waited is told.
    """
    if not acts:
        return
    with _making:
        line = _lines.setdefault(engine, _Line())
    line.keep(engine, acts)
