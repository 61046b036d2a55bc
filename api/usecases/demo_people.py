"""The demo's people: one for each role, with passwords of chance that are kept beside the demo's database.

Never for a real city: who reads that file is everybody in it.
"""

import json
import secrets
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path

from platformdirs import user_data_path
from sqlalchemy import Engine

from api.access.actor import Actor
from api.access.passwords import hashed
from api.usecases.cities import holds_demo_city
from api.usecases.offers.publishing import draft, publish
from api.usecases.problems import UserError
from api.usecases.users import added_by_operator
from api.usecases.work import working_for
from models.access import Role, User
from models.database import reading, writing
from models.households import Household
from models.store.access import change_credential, user_by
from models.store.offers import plan_of_run, published_plan

ORDER = (Role.COORDINATOR, Role.CASEWORKER, Role.PLANNER, Role.MANAGER, Role.AUDITOR, Role.ADMIN)
PREFIX = "demo"


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """Somebody whom anyone who tries the demo may be."""

    username: str
    role: str
    password: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Kept:
    """What the demo is served with: what signs its tokens, what closes its texts, and its people."""

    secret: str = field(repr=False)
    keys: str = field(repr=False)
    people: tuple[DemoPerson, ...]


def demo_people(engine: Engine, households: Iterable[Household], now: datetime) -> Kept:
    """The demo's people and secrets: those kept beside the database, or new ones.

    Raises
    ------
    UserError
        If the database holds another city.
    """
    if not holds_demo_city(engine):
        raise UserError("other_city", database=engine.url.database or engine.url.host or "")
    file = kept_in(engine)
    kept = _read(file) or _new()
    _write(file, kept)
    unit = _largest_unit(households)
    for person in kept.people:
        role = Role(person.role)
        _let_in(engine, person, role, unit if role == Role.CASEWORKER else None, now)
    return kept


def publish_if_none(engine: Engine, run_id: int, now: datetime) -> None:
    """Publish a run as the demo's plan, unless there is one that people work from."""
    with reading(engine) as connection:
        if published_plan(connection) is not None:
            return
        user = user_by(connection, username=f"{PREFIX}-{Role.COORDINATOR}")
    if user is None:
        return
    with working_for(engine, Actor(user.user_id, user.role, user.unit, ""), now) as work:
        if plan_of_run(work.connection, run_id) is None:
            draft(work, run_id)
        publish(work, run_id)


def kept_in(engine: Engine) -> Path:
    """The file beside the demo's database; in the user's data folder where the database is no file."""
    name = engine.url.database or PREFIX
    if engine.dialect.name == "sqlite":
        return Path(f"{name}.demo.json")
    return user_data_path("hemvist", appauthor=False) / f"{Path(name).name}.demo.json"


def _let_in(engine: Engine, person: DemoPerson, role: Role, unit: str | None, now: datetime) -> None:
    with reading(engine) as connection:
        user: User | None = user_by(connection, username=person.username)
    if user is None:
        added_by_operator(engine, person.username, role, unit, person.password, now)
        return
    changes = {
        "password_hash": hashed(person.password),
        "changed_at": now,
        "failures": 0,
        "locked_until": None,
    }
    with writing(engine) as connection:
        change_credential(connection, user.user_id, **changes)


def _largest_unit(households: Iterable[Household]) -> str:
    counted = Counter(one.responsible_unit for one in households if one.responsible_unit)
    return max(counted, key=lambda unit: (counted[unit], unit))


def _new() -> Kept:
    from cryptography.fernet import Fernet

    people = tuple(DemoPerson(f"{PREFIX}-{role}", str(role), secrets.token_urlsafe(18)) for role in ORDER)
    return Kept(secrets.token_urlsafe(48), Fernet.generate_key().decode(), people)


def _read(file: Path) -> Kept | None:
    try:
        tree = json.loads(file.read_text(encoding="utf-8"))
        people = tuple(DemoPerson(**person) for person in tree["people"])
        return Kept(tree["secret"], tree["keys"], people)
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        return None


def _write(file: Path, kept: Kept) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.touch(mode=0o600)
    file.chmod(0o600)
    file.write_text(json.dumps(asdict(kept), indent=1) + "\n", encoding="utf-8")
