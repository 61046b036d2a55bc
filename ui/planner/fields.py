"""What a form asks for each kind of change: fields in words, whose values go to the API as they are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from models.codes import Admits, DrugPolicy, Fact, Mobility, Support
from models.forms import forms

Sort = Literal["text", "whole", "percent", "one", "many"]
Source = Literal["codes", "form", "forms_or_all", "pool", "district", "unit", "segment"]

MOST_PLACES = 100_000
MOST_WEEKS = 520


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a change.

    Attributes
    ----------
    key
        Key of the entry; a percentage is sent as a factor.
    source
        Where the choices come from; codes are in `options`, with their words under `words` in the texts.
    least
        Smallest number.
    """

    key: str
    sort: Sort
    source: Source = "codes"
    options: tuple[str, ...] = ()
    words: str = ""
    least: int = 0
    most: int = MOST_PLACES
    required: bool = False


def _codes(codes: type) -> tuple[str, ...]:
    return tuple(str(code) for code in codes)  # type: ignore[attr-defined]


YES_NO = (str(Fact.YES), str(Fact.NO))
ADMITS = Field("admits", "one", options=_codes(Admits), words="admits")
DRUGS = Field("drug_policy", "one", options=_codes(DrugPolicy), words="drug_policy")
STAFFING = Field("staffing", "one", options=_codes(Support), words="support")
CHILDREN = Field("children", "one", options=YES_NO, words="answer")
MOBILITY = Field("mobility", "one", options=_codes(Mobility), words="mobility")
PETS = Field("pets", "one", options=YES_NO, words="answer")
PSYCHIATRIC = Field("psychiatric_competence", "one", options=YES_NO, words="answer")
HOUSE = (
    *(ADMITS, DRUGS, STAFFING, CHILDREN, MOBILITY, PETS, PSYCHIATRIC),
    Field("min_age", "whole", most=120),
    Field("max_age", "whole", most=120),
    Field("max_persons", "whole", most=100),
    Field("monthly_cost_sek", "whole", most=1_000_000),
)
"""The rules of a house, in the order in which people ask for them."""

POOLS = Field("pool", "many", "pool")
AMOUNT = ("to", "by", "factor")
"""Three ways to say how many; the number stands in one field."""

QUOTA_AMOUNT = ("places", "by", "factor")
YEARS = ("this", "next")
OUTCOMES = ("own_home", "homeless", "left")
WAYS = ("optimum", "first_come", "priority_greedy", "scarcity_priced")
FACTOR = Field("factor", "percent", least=-100, most=1000, required=True)

FIELDS: Mapping[str, Sequence[Field]] = {
    "open_pool": (
        Field("name", "text", required=True),
        Field("form", "one", "form", options=tuple(forms()), required=True),
        Field("district", "one", "district", required=True),
        Field("capacity", "whole", least=1, required=True),
        Field("lead_weeks", "whole", most=MOST_WEEKS),
        *HOUSE[:-1],
        Field("max_stay_months", "whole", most=600),
        HOUSE[-1],
    ),
    "close_pool": (Field("pool", "many", "pool", required=True),),
    "capacity": (POOLS, Field("form", "many", "form", options=tuple(forms()))),
    "convert": (
        Field("pool", "many", "pool", required=True),
        Field("form", "one", "form", options=tuple(forms())),
        *HOUSE,
    ),
    "arrivals": (Field("segments", "many", "segment", required=True), FACTOR),
    "stays": (
        Field("form", "many", "forms_or_all", options=("all", *forms()), required=True),
        Field("outcome", "one", options=OUTCOMES, words="build.outcome"),
        FACTOR,
    ),
    "quota": (
        Field("form", "many", "form", options=tuple(forms()), required=True),
        Field("responsible_unit", "one", "unit"),
        Field("year", "one", options=YEARS, words="build.year"),
    ),
    "budget": (Field("sek_per_month", "whole", most=1_000_000_000, required=True),),
    "refusals": (FACTOR,),
    "rule": (),
    "matching": (Field("way", "one", options=WAYS, words="build.way", required=True),),
}
"""The fields of each kind; how many places, and what of the policy, have parts of their own."""

AMOUNTS: Mapping[str, Sequence[str]] = {"capacity": AMOUNT, "quota": QUOTA_AMOUNT}
