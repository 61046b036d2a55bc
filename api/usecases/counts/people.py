"""Who the city counts, and how: people in homelessness by the definitions of its own counts."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from models.codes import MentalHealth, Sex, Situation, SubstanceUse
from models.dataset import Dataset
from models.households import Household, Member
from optimiser.instance_build import ADULT_AGE, age_on

COUNTED = frozenset(
    {
        *(Situation.ROUGH_SLEEPING, Situation.EMERGENCY_SHELTER, Situation.HOTEL_HOSTEL),
        *(Situation.EMERGENCY_FLAT, Situation.FRIENDS_TEMPORARY, Situation.HOSPITAL),
        *(Situation.TREATMENT_INSTITUTION, Situation.PRISON, Situation.SUPPORTED_HOUSING),
        Situation.TRAINING_FLAT,
    }
)
"""Situations that the city counts as homelessness; people in SHIS, trial flats and Bostad först are not."""
ACUTE = frozenset({Situation.ROUGH_SLEEPING, Situation.EMERGENCY_SHELTER, Situation.HOTEL_HOSTEL})
LONG = timedelta(days=183)
"""Long-term homelessness: six months or longer."""
SEXES = ("women", "men", "others")
"""Others: another sex, or not known."""
WORDS = {Sex.WOMAN: "women", Sex.MAN: "men"}


@dataclass(frozen=True, slots=True)
class Home:
    """A household with its adults and children on a day."""

    household: Household
    adults: tuple[Member, ...]
    children: tuple[Member, ...]

    @property
    def kind(self) -> str:
        """Families, women, men, or others: households without children by their adults' sex."""
        if self.children:
            return "families"
        sexes = {WORDS.get(adult.sex, "others") for adult in self.adults}
        return next(iter(sexes)) if len(sexes) == 1 else "others"


def homes(city: Dataset, day: date) -> list[Home]:
    """The households of a city with their members, told apart by age."""
    adults: dict[str, list[Member]] = {}
    children: dict[str, list[Member]] = {}
    for member in city.members:
        grown = age_on(member.birth_date, day) >= ADULT_AGE
        (adults if grown else children).setdefault(member.household_id, []).append(member)
    return [
        Home(one, tuple(adults.get(one.household_id, ())), tuple(children.get(one.household_id, ())))
        for one in city.households
    ]


@dataclass(frozen=True, slots=True)
class Person:
    """An adult counted as homeless: sex, responsible unit, and what the counts ask about."""

    sex: str
    unit: str
    acute: bool
    long_term: bool
    co_occurring: bool


def counted(found: list[Home], day: date) -> Iterator[Person]:
    """People in homelessness as the city counts them: adults of households without children."""
    for home in found:
        one = home.household
        if home.children or one.situation not in COUNTED:
            continue
        since = one.homeless_since
        mental = one.mental_health in (MentalHealth.SOME, MentalHealth.SEVERE)
        for adult in home.adults:
            yield Person(
                sex=WORDS.get(adult.sex, "others"),
                unit=one.responsible_unit or "",
                acute=one.situation in ACUTE,
                long_term=since is not None and since <= day - LONG,
                co_occurring=mental and one.substance_use == SubstanceUse.ACTIVE,
            )
