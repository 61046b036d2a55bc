"""What-ifs: named changes of the stock, the inflow or the rules, and what they mean week by week."""
