"""Policy, compatibility, matching, checking and explaining; pure: no database, clock or network."""
