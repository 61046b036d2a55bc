"""Chains as people read them: a sentence, and below it every step."""

import re
from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from ui.frame.pools import Pools
from ui.frame.tables import Meaning, opening, tag, two_lines, words
from ui.texts import Texts

STATES: Mapping[str, Meaning] = {
    "proposed": "waits",
    "offered": "marked",
    "accepted": "good",
    "moved_in": "good",
    "declined": "stops",
}
"""What each state means; the others are over."""

Step = Mapping[str, Any]


def state_tag(texts: Texts, state: str) -> str:
    """A state with its colour and sign."""
    return tag(texts.word("offer_state", state), STATES.get(state, "neutral")).html


def sentence(texts: Texts, pools: Pools, steps: Sequence[Step]) -> str:
    """A chain in a sentence: `Place at Syrenen → A-1042 moves from Hvilan → B-2210 comes from hospital`."""
    first = steps[0]
    opens = (
        texts("today.chain_opens")
        if first["another"]
        else texts("today.chain", place=pools.name(first["pool_id"]))
    )
    return " → ".join([opens, *(_who_moves(texts, pools, step) for step in steps)])


def _who_moves(texts: Texts, pools: Pools, step: Step) -> str:
    if step["another"]:
        return texts("today.sentence_another")
    who = step["household_id"]
    if step["from_pool_id"]:
        return texts("today.sentence_moves", household=who, place=pools.name(step["from_pool_id"]))
    return texts("today.sentence_arrives", household=who, arrives=texts.word("arrives", step["situation"]))


def chain_html(texts: Texts, pools: Pools, chain: Mapping[str, Any]) -> str:
    """A chain with its steps; the households can be clicked, and tell the offer."""
    steps = chain["steps"]
    above = ""
    if chain["in_cycle"]:
        above = tag(texts("today.swap"), "marked").html
    elif chain["run_id"] is None:
        above = tag(texts("today.own_choice"), "marked").html
    rows = "".join(_step_html(texts, pools, step) for step in steps)
    title = f"<h2>{_whole(sentence(texts, pools, steps), steps)} {above}</h2>"
    return f'<article class="hv-chain">{title}<ol>{rows}</ol></article>'


def _whole(said: str, steps: Sequence[Step]) -> str:
    """A sentence as HTML whose references are not broken over two lines."""
    references = {escape(step["household_id"]) for step in steps if not step["another"]}
    if not references:
        return escape(said)
    # One reference may begin as another does: the longest that fits is the one that is meant.
    any_of_them = "|".join(re.escape(one) for one in sorted(references, key=len, reverse=True))
    return re.sub(any_of_them, lambda found: f'<span class="hv-whole">{found[0]}</span>', escape(said))


def _step_html(texts: Texts, pools: Pools, step: Step) -> str:
    number = f'<span class="hv-step">{step["step"]}</span>'
    state = f'<span class="hv-state">{state_tag(texts, step["state"])}{_due(texts, step)}</span>'
    if step["another"]:
        who = f"<span>{escape(texts('today.another'))}</span>"
        about = f'<span class="hv-soft">{escape(texts("today.another_about"))}</span>'
        return f"<li>{number}{who}{about}<span></span>{state}</li>"
    tier = texts("today.points", tier=step["tier"], points=texts.count("points", step["points"]))
    who = f"<span>{two_lines(opening(step['household_id'], step['offer_id']), tier).html}</span>"
    place = (
        f"<span>{escape(texts('today.to', place=pools.name(step['pool_id'])))}"
        f'<small class="hv-soft">{escape(pools.about(step["pool_id"]))}</small></span>'
    )
    whence = (
        texts("today.moves_from", place=pools.name(step["from_pool_id"]))
        if step["from_pool_id"]
        else texts.word("arrives", step["situation"])
    )
    unit = f'<small class="hv-soft">{_unit(texts, step["responsible_unit"])}</small>'
    return f"<li>{number}{who}{place}<span>{escape(whence)}{unit}</span>{state}</li>"


def _unit(texts: Texts, unit: str | None) -> str:
    return escape(texts("today.of_unit", unit=unit)) if unit else words(None)


def _due(texts: Texts, step: Step) -> str:
    if not step["answer_by"]:
        return ""
    due = texts("today.answer_by", day=texts.short_day(step["answer_by"]))
    return f'<small class="hv-soft">{escape(due)}</small>'
