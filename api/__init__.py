"""The edges of the product: use cases, command line and, later, the web API."""
