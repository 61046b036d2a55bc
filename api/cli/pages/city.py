"""What a city holds, in a few lines."""

from datetime import date

from api.cli.page import Page
from api.cli.voice import Voice
from models.dataset import Dataset


def show_city(page: Page, voice: Voice, dataset: Dataset, as_of: date) -> None:
    """The demo city as built: its people, places and vacant places."""
    living = [row.current_pool_id for row in dataset.households if row.current_pool_id]
    figures = {
        "day": voice.figures.day(as_of),
        "households": voice.count("household", len(dataset.households)),
        "people": voice.count("person", len(dataset.members)),
        "pools": voice.count("pool", len(dataset.pools)),
        "places": voice.count("place", sum(pool.capacity for pool in dataset.pools)),
        "taken": voice.figures.number(len(living)),
    }
    page.line(voice.texts("demo.built", **figures))
