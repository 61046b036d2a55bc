"""The proposals of a match, chain by chain in the order to carry them out."""

from typing import Any

from api.cli.page import Column, Page
from api.cli.voice import Voice
from api.cli.words import Words
from api.usecases.matching import Finished
from models.stock import Pool


def show_proposals(page: Page, voice: Voice, finished: Finished) -> None:
    """Every proposal and, after them, those that wait for an answer."""
    pools = {pool.pool_id: pool for pool in finished.dataset.pools}
    texts, number = voice.texts, voice.figures.number
    proposals = finished.answer["proposals"]
    if proposals:
        page.section(texts("proposals.title"))
        headings = ("household", "place", "from", "tier", "points", "fit", "cost", "ask")
        numeric = ("points", "fit", "cost")
        columns = [Column(texts("proposals.step"))]
        columns += [Column(texts(f"proposals.{name}"), number=name in numeric) for name in headings]
        page.table(columns, [_row(voice, pools, entry) for entry in proposals])
        cost = sum(entry["monthly_cost_sek"] for entry in proposals)
        page.line(texts("proposals.cost_total", sek=number(cost)))
    if finished.answer["conditional"]:
        page.section(texts("proposals.conditional"))
        words = Words(voice)
        for entry in finished.answer["conditional"]:
            needs = ", ".join(words.fact(fact) for fact in entry["needs"])
            place = place_name(voice, pools[entry["pool"]])
            page.point(
                texts("proposals.on_condition", household=entry["household"], place=place, needs=needs)
            )


def place_name(voice: Voice, pool: Pool) -> str:
    """A pool as people call it: name, form and district, and its id."""
    return f"{pool.name} ({Words(voice).form(pool.form)}, {pool.district}; {pool.pool_id})"


def _row(voice: Voice, pools: dict[str, Pool], entry: dict[str, Any]) -> list[str]:
    number = voice.figures.number
    return [
        f"{entry['chain']}.{entry['step']}",
        entry["household"],
        f"{pools[entry['pool']].name} ({entry['pool']})",
        entry["from_pool"] or "",
        str(entry["tier"]),
        number(entry["points"]),
        number(entry["fit"]),
        number(entry["monthly_cost_sek"]),
        ", ".join(_question(voice, rule_id) for rule_id in entry["ask"]),
    ]


def _question(voice: Voice, rule_id: str) -> str:
    """What to ask in a word or two; a rule of the city's own goes by its id."""
    key = f"ask.{rule_id}"
    return voice.texts(key) if voice.texts.has(key) else rule_id
