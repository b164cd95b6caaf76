"""Pages wrapped in something else: MHTML as browsers save it, and JSON as interfaces answer with it."""

from __future__ import annotations

from email import message_from_bytes
from email.message import Message

from gongkai.documents.readers import refusing
from gongkai.documents.readers.decoding import decode
from gongkai.documents.readers.embedded import html_in_strings
from gongkai.documents.readers.refusing import CannotRead


def html_in_mail(data: bytes) -> tuple[bytes, str]:
    """The first page in a multipart message and the charset its header names.

    Errors: CannotRead DAMAGED when there is none.
    """
    message: Message = message_from_bytes(data)
    for part in message.walk():
        if part.get_content_type() == "text/html":
            content = part.get_payload(decode=True)
            if isinstance(content, bytes) and content.strip():
                return content, str(part.get_content_charset() or "")
    raise CannotRead(refusing.damaged("MHTML"))


def html_in_json(data: bytes) -> bytes:
    """The HTML among the values of a JSON text, in UTF-8.

    Errors: CannotRead UNKNOWN-FORMAT when there is none.
    """
    found = html_in_strings([decode(data)[0]])
    if not found:
        raise CannotRead(refusing.unknown_format("不含网页文字的 JSON", "JSON without a page in it"))
    return found.encode("utf-8", "replace")
