"""The commands, one file per noun; what they compute lives in the use cases."""
