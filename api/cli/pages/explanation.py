"""Why one household may or may not have each place, in plain words."""

from collections.abc import Iterable
from typing import Any

from api.cli.page import Column, Page
from api.cli.pages.proposals import place_name
from api.cli.voice import Voice
from api.cli.words import Words
from api.usecases.explaining import INTERPRETATION, LOCAL, Explained, with_numbers

MOST_AHEAD = 10


def show_explanation(page: Page, voice: Voice, explained: Explained) -> None:
    """The household's standing, its proposal, then pools: possible, waiting for facts, not possible."""
    _show_standing(page, voice, explained)
    by_answer: dict[str, list[dict[str, Any]]] = {"yes": [], "unknown": [], "no": []}
    for entry in explained.answer["pools"]:
        by_answer[entry["eligible"]].append(entry)
    if by_answer["yes"]:
        page.section(voice.texts("explain.possible", n=len(by_answer["yes"])))
        _show_possible(page, voice, explained, by_answer["yes"])
    if by_answer["unknown"]:
        page.section(voice.texts("explain.needs_information", n=len(by_answer["unknown"])))
        _show_alike(page, voice, explained, by_answer["unknown"], "unknown")
    if by_answer["no"]:
        page.section(voice.texts("explain.not_possible", n=len(by_answer["no"])))
        _show_alike(page, voice, explained, by_answer["no"], "fail")
    _show_ahead(page, voice, explained)
    _show_help(page, voice, explained)


def _show_standing(page: Page, voice: Voice, explained: Explained) -> None:
    texts, answer = voice.texts, explained.answer
    pools = {pool.pool_id: pool for pool in explained.dataset.pools}
    tiers = {tier["number"]: tier[voice.language] for tier in explained.match.assessment.policy.tiers}
    page.title(texts("explain.title", household=answer["household"], day=voice.figures.day(answer["as_of"])))
    points = voice.figures.number(answer["points"])
    if explained.match.priority.candidate[explained.row]:
        tier = f"{answer['tier']}: {tiers[answer['tier']]}"
        page.line(texts("explain.standing", tier=tier, points=points))
    else:
        page.line(texts("explain.no_candidate"))
    present = next(
        h.current_pool_id for h in explained.dataset.households if h.household_id == answer["household"]
    )
    if present:
        page.line(texts("explain.lives_in", place=place_name(voice, pools[present])))
    if answer["proposal"]:
        page.line(texts("explain.proposal", place=place_name(voice, pools[answer["proposal"]])))
    else:
        page.line(texts("explain.no_proposal"))


def _show_possible(page: Page, voice: Voice, explained: Explained, entries: list[dict[str, Any]]) -> None:
    texts, number, words = voice.texts, voice.figures.number, Words(voice)
    instance = explained.match.assessment.instance
    pools = {pool.pool_id: (pool, int(instance.pools["vacant"][i])) for i, pool in _stock(explained)}
    headings = ("place", "form", "district", "vacant", "fit")
    rows = []
    for entry in sorted(entries, key=lambda entry: (-entry["fit"], entry["pool"])):
        pool, vacant = pools[entry["pool"]]
        name = f"{pool.name} ({pool.pool_id})"
        rows.append([name, words.form(pool.form), pool.district, number(vacant), number(entry["fit"])])
    columns = [Column(texts(f"explain.{name}"), number=name in ("vacant", "fit")) for name in headings]
    page.table(columns, rows)
    questions = {v["rule"]: v for entry in entries for v in entry["verdicts"] if v["verdict"] == "unknown"}
    if questions:
        page.line(texts("explain.to_ask"))
        for verdict in questions.values():
            page.point(_rule_text(voice, verdict))


def _stock(explained: Explained) -> Iterable[tuple[int, Any]]:
    at = {pool_id: i for i, pool_id in enumerate(explained.match.assessment.instance.pool_ids)}
    return ((at[pool.pool_id], pool) for pool in explained.dataset.pools)


