"""The planner's pages and those that are shared, without a browser: the views over the real API."""

import json
from collections.abc import Callable
from io import StringIO

import pytest
from streamlit.testing.v1 import AppTest

from api.jobs.worker import Worker
from api.server.logs import Log
from models.access import Role
from tests.ui.conftest import Desks, html_of
from ui.planner.drafts import DRAFT, OWN
from ui.planner.fields import FIELDS
from ui.planner.links import KEYS, packed
from ui.texts import Texts

SAID = Texts("sv")
CONTENT = {
    "name": "own_fler",
    **dict.fromkeys(KEYS[1:], "Fler kommer"),
    "change": [{"kind": "arrivals", "segments": "all", "factor": 1.5}],
}


def work_off(desks: Desks) -> None:
    one = Worker(desks.engine, desks.clock, Log(StringIO()))
    while one.work_once():
        pass


@pytest.fixture(scope="module")
def run(desks: Desks) -> int:
    """A small finished run of two scenarios."""
    client = desks.client(Role.PLANNER)
    stacks = [["arrivals_plus_20"], ["own_fler", "matching_first_come"]]
    asked = {"own": [{"content": CONTENT}], "stacks": stacks, "weeks": 8, "replications": 4}
    job = client.post("/scenario-runs", asked)
    work_off(desks)
    return int(client.get(f"/jobs/{job['job_id']}")["result"]["experiment_id"])


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize(
    "name",
    [
        *("library", "building", "runs", "capacity", "stay_costs", "assumptions", "back_test"),
        *("scenario", "result"),
    ],
)
def test_every_page_is_drawn(page: Callable[..., AppTest], name: str, language: str) -> None:
    at = page(name, language=language)
    assert "<h1>" in html_of(at)
    assert not at.error


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("housing_map", Role.PLANNER),
        ("policy", Role.AUDITOR),
        ("history", Role.COORDINATOR),
        ("record", Role.AUDITOR),
        ("users", Role.ADMIN),
    ],
)
def test_every_shared_page_is_drawn(
    page: Callable[..., AppTest], name: str, role: Role, language: str
) -> None:
    at = page(name, role, language, "shared_pages")
    assert "<h1>" in html_of(at)
    assert not at.error


def test_a_change_is_built_by_form_and_its_faults_stand_beside_the_fields(
    page: Callable[..., AppTest],
) -> None:
    at = page("building")
    at.text_input[0].set_value("Ett hus till").run()
    at.selectbox[0].set_value("open_pool").run()
    at.button(key="build-add").click().run()
    assert html_of(at).count(SAID("build.fault.missing key")) == 4
    assert at.session_state[DRAFT]["change"] == []
    fields = {field.label: field for field in (*at.text_input, *at.selectbox, *at.number_input)}
    fields[SAID("build.field.name")].set_value("Nya huset")
    fields[SAID("build.field.form")].set_value("stodboende")
    fields[SAID("build.field.district")].set_value(fields[SAID("build.field.district")].options[0])
    fields[SAID("build.field.capacity")].set_value(12)
    fields[SAID("build.from_week")].set_value(4)
    at.button(key="build-add").click().run()
    assert not at.exception
    [change] = at.session_state[DRAFT]["change"]
    assert (change["pool_id"], change["capacity"], change["from_week"]) == ("S-NYA_HUSET", 12, 4)
    assert SAID("build.sound") in html_of(at)
    told = at.query_params["s"]
    again = page("building", s=told if isinstance(told, str) else told[0])
    assert again.session_state[DRAFT]["change"] == [change]
    assert again.text_input[0].value == "Ett hus till"


def test_every_kind_of_change_has_a_form(page: Callable[..., AppTest]) -> None:
    at = page("building")
    for kind in FIELDS:
        at.selectbox[0].set_value(kind).run()
        assert not at.exception, kind
        assert 'class="hv-wrong"' not in html_of(at), kind
        at.button(key="build-add").click().run()
        assert not at.exception, kind
        assert at.session_state[DRAFT]["change"] == [] or kind == "capacity", kind


def test_what_is_missing_of_several_fields_is_told_once_in_words(page: Callable[..., AppTest]) -> None:
    at = page("building")
    wanted = {"capacity": ("pool | form", "to | by | factor"), "rule": ("rule | points | fit | condition",)}
    for kind, keys in wanted.items():
        at.selectbox[0].set_value(kind).run()
        at.button(key="build-add").click().run()
        told = html_of(at)
        assert [key for key in keys if told.count(SAID(f"build.fault_at.{key}")) != 1] == []


def test_a_quota_says_which_forms_share_it_today(page: Callable[..., AppTest], desks: Desks) -> None:
    at = page("building")
    at.selectbox[0].set_value("quota").run()
    shared = [
        one for one in desks.client(Role.PLANNER).get("/scenario-choices")["quotas"] if one["forms"][1:]
    ]
    assert shared
    for quota in shared:
        forms = SAID.listed([SAID.form(form) for form in quota["forms"]])
        places = SAID.count("place", quota["places"])
        assert SAID("build.quota_shared", forms=forms, places=places, year=str(quota["year"])) in html_of(at)


