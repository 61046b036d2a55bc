"""Cases: what each rule answers, in files that a caseworker can read."""
