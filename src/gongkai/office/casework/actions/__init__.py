"""What may be done with applications: one verb, one file. Every path (screen, public form, clock) comes through here."""

from gongkai.office.casework.actions.confirm import confirm
from gongkai.office.casework.actions.receive import Receipt, Upload, receive

__all__ = ["Receipt", "Upload", "confirm", "receive"]
