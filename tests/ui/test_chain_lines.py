"""Chains in the words that a person reads."""

from ui.coordinator.chain_lines import _whole


def steps(*references: str) -> list[dict[str, object]]:
    return [{"household_id": reference, "another": False} for reference in references]


def test_each_reference_stays_whole_also_where_one_begins_as_another_does() -> None:
    html = _whole("A-10 <- A-100", steps("A-10", "A-100"))
    assert html == '<span class="hv-whole">A-10</span> &lt;- <span class="hv-whole">A-100</span>'
    assert _whole("A & B", steps()) == "A &amp; B"
