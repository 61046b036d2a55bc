"""Checks that each rule has cases: one where it passes, and one where it stops or waits."""

import tomllib
from collections.abc import Iterator
from pathlib import Path

from optimiser.policy.check.finding import Finding, error
from optimiser.policy.check.written import Written


def check_cases(written: Written, cases_dir: Path | None) -> Iterator[Finding]:
    """Rules without cases, and cases of no rule; without a folder of cases, a word that this was left out."""
    if cases_dir is None or not cases_dir.is_dir():
        yield Finding(
            "info",
            "tests/cases",
            "Fallen finns inte här, så reglerna har inte prövats mot dem.",
            "The cases are not here, so the rules were not held against them.",
            "Kör kontrollen i projektets källkod för att pröva också fallen.",
            "Run the check in the project's source to try the cases too.",
        )
        return
    files = {file.stem: file for file in sorted(cases_dir.glob("*.toml"))}
    for rule in written.entries["rules"]:
        if rule.name not in files:
            yield error(
                rule.where,
                "Regeln har inga fall.",
                "The rule has no cases.",
                f"Skriv {rule.name}.toml med minst ett fall som går igenom och ett som stoppas.",
                f"Write {rule.name}.toml with at least one case that passes and one that is stopped.",
            )
        else:
            yield from _verdicts(rule.where, files[rule.name])
    for name in sorted(set(files) - written.names("rules")):
        yield error(
            files[name].name,
            "Fallen hör inte till någon regel.",
            "The cases belong to no rule.",
            "Döp filen efter sin regel, eller ta bort den.",
            "Name the file after its rule, or take it away.",
        )


def _verdicts(where: str, file: Path) -> Iterator[Finding]:
    try:
        cases = tomllib.loads(file.read_text(encoding="utf-8")).get("case", [])
    except tomllib.TOMLDecodeError as problem:
        sv, en = f"Filen är inte giltig TOML ({problem}).", f"The file is not valid TOML ({problem})."
        yield error(file.name, sv, en, "Rätta raden som nämns.", "Mend the line named.")
        return
    verdicts = {case.get("verdict") for case in cases}
    if "pass" not in verdicts:
        yield error(
            where,
            "Inget fall visar när regeln går igenom.",
            "No case shows when the rule passes.",
            f'Lägg till ett fall med verdict = "pass" i {file.name}.',
            f'Add a case with verdict = "pass" to {file.name}.',
        )
    if not verdicts & {"fail", "unknown"}:
        yield error(
            where,
            "Inget fall visar när regeln stoppar eller väntar.",
            "No case shows when the rule stops or waits.",
            f'Lägg till ett fall med verdict = "fail" eller "unknown" i {file.name}.',
            f'Add a case with verdict = "fail" or "unknown" to {file.name}.',
        )
