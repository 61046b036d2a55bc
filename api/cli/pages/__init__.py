"""What each command shows to people; one file per page."""
