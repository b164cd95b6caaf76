"""An office with something of each kind a backup has to bring back: `python -m tests.office.project.backup.filling`."""

from __future__ import annotations

import os


def main() -> None:
    """Items with an attachment, a withdrawn one, a draft, letters with sealed addresses, and a file under a seal."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.office.project.settings")
    import django

    django.setup()
    from gongkai.office.audit import vault
    from gongkai.office.notices.actions import Notice, hand_over, send
    from gongkai.office.publishing import actions
    from tests.office.cast import NOW, assemble
    from tests.office.publishing.stage import drafted, published

    cast = assemble()
    text = "附件里的文字，人人可以下载。".encode()
    file = actions.store_file(cast.education, [text], "通知.txt", by=cast.editor, at=NOW)
    for number in range(5):
        published(cast, title=f"关于春季开学的第{number}号通知", attachments=(file,))
    actions.withdraw(published(cast, title="关于临时停课的通知"), reason="内容有误", by=cast.officer, at=NOW)
    drafted(cast, title="关于防汛值班的通知")
    sealed = vault.keep(b"%PDF-1.7 sealed")
    letter = Notice(
        channel="mail",
        to="sun@example.com",
        subject="政府信息公开申请答复书",
        body="孙申请人：您好。",
        about="casework.application:1",
        kind="letter",
        attachments=[("答复书.pdf", sealed, "application/pdf"), ("说明.txt", b"x", "text/plain")],
    )
    send(letter, at=NOW)
    hand_over(letter.about, way="counter", subject=letter.subject, signed_by="孙申请人", at=NOW)


if __name__ == "__main__":
    main()
