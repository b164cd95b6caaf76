"""What is said along with a public file, by the front and by nginx alike (deploy/nginx/gongkai.conf). Standard library only."""

from __future__ import annotations

NO_GUESSING = ("X-Content-Type-Options", "nosniff")
"""With every file: it is what its type says. What else a page says is the project's (`project.headers.of_pages`)."""

REVALIDATED = "no-cache"
"""A browser may keep a page and must ask whether it still stands: what is withdrawn is gone from there too."""
FOR_A_YEAR = "public, max-age=31536000, immutable"
"""The name of such a file changes with its content."""

ATTACHMENT_POLICY = "default-src 'none'; sandbox"
"""Somebody else's file: whatever it holds, it may not act in the site's name."""
