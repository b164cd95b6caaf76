"""A folder in which a gateway's program finds a file for each message."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

from django.conf import settings

from gongkai.office.notices.channels.port import Answer, Claimed
from gongkai.office.notices.states import Result


def deliver(message: Claimed, handing: Callable[[], None]) -> Answer:
    """Write `<number>.json`, whole or not at all; its name is the message's, so a second one would be the same file."""
    folder = Path(url2pathname(urlsplit(settings.TEXT_URL).path))
    name = message.message_id.partition("@")[0]
    content = json.dumps({"id": name, "to": message.to, "text": message.body}, ensure_ascii=False)
    unfinished = folder / f".{name}.tmp"
    try:
        with os.fdopen(
            os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o640), "w", encoding="utf-8"
        ) as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        handing()
        os.replace(unfinished, folder / f"{name}.json")
    except OSError as error:
        return Answer(Result.DEFERRED, f"短信文件夹写不进去（{type(error).__name__}）", stops=True)
    return Answer(Result.ACCEPTED, "已放入短信文件夹")
