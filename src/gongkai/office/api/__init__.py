"""Open data: what is public, for programs. Read only."""
