"""What a number rests on, in a word, a sign and a colour: measured and assumed ones are told apart."""

from collections.abc import Mapping

from ui.frame.tables import Markup, Meaning, tag
from ui.texts import Texts

MEANINGS: Mapping[str, Meaning] = {
    "measured": "good",
    "source": "good",
    "calibrated": "marked",
    "assumed": "waits",
}


def basis_tag(texts: Texts, basis: str) -> Markup:
    """What a number rests on, as a tag."""
    return tag(texts(f"basis_of.{basis}"), MEANINGS[basis])
