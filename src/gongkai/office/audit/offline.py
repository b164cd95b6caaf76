"""Checking a file by the site's signed statement and its public key: no net, no database, no installation.

Whoever has the file, its certificate (or the list of a day) and the key can do it, on any computer.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from typing import Any, Literal

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key

from gongkai.office.audit.chain import canonical

Verdict = Literal["genuine", "superseded", "withdrawn", "other_file", "bad_signature"]


def check_offline(content: bytes, statement: Mapping[str, Any], key: bytes) -> Verdict:
    """Judge a file by a certificate or a list and the site's public key.

    Errors: ValueError for a key that is none, or a statement that is neither a certificate nor a list.
    """
    public = load_pem_public_key(key)
    if not isinstance(public, Ed25519PublicKey):
        raise ValueError("这不是本系统的公钥（应为 Ed25519）。请从网站的 /verify/public-key.pem 重新下载。")
    if statement.get("kind") not in ("gongkai-certificate", "gongkai-list"):
        raise ValueError("这不是校验凭证，也不是校验清单。请从校验页面重新下载。")
    unsigned = {name: value for name, value in statement.items() if name != "signature"}
    try:
        public.verify(base64.b64decode(str(statement.get("signature", "")), validate=True), canonical(unsigned))
    except (InvalidSignature, ValueError):
        return "bad_signature"
    sha256 = hashlib.sha256(content).hexdigest()
    entries = statement["entries"] if statement["kind"] == "gongkai-list" else [statement]
    states = {entry["state"] for entry in entries for file in entry["files"] if file["sha256"] == sha256}
    verdicts: tuple[Verdict, ...] = ("genuine", "superseded", "withdrawn")
    return next((each for each in verdicts if each in states), "other_file")
