"""The register extract over the web: for those who may see the case, as JSON or a page, and recorded."""

import pytest

from models.access import Role
from models.store import read_dataset
from models.store.audit import entries
from tests.server.conftest import Served


@pytest.fixture
def case(served: Served) -> tuple[str, str]:
    """A household and its unit."""
    found = next(h for h in read_dataset(served.engine).households if h.responsible_unit)
    return found.household_id, str(found.responsible_unit)


def test_it_is_for_those_who_have_the_case(served: Served, case: tuple[str, str]) -> None:
    household_id, unit = case
    url = f"/api/v1/households/{household_id}/extract"
    told = served.client.get(url, headers=served.as_(Role.CASEWORKER, unit))
    assert told.status_code == 200, told.text
    tree = told.json()
    assert tree["tables"]["household"][0]["household_id"] == household_id
    assert tree["tables"]["member"]
    stranger = served.client.get(url, headers=served.as_(Role.CASEWORKER, "Annan enhet"))
    nobody = served.client.get("/api/v1/households/H99999/extract", headers=served.as_(Role.CASEWORKER, unit))
    assert (stranger.status_code, nobody.status_code) == (404, 404)
    assert stranger.json()["detail"] == nobody.json()["detail"]
    (entry,) = entries(served.engine, action="case.extract")
    assert (entry.subject_id, entry.reason) == (household_id, "extract")


def test_a_page_in_the_readers_language(served: Served, case: tuple[str, str]) -> None:
    household_id, unit = case
    url = f"/api/v1/households/{household_id}/extract"
    headers = served.as_(Role.CASEWORKER, unit) | {"Accept": "text/html"}
    for language, words in (
        ("sv", ("Registerutdrag", "Boendesituation")),
        ("en", ("Register extract", "Situation")),
    ):
        page = served.client.get(url, headers=headers | {"Accept-Language": language})
        assert page.headers["content-type"].startswith("text/html")
        assert all(word in page.text for word in words)
        assert "<script" not in page.text
