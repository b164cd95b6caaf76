"""Stored renderings: public pages that are rendered once and served as files, exact at every moment."""
