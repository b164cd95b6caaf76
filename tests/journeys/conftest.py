"""What the journeys share. A furnished office for each module: two browsers can't be driven from one thread."""

from tests.journeys.office import office

__all__ = ["office"]
