"""The counted: who is where on the as-of date, so that the published counts by sex hold exactly."""

from collections.abc import Iterable

import numpy as np

from models.codes import Admits, Sex, Situation
from models.stock import Pool
from scenarios.demo_city.drafts import COUPLE, SINGLE, Draft, References, new_draft
from scenarios.demo_city.figures import people
from scenarios.demo_city.stock import occupancy, pools

# Which pools the people of a situation live in; whoever is left over has a place bought elsewhere, or none.
FORMS_OF = {
    Situation.EMERGENCY_SHELTER: ("akutboende",),
    Situation.SUPPORTED_HOUSING: (
        "stodboende",
        "planeringsboende",
        "omvardnadsboende",
        "famvux",
        "upphandlad",
        "utredningsplats_65",
    ),
    Situation.TRAINING_FLAT: ("traningslagenhet",),
    Situation.EMERGENCY_FLAT: ("jourlagenhet",),
}


def counted_households(rng: np.random.Generator, references: References) -> list[Draft]:
    """Single adults and couples of the count, seated; 812 women and 1,627 men in all."""
    drafts = couples(references)
    for situation in (Situation(key) for key in people("counted")["woman"]):
        women = _singles_left(drafts, situation, Sex.WOMAN)
        men = _singles_left(drafts, situation, Sex.MAN)
        for sex, pool in seats(rng, situation, women, men):
            drafts.append(new_draft(references.deal(SINGLE), situation, (sex,), pool))
    for draft in drafts:
        draft.counted = True
    return drafts


def couples(references: References) -> list[Draft]:
    """The few couples without children; a row says how many are long homeless and without need of support."""
    drafts = []
    for row in people("couples")["rows"]:
        sexes = tuple(Sex(sex) for sex in row["sexes"])
        for number in range(row["number"]):
            draft = new_draft(references.deal(COUPLE), Situation(row["situation"]), sexes)
            draft.long_term = number < row["long_term"]
            # The last ones, so that being long homeless and needing support do not coincide by order.
            draft.without_support = number >= row["number"] - row["without_support"]
            drafts.append(draft)
    return drafts


def seats(
    rng: np.random.Generator, situation: Situation, women: int, men: int
) -> Iterable[tuple[Sex, Pool | None]]:
    """Deals a situation's women and men over the places of its forms; the rest have none.

    Raises
    ------
    ValueError
        When the houses for one sex hold more people than the situation counts.
    """
    homes = [pool for pool in pools() if pool.form in FORMS_OF.get(situation, ())]
    seated: list[tuple[Sex, Pool | None]] = []
    mixed: list[Pool] = []
    for pool in homes:
        number = occupancy()[pool.pool_id].childless
        if pool.admits == Admits.ALL:
            mixed += [pool] * number
        else:
            sex = Sex.WOMAN if pool.admits == Admits.WOMEN else Sex.MAN
            seated += [(sex, pool)] * number
    women -= sum(sex == Sex.WOMAN for sex, _ in seated)
    men -= sum(sex == Sex.MAN for sex, _ in seated)
    if women < 0 or men < 0 or women + men < len(mixed):
        raise ValueError(f"more residents than people in {situation}: mend stock.toml or people.toml")
    deck = [Sex.WOMAN] * women + [Sex.MAN] * men
    order = rng.permutation(len(deck))
    for position, index in enumerate(order):
        seated.append((deck[index], mixed[position] if position < len(mixed) else None))
    return seated


def _singles_left(drafts: list[Draft], situation: Situation, sex: Sex) -> int:
    taken = sum(draft.sexes.count(sex) for draft in drafts if draft.household.situation == situation)
    return int(people("counted")[sex.value][situation.value]) - taken
