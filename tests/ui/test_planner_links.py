"""A scenario in an address: there and back, and nothing that is none of ours."""

import base64
import json
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.planner.drafts import name_of
from ui.planner.links import KEYS, LONGEST, packed, unpacked

CONTENT = {
    **dict.fromkeys(KEYS, "Några ord"),
    "change": [{"kind": "arrivals", "segments": "all", "factor": 1.2}],
}
changes = st.lists(
    st.fixed_dictionaries(
        {"kind": st.text()},
        optional={"from_week": st.integers(0, 520), "name": st.text(), "pets": st.booleans()},
    ),
    max_size=5,
)


@given(st.fixed_dictionaries({key: st.text() for key in KEYS} | {"change": changes}))
def test_what_is_packed_comes_back(content: dict[str, object]) -> None:
    told = packed(content)
    assert unpacked(told) == content
    assert all(letter.isalnum() or letter in "-_" for letter in told)


def folded(content: object) -> str:
    return base64.urlsafe_b64encode(zlib.compress(json.dumps(content).encode())).decode()


@pytest.mark.parametrize(
    "told",
    [
        "",
        "åäö",
        "abc",
        packed(CONTENT)[:-7],
        folded([1, 2]),
        folded({"name": "x"}),
        folded({**CONTENT, "change": "allt"}),
        folded({**CONTENT, "change": [{"no": "kind"}]}),
        folded({**CONTENT, "more": 1}),
        folded({**CONTENT, "text_sv": "x" * (LONGEST + 1)}),
    ],
)
def test_what_is_none_of_ours_is_nothing(told: str) -> None:
    assert unpacked(told) is None


@given(st.text(), st.text())
def test_a_name_is_one_that_a_scenario_may_have(first: str, second: str) -> None:
    name = name_of(first)
    assert name.isascii()
    assert name == name.lower()
    assert name.replace("_", "").isalnum()
    assert name_of(second, [name]) != name


def test_a_name_is_made_of_the_title() -> None:
    assert name_of("Ett Västberga för kvinnor!") == "own_ett_vastberga_for_kvinnor"
    assert name_of("", ["own_scenario"]) == "own_scenario_2"
