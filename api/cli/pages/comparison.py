"""What changed between two runs: settings and goals first, then household by household with the reason."""

from api.cli.page import Column, Page
from api.cli.pages.proposals import place_name
from api.cli.voice import Voice
from api.cli.words import Words
from api.usecases.comparing import Compared
from api.usecases.explaining import with_numbers
from models.exchange.columns import sheets
from optimiser.reasons.comparison import Changed, Reason


def show_comparison(page: Page, voice: Voice, found: Compared) -> None:
    """The outcome first, then whatever differs."""
    texts, number = voice.texts, voice.figures.number
    page.title(texts("compare.title", before=found.before, after=found.after))
    if not found.changed:
        page.line(texts("compare.same", n=voice.count("household", found.kept)))
    else:
        changed = voice.count("household", len(found.changed))
        page.line(texts("compare.changed", n=changed, kept=voice.count("household", found.kept)))
    if found.settings:
        page.section(texts("compare.settings"))
        for name, before, after in found.settings:
            called = texts(f"setting.{name}") if texts.has(f"setting.{name}") else name
            page.point(texts("compare.setting", name=called, before=before or "–", after=after or "–"))
    goals = [(name, old, new) for name, (old, new) in found.goals.items() if old != new]
    if goals:
        page.section(texts("compare.goals"))
        columns = [
            Column(texts("match.goal")),
            *(Column(texts(f"compare.{when}"), True) for when in ("before", "after")),
        ]
        page.table(columns, [[texts(f"goal.{name}"), number(old), number(new)] for name, old, new in goals])
    if found.changed:
        page.section(texts("compare.households"))
        for one in found.changed:
            _show_changed(page, voice, found, one)


def _show_changed(page: Page, voice: Voice, found: Compared, one: Changed) -> None:
    texts = voice.texts
    places = [
        texts("compare.no_place") if pool is None else _place(voice, found, pool)
        for pool in (one.before, one.after)
    ]
    page.point(texts("compare.household", household=one.household, before=places[0], after=places[1]))
    for reason in one.reasons:
        page.point(_sentence(voice, found, one, reason), depth=2)


def _sentence(voice: Voice, found: Compared, one: Changed, reason: Reason) -> str:
    texts, words = voice.texts, Words(voice)
    if reason.kind == "others":
        if not reason.subject:
            return texts("compare.others")
        return texts(_others(found, one, reason.subject), household=reason.subject)
    if reason.kind == "rule":
        rule_id = reason.subject
        if rule_id not in found.policy.rule_at:
            return texts("compare.rule_gone", id=rule_id)
        rule = found.policy.rule(rule_id)
        text = with_numbers(rule.text_sv if voice.language == "sv" else rule.text_en, rule)
        verdicts = {
            name: texts(f"verdict.{value or 'none'}")
            for name, value in (("before", reason.before), ("after", reason.after))
        }
        return texts("compare.rule", text=text.rstrip("."), id=rule_id, **verdicts)
    if reason.kind == "tier":
        return texts("compare.tier", before=reason.before or "–", after=reason.after or "–")
    if not reason.subject.rsplit(".", 1)[-1]:
        return texts("compare.came" if not reason.before else "compare.went")
    column = reason.subject.rsplit(".", 1)[-1]
    values = {"before": _value(words, column, reason.before), "after": _value(words, column, reason.after)}
    if reason.kind == "limit":
        return texts("compare.limit", what=texts(f"compare.{column}"), **values)
    key = "compare.place" if reason.kind == "place" else "compare.own.changed"
    return texts(key, what=_column(voice, column), **values)


def _others(found: Compared, one: Changed, household: str) -> str:
    """Which sentence says what another household has to do with it."""
    other = next(entry for entry in found.changed if entry.household == household)
    if one.before is not None and other.after == one.before:
        return "compare.taken"
    return "compare.left" if other.before == one.after else "compare.moves_on"


def _column(voice: Voice, column: str) -> str:
    """A column as people call it: by its name among facts, else by its heading in the files."""
    if voice.texts.has(f"fact.{column}"):
        return voice.texts(f"fact.{column}")
    if voice.language == "sv":
        for sheet in sheets().values():
            if column in sheet.columns:
                return sheet.columns[column].alias.replace("_", " ")
    return column.replace("_", " ")


def _value(words: Words, column: str, value: str) -> str:
    return ", ".join(words.value(column, part) for part in value.split("|")) if value else "–"


def _place(voice: Voice, found: Compared, pool_id: str) -> str:
    for dataset in (found.dataset, found.earlier):
        for pool in dataset.pools:
            if pool.pool_id == pool_id:
                return place_name(voice, pool)
    return pool_id
