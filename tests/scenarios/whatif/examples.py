"""Changes as a planner writes them, kind by kind: sound ones, and faulty ones with what is said of them."""

from .made import OPEN

SOUND: dict[str, list[str]] = {
    "open_pool": [
        OPEN,
        OPEN + "lead_weeks = 26\nadmits = 'women'\npets = false\nopens_on = 2026-03-01",
    ],
    "close_pool": [
        "pool = 'P-HVILAN'",
        "pool = ['A', 'B']",
    ],
    "capacity": [
        "pool = 'P-HVILAN'\nto = 0",
        "form = ['stodboende', 'famvux']\nadmits = 'women'\ndistrict = ['Södermalm']\nby = -3",
        "form = 'upphandlad'\ndrug_policy = ['tolerant', 'drug_free']\nfactor = 0.5",
    ],
    "convert": [
        "pool = 'P-SYRENEN'\ndrug_policy = 'tolerant'\nmin_age = ''\nmax_persons = 2",
        "pool = ['A']\nform = 'akutboende'\npsychiatric_competence = true",
    ],
    "arrivals": [
        "segments = 'all'\nfactor = 1.2",
        "segments = ['family', 'over_65']\nfactor = 0",
    ],
    "stays": [
        "form = 'all'\nfactor = 2",
        "form = ['stodboende']\nfactor = 0.5\noutcome = 'homeless'",
    ],
    "quota": [
        "form = 'forsokslagenhet'\nplaces = 0\nyear = 'next'",
        "form = ['traningslagenhet', 'forsokslagenhet']\nby = -5",
        "form = 'genomgangsbostad'\nfactor = 1.5\nyear = 2027",
    ],
    "budget": [
        "sek_per_month = 500000",
    ],
    "refusals": [
        "factor = 0.5\nfrom_week = 4\nuntil_week = 5",
    ],
    "rule": [
        "rule = 'school_continuity'\nparameter = 'minutes_under_10'\nvalue = 45",
        "rule = 'not_overstaffed'\nremove = true",
        "fit = 'procured'\nparameter = 'points'\nvalue = -400",
        "points = 'children'\nremove = true",
        "condition = 'homeless_six_months'\nparameter = 'days_ago_at_least'\nvalue = 365",
        "rule = 'support'\nparameter = 'agree_forms'\nvalue = ['bostad_forst', 'famvux']",
        "rule = 'shis_time'\nparameter = 'when_unknown'\nvalue = 'hold'",
        "rule = 'long_term'\nparameter = 'applies_to.forms'\nvalue = ['famvux']",
    ],
    "matching": [
        "way = 'optimum'",
        "way = 'first_come'",
        "way = 'priority_greedy'",
        "way = 'scarcity_priced'",
    ],
}
"""Entries without their kind, except those of OPEN."""

