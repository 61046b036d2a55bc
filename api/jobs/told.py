"""Why a job failed, as data: a status, the key of a sentence and its words; nothing about a person."""

from typing import Any

from api.jobs.kinds import UnknownKind
from api.usecases.problems import UserError
from models.exchange import ExchangeProblem
from models.problems import DatabaseProblem
from optimiser.limits.conflict import LimitsConflict
from optimiser.limits.model import LimitsProblem

NOT_FOUND, REFUSED, OURS, AWAY = 404, 422, 500, 503

LOST: dict[str, Any] = {"status": OURS, "key": "worker_lost"}
"""Every worker that took the job up ended on the way."""

TOO_LONG: dict[str, Any] = {"status": OURS, "key": "took_too_long"}
"""It went on for longer than any job of its kind may."""

WITHDRAWN: dict[str, Any] = {"status": 403, "key": "not_yours_to_do"}
"""Who asked may not do it any more."""


def told(error: Exception) -> dict[str, Any] | None:
    """An error that can be foreseen, as it is kept with the job; None for one that is a fault of ours."""
    if isinstance(error, UserError):
        status = NOT_FOUND if error.key.startswith("unknown_") else REFUSED
        return {"status": status, "key": error.key, "words": error.words}
    if isinstance(error, LimitsProblem):
        return {"status": REFUSED, "key": f"limits.{error.fault}", "words": {"name": error.name}}
    if isinstance(error, LimitsConflict):
        limits = [{"kind": name.kind, "subject": list(name.subject)} for name in error.names]
        return {"status": REFUSED, "key": "limits_conflict", "limits": limits}
    if isinstance(error, DatabaseProblem):
        return {"status": AWAY, "key": "database_away"}
    if isinstance(error, UnknownKind):
        return {"status": REFUSED, "key": "unknown_kind"}
    if isinstance(error, ExchangeProblem):
        return {"status": REFUSED, "key": "unreadable_file", "sentence": error.message}
    return _of_scenarios(error)


def _of_scenarios(error: Exception) -> dict[str, Any] | None:
    # Read here: a worker that only matches does without them.
    from scenarios.experiments.problems import WorkersLost
    from scenarios.whatif.faults import ScenarioProblem

    if isinstance(error, ScenarioProblem):
        return {"status": REFUSED, "key": "scenario_faults"}
    if isinstance(error, WorkersLost):
        return {"status": OURS, "key": "worker_lost"}
    return None
