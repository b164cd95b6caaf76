"""Bringing in what an existing site has published: files of rows, tried first, carried out in steps that can be resumed."""
