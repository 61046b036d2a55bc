"""Short simulations and small scenarios for the tests of `simulate`."""

from pathlib import Path
from typing import Any

from tests.api.conftest import DAY

SHORT = ("--weeks", "6", "--replications", "2", "--processes", "1", *DAY)
TEXTS = 'title_sv = "T"\ntitle_en = "T"\ntext_sv = "Text."\ntext_en = "Text."\n'


def scenario(folder: Path, name: str, change: str = "") -> str:
    file = folder / f"{name}.toml"
    file.write_text(f'name = "{name}"\n{TEXTS}{change}', encoding="utf-8")
    return str(file)


FEWER = '[[change]]\nkind = "arrivals"\nsegments = "all"\nfactor = 0.5\n'
NOBODY = """
[[change]]
kind = "open_pool"
pool_id = "X-INGEN"
name = "Ingen kan"
form = "stodboende"
district = "Farsta"
capacity = 5
admits = "women"
drug_policy = "tolerant"
staffing = "daily"
children = "no"
min_age = 120
mobility = "none"
pets = "no"
psychiatric_competence = "no"
monthly_cost_sek = 1000
"""


def comparable(data: Any) -> Any:
    return {**data, "id": 0, "seconds": 0}
