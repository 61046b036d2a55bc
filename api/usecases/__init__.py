"""What a person can have done: load from the database, compute, store; one file per noun."""
