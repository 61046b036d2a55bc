"""A capacity plan as a planner reads it: what to build, what it costs, who is left out, how it lasts."""

import math
from collections.abc import Iterable

from api.cli.page import Column, Page
from api.cli.voice import Voice
from api.cli.words import Words
from api.usecases.explaining import with_numbers
from api.usecases.planning import PlanShown
from scenarios.capacity.plan import OPTIMAL, CapacityPlan
from scenarios.capacity.shortfall import Need, Shortfall
from scenarios.capacity.simulated import Held, Lived
from scenarios.whatif.faults import ScenarioFault

MOST_NEEDS = 8
MOST_CAUSES = 8
PER_CENT = 100


def show_plan(page: Page, voice: Voice, shown: PlanShown) -> None:
    """What the plan is and what it does, for whom places still lack, and the simulation."""
    texts, plan = voice.texts, shown.plan
    page.title(texts("plan.title", day=voice.figures.day(shown.as_of)))
    aim = "_".join(part for part in (plan.target.measure, plan.target.section) if part)
    page.line(texts("plan.aim", target=texts(f"plan.target.{aim}", n=voice.figures.number(plan.target.most))))
    _show_status(page, voice, plan)
    _show_built(page, voice, plan)
    if plan.missing is not None:
        _show_missing(page, voice, shown, plan.missing)
    if shown.lived is not None:
        _show_lived(page, voice, shown.lived, built=bool(shown.plan.built))
    page.line()
    page.line(texts("plan.caution"))


def say_faults(voice: Voice, faults: Iterable[ScenarioFault]) -> None:
    """One line a fault of the file of what can be built, on standard error, then how many there are."""
    listed = list(faults)
    for fault in listed:
        place = [fault.file, voice.texts("plan.entry", n=fault.change) if fault.change else "", fault.key]
        where = ", ".join(part for part in place if part)
        voice.complain(f"{where}: {fault.message(voice.language)} {fault.remedy(voice.language)}")
    voice.complain(voice.texts("plan.refused", faults=voice.count("fault", len(listed))))


def _show_status(page: Page, voice: Voice, plan: CapacityPlan) -> None:
    texts, number = voice.texts, voice.figures.number
    words = {"places": voice.count("place", sum(plan.places)), "sek": number(plan.found.cost)}
    if plan.status == OPTIMAL:
        page.line(texts("plan.optimal", **words) if plan.built else texts("plan.met"))
    else:
        page.line(texts("plan.infeasible", n=voice.count("household", plan.after.short)))
        page.line(texts("plan.nearest", **words) if plan.built else texts("plan.nothing_helps"))
    counts = {
        "demand": voice.count("household", plan.before.demand),
        "before": number(plan.before.placeable),
        "before_short": number(plan.before.short),
        "after": number(plan.after.placeable),
        "after_short": number(plan.after.short),
    }
    page.line(texts("plan.count", **counts))


def _show_built(page: Page, voice: Voice, plan: CapacityPlan) -> None:
    if not plan.built:
        return
    texts, number, words = voice.texts, voice.figures.number, Words(voice)
    page.section(texts("plan.built"))
    names = ("place", "form", "admits", "drug_policy", "district", "places", "cost", "lead")
    columns = [Column(texts(f"plan.column.{name}"), number=name in ("places", "cost")) for name in names]
    rows = [
        [
            f"{b.pool.name} ({b.pool.pool_id})",
            words.form(b.pool.form),
            words.value("admits", str(b.pool.admits)),
            words.value("drug_policy", str(b.pool.drug_policy)),
            b.pool.district,
            number(places),
            number(places * b.cost_sek_per_year),
            voice.count("week", b.lead_weeks),
        ]
        for b, places in plan.built
    ]
    page.table(columns, rows)


def _show_missing(page: Page, voice: Voice, shown: PlanShown, missing: Shortfall) -> None:
    texts, number = voice.texts, voice.figures.number
    page.section(texts("plan.missing"))
    households = voice.count("household", missing.households)
    page.line(texts("plan.missing_count", n=households, nowhere=number(missing.nowhere)))
    if missing.places:
        page.line(texts("plan.shared", places=voice.count("place", missing.places)))
    for need in missing.needs[:MOST_NEEDS]:
        page.point(_need(voice, need))
    rest = sum(need.households for need in missing.needs[MOST_NEEDS:])
    if rest:
        page.point(texts("plan.more_needs", n=voice.count("household", rest)))
    if missing.causes:
        page.line(texts("plan.causes"))
    for rule_id, n in missing.causes[:MOST_CAUSES]:
        rule = shown.policy.rule(rule_id)
        text = with_numbers(rule.text_sv if voice.language == "sv" else rule.text_en, rule)
        page.point(f"{voice.count('household', n)}: {text} ({rule_id})")


def _need(voice: Voice, need: Need) -> str:
    texts, words = voice.texts, Words(voice)
    said = texts(
        "plan.need",
        n=voice.count("household", need.households),
        profile=texts(f"gap.who.{need.profile}"),
        support=words.value("support_need", need.support_need),
    )
    if need.mobility != "none":
        said += f", {texts('plan.mobility', value=words.value('mobility', need.mobility))}"
    return f"{said}, {texts('plan.with_children')}" if need.children else said


def _show_lived(page: Page, voice: Voice, lived: Lived, built: bool) -> None:
    texts = voice.texts
    runs, weeks = voice.count("replication", lived.replications), voice.count("week", lived.weeks)
    page.section(texts("plan.lived" if built else "plan.lived_as_is", replications=runs, weeks=weeks))
    page.line(texts("plan.counted", measure=texts(f"plan.measure.{lived.measure}")))
    page.point(texts("plan.share", **_held(voice, lived.whole)))
    if not built:
        return
    week = voice.figures.number(lived.open_from)
    if math.isnan(lived.opened.share):
        page.point(texts("plan.never_open", week=week))
    elif lived.open_from:
        page.point(texts("plan.open", week=week, **_held(voice, lived.opened)))
    without = _held(voice, lived.unbuilt)
    page.point(texts("plan.unbuilt", share=without["share"], mean=without["mean"]))
    if lived.whole != lived.unbuilt:
        page.point(texts("plan.others"))


def _held(voice: Voice, held: Held) -> dict[str, str]:
    def per_cent(share: float) -> str:
        return voice.figures.number(round(share * PER_CENT, 1))

    interval = ""
    if not math.isnan(held.low):
        interval = voice.texts("plan.interval", low=per_cent(held.low), high=per_cent(held.high))
    mean = voice.figures.number(round(held.mean, 1))
    return {"share": per_cent(held.share), "interval": interval, "mean": mean}
