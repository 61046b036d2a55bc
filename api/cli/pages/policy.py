"""What a look through the policy found."""

from typing import Any

from api.cli.page import Page
from api.cli.voice import Voice
from api.texts import Language
from api.usecases.policies import Checked
from optimiser.policy.check import Finding


def say_findings(voice: Voice, checked: Checked) -> None:
    """One line a finding on standard error; what stops the policy, then how many there are."""
    for finding in checked.findings:
        what, remedy = spoken(finding, voice.language)
        kind = voice.texts(f"policy.{finding.severity}")
        voice.complain(f"{kind}: {finding.where}: {what} {remedy}")
    errors = sum(finding.severity == "error" for finding in checked.findings)
    if errors:
        voice.complain(voice.texts("policy.refused", faults=voice.count("fault", errors)))


def show_policy(page: Page, voice: Voice, checked: Checked) -> None:
    """That the policy holds together, and its name."""
    warnings = sum(finding.severity == "warning" for finding in checked.findings)
    words = {
        "rules": voice.count("rule", checked.rules),
        "warnings": voice.count("warning", warnings),
        "hash": checked.digest or "",
    }
    page.line(voice.texts("policy.sound", **words))


def policy_as_json(checked: Checked, language: Language) -> dict[str, Any]:
    """The findings for programs."""
    findings = [(finding, spoken(finding, language)) for finding in checked.findings]
    return {
        "policy": checked.digest,
        "rules": checked.rules,
        "sound": checked.sound,
        "findings": [
            {"severity": f.severity, "where": f.where, "message": what, "remedy": remedy}
            for f, (what, remedy) in findings
        ],
    }


def spoken(finding: Finding, language: Language) -> tuple[str, str]:
    """What was found and how to mend it."""
    return (finding.sv, finding.mend_sv) if language == "sv" else (finding.en, finding.mend_en)