def _show_alike(
    page: Page, voice: Voice, explained: Explained, entries: list[dict[str, Any]], verdict: str
) -> None:
    """Pools that the same rules stop, for the same reasons, are named together."""
    pools = {pool.pool_id: pool for pool in explained.dataset.pools}
    words = Words(voice)
    alike: dict[tuple[str, ...], list[str]] = {}
    for entry in entries:
        reasons = [_reason(voice, words, v) for v in entry["verdicts"] if v["verdict"] == verdict]
        if verdict == "unknown":
            needs = ", ".join(words.fact(fact) for fact in explained.needs[entry["pool"]])
            reasons.append(voice.texts("explain.find_out", needs=needs))
        alike.setdefault(tuple(reasons), []).append(place_name(voice, pools[entry["pool"]]))
    for why, places in alike.items():
        page.point(", ".join(places))
        for reason in why:
            page.point(reason, depth=2)


def _reason(voice: Voice, words: Words, verdict: dict[str, Any]) -> str:
    parts = [_rule_text(voice, verdict)]
    if verdict["observed"]:
        parts.append(voice.texts("explain.observed", observed=words.mapping(verdict["observed"])))
    if verdict["limit"]:
        parts.append(voice.texts("explain.limit", limit=words.mapping(verdict["limit"])))
    parts.append(voice.texts("explain.cite", cite=_citation(voice, verdict["cite"]), rule=verdict["rule"]))
    return " ".join(parts)


def _citation(voice: Voice, cite: str) -> str:
    if cite == LOCAL:
        return voice.texts("explain.local")
    if cite.endswith(INTERPRETATION):
        return voice.texts("explain.interpretation", source=cite.removesuffix(INTERPRETATION))
    return cite


def _rule_text(voice: Voice, verdict: dict[str, Any]) -> str:
    return str(verdict[f"text_{voice.language}"])


def _show_ahead(page: Page, voice: Voice, explained: Explained) -> None:
    others = explained.answer["ahead"]
    if not others:
        return
    texts = voice.texts
    page.section(texts("explain.ahead", n=voice.figures.number(len(others))))
    rows = []
    for other in others[:MOST_AHEAD]:
        proposed = (other["household"], other["pool"]) in explained.proposed
        how = texts("explain.is_proposed" if proposed else "explain.lives_there")
        points = voice.figures.number(other["points"])
        rows.append([other["household"], other["pool"], how, str(other["tier"]), points])
    headings = ("household", "place", "how", "tier", "points")
    page.table([Column(texts(f"explain.{name}"), number=name == "points") for name in headings], rows)
    if len(others) > MOST_AHEAD:
        page.line(texts("explain.more_ahead", n=voice.figures.number(len(others) - MOST_AHEAD)))


def _show_help(page: Page, voice: Voice, explained: Explained) -> None:
    """What would bring the household to a place, each verified by solving again; or that nothing would."""
    answer, texts = explained.answer, voice.texts
    if answer["proposal"] or not explained.match.priority.candidate[explained.row]:
        return
    page.section(texts("explain.would_help"))
    if not answer["would_help"]:
        page.line(texts("explain.nothing_helps"))
    pools = {pool.pool_id: pool for pool in explained.dataset.pools}
    for remedy in answer["would_help"]:
        change, effect = remedy["change"], remedy["effect"]
        place = place_name(voice, pools[effect["household_gets"]])
        page.point(texts("explain.helps", change=change_in_words(voice, explained, change), place=place))
        cost = voice.figures.number(effect["cost"])
        page.point(texts("explain.effect", placed=_signed(voice, _placed(effect)), sek=cost), depth=2)


def change_in_words(voice: Voice, explained: Explained, change: dict[str, Any]) -> str:
    """What would be otherwise: one more place, a fact known, or an exception from a rule."""
    texts = voice.texts
    if change["kind"] == "place":
        pool = next(pool for pool in explained.dataset.pools if pool.pool_id == change["id"])
        return texts("explain.place_more", place=place_name(voice, pool))
    if change["kind"] == "fact":
        fact = texts(f"fact.{change['id']}")
        return texts("explain.fact_known", fact=fact, value=Words(voice).value(change["id"], change["to"]))
    rule = explained.match.assessment.policy.rule(change["id"])
    text = rule.text_sv if voice.language == "sv" else rule.text_en
    return texts("explain.exception", rule=with_numbers(text, rule).rstrip("."), id=change["id"])


def _placed(effect: dict[str, Any]) -> int:
    return sum(value for goal, value in effect.items() if goal.startswith("tier_"))


def _signed(voice: Voice, number: int) -> str:
    return f"+{voice.figures.number(number)}" if number > 0 else voice.figures.number(number)