def test_a_rule_is_changed_by_its_number(page: Callable[..., AppTest]) -> None:
    at = page("building")
    at.selectbox[0].set_value("rule").run()
    at.selectbox[1].set_value("rule:school_continuity").run()
    value = next(one for one in at.number_input if one.label == SAID("build.new_value"))
    value.set_value(45)
    at.button(key="build-add").click().run()
    assert at.session_state[DRAFT]["change"] == [
        {"kind": "rule", "rule": "school_continuity", "parameter": "minutes_under_10", "value": 45}
    ]
    assert "högst 45 minuters väg" in html_of(at)


def test_a_link_that_is_cut_short_is_told(page: Callable[..., AppTest]) -> None:
    at = page("building", s=packed(CONTENT)[:-9])
    assert SAID("build.broken_link") in html_of(at)


def test_scenarios_are_stacked_and_run_and_figures_come(page: Callable[..., AppTest], desks: Desks) -> None:
    at = page("library")
    at.session_state[OWN] = {"own_fler": CONTENT}
    at.session_state["planner-alternatives"] = [["own_fler", "matching_first_come"]]
    at.run()
    at.selectbox(key="run-weeks").set_value(52)
    at.number_input(key="run-replications").set_value(4)
    next(button for button in at.button if button.label == SAID("run.start")).click().run()
    assert not at.exception
    assert not at.error, [one.value for one in at.error]
    job = desks.client(Role.PLANNER).get(f"/jobs/{at.session_state['job:scenario-run']}")
    assert job["parameters"]["scenarios"] == ["baseline", "own_fler+matching_first_come"]
    desks.client(Role.PLANNER).delete(f"/jobs/{job['job_id']}")
    work_off(desks)


def test_what_the_city_lacks_is_told_when_a_scenario_is_run(page: Callable[..., AppTest]) -> None:
    at = page("library")
    at.session_state["planner-alternatives"] = [["hvilan_closes"]]
    at.run()
    next(button for button in at.button if button.label == SAID("run.start")).click().run()
    assert "P-HVILAN" in html_of(at)
    assert "job:scenario-run" not in at.session_state


@pytest.mark.parametrize("part", ["figures", "months", "groups", "costs", "rests_on"])
@pytest.mark.parametrize("language", ["sv", "en"])
def test_a_run_in_each_of_its_parts(page: Callable[..., AppTest], run: int, part: str, language: str) -> None:
    at = page("result", language=language, id=str(run))
    at.segmented_control(key="result-part").set_value(part).run()
    assert not at.exception
    assert not at.error
    told = html_of(at)
    assert "hv-told" in told
    charts = at.get("arrow_vega_lite_chart") or at.get("vega_lite_chart")
    assert bool(charts) == (part != "rests_on")


def test_figures_are_the_apis_own(page: Callable[..., AppTest], run: int, desks: Desks) -> None:
    found = desks.client(Role.PLANNER).get(f"/scenario-runs/{run}", detail="months")
    waiting = next(one for one in found["figures"][1]["figures"] if one["measure"] == "waiting")
    assert SAID.number(waiting["after"]["mean"], 1 if waiting["after"]["mean"] < 100 else 0) in html_of(
        page("result", id=str(run))
    )
    assert "mean" not in json.dumps([list(one["measures"]["waiting"]) for one in found["results"]])


def test_a_plan_of_what_to_build(page: Callable[..., AppTest], desks: Desks) -> None:
    client = desks.client(Role.PLANNER)
    asked = {"target": "tier_1_unplaceable<=5", "weeks": 4, "replications": 4}
    job = client.post("/capacity-plans", asked)
    work_off(desks)
    assert client.get(f"/jobs/{job['job_id']}")["state"] == "done"
    told = html_of(page("capacity"))
    assert SAID("capacity.target.tier_1_unplaceable", n="5") in told
    assert SAID("capacity.before") in told
    assert SAID("capacity.unbuilt") in told


def test_a_manager_reads_but_does_not_run(page: Callable[..., AppTest], run: int) -> None:
    at = page("library", Role.MANAGER)
    assert SAID("run.start") not in [button.label for button in at.button]
    assert not page("result", Role.MANAGER, id=str(run)).error


def test_the_log_is_verified(page: Callable[..., AppTest]) -> None:
    at = page("record", Role.AUDITOR, where="shared_pages")
    next(button for button in at.button if button.label == SAID("record.verify")).click().run()
    assert SAID("record.whole") in html_of(at)


def test_a_user_is_added(page: Callable[..., AppTest], desks: Desks) -> None:
    at = page("users", Role.ADMIN, where="shared_pages")
    at.text_input(key="user-new-name").set_value("ny.planerare")
    at.selectbox(key="user-new-role").set_value("planner")
    at.text_input(key="user-new-password").set_value("en helt annan lång mening")
    next(button for button in at.button if button.label == SAID("users.add")).click().run()
    assert SAID("users.added", name="ny.planerare") in [told.value for told in at.success]
    assert "ny.planerare" in [one["username"] for one in desks.client(Role.ADMIN).all_of("/users")]


def test_a_plan_is_replayed(page: Callable[..., AppTest], desks: Desks) -> None:
    at = page("history", Role.COORDINATOR, where="shared_pages")
    next(button for button in at.button if button.label == SAID("history.replay_do")).click().run()
    work_off(desks)
    for _ in range(3):
        at.run()
    assert SAID("history.same", n=1) in html_of(at)
