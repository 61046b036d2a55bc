"""The gallery: some scenarios of the library simulated on the demo city, as a table and charts."""
