"""Why, why not and what would help: a run explained, household by household and as a whole."""
