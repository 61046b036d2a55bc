"""A match as a coordinator reads it: who, where, how sure, who waits and why."""

from collections.abc import Mapping, Sequence
from typing import Any

from api.cli.page import Column, Page
from api.cli.voice import Voice
from api.cli.words import Words
from api.usecases.explaining import with_numbers
from api.usecases.matching import Finished
from optimiser.policy.model import Policy
from optimiser.reasons.baselines import Baseline, baselines
from optimiser.reasons.summary import KINDS, Figure, Group, Summary, summarise

CAUSES = ("outcompeted", "needs_information", "no_eligible_pool", "stays")


def show_summary(page: Page, voice: Voice, finished: Finished) -> None:
    """The figures of a run."""
    answer, policy = finished.answer, finished.match.assessment.policy
    summary = summarise(finished.match, answer["unmatched"])
    about = answer["run"]
    page.title(voice.texts("match.title", day=voice.figures.day(about["as_of"])))
    _show_outcome(page, voice, summary, about)
    _show_baselines(page, voice, finished)
    _show_tiers(page, voice, summary, policy)
    _show_kinds(page, voice, summary)
    _show_forms(page, voice, summary)
    _show_waiting(page, voice, summary, policy)
    _show_groups(page, voice, summary.groups)
    page.line()
    seconds = voice.figures.number(about["seconds"])
    page.line(voice.texts("match.stored", id=about["id"], seconds=seconds, policy=about["policy"]))


def _show_outcome(page: Page, voice: Voice, summary: Summary, about: Mapping[str, Any]) -> None:
    texts, count, number = voice.texts, voice.count, voice.figures.number
    whole = summary.whole
    page.line(
        texts(
            "match.proposed", proposed=number(whole.proposed), candidates=count("household", whole.candidates)
        )
    )
    moves = {
        "entries": count("entry", summary.entries),
        "moves": count("move", summary.moves),
        "chains": count("chain", summary.chains),
        "longest": number(summary.longest),
    }
    page.line(texts("match.moves" if summary.moves else "match.no_moves", **moves))
    if summary.conditional:
        page.line(texts("match.conditional", n=count("household", summary.conditional)))
    if about["status"] == "optimal":
        page.line(texts("match.proven"))
        return
    page.line(texts("match.not_proven"))
    columns = [
        Column(texts("match.goal")),
        Column(texts("match.value"), True),
        Column(texts("match.bound"), True),
    ]
    rows = [[texts(f"goal.{g['name']}"), number(g["value"]), number(g["bound"])] for g in about["goals"]]
    page.table(columns, rows)


def _show_baselines(page: Page, voice: Voice, finished: Finished) -> None:
    """The run beside simpler ways of placing, and an honest word where none places more people."""
    if not finished.answer["proposals"]:
        return
    goals = {goal["name"]: goal["value"] for goal in finished.answer["run"]["goals"]}
    optimum = Baseline("optimum", len(finished.answer["proposals"]), goals)
    ways = [optimum, *baselines(finished.match)]
    page.section(voice.texts("baseline.title"))
    for way in ways:
        figures = {
            "n": voice.count("household", way.proposed),
            "tiers": voice.figures.number(way.goals["tier_1"] + way.goals["tier_2"]),
            "fit": voice.figures.number(way.goals["fit"]),
        }
        page.point(voice.texts(f"baseline.{way.name}", **figures))
    if all(way.proposed >= optimum.proposed for way in ways):
        page.line(voice.texts("baseline.no_more"))


def _figures(voice: Voice, figure: Figure) -> list[str]:
    number = voice.figures.number
    return [number(figure.candidates), number(figure.proposed), number(figure.waiting)]


def _counted(voice: Voice, heading: str) -> list[Column]:
    names = ("candidates", "proposed_column", "waiting")
    return [
        Column(voice.texts(heading)),
        *(Column(voice.texts(f"match.{name}"), number=True) for name in names),
    ]


def _show_tiers(page: Page, voice: Voice, summary: Summary, policy: Policy) -> None:
    page.section(voice.texts("match.by_tier"))
    names = {tier["number"]: tier[voice.language] for tier in policy.tiers}
    rows = [[str(tier), *_figures(voice, figure), names[tier]] for tier, figure in summary.tiers.items()]
    page.table([*_counted(voice, "match.tier"), Column(voice.texts("match.tier_means"))], rows)


def _show_kinds(page: Page, voice: Voice, summary: Summary) -> None:
    page.section(voice.texts("match.by_kind"))
    rows = [[voice.texts(f"kind.{kind}"), *_figures(voice, summary.kinds[kind])] for kind in KINDS]
    page.table(_counted(voice, "match.kind"), rows)


def _show_forms(page: Page, voice: Voice, summary: Summary) -> None:
    if not summary.forms:
        return
    page.section(voice.texts("match.by_form"))
    words = Words(voice)
    columns = [Column(voice.texts("match.form")), Column(voice.texts("match.proposals"), number=True)]
    page.table(columns, [[words.form(form), voice.figures.number(n)] for form, n in summary.forms.items()])


def _show_waiting(page: Page, voice: Voice, summary: Summary, policy: Policy) -> None:
    texts, count = voice.texts, voice.count
    page.section(texts("match.who_waits", n=count("household", summary.whole.waiting)))
    for cause in CAUSES:
        if summary.causes.get(cause):
            page.point(texts(f"cause.{cause}", n=count("household", summary.causes[cause])))
    if summary.reasons:
        page.section(texts("match.reasons"))
        for rule_id, n in summary.reasons:
            rule = policy.rule(rule_id)
            text = rule.text_sv if voice.language == "sv" else rule.text_en
            page.point(f"{count('household', n)}: {with_numbers(text, rule)} ({rule_id})")
    if summary.facts:
        page.section(texts("match.facts"))
        for fact, n in summary.facts:
            page.point(f"{texts(f'fact.{fact}')}: {count('household', n)}")


def _show_groups(page: Page, voice: Voice, groups: Sequence[Group]) -> None:
    if not groups:
        return
    page.section(voice.texts("match.groups"))
    for group in groups:
        words = [voice.texts(f"kind.{group.kind}"), voice.texts(f"drugs.{group.drugs}")]
        if group.age != "any":
            words.append(voice.texts(f"age.{group.age}"))
        figures = {"n": voice.count("household", group.waiting), "places": voice.count("place", group.places)}
        key = "match.group" if group.places else "match.group_without"
        page.point(voice.texts(key, who=", ".join(word for word in words if word), **figures))
