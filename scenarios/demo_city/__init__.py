"""The demo city, a synthetic Stockholm built from published totals and stated assumptions."""

from scenarios.demo_city.city import build_demo_city
from scenarios.demo_city.figures import DEMO_AS_OF

__all__ = ["DEMO_AS_OF", "build_demo_city"]
