"""Acts on a real installation from a process of its own, as the desk would do them: `python -m tests.office.project.seeding`."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def main(verb: str, *arguments: str) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.office.project.settings")
    import django

    django.setup()
    print({"seed": seed, "people": people, "withdraw": withdraw}[verb](*arguments))


def people() -> int:
    """The cast and nothing else, 李初审 being a second reviewer too; gives the number of staff."""
    from gongkai.office.accounts.models import Role, User
    from tests.office.cast import appoint, assemble

    cast = assemble()
    appoint(cast.first, Role.SECOND_REVIEWER, cast.education)
    return User.objects.count()


def seed() -> int:
    """The cast, and a public item with an attachment; gives the item's number."""
    from gongkai.office.publishing.actions import store_file
    from tests.office.cast import NOW, assemble
    from tests.office.publishing.stage import published

    cast = assemble()
    text = "附件里的文字，人人可以下载。".encode()
    file = store_file(cast.education, [text], "通知.txt", by=cast.editor, at=NOW)
    return published(cast, attachments=(file,)).pk


def withdraw(pk: str) -> int:
    """Take the item down."""
    from gongkai.office.accounts.models import User
    from gongkai.office.publishing import actions
    from gongkai.office.publishing.models import Item
    from tests.office.cast import NOW

    by = User.objects.get(staff_number="A006")
    actions.withdraw(Item.objects.get(pk=pk), reason="内容有误", by=by, at=NOW)
    return int(pk)


if __name__ == "__main__":
    assert Path(os.environ["GONGKAI_DATA"]).is_dir()
    main(*sys.argv[1:])
