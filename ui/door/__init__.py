"""The door: signing in and out, the language, and what every page is sent with."""
