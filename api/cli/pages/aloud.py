"""One household explained in a handful of sentences, as a coordinator would read them aloud."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from api.cli.page import Page
from api.cli.pages.explanation import change_in_words
from api.cli.pages.proposals import place_name
from api.cli.voice import Voice
from api.cli.words import Words
from api.usecases.explaining import Explained, with_numbers
from models.codes import Sex
from models.households import Household
from optimiser.chains import Step
from optimiser.instance import NONE
from optimiser.instance_build import age_on
from optimiser.reasons.unmatched import Unmatched, unmatched

ADULT = 18
NEEDS = ("support_need", "substance_use", "mental_health")
MOST_RULES = 2
MOST_HELPS = 2


def read_aloud(page: Page, voice: Voice, explained: Explained) -> None:
    """The explanation as one paragraph."""
    page.line(" ".join(sentences(voice, explained)))


def sentences(voice: Voice, explained: Explained) -> Iterator[str]:
    """Who it is, where it stands, what is proposed or why nothing is, and what would help."""
    texts, answer, found = voice.texts, explained.answer, explained.match
    household = next(h for h in explained.dataset.households if h.household_id == answer["household"])
    yield texts("aloud.who", household=household.household_id, who=_who(voice, explained))
    yield _situation(voice, household)
    words = Words(voice)
    needs = {name: words.value(name, str(getattr(household, name))) for name in NEEDS}
    yield texts("aloud.needs", **needs)
    if not found.priority.candidate[explained.row]:
        yield texts("explain.no_candidate")
        return
    tiers = {tier["number"]: tier[voice.language] for tier in found.assessment.policy.tiers}
    points = voice.figures.number(answer["points"])
    yield texts("aloud.standing", tier=answer["tier"], means=tiers[answer["tier"]], points=points)
    counts = Counter(entry["eligible"] for entry in answer["pools"])
    named = {name: voice.figures.number(counts[name]) for name in ("yes", "unknown", "no")}
    yield texts("aloud.pools", all=voice.figures.number(len(answer["pools"])), **named)
    if answer["proposal"] is not None:
        yield from _proposal(voice, explained)
        return
    mine = unmatched(found.assessment, found.priority, found.plan, found.moves)
    left = next((entry for entry in mine if entry.household == explained.row), None)
    if left is not None:
        yield texts(f"aloud.{left.cause}")
        yield from _obstacles(voice, explained, left)


def _who(voice: Voice, explained: Explained) -> str:
    """The members: each adult by sex and age, the children by their ages."""
    texts, as_of = voice.texts, explained.match.assessment.instance.as_of
    members = [m for m in explained.dataset.members if m.household_id == explained.answer["household"]]
    aged = sorted(((age_on(m.birth_date, as_of), m) for m in members), key=lambda one: -one[0])
    kinds = {Sex.WOMAN: "aloud.woman", Sex.MAN: "aloud.man"}
    people = [texts(kinds.get(m.sex, "aloud.adult"), age=age) for age, m in aged if age >= ADULT]
    ages = [str(age) for age, _ in reversed(aged) if age < ADULT]
    if ages:
        key = "aloud.child" if len(ages) == 1 else "aloud.children"
        people.append(texts(key, n=len(ages), ages=_joined(voice, ages)))
    return _joined(voice, people)


def _situation(voice: Voice, household: Household) -> str:
    words = Words(voice)
    situation = words.value("situation", str(household.situation))
    if household.homeless_since is None:
        return voice.texts("aloud.situation_unknown", situation=situation)
    since = voice.figures.day(household.homeless_since)
    return voice.texts("aloud.situation", situation=situation, since=since)


def _proposal(voice: Voice, explained: Explained) -> Iterator[str]:
    """The proposal, whose place it is, and who takes the place that is left."""
    texts, found = voice.texts, explained.match
    plan, ids = found.plan, found.assessment.instance.household_ids
    yield texts("aloud.proposal", place=_place(voice, explained, explained.answer["proposal"]))
    mine = next(step for step in found.steps if plan.household[step.proposal] == explained.row)
    chain = [step for step in found.steps if step.chain == mine.chain]

    def name(step: Step) -> str:
        return str(ids[plan.household[step.proposal]])

    if len(chain) > 1 and all(step.step == 1 for step in chain):
        others = [name(step) for step in chain if step != mine]
        yield texts("aloud.swap", others=_joined(voice, others))
        return
    before = next((step for step in chain if step.step == mine.step - 1), None)
    after = next((step for step in chain if step.step == mine.step + 1), None)
    if before is None:
        yield texts("aloud.vacant")
    else:
        pool = found.assessment.instance.pool_ids[plan.pool[before.proposal]]
        yield texts("aloud.left_by", household=name(before), place=_place(voice, explained, pool))
    if len(chain) > 1:
        yield texts("aloud.chain", step=mine.step, steps=len(chain), chain=mine.chain)
    if after is not None:
        yield texts("aloud.passed_on", household=name(after))
    elif plan.from_pool[mine.proposal] != NONE:
        yield texts("aloud.left_empty")


def _obstacles(voice: Voice, explained: Explained, left: Unmatched) -> Iterator[str]:
    """What closes most pools, who is ahead, what is worth asking, what would help, what else there is."""
    texts, answer, policy = voice.texts, explained.answer, explained.match.assessment.policy
    fails = Counter(
        verdict["rule"] for e in answer["pools"] for verdict in e["verdicts"] if verdict["verdict"] == "fail"
    )
    rules = []
    for rule_id, n in sorted(fails.items(), key=lambda item: (-item[1], item[0]))[:MOST_RULES]:
        rule = policy.rule(rule_id)
        text = with_numbers(rule.text_sv if voice.language == "sv" else rule.text_en, rule).rstrip(".")
        rules.append(texts("aloud.rule", text=text, n=voice.count("pool", n)))
    if rules:
        yield texts("aloud.rules", rules=_joined(voice, rules))
    if answer["ahead"]:
        first = foremost(explained)
        proposed = (first["household"], first["pool"]) in explained.proposed
        yield texts(
            "aloud.ahead" if proposed else "aloud.ahead_lives",
            n=voice.count("household", len(answer["ahead"])),
            first=first["household"],
            tier=first["tier"],
            points=voice.figures.number(first["points"]),
            place=_place(voice, explained, first["pool"]),
        )
    if left.missing:
        yield texts("aloud.facts", facts=_joined(voice, [texts(f"fact.{fact}") for fact in left.missing]))
    helps = [
        texts(
            "aloud.help",
            change=change_in_words(voice, explained, remedy["change"]),
            place=_place(voice, explained, remedy["effect"]["household_gets"]),
        )
        for remedy in answer["would_help"][:MOST_HELPS]
    ]
    yield texts("aloud.helps", helps="; ".join(helps)) if helps else texts("explain.nothing_helps")
    if left.cause == "no_eligible_pool":
        other = "; ".join(entry[voice.language].rstrip(".") for entry in policy.other_help)
        yield texts("aloud.other_help", help=other)


def foremost(explained: Explained) -> dict[str, Any]:
    """Of those ahead, the one with the greatest need who is proposed a place; if none is, who lives there."""

    def order(other: dict[str, Any]) -> tuple[bool, int, int, str]:
        proposed = (other["household"], other["pool"]) in explained.proposed
        return not proposed, other["tier"], -other["points"], other["household"]

    return min(explained.answer["ahead"], key=order)


def _place(voice: Voice, explained: Explained, pool_id: str) -> str:
    return place_name(voice, next(pool for pool in explained.dataset.pools if pool.pool_id == pool_id))


def _joined(voice: Voice, parts: list[str]) -> str:
    """A list as it is said: commas, and a word before the last."""
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {voice.texts('aloud.and')} {parts[-1]}"
