"""Records kept by hand: facts of cases and members, features of pools, each change with its history."""
