"""The demo city: a synthetic Stockholm that counts what the published survey counted."""

from models.dataset import Dataset
from scenarios.demo_city.ages import deal_ages
from scenarios.demo_city.dates import give_times
from scenarios.demo_city.districts import schools, travel_times
from scenarios.demo_city.drafts import Draft, References
from scenarios.demo_city.draws import stream
from scenarios.demo_city.facts import give_facts
from scenarios.demo_city.families import families, give_schools
from scenarios.demo_city.history import stays
from scenarios.demo_city.needs import give_needs
from scenarios.demo_city.outside import outside_households
from scenarios.demo_city.residents import settle
from scenarios.demo_city.seats import counted_households
from scenarios.demo_city.stock import pools, quotas
from scenarios.demo_city.ties import conflicts, declines
from scenarios.demo_city.wishes import give_unit, give_wishes


def build_demo_city(seed: int = 2439) -> Dataset:
    """A synthetic city on 15 January 2026; nobody in it exists.

    Parameters
    ----------
    seed : int
        Chooses the people, not the totals: every seed gives 2,439 adults counted as homeless, 812 women
        and 1,627 men, and the other published counts exactly. The same seed gives the same city.

    Returns
    -------
    Dataset
        Households, members, pools, schools, travel times, conflicts, quotas, stays and declines.
    """
    drafts = sorted(_people(seed), key=lambda draft: draft.household.household_id)
    rng = stream(seed, "members")
    members = [member for draft in drafts for member in draft.members(rng)]
    return Dataset(
        households=tuple(draft.household for draft in drafts),
        members=tuple(sorted(members, key=lambda member: (member.household_id, member.member_id))),
        pools=tuple(pool.model_copy() for pool in pools()),
        schools=tuple(school.model_copy() for school in schools().rows),
        travel_times=travel_times(stream(seed, "travel times")),
        conflicts=conflicts(stream(seed, "conflicts"), drafts),
        quotas=quotas(),
        stays=stays(stream(seed, "stays"), drafts),
        declines=declines(stream(seed, "declines"), drafts),
    )


def _people(seed: int) -> list[Draft]:
    """Everyone, from where they are to what they need, wish and have been through."""
    references = References(stream(seed, "references"))
    counted = counted_households(stream(seed, "seats"), references)
    deal_ages(stream(seed, "ages"), counted)
    give_needs(stream(seed, "needs"), counted)
    outside = outside_households(stream(seed, "outside"), references)
    with_children = families(stream(seed, "families"), references)
    drafts = counted + outside + with_children
    rng = stream(seed, "facts")
    for draft in drafts:
        give_facts(rng, draft)
        give_unit(rng, draft)
        give_schools(rng, draft)
        give_times(rng, draft)
        give_wishes(rng, draft)
        settle(rng, draft)
    return drafts
