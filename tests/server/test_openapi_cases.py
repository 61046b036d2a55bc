"""The API answers whatever is sent as its description says: requests made up, right and wrong, everywhere."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.generation import GenerationMode
from schemathesis.schemas import APIOperation
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from api.access.actor import Actor
from api.access.roles import permissions_by_role
from api.usecases.counts.publication import publication
from api.usecases.matching import run_match
from api.usecases.offers.publishing import draft, publish
from api.usecases.signing_in import begin_for
from api.usecases.work import working_for
from models.access import Role
from models.codes import SharingBasis
from models.database import reading, writing
from models.store import read_dataset
from models.store.access import user_by
from models.store.audit import flaws
from models.store.homes import change_household
from models.store.offers import offers
from tests.server.conftest import AS_OF, Served
from tests.server.jobs.known import known_jobs
from tests.server.second_step import IN_THE_SECOND_STEP

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
MODES = (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)
FEW, MANY = 4, 36
"""Cases of each route: some six hundred in all, and more than five thousand."""


@dataclass
class Asker:
    """Sends made requests as one of several people, about things that there are."""

    served: Served
    names: dict[Role, str]
    known: dict[str, list[str]]

    def token(self, role: Role) -> dict[str, str]:
        here = self.served
        with reading(here.engine) as connection:
            user = user_by(connection, username=self.names[role])
        assert user is not None
        secret = here.settings.secret.get_secret_value()
        tokens = begin_for(here.engine, secret, user, here.clock())
        return {"Authorization": f"Bearer {tokens.access}"}

    def ask(self, operation: APIOperation, times: int) -> None:
        strategy = st.one_of(*(operation.as_strategy(generation_mode=mode) for mode in MODES))
        role_of = {role: self.token(role) for role in self.names}
        need = operation.definition.raw["x-needs"]
        able = [role for role in self.names if need in permissions(role)] or list(self.names)

        @settings(
            max_examples=times,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
            database=None,
            deadline=None,
            derandomize=True,
        )
        @given(data=st.data())
        def one(data: st.DataObject) -> None:
            case = data.draw(strategy)
            for name in case.path_parameters or {}:
                if name in self.known and data.draw(st.integers(0, 2)):
                    case.path_parameters[name] = data.draw(st.sampled_from(self.known[name]))
            role = data.draw(st.sampled_from([*able, *able, *self.names, None]))
            ends_it = operation.method == "delete" and operation.path.endswith("/session")
            headers = {} if role is None else self.token(role) if ends_it else role_of[role]
            case.call_and_validate(headers=headers, checks=CHECKS)

        one()


def permissions(role: Role) -> set[str]:
    return {"signed_in", "public", *permissions_by_role()[role]}


@pytest.fixture
def asker(served: Served) -> Asker:
    unit = next(str(row.responsible_unit) for row in read_dataset(served.engine).households)
    roles = (Role.CASEWORKER, Role.COORDINATOR, Role.PLANNER, Role.MANAGER, Role.AUDITOR, Role.ADMIN)
    names = {role: served.add(role, unit if role == Role.CASEWORKER else None) for role in roles}
    data = read_dataset(served.engine)
    with writing(served.engine) as connection:
        for household in data.households:
            basis = {"sharing_basis": SharingBasis.CONSENT, "sharing_basis_on": AS_OF}
            change_household(connection, household, AS_OF, "test", **basis)
    run_id = run_match(served.engine, AS_OF, "none", None, served.clock()).answer["run"]["id"]
    with working_for(served.engine, Actor("u-1", Role.COORDINATOR, None, "-"), served.clock()) as work:
        draft(work, run_id)
        publish(work, run_id)
        proposed = [offer.offer_id for offer in offers(work.connection)]
    with reading(served.engine) as connection:
        user = user_by(connection, username=served.add(Role.PLANNER))
    assert user is not None
    known = {
        "household_id": [row.household_id for row in data.households],
        "pool_id": [row.pool_id for row in data.pools],
        "user_id": [user.user_id],
        "offer_id": proposed,
        "run_id": [str(run_id)],
    }
    for name, ids in known_jobs(served, names).items():
        known[name] = [*known.get(name, []), *ids]
    # The figures of the day are taken when first asked for, which takes longer than a request made up may.
    city = served.client.app.state.service
    publication(city.engine, city.city(), city.as_of(), city.now())
    return Asker(served, names, known)


def operations_of(served: Served) -> Iterator[APIOperation]:
    schema = schemathesis.openapi.from_asgi("/api/v1/openapi.json", served.client.app)
    for result in schema.get_all_operations():
        yield result.ok()


def ask_all(asker: Asker, times: int) -> int:
    asked = 0
    for operation in operations_of(asker.served):
        asker.ask(operation, times)
        asked += 1
    assert list(asker.served.client.app.state.faults) == []
    assert flaws(asker.served.engine) == []
    return asked


@pytest.mark.parametrize("engine", ["counted", IN_THE_SECOND_STEP], indirect=True)
def test_every_route_answers_as_described(asker: Asker) -> None:
    assert ask_all(asker, FEW) >= 20


@pytest.mark.slow
def test_every_route_answers_thousands_of_requests_as_described(asker: Asker) -> None:
    assert ask_all(asker, MANY) * MANY >= 5000
