"""Known benchmark sets run through the public core: shapes made here, best values known otherwise."""
