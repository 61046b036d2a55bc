"""Jobs of every kind that have ended, for requests made up about things that there are."""

from io import BytesIO
from zipfile import ZipFile

from api.access.actor import Actor
from api.jobs.asking import ask_for
from api.usecases.files.importing import Sent, ask_for_look
from api.usecases.plans.asking import PlanAsked, ask_for_plan
from api.usecases.scenario_runs.asking import RunAsked, ask_for_capacity, ask_for_run
from api.usecases.work import working_for
from models.access import Role
from models.database import reading
from models.store.access import user_by
from optimiser.limits.model import NO_LIMITS
from tests.server.conftest import AS_OF, SMALL_CITY, Served

from .working import stored, work_off


def known_jobs(served: Served, names: dict[Role, str]) -> dict[str, list[str]]:
    """Ids by the name of the path parameter, of jobs asked for by those who may."""
    view = served.client.app.state.service.city()  # type: ignore[attr-defined]
    coordinator, planner = (_actor(served, names[role]) for role in (Role.COORDINATOR, Role.PLANNER))
    run = RunAsked(AS_OF, [], [["arrivals_plus_20"]], None, 4, 1, 1, "none", uncertain=False)
    plan = PlanAsked(AS_OF, "none", 60.0, NO_LIMITS)
    sent = Sent([("stad.zip", _zipped())], AS_OF, quarantine=False)
    with working_for(served.engine, coordinator, served.clock()) as work:
        made = ask_for_plan(work, view, coordinator, plan).job_id
        look = ask_for_look(work, sent, served.settings.largest_import).job_id
        export = ask_for(work, "export", {"format": "csv"}).job_id
    with working_for(served.engine, planner, served.clock()) as work:
        simulated = ask_for_run(work, view.dataset, run).job_id
        capacity = ask_for_capacity(work, AS_OF, "women_gap_structural<=5", 4, 0, 1).job_id
    work_off(served)
    done = {job_id: stored(served, job_id) for job_id in (made, look, export, simulated, capacity)}
    assert all(job.result is not None for job in done.values()), done
    return {
        "job_id": list(done),
        "import_id": [look],
        "export_id": [export],
        "plan_id": [capacity],
        "experiment_id": [str((done[simulated].result or {})["experiment_id"])],
        "run_id": [str((done[made].result or {})["run_id"])],
        "number": ["1", "2"],
        "name": ["baseline", "syrenen_tolerant"],
    }


def _actor(served: Served, username: str) -> Actor:
    with reading(served.engine) as connection:
        user = user_by(connection, username=username)
    assert user is not None
    return Actor(user.user_id, user.role, user.unit, "-")


def _zipped() -> bytes:
    buffer = BytesIO()
    with ZipFile(buffer, "w") as parcel:
        for file in sorted(SMALL_CITY.glob("*.csv")):
            parcel.write(file, file.name)
    return buffer.getvalue()
