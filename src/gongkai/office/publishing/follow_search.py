"""The second process of a large import, as a program: `search.beside` starts it; it is of no use by hand.

It leaves out the staff's shell, which takes as long to start as everything else together: an import of ten thousand items
notices half a second.
"""

from __future__ import annotations

import sys

import django
from django.conf import settings

_SHELL = ("wagtail", "modelcluster", "taggit")


def main() -> None:
    """Start the office without its shell and follow the orders that come through the standard input."""
    settings.INSTALLED_APPS = [each for each in settings.INSTALLED_APPS if each.partition(".")[0] not in _SHELL]
    django.setup()
    from gongkai.office.publishing.search.beside import follow

    follow(sys.stdin.fileno())


if __name__ == "__main__":
    main()
