"""Steps from one schema to the next, run by `models.schema` when a database is opened."""
