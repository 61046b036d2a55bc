"""The policy: whether its files hold together, with a citation, texts and cases for every rule."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import optimiser
from api.usecases.problems import UserError
from optimiser.policy.check import Finding, check_policy
from optimiser.policy.load import load_policy_data
from optimiser.policy.model import Policy, PolicyProblem


@dataclass(frozen=True, slots=True)
class Checked:
    """A policy looked through: what was found, how many rules it has, and its hash (None if unreadable)."""

    findings: tuple[Finding, ...]
    rules: int
    digest: str | None

    @property
    def sound(self) -> bool:
        """Whether the policy may be used as it is."""
        return not any(finding.severity == "error" for finding in self.findings)


def policy_on(as_of: date) -> Policy:
    """The policy in force on a day.

    Raises
    ------
    UserError
        If the day is before the policy began.
    PolicyProblem
        If the policy's files cannot be used on any day.
    """
    data = load_policy_data()
    try:
        return data.on(as_of)
    except PolicyProblem:
        # On the last of all days every number has begun, so a fault that is there too is in the files.
        data.on(date.max)
        raise UserError("no_policy_then", day=as_of.isoformat()) from None


def look_through_policy(folder: Path | None, today: date) -> Checked:
    """Check a policy folder, by default the policy that comes with the product.

    Raises
    ------
    UserError
        If there is no such folder.
    """
    if folder is not None and not folder.is_dir():
        raise UserError("no_folder", path=str(folder))
    findings = tuple(check_policy(folder, cases_folder() if folder is None else None, today))
    try:
        data = load_policy_data(folder)
    except PolicyProblem:
        # The findings say so in both languages already.
        return Checked(findings, 0, None)
    return Checked(findings, len(data.tree["rules"]), data.digest)


def cases_folder() -> Path | None:
    """The folder of cases beside the source, None where only the product is installed."""
    folder = Path(str(optimiser.__file__)).parents[1] / "tests" / "cases"
    return folder if folder.is_dir() else None
