"""The installation's own signature (Ed25519), and the certificates by which a file is checked without asking the site
(`offline.py`).

The private key is made once and kept in the data folder, readable by its owner only. The public key stands at a stable
address; whoever has it, a file and its certificate needs nothing else.
"""

from __future__ import annotations

import base64
import json
import os
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)
from django.conf import settings

from gongkai.office.audit.chain import canonical
from gongkai.office.audit.codes import printed
from gongkai.office.audit.models import Seal

KEY_FILE = "signing-key.pem"


def public_key() -> bytes:
    """The public key as PEM."""
    key = _key(Path(settings.DATA_DIR)).public_key()
    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def signed(content: Mapping[str, Any]) -> dict[str, Any]:
    """Content with the signature over its canonical JSON (sorted keys, UTF-8, no blanks), in base64."""
    signature = _key(Path(settings.DATA_DIR)).sign(canonical(dict(content)))
    return {**content, "signature": base64.b64encode(signature).decode("ascii")}


def certificate(seal: Seal, *, site: str) -> dict[str, Any]:
    """What the installation says of a seal and of every file given out under it, signed."""
    return signed({"kind": "gongkai-certificate", "version": 1, "site": site, **_said_of(seal)})


def certificate_list(seals: Iterable[Seal], *, site: str, as_of: str) -> dict[str, Any]:
    """The same for many seals under one signature, for archives and mirrors that check without the net."""
    entries = [_said_of(seal) for seal in seals]
    return signed({"kind": "gongkai-list", "version": 1, "site": site, "as_of": as_of, "entries": entries})


def as_json(statement: Mapping[str, Any]) -> str:
    """A statement for a file that people may look at."""
    return json.dumps(statement, ensure_ascii=False, indent=1) + "\n"


def _said_of(seal: Seal) -> dict[str, Any]:
    return {
        "code": printed(seal.code),
        "title": seal.label,
        "issuer": seal.issuer,
        "number": seal.number,
        "text_sha256": seal.text_hash,
        "issued_at": seal.issued_at.isoformat(timespec="seconds"),
        "state": seal.ended_as or "genuine",
        "ended_at": seal.ended_at.isoformat(timespec="seconds") if seal.ended_at else None,
        "files": [{"name": file.name, "size": file.size, "sha256": file.sha256} for file in seal.files.all()],
    }


@cache
def _key(folder: Path) -> Ed25519PrivateKey:
    """The installation's key. Two processes starting at once agree: the first one's file stands."""
    path = folder / KEY_FILE
    made = Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        pass
    else:
        with os.fdopen(handle, "wb") as file:
            file.write(made)
    key = load_pem_private_key(path.read_bytes(), password=None)
    if not isinstance(key, Ed25519PrivateKey):
        raise ValueError(f"{path} 里不是 Ed25519 私钥。请恢复备份中的密钥文件。")
    return key
