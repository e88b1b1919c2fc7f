"""Short links: a service, and a client for it."""
