"""Checks the policy files before anyone relies on them: texts, citations, names, numbers and cases."""

from datetime import date
from importlib.resources.abc import Traversable
from pathlib import Path

from optimiser.policy.check.cases import check_cases
from optimiser.policy.check.citations import check_citations
from optimiser.policy.check.conditions import check_conditions
from optimiser.policy.check.finding import SEVERITIES, Finding
from optimiser.policy.check.numbers import check_numbers
from optimiser.policy.check.priorities import check_priorities
from optimiser.policy.check.references import check_references
from optimiser.policy.check.rules import check_rules
from optimiser.policy.check.situations import check_situations
from optimiser.policy.check.texts import check_texts
from optimiser.policy.check.written import check_names, read_written
from optimiser.policy.load import policy_folder

__all__ = ["Finding", "check_policy"]


def check_policy(folder: Path | None, cases_dir: Path | None, today: date) -> list[Finding]:
    """Everything worth saying about a policy folder, errors first, then by file and entry.

    Parameters
    ----------
    folder
        The policy folder; None for the policy that comes with the product.
    cases_dir
        The folder of cases, which only the project's source has; None leaves that part out.
    today
        The day for which sources and numbers should be in force.

    Returns
    -------
    list[Finding]
        When a file cannot be read, only that: the rest would follow from it.
    """
    root: Traversable = policy_folder() if folder is None else folder
    written = read_written(root)
    if written.unreadable:
        return list(written.unreadable)
    findings = [
        *check_names(written),
        *check_texts(written),
        *check_citations(written, today),
        *check_rules(written),
        *check_conditions(written),
        *check_situations(written),
        *check_priorities(written),
        *check_references(written),
        *check_numbers(written, today),
        *check_cases(written, cases_dir),
    ]
    return sorted(findings, key=lambda found: (SEVERITIES.index(found.severity), found.where, found.sv))
