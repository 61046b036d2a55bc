"""The page of worked explanations, from real runs on the demo city.

`python -m tests.api.explanations` writes it anew.
"""

import tempfile
from pathlib import Path

from sqlalchemy import Engine

from api.cli.pages.aloud import sentences
from api.cli.voice import Voice
from api.usecases.demo_city import build_demo
from api.usecases.explaining import Explained, explain_household
from models.database import open_database
from optimiser.matching import Moves

FILE = Path(__file__).parents[2] / "api" / "EXPLANATIONS.md"
MOVES: Moves = "unlimited"
PEOPLE = {
    "B-2334": "En familj på hotell som får en plats i slutet av en kedja",
    "A-1269": "En kvinna med aktivt bruk som sover ute",
    "A-1661": "En man över 65 år",
    "A-4206": "En kvinna i stödboende som flyttar vidare i en kedja",
    "A-3279": "En man för vilken inget boende passar",
}
HEAD = f"""# Fem hushåll i demostaden, förklarade

Så här kan en samordnare läsa upp en förklaring. Ingen av personerna finns. Varje stycke är ordagrant det som

    hemvist explain HUSHÅLL --moves {MOVES} --aloud

säger om demostaden den 15 januari 2026, och ett test håller sidan i takt med körningarna.
"""


def explained(engine: Engine) -> dict[str, Explained]:
    """The five households explained."""
    as_of = build_demo(engine)
    return {household: explain_household(engine, household, (), as_of, MOVES) for household in PEOPLE}


def page(found: dict[str, Explained]) -> str:
    """The whole page."""
    parts = [HEAD]
    for household, title in PEOPLE.items():
        parts.append(f"## {title}\n\n" + "\n".join(sentences(Voice("sv"), found[household])) + "\n")
    return "\n".join(parts)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        database = open_database(str(Path(folder) / "demo.sqlite"))
        FILE.write_text(page(explained(database)), encoding="utf-8")
        database.dispose()
