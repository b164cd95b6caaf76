"""The names of what pages depend on. A page says them when it is rendered, an action when it has changed something.

Two kinds: a *thing* (an item's content, a column's or an agency's name and particulars), and a *list* (which items
stand somewhere). A page that shows both depends on both: the list page of a column on `column(3)` and on
`listed("column", 3)`, a page of an item in it only on `column(3)` - publishing something else there leaves it alone.
"""

from __future__ import annotations

SITE = "site"
"""The frame of every page: the site's name and foot, the columns and links of its menus. Every page depends on it."""

DAY = "day"
"""Today's date. Touched after midnight."""

HOME = "home"
"""What the first page and the feeds of the whole site show: the newest items."""

OFFICES = "offices"
"""Which agencies have a disclosure office, and how it is reached: the page that says where to apply."""


def item(pk: int) -> str:
    """An item of government information: content, attachments, whether it is withdrawn."""
    return f"item:{pk}"


def column(pk: int) -> str:
    """A column's or topic's own name, description and place."""
    return f"column:{pk}"


def organ(pk: int) -> str:
    """An agency's own particulars: name, address, functions, leaders."""
    return f"organ:{pk}"


def listed(under: str, value: object) -> str:
    """Which items (or normative documents ...) stand under something, and how many: `listed("column", 3)`."""
    return f"listed:{under}:{value}"


def normative(pk: int) -> str:
    """A normative document: its events, its validity, its links to others."""
    return f"normative:{pk}"
