"""The wait that a household may expect: when a place, of what form, how unsure that is; never a promise."""
