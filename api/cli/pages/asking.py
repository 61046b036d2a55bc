"""What to ask first, in plain words: the facts, then each household with what its answer would open."""

from typing import Any

from api.cli.page import Column, Page
from api.cli.pages.proposals import place_name
from api.cli.voice import Voice
from api.cli.words import Words
from api.usecases.asking import ToAsk
from models.stock import Pool


def show_questions(page: Page, voice: Voice, found: ToAsk) -> None:
    """Facts by how often they matter, then the questions that open most places first."""
    texts, answer, number = voice.texts, found.answer, voice.figures.number
    page.title(texts("asking.title", day=voice.figures.day(answer["as_of"])))
    if answer["tried"] < answer["possible"]:
        page.line(texts("asking.some", tried=number(answer["tried"]), possible=number(answer["possible"])))
    elif answer["possible"]:
        page.line(texts("asking.all", possible=number(answer["possible"])))
    if not found.changing:
        page.line(texts("asking.nothing"))
        return
    _show_facts(page, voice, answer)
    pools = {pool.pool_id: pool for pool in found.dataset.pools}
    page.section(texts("asking.questions"))
    for question in answer["questions"]:
        _show_question(page, voice, pools, question)
    if len(answer["questions"]) < found.changing:
        left = found.changing - len(answer["questions"])
        page.line(texts("asking.more", n=voice.count("question", left)))


def _show_facts(page: Page, voice: Voice, answer: dict[str, Any]) -> None:
    texts, number, words = voice.texts, voice.figures.number, Words(voice)
    columns = [
        Column(texts("asking.fact")),
        Column(texts("asking.matters"), number=True),
        Column(texts("asking.opens"), number=True),
    ]
    rows = [
        [words.fact(one["fact"]), number(one["questions"]), number(one["placements"])]
        for one in answer["facts"]
    ]
    page.table(columns, rows)


def _show_question(page: Page, voice: Voice, pools: dict[str, Pool], question: dict[str, Any]) -> None:
    texts, number, words = voice.texts, voice.figures.number, Words(voice)
    fact = {"fact": words.fact(question["fact"]), "answer": _answer(words, question)}
    if question["household"] is None:
        page.point(texts("asking.of_pools", **fact))
    else:
        about = {"household": question["household"], "tier": number(question["tier"])}
        page.point(texts("asking.of_household", points=number(question["points"]), **about, **fact))
    if question["household_gets"] is not None:
        page.point(texts("asking.gets", place=place_name(voice, pools[question["household_gets"]])), depth=2)
    more = question["placements"]
    if more > 0:
        page.point(texts("asking.placed_more", n=voice.count("household", more)), depth=2)
    elif more < 0:
        page.point(texts("asking.placed_fewer", n=voice.count("household", -more)), depth=2)
    else:
        page.point(texts("asking.placed_same"), depth=2)
    others = [one for one in question["gain"] if one != question["household"]]
    if others:
        page.point(texts("recommend.gain", households=", ".join(others)), depth=2)
    if question["lose"]:
        page.point(texts("recommend.lose", households=", ".join(question["lose"])), depth=2)


def _answer(words: Words, question: dict[str, Any]) -> str:
    """An answer in words; districts stand one after the other."""
    parts = [words.value(question["fact"], part) for part in str(question["answer"]).split("|")]
    return ", ".join(parts)
