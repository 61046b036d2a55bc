"""What a check of the policy says: where, what is wrong and how to mend it, in Swedish and English."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal

Severity = Literal["error", "warning", "info"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found in the policy files.

    Attributes
    ----------
    severity
        `error`: the policy must not be used like this. `warning`: someone should look. `info`: a part of
        the check that was left out, and why.
    where
        File and entry, as in `rules/shis.toml: shis_time`.
    """

    severity: Severity
    where: str
    sv: str
    en: str
    mend_sv: str
    mend_en: str


def error(where: str, sv: str, en: str, mend_sv: str, mend_en: str) -> Finding:
    """A fault: the policy must not be used like this."""
    return Finding("error", where, sv, en, mend_sv, mend_en)


def unknown(where: str, sv: str, en: str, value: object, known: Iterable[object]) -> Finding:
    """A value that is not among the known ones; `sv` and `en` say of what sort it should have been."""
    names = sorted(str(name) for name in known)
    near = get_close_matches(str(value), names, n=1)
    if near:
        mend_sv, mend_en = f"Menades {near[0]}?", f"Was {near[0]} meant?"
    else:
        mend_sv, mend_en = f"Skriv någon av: {', '.join(names)}.", f"Write one of: {', '.join(names)}."
    return error(where, f"{value} är inte {sv}.", f"{value} is not {en}.", mend_sv, mend_en)
