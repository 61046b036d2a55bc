"""What every page is made of: the person, the header, tables, figures, charts, progress, faults."""
