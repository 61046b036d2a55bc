"""What a manager follows: children in hotels, who stays on, which proposals are followed, who says no."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from api.usecases.city_view import CityView
from api.usecases.counts.book import Book, Row
from api.usecases.counts.homelessness import unit_rows
from api.usecases.counts.people import Home
from models.assistance import AssistanceDecision, is_late, is_short
from models.codes import DeclinedBy, Situation
from models.days import months_later
from models.households import Decline
from models.kept_counts import Counted, KeptCount
from models.offers import Offer, OfferState
from models.stock import Pool, Stay
from optimiser.gap.womens_places import PROFILES, profiles

GROUPS = ("women", "men", "families", "others")
FOLLOWED = (OfferState.ACCEPTED, OfferState.MOVED_IN, OfferState.ENDED)
ENDED_OTHERWISE = (OfferState.DECLINED, OfferState.WITHDRAWN, OfferState.EXPIRED)


@dataclass(frozen=True, slots=True)
class Work:
    """What people have decided: offers and decisions on assistance; None where these are not kept.

    kept
        What erased cases left behind. Their declines are told with the others. Of their offers and stays only
        month, place and outcome are kept, not the unit, the kind of household or the day of moving in, which
        the figures of the year are told by; these stay in the snapshots that were taken while they were held.
    """

    offers: Sequence[Offer]
    assistance: Sequence[AssistanceDecision] | None
    kept: Sequence[KeptCount] = ()


def year_until(day: date) -> tuple[date, date]:
    """The calendar month of a day and the eleven before it: first day, and the day itself."""
    return months_later(day.replace(day=1), -11), day


def count_hotel_children(book: Book, found: list[Home], before: tuple[int, int]) -> None:
    """Add the children in hotels tonight, and this month's nights as far as days were counted.

    Parameters
    ----------
    before
        Nights this month before today, and on how many days they were counted.
    """
    figures, day = book.figures, book.day
    in_hotel = [h for h in found if h.children and h.household.situation == Situation.HOTEL_HOSTEL]
    table = book.table("hotel_children", ("households", "children", "nights", "days"), day.replace(day=1))
    tonight = figures.count("hotel.children", sum(len(home.children) for home in in_hotel), headline=True)
    families = figures.count("hotel.households", len(in_hotel), headline=True)
    figures.within(tonight, families)
    figures.within("families_insecure.households", families)
    nights = figures.count(nights_key(day), before[0] + figures.values[tonight])
    earlier = figures.count(f"hotel.nights.before.{day.isoformat()}", before[0])
    figures.unseen.add(earlier)
    figures.add_up(nights, earlier, tonight)
    table.add("hotel", families, tonight, nights, float(before[1] + 1))


def nights_key(day: date) -> str:
    """Key of the children's nights in hotels from the first of the month to a day."""
    return f"hotel.nights.{day.isoformat()}"


def count_staying_on(book: Book, stays: Sequence[Stay], found: list[Home]) -> None:
    """Add how many of those who moved in one to two years ago were still there after twelve months."""
    until = months_later(book.day, -12)
    since = months_later(book.day, -24)
    table = book.table("staying_on", ("moved_in", "still_there", "left", "share"), since, until)
    first_end = min((stay.ended_on for stay in stays if stay.ended_on), default=None)
    if first_end is None or first_end > since:
        for group in GROUPS:
            table.why_unknown[group] = "not_in_data.stays"
            table.add(group, None, None, None, None)
        return
    kind = {home.household.household_id: home.kind for home in found}
    begun: Counter[str] = Counter()
    kept: Counter[str] = Counter()
    for stay in stays:
        if since < stay.started_on <= until:
            group = kind.get(stay.household_id, "others")
            begun[group] += 1
            kept[group] += stay.ended_on is None or stay.ended_on >= months_later(stay.started_on, 12)
    for group in GROUPS:
        keys = [
            book.figures.count(f"staying.{group}.{name}", value)
            for name, value in (
                ("moved_in", begun[group]),
                ("still_there", kept[group]),
                ("left", begun[group] - kept[group]),
            )
        ]
        book.figures.add_up(*keys)
        table.add(group, *keys, (keys[1], keys[0]))