FAULTY: dict[str, list[tuple[str, list[tuple[str, str]]]]] = {
    "opening": [
        ("", [("kind", "unknown value")]),
    ],
    "": [
        ("from_week = 1", [("kind", "missing key")]),
    ],
    "budget": [
        ("sek_per_month = 1\nfrom_week = -1", [("from_week", "below zero")]),
        ("sek_per_month = 1\nfrom_week = 1.5", [("from_week", "not a whole number")]),
        ("sek_per_month = 1\nfrom_week = 99999", [("from_week", "too large")]),
        ("sek_per_month = 1\nfrom_week = 4\nuntil_week = 4", [("until_week", "until before from")]),
        ("sek_per_month = -1", [("sek_per_month", "below zero")]),
        ("sek_per_month = true", [("sek_per_month", "not a whole number")]),
        ("sek_per_month = 99999999999", [("sek_per_month", "too large")]),
        ("", [("sek_per_month", "missing key")]),
        ("sek_per_month = 1\nplaces = 2", [("places", "unknown key")]),
    ],
    "refusals": [
        ("factor = -0.1", [("factor", "below zero")]),
        ("factor = nan", [("factor", "not a factor")]),
        ("factor = 'två'", [("factor", "not a factor")]),
    ],
    "matching": [
        ("way = 'lottery'", [("way", "unknown value")]),
    ],
    "arrivals": [
        ("segments = ['family', 'families']\nfactor = 1", [("segments", "unknown value")]),
        ("segments = []\nfactor = 1", [("segments", "empty list")]),
        ("segments = 3\nfactor = 1", [("segments", "not a text")]),
    ],
    "stays": [
        ("form = 'stödboendet'\nfactor = 1", [("form", "unknown value")]),
        ("form = 'all'\nfactor = 1\noutcome = 'away'", [("outcome", "unknown value")]),
    ],
    "quota": [
        ("form = 'all'\nplaces = 1", [("form", "unknown value")]),
        ("form = 'famvux'\nplaces = 1\nby = 2", [("places | by | factor", "not exactly one")]),
        ("form = 'famvux'\nplaces = 1\nyear = 27", [("year", "not a year")]),
        ("form = 'famvux'\nplaces = -1", [("places", "below zero")]),
        ("form = 'famvux'\nresponsible_unit = ''\nby = 1", [("responsible_unit", "not a text")]),
    ],
    "close_pool": [
        ("", [("pool", "missing key")]),
    ],
    "capacity": [
        ("to = 3", [("pool | form", "not exactly one")]),
        (
            "pool = 'A'\nform = 'famvux'\nto = 3\nby = 1",
            [("pool | form", "not exactly one"), ("to | by | factor", "not exactly one")],
        ),
        ("form = 'famvux'\nadmits = 'girls'\nto = 3", [("admits", "unknown value")]),
        ("pool = 'A'\nto = -3", [("to", "below zero")]),
        ("pool = 'A'\nby = 1000000", [("by", "too large")]),
    ],
    "convert": [
        ("pool = 'A'", [("", "nothing to change")]),
        ("pool = 'A'\ndrug_policy = 'sober'", [("drug_policy", "unknown code")]),
        ("pool = 'A'\npets = 'maybe'", [("pets", "not yes, no or unknown")]),
        ("pool = 'A'\nmin_age = '20'", [("min_age", "not a whole number")]),
        ("pool = 'A'\nmin_age = -1", [("min_age", "out of range")]),
        ("pool = 'A'\nmin_age = 60\nmax_age = 20", [("max_age", "lowest age above highest")]),
        (
            "pool = 'A'\nform = 'bostad_forst'\ndrug_policy = 'drug_free'",
            [("drug_policy", "drug_free on an own flat")],
        ),
        ("pool = 'A'\ncapacity = 3\npets = 'no'", [("capacity", "unknown key")]),
    ],
    "open_pool": [
        (
            "pool_id = 'S'",
            [
                ("name", "missing key"),
                ("form", "missing key"),
                ("district", "missing key"),
                ("capacity", "missing key"),
            ],
        ),
        (OPEN.replace("stodboende", "slott"), [("form", "unknown code")]),
        (OPEN.replace("= 7", "= -7"), [("capacity", "out of range")]),
        (OPEN.replace("= 7", "= 7.5"), [("capacity", "not a whole number")]),
        (OPEN + "opens_on = 'i vår'", [("opens_on", "not a date")]),
        (OPEN + "opens_on = 2027-01-01\ncloses_on = 2026-01-01", [("closes_on", "closes before it opens")]),
        (OPEN + "min_age = 65\nmax_age = 18", [("max_age", "lowest age above highest")]),
        (OPEN + "staffing = 3", [("staffing", "not a text")]),
        (OPEN + "colour = 'red'", [("colour", "unknown key")]),
        (OPEN + "lead_weeks = -2", [("lead_weeks", "below zero")]),
        (OPEN + "lead_weeks = 10\nuntil_week = 9", [("until_week", "closes before lead")]),
        (
            OPEN.replace("stodboende", "traningslagenhet") + "drug_policy = 'drug_free'",
            [("drug_policy", "drug_free on an own flat")],
        ),
    ],
    "rule": [
        ("parameter = 'points'\nvalue = 1", [("rule | points | fit | condition", "not exactly one")]),
        ("rule = 'support'\nparameter = 'x'", [("value | remove", "not exactly one")]),
        ("rule = 'school'\nremove = true", [("rule", "unknown entry")]),
        ("rule = 'support'\nvalue = 1", [("parameter", "missing key")]),
        ("rule = 'support'\nparameter = 'steps'\nvalue = 1", [("parameter", "unknown parameter")]),
        ("rule = 'support'\nparameter = 'predicate'\nvalue = 'open'", [("parameter", "unknown parameter")]),
        ("rule = 'not_overstaffed'\nparameter = 'steps'\nvalue = 'two'", [("value", "another sort")]),
        ("rule = 'not_overstaffed'\nparameter = 'steps'\nvalue = true", [("value", "another sort")]),
        ("rule = 'not_overstaffed'\nparameter = 'steps'\nvalue = -1", [("value", "below zero")]),
        ("fit = 'lasting'\nparameter = 'points'\nvalue = 9999999", [("value", "too large")]),
        ("rule = 'long_term'\nparameter = 'condition'\nvalue = 'old'", [("value", "unknown value")]),
        (
            "rule = 'support'\nparameter = 'own_flat_up_to'\nvalue = 'often'",
            [("value", "refused by the policy")],
        ),
        ("rule = 'support'\nparameter = 'agree_forms'\nvalue = [3]", [("value", "another sort")]),
        ("condition = 'acute'\nremove = true", [("remove", "cannot be removed")]),
        ("rule = 'support'\nremove = false", [("remove", "not true or false")]),
        ("rule = 'support'\nparameter = 'agree_forms'\nremove = true", [("parameter", "not exactly one")]),
    ],
}
"""Entries without their kind, except those of OPEN and the first; keys and kinds of the faults."""


def written(kind: str, entry: str) -> str:
    """An entry with its kind."""
    return entry if not kind or entry.startswith("\nkind") else f"kind = '{kind}'\n{entry}"
