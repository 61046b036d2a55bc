"""The policy as dated, cited data, and the few predicates in code that it composes."""
