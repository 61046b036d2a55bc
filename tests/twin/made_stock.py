"""Made-up stock: pools of every form, schools, travel times and quotas."""

from models.codes import Admits, DrugPolicy, Fact, Mobility, Support
from models.forms import forms
from models.stock import Pool, Quota, School, TravelTime

from .luck import Luck

STAFFING = {
    "omvardnadsboende": Support.CARE,
    "vard_och_omsorgsboende": Support.CARE,
    "akutboende": Support.AROUND_THE_CLOCK,
    "upphandlad": Support.AROUND_THE_CLOCK,
    "utredningsplats_65": Support.AROUND_THE_CLOCK,
}
COMMON = {
    "traningslagenhet": 3.0,
    "forsokslagenhet": 3.0,
    "bostad_forst": 2.0,
    "jourlagenhet": 3.0,
    "stodboende": 3.0,
    "shis_avtalat": 2.0,
    "planeringsboende": 2.0,
    "upphandlad": 2.0,
    "genomgangsbostad": 1.5,
    "akutboende": 2.0,
}
MINUTES = (5, 15, 16, 20, 29, 30, 31, 40, 41, 50, 51, 60, 61, 75, 76, 90)
CLOSING = (-30, 0, 1, 13, 14, 15, 30, 31, 60, 90, 91, 400)


def made_pool(luck: Luck, pool_id: str, largest: int) -> Pool:
    """One pool; an own flat is never drug free."""
    form = forms()[luck.weigh({form_id: COMMON.get(form_id, 1.0) for form_id in forms()})]
    hard = luck.awkward
    policies = {DrugPolicy.NOT_REGULATED: 2.0, DrugPolicy.TOLERANT: hard}
    if not form.own_flat:
        policies[DrugPolicy.DRUG_FREE] = hard
    default = Support.VISITING if form.own_flat else Support.DAILY
    staffing = STAFFING.get(form.form_id, default)
    if luck.hinders(0.4):
        staffing = luck.pick(list(Support))
    opens_on = luck.day(luck.pick((-400, -1, 0, 1))) if luck.hinders(0.3) else None
    closes_on = luck.day(luck.pick(CLOSING)) if luck.hinders(0.4) else None
    if opens_on is not None and closes_on is not None and closes_on <= opens_on:
        opens_on = None
    min_age = luck.pick((18, 21, 65)) if luck.hinders(0.4) else None
    return Pool(
        pool_id=pool_id,
        name=f"Pool {pool_id}",
        facility_id=f"F{int(luck.rng.integers(4))}" if luck.hits(0.6) else None,
        form=form.form_id,
        district=luck.pick(luck.districts),
        capacity=int(luck.rng.integers(largest + 1)) or luck.pick((0, 1, 1)),
        admits=luck.weigh({Admits.ALL: 2.0, Admits.WOMEN: hard, Admits.MEN: hard / 2}),
        drug_policy=luck.weigh(policies),
        staffing=staffing,
        children=luck.weigh({Fact.YES: 4.0, Fact.NO: 2 * hard, Fact.UNKNOWN: 2.0}),
        min_age=min_age,
        max_age=luck.pick((65, 66, 80)) if luck.hinders(0.2) else None,
        max_persons=luck.pick((1, 2, 3, 4)) if luck.hinders(0.8) else None,
        mobility=luck.weigh({Mobility.WHEELCHAIR: 2.0, Mobility.STEP_FREE: hard, Mobility.NONE: hard}),
        pets=Fact.NO if luck.hinders(0.5) else Fact.YES,
        psychiatric_competence=Fact.YES if luck.hits(0.4) else Fact.NO,
        monthly_cost_sek=luck.pick((0, 5000, 9000, 9000, 30000)) if luck.hits(0.8) else None,
        opens_on=opens_on,
        closes_on=closes_on,
    )


def made_schools(luck: Luck) -> tuple[tuple[School, ...], tuple[TravelTime, ...]]:
    """A few schools, and ways to most of them."""
    schools = tuple(
        School(school_id=f"S{number}", name=f"Skola {number}", district=luck.pick(luck.districts))
        for number in range(4)
    )
    ways = []
    for district in sorted(luck.districts):
        for school in schools:
            if luck.hits(0.85):
                minutes = luck.pick(MINUTES)
                ways.append(TravelTime(district=district, school_id=school.school_id, minutes=minutes))
    return schools, tuple(ways)


def made_quotas(luck: Luck, pools: tuple[Pool, ...], count: int) -> tuple[Quota, ...]:
    """Quotas on forms that the city has: single or shared, for a unit or the city, some overdrawn."""
    present = sorted({pool.form for pool in pools})
    found: dict[tuple[int, tuple[str, ...], str], Quota] = {}
    for _ in range(count if present else 0):
        shared = tuple(sorted(luck.some(present, 1.0, most=3)))
        year = luck.as_of.year - 1 if luck.hits(0.15) else luck.as_of.year
        unit = luck.pick(luck.districts) if luck.hits(0.35) else None
        used = luck.pick((0, 1, 2)) if luck.hits(0.6) else None
        places = luck.pick((0, 1, 1, 2, 3))
        quota = Quota(year=year, form=shared, places=places, used=used, responsible_unit=unit)
        found.setdefault((year, shared, unit or ""), quota)
    return tuple(found[key] for key in sorted(found))
