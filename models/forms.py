"""Forms of housing (boendeformer): level, own flat, SHIS and display names, read from forms.toml."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Form:
    """A form of housing.

    level: 0 emergency, 1 shared or staffed, 2 own temporary flat, 3 lasting.
    own_flat: the support is brought to the home.
    shis: let by the SHIS foundation, which has its own conditions.
    """

    form_id: str
    sv: str
    en: str
    level: int
    own_flat: bool
    shis: bool = False


@cache
def forms() -> dict[str, Form]:
    """All forms by id, in display order."""
    text = (files("models") / "forms.toml").read_text(encoding="utf-8")
    return {form_id: Form(form_id, **entry) for form_id, entry in tomllib.loads(text).items()}
