"""The three desks of the front end; speaks only HTTP to the API."""