def count_followed(book: Book, offers: Sequence[Offer], found: list[Home]) -> None:
    """Add how many of the proposals that came to an end were followed, by unit and by kind of household."""
    since, until = year_until(book.day)
    by_id = {home.household.household_id: home for home in found}
    by_unit: dict[str, Counter[str]] = {}
    by_kind: dict[str, Counter[str]] = {group: Counter() for group in GROUPS}
    for offer in offers:
        home = by_id.get(offer.household_id)
        if offer.run_id is None or not since <= offer.changed_at.date() <= until or home is None:
            continue
        if offer.state in FOLLOWED or offer.state in ENDED_OTHERWISE:
            word = "followed" if offer.state in FOLLOWED else "not_followed"
            by_unit.setdefault(home.household.responsible_unit or "", Counter())[word] += 1
            by_kind[home.kind][word] += 1
    figures = book.figures
    for name, rows, counts in (
        ("followed", [Row(group) for group in GROUPS], by_kind),
        ("followed_units", unit_rows(by_unit), by_unit),
    ):
        table = book.table(name, ("settled", "followed", "not_followed", "share"), since, until)
        book.crossed(table, name, rows, counts, share="followed")
        if rows:
            figures.add_up(f"{name}.all.settled", f"{name}.all.followed", f"{name}.all.not_followed")
    if by_unit:
        for column in ("settled", "followed", "not_followed"):
            figures.add_up(f"followed.all.{column}", f"followed_units.all.{column}")


def count_declines(
    book: Book, declines: Sequence[Decline], pools: Sequence[Pool], kept: Sequence[KeptCount] = ()
) -> None:
    """Add refusals by household and by provider, for each house that had any; erased cases count on."""
    since, until = year_until(book.day)
    house = {pool.pool_id: pool.facility_id or pool.pool_id for pool in pools}
    names: dict[str, str] = {}
    for pool in sorted(pools, key=lambda pool: (pool.name, pool.pool_id)):
        names.setdefault(house[pool.pool_id], pool.name)
    counts: dict[str, Counter[str]] = {}
    for one in declines:
        if since <= one.declined_on <= until and one.pool_id in house:
            word = "provider" if one.by == DeclinedBy.PROVIDER else "household"
            counts.setdefault(house[one.pool_id], Counter())[word] += 1
    for left in kept:
        in_time = f"{since:%Y-%m}" <= left.month <= f"{until:%Y-%m}"
        if left.kind == Counted.DECLINE and in_time and left.pool_id in house:
            word = "provider" if left.word.split(" ")[0] == DeclinedBy.PROVIDER else "household"
            counts.setdefault(house[left.pool_id], Counter())[word] += left.number
    table = book.table("declines", ("declines", "household", "provider"), since, until)
    rows = [Row(one, "name", names[one]) for one in sorted(counts, key=lambda one: (names[one], one))]
    book.crossed(table, "declines", rows, counts)


def count_accepted_nowhere(book: Book, view: CityView, found: list[Home]) -> None:
    """Add those whom no place in the city takes, even full ones, by kind of household and drug profile."""
    a, having = view.assessment, profiles(view.assessment)
    somewhere = np.zeros(a.instance.n, dtype=bool)
    somewhere[view.compatible.eligible[0]] = True
    somewhere[view.compatible.unknown[0]] = True
    kind = {home.household.household_id: home.kind for home in found}
    counts: dict[str, Counter[str]] = {}
    for row in np.flatnonzero(view.priority.candidate & ~somewhere).tolist():
        profile = next(name for name in PROFILES if having[name][row])
        counts.setdefault(kind[a.instance.household_ids[row]], Counter())[profile] += 1
    table = book.table("accepted_nowhere", ("households", *PROFILES))
    book.crossed(table, "nowhere", [Row(group) for group in GROUPS], counts)
    book.figures.within("candidates", "nowhere.all.households")


def count_decisions(book: Book, work: Work) -> None:
    """Add decisions not carried out after three months, and those that hold for a month or less."""
    since, until = year_until(book.day)
    figures = book.figures
    table = book.table("decisions", ("decisions", "of_these", "share"), since, until)
    made = work.assistance
    if made is None:
        for name in ("not_carried_out", "a_month_or_less"):
            table.why_unknown[name] = "not_in_data.decisions"
            table.add(name, None, None, None)
        return
    year = [one for one in made if since <= one.decided_on <= until]
    open_now = [one for one in made if one.decided_on <= until and _open(one, until)]
    for name, of, some in (
        ("not_carried_out", open_now, [one for one in open_now if is_late(one, until)]),
        ("a_month_or_less", year, [one for one in year if is_short(one)]),
    ):
        whole = figures.count(f"decisions.{name}.of", len(of))
        part = figures.count(f"decisions.{name}", len(some))
        figures.within(whole, part)
        table.add(name, whole, part, (part, whole))


def _open(one: AssistanceDecision, day: date) -> bool:
    carried_out = one.carried_out_on is not None and one.carried_out_on <= day
    return not carried_out and not (one.ended_on is not None and one.ended_on <= day)
