"""What may be done with items: one verb, one file. Every path (screen, API, shell, clock) comes through here."""

from gongkai.office.publishing.actions.catalogue import set_catalogue, set_catalogues
from gongkai.office.publishing.actions.columns import add_column, change_column
from gongkai.office.publishing.actions.correct import correct
from gongkai.office.publishing.actions.discard import discard
from gongkai.office.publishing.actions.draft import draft
from gongkai.office.publishing.actions.edit import edit
from gongkai.office.publishing.actions.pass_review import pass_review
from gongkai.office.publishing.actions.publish_due import publish_due
from gongkai.office.publishing.actions.remind import remind
from gongkai.office.publishing.actions.restore import restore
from gongkai.office.publishing.actions.return_to_author import return_to_author
from gongkai.office.publishing.actions.review_secrecy import review_secrecy
from gongkai.office.publishing.actions.schedule import schedule
from gongkai.office.publishing.actions.store_file import store_file
from gongkai.office.publishing.actions.submit import submit
from gongkai.office.publishing.actions.take_back import take_back
from gongkai.office.publishing.actions.withdraw import withdraw
from gongkai.office.publishing.actions.words import forget_word, set_word

__all__ = [
    "add_column",
    "change_column",
    "correct",
    "discard",
    "draft",
    "edit",
    "forget_word",
    "pass_review",
    "publish_due",
    "remind",
    "restore",
    "return_to_author",
    "review_secrecy",
    "schedule",
    "set_catalogue",
    "set_catalogues",
    "set_word",
    "store_file",
    "submit",
    "take_back",
    "withdraw",
]
