"""The policy over the web: every rule in words, with what it rests on, its numbers and since when."""

from datetime import date

from api.usecases.policies import policy_on
from models.access import Role
from models.forms import forms
from tests.server.conftest import AS_OF, Served

URL = "/api/v1"


def test_every_rule_with_its_text_and_source(served: Served) -> None:
    told = served.client.get(f"{URL}/policy", headers=served.as_(Role.ADMIN)).json()
    policy = policy_on(AS_OF)
    assert told["policy"] == policy.digest
    assert [rule["rule"] for rule in told["rules"]] == [rule.rule_id for rule in policy.rules]
    for rule in told["rules"]:
        assert rule["basis"] in ("source", "interpretation", "local")
        assert bool(rule["sources"]) is (rule["basis"] != "local")
        for source in rule["sources"]:
            assert source["title_sv"]
            assert source["title_en"]
            assert source["section"]
        for text in (rule["text_sv"], rule["text_en"], *(c["text_sv"] for c in rule["conditions"])):
            assert text
            assert "{" not in text
        assert date.fromisoformat(rule["since"]) <= AS_OF
    assert [tier["number"] for tier in told["tiers"]] == [1, 2, 3, 4, 5]


def test_numbers_carry_the_day_they_began(served: Served) -> None:
    headers = served.as_(Role.AUDITOR)
    rule = served.client.get(f"{URL}/policy/rules/step_up", headers=headers).json()
    value = next(one for one in rule["values"] if one["name"] == "same_level_days")
    assert value["value"] == 90
    assert value["dated"] == [{"since": "2020-01-01", "value": 90}]
    elderly = served.client.get(f"{URL}/policy/rules/elderly_form", headers=headers).json()
    ages = [value for condition in elderly["conditions"] for value in condition["values"]]
    assert [value["value"] for value in ages if value["name"] == "age_at_least"] == [65]
    assert served.client.get(f"{URL}/policy/rules/none", headers=headers).status_code == 404


def test_the_forms(served: Served) -> None:
    told = served.client.get(f"{URL}/forms", headers=served.as_(Role.PLANNER)).json()
    assert [(one["form"], one["level"]) for one in told] == [(f.form_id, f.level) for f in forms().values()]
