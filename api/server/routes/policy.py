"""The policy and the forms of housing, for everyone who works here."""

from typing import Annotated

from fastapi import APIRouter

from api.access.actor import Actor
from api.server.needs import needs
from api.server.problems import Problem
from api.server.routes.stock_bodies import (
    ConditionOut,
    DatedValue,
    FormOut,
    PolicyOut,
    RuleLine,
    RuleOut,
    SourceOut,
    TierOut,
    ValueOut,
)
from api.server.service import Here
from api.usecases.policies import policy_on
from api.usecases.stock.rules import RuleTold, Value, rule_told, rules_of
from models.forms import Form, forms

router = APIRouter(tags=["policy"])

Reader = Annotated[Actor, needs("policy.read")]


@router.get("/policy")
def show_policy(actor: Reader, here: Here) -> PolicyOut:
    """Show every rule in force: its text, what it rests on, its numbers and since when."""
    policy = policy_on(here.as_of())
    return PolicyOut(
        policy=policy.digest,
        as_of=policy.as_of,
        rules=[rule_out(told) for told in rules_of(policy)],
        tiers=[
            TierOut(number=int(tier["number"]), text_sv=str(tier["sv"]), text_en=str(tier["en"]))
            for tier in policy.tiers
        ],
        sources={name: dict(source) for name, source in policy.sources.items()},
    )


@router.get("/policy/rules/{rule_id}")
def show_rule(rule_id: str, actor: Reader, here: Here) -> RuleOut:
    """Show one rule."""
    policy = policy_on(here.as_of())
    if rule_id not in policy.rule_at:
        raise Problem(404, "unknown_rule")
    return rule_out(rule_told(policy, policy.rule(rule_id)))


@router.get("/forms")
def show_forms(actor: Reader, here: Here) -> list[FormOut]:
    """List the forms of housing."""
    return [form_out(form) for form in forms().values()]


def form_out(form: Form) -> FormOut:
    """A form as it is sent."""
    return FormOut(
        form=form.form_id,
        name_sv=form.sv,
        name_en=form.en,
        level=form.level,
        own_flat=form.own_flat,
        shis=form.shis,
    )


def rule_line(told: RuleTold) -> RuleLine:
    """A rule in words as it is sent."""
    rule = told.rule
    return RuleLine(
        rule=rule.rule_id,
        text_sv=told.text_sv,
        text_en=told.text_en,
        note_sv=rule.note_sv,
        note_en=rule.note_en,
        basis=rule.basis,
        sources=[SourceOut(**source) for source in told.sources],
        since=rule.since,
        when_unknown=rule.when_unknown,
        exception_possible=rule.exception_possible,
    )


def rule_out(told: RuleTold) -> RuleOut:
    """A rule with all it uses as it is sent."""
    return RuleOut(
        **rule_line(told).model_dump(),
        applies_to=dict(told.rule.applies_to),
        applies_when=told.rule.applies_when,
        values=[_value(value) for value in told.values],
        conditions=[
            ConditionOut(
                name=one.name,
                text_sv=one.text_sv,
                text_en=one.text_en,
                values=[_value(value) for value in one.values],
            )
            for one in told.conditions
        ],
    )


def _value(value: Value) -> ValueOut:
    dated = [DatedValue(since=since, value=number) for since, number in value.dated]
    return ValueOut(name=value.name, value=value.value, dated=dated)
