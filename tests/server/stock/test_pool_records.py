"""Pools changed over the web by a coordinator: checked like an import, places in step, with history."""

from models.access import Role
from models.database import reading
from models.store.places import places_of
from tests.server.conftest import Served

URL = "/api/v1/pools"


def pool_with(served: Served, lived_in: bool) -> str:
    city = served.client.app.state.service.city()
    homes = {row.current_pool_id for row in city.dataset.households}
    return next(
        row.pool_id
        for row in city.dataset.pools
        if row.capacity > 1 and (row.pool_id in homes) is lived_in and row.opens_on is None
    )


def numbers(served: Served, pool: str) -> tuple[list[int], set[str]]:
    with reading(served.engine) as connection:
        places = places_of(connection, pool)
    return [place.number for place in places], {place.occupant for place in places if place.occupant}


def test_features_change_against_a_version_with_history(served: Served) -> None:
    headers, pool = served.as_(Role.COORDINATOR), pool_with(served, True)
    shown = served.client.get(f"{URL}/{pool}", headers=headers)
    before, version = shown.json(), shown.headers["etag"]
    features = {"capacity": before["capacity"] + 2, "closes_on": "2027-01-01", "pets": "no"}
    body = {"features": features}
    assert served.client.patch(f"{URL}/{pool}", json=body, headers=headers).status_code == 428
    headers["If-Match"] = version
    changed = served.client.patch(f"{URL}/{pool}", json=body, headers=headers)
    assert changed.status_code == 200
    assert {name: changed.json()[name] for name in features} == features
    assert served.client.patch(f"{URL}/{pool}", json=body, headers=headers).status_code == 412
    assert numbers(served, pool)[0] == list(range(1, before["capacity"] + 3))
    told = served.client.get(f"{URL}/{pool}/history", headers=headers).json()["items"]
    changes = {one["feature"]: (one["before"], one["after"]) for one in told}
    assert changes["capacity"] == (str(before["capacity"]), str(before["capacity"] + 2))
    assert changes["closes_on"] == (before["pool"]["closes_on"], "2027-01-01")


def test_what_an_import_would_refuse_is_refused(served: Served) -> None:
    headers = {**served.as_(Role.COORDINATOR), "If-Match": "*"}
    pool = pool_with(served, True)
    faulty = {"opens_on": "2027-01-01", "closes_on": "2026-01-01", "capacity": 0, "form": "castle"}
    answer = served.client.patch(f"{URL}/{pool}", json={"features": faulty}, headers=headers)
    assert answer.status_code == 422
    assert {fault["what"] for fault in answer.json()["errors"]} == {
        "closes before it opens",
        "more residents than places",
        "unknown code",
    }
    many = {"features": {"capacity": 2_000_000_000}}
    assert served.client.patch(f"{URL}/{pool}", json=many, headers=headers).status_code == 422
    caseworker = {**served.as_(Role.CASEWORKER, "Bromma"), "If-Match": "*"}
    assert served.client.patch(f"{URL}/{pool}", json={"features": {}}, headers=caseworker).status_code == 403


def test_places_open_and_close_one_at_a_time_and_nobody_is_put_out(served: Served) -> None:
    headers, pool = served.as_(Role.COORDINATOR), pool_with(served, True)
    all_numbers, residents = numbers(served, pool)
    opened = served.client.post(f"{URL}/{pool}/places", headers=headers)
    assert opened.json()["capacity"] == len(all_numbers) + 1
    shown = served.client.get(f"{URL}/{pool}", headers=headers).json()
    lived_in = next(place["number"] for place in shown["places"] if place["state"] == "occupied")
    refused = served.client.post(f"{URL}/{pool}/places/{lived_in}/closing", headers=headers)
    assert refused.json()["type"] == "/problems/place_in_use"
    assert served.client.post(f"{URL}/{pool}/places/9999/closing", headers=headers).status_code == 404
    while True:
        shown = served.client.get(f"{URL}/{pool}", headers=headers).json()
        free = [place["number"] for place in shown["places"] if place["state"] == "vacant"]
        if not free:
            break
        closed = served.client.post(f"{URL}/{pool}/places/{free[0]}/closing", headers=headers)
        assert closed.json()["capacity"] == shown["capacity"] - 1
        left, living = numbers(served, pool)
        assert left == list(range(1, shown["capacity"]))
        assert living == residents
    assert len(numbers(served, pool)[0]) == len(residents)
