"""Tests of the optimiser: policy, compatibility, solving, checking."""
