"""Every code of the desk has its word in both languages, and the file it counts by is whole."""

from enum import StrEnum

import pytest

from api.texts import LANGUAGES, Language, Texts
from api.usecases.desk.belonging import UnitReason
from api.usecases.desk.duplicates import Likeness
from api.usecases.desk.flagging import FlagKind
from api.usecases.desk.morning import Ending
from api.usecases.desk.settings import desk_settings
from models.discharges import DischargeStepCode, Institution
from models.follow_ups import FollowUpOutcome
from models.hotel_children import ChildCheck
from models.next_steps import StepCode
from models.offers import DeclineReason, DepartureReason
from models.pins import PinKind
from models.placement_requests import RequestState
from models.waiting import ParkReason

CODES: dict[str, type[StrEnum]] = {
    "pin_kind": PinKind,
    "departure": DepartureReason,
    "decline": DeclineReason,
    "park_reason": ParkReason,
    "step": StepCode,
    "ending": Ending,
    "likeness": Likeness,
    "institution": Institution,
    "discharge_step": DischargeStepCode,
    "request_state": RequestState,
    "follow_up_outcome": FollowUpOutcome,
    "child_check": ChildCheck,
    "flag": FlagKind,
    "unit_reason": UnitReason,
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_code_has_a_word(language: Language) -> None:
    texts = Texts(language)
    missing = [
        f"{kind}.{code}"
        for kind, codes in CODES.items()
        for code in codes
        if not texts.has(f"code.{kind}.{code}")
    ]
    request = desk_settings()["request"]
    fields = {*request["always"], *(field for entry in request["when"] for field in entry["fields"])}
    missing += [field for field in fields if not texts.has(f"code.request_field.{field}")]
    assert missing == []


def test_every_step_before_leaving_has_its_day() -> None:
    entries = desk_settings()["discharge_step"]
    assert {entry["code"] for entry in entries} == set(DischargeStepCode)
    assert len(entries) == len(DischargeStepCode)
    assert all(("after_admission" in entry) != ("before_leaving" in entry) for entry in entries)
