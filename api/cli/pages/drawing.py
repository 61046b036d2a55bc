"""The chains of a run as a drawing in the DOT language, with names and levels in the reader's language."""

from collections.abc import Mapping, Sequence
from typing import Any

from api.cli.voice import Voice
from api.cli.words import Words
from models.dataset import Dataset
from models.forms import forms
from models.stock import Pool
from optimiser.drawing import Captions, Place, dot, drawing


def drawn_chains(voice: Voice, proposals: Sequence[Mapping[str, Any]], dataset: Dataset, name: str) -> str:
    """The proposals of an answer as DOT text; `name` is that of the whole drawing."""
    texts, number = voice.texts, voice.figures.number
    places = {pool.pool_id: _place(voice, pool) for pool in dataset.pools}
    captions = Captions(
        chain=lambda n: texts("drawing.chain", n=number(n)),
        cycle=lambda n: texts("drawing.cycle", n=number(n)),
        outside=texts("drawing.outside"),
    )
    return dot(drawing(proposals, places, captions), name)


def _place(voice: Voice, pool: Pool) -> Place:
    """A pool's box. The level stands there in words too, since not everyone tells colours apart."""
    words, level = Words(voice), forms()[pool.form].level
    return Place(
        (f"{pool.name} ({pool.pool_id})", words.form(pool.form), voice.texts(f"level.{level}")), level
    )
