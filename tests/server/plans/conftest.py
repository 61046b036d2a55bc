"""A city whose cases are shared, and people at the desk."""

from pathlib import Path

import pytest

from models.access import Role
from models.codes import SharingBasis
from models.database import writing
from models.store import read_dataset
from models.store.homes import change_household
from models.store.revision import touch
from tests.server.conftest import AS_OF, Served
from tests.server.second_step import postgres_later

Headers = dict[str, str]


@pytest.fixture
def coordinator(served: Served) -> Headers:
    """A coordinator's headers; every case is shared with the city's placement function."""
    with writing(served.engine) as connection:
        for household in read_dataset(served.engine).households:
            basis = {"sharing_basis": SharingBasis.CONSENT, "sharing_basis_on": AS_OF}
            change_household(connection, household, AS_OF, "test", **basis)
        touch(connection)
    return served.as_(Role.COORDINATOR)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    postgres_later(items, Path(__file__).parent)
