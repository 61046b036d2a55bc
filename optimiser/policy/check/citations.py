"""Checks what each rule rests on: a citation, or a note where the rule is the city's own."""

from collections.abc import Iterator
from datetime import date

from optimiser.policy.check.finding import Finding, error, unknown
from optimiser.policy.check.written import Entry, Written

BASES = ("source", "interpretation", "local")


def check_citations(written: Written, today: date) -> Iterator[Finding]:
    """Missing citations and notes, sources that are not listed, and sources past their period."""
    sources = written.names("sources")
    for rule in written.entries["rules"]:
        yield from _basis(rule)
        for cite in rule.content.get("cite", ()):
            if cite.get("source") not in sources:
                yield unknown(
                    rule.where,
                    "en källa i sources.toml",
                    "a source in sources.toml",
                    cite.get("source"),
                    sources,
                )
            if not cite.get("section"):
                yield error(
                    rule.where,
                    "Hänvisningen nämner inget avsnitt.",
                    "The citation names no section.",
                    "Skriv section med avsnittets rubrik.",
                    "Write section with the heading of the section.",
                )
    yield from _past_their_period(written, today)


def _basis(rule: Entry) -> Iterator[Finding]:
    content = rule.content
    basis = content.get("basis")
    if basis not in BASES:
        yield unknown(rule.where, "en grund för en regel", "a basis of a rule", basis, BASES)
    elif basis == "local":
        for key in ("note_sv", "note_en"):
            if not str(content.get(key, "")).strip():
                yield error(
                    rule.where,
                    f"Regeln är stadens egen (local) men {key} saknas.",
                    f"The rule is the city's own (local) but {key} is missing.",
                    f"Skriv i {key} varför regeln finns.",
                    f"Write in {key} why the rule exists.",
                )
    elif not content.get("cite"):
        yield error(
            rule.where,
            "Regeln saknar hänvisning till en källa.",
            "The rule has no citation.",
            'Skriv cite med källa och avsnitt, eller basis = "local" med note_sv och note_en.',
            'Write cite with source and section, or basis = "local" with note_sv and note_en.',
        )


def _past_their_period(written: Written, today: date) -> Iterator[Finding]:
    for source in written.entries["sources"]:
        until = source.content.get("valid_until")
        citing = [
            rule.name
            for rule in written.entries["rules"]
            if any(cite.get("source") == source.name for cite in rule.content.get("cite", ()))
        ]
        if isinstance(until, date) and until < today and citing:
            yield Finding(
                "warning",
                source.where,
                f"Källan gällde till och med {until} och {len(citing)} regler vilar på den.",
                f"The source was in force up to {until} and {len(citing)} rules rest on it.",
                "Pröva reglerna mot det som gäller nu: socialtjänstlagen (2025:400), i kraft sedan "
                "2025-07-01, och stadens nästa program när det finns.",
                "Try the rules against what holds now: the Social Services Act (2025:400), in force since "
                "2025-07-01, and the city's next programme once there is one.",
            )
