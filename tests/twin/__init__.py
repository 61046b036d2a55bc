"""A second, slow reading of the policy and of the matching problem, written from the specification alone."""
