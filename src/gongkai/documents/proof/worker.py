"""The process in which a copy is looked through: one proof from standard input, one answer on standard output.

A hostile file can ask a decoder for gigabytes or for years; the kernel ends the process, and the copy is refused.
"""

from __future__ import annotations

import hashlib
import json
import resource
import signal
import subprocess
import sys
from collections.abc import Sequence
from typing import Any

from gongkai.documents.model import Refusal
from gongkai.documents.proof.looking import look_through
from gongkai.documents.proof.verdict import Leak, Proof
from gongkai.documents.readers.refusing import CannotRead, damaged, too_large, too_slow

SECONDS = 45.0
MEMORY = 1536 << 20
_MUCH = 70
_PROGRAM = f"from {__name__} import serve; serve()"


def prove(copy: bytes, withheld: Sequence[str], original: bytes | None = None, *, seconds: float = SECONDS) -> Proof:
    """Look through a copy in a process apart, for at most so many seconds. See `gongkai.documents.proof`."""
    proof = Proof(hashlib.sha256(copy).hexdigest(), hashlib.sha256(original).hexdigest() if original else "")
    head = json.dumps({"withheld": list(withheld), "copy": len(copy), "original": len(original or b"")}).encode()
    sent = len(head).to_bytes(8) + head + copy + (original or b"")
    environment = {
        "PYTHONPATH": ":".join(path for path in sys.path if path),
        "LANG": "C.UTF-8",
        "PATH": "/usr/bin:/bin",
    }
    process = subprocess.Popen(
        [sys.executable, "-P", "-c", _PROGRAM],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
    )
    try:
        answer, _ = process.communicate(sent, timeout=seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
        return _refused(proof, too_slow(seconds))
    if process.returncode:
        return _refused(proof, too_large() if process.returncode == _MUCH else damaged("PDF/ZIP"))
    return _proof(proof, json.loads(answer))


def serve() -> None:
    """Read one copy, answer, and end."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
    given = sys.stdin.buffer
    head = json.loads(given.read(int.from_bytes(given.read(8))))
    copy, original = given.read(head["copy"]), given.read(head["original"])
    try:
        leaks, looks = look_through(copy, head["withheld"], original or None)
        answer: dict[str, Any] = {"leaks": [[leak.code, leak.where, leak.string] for leak in leaks], "looks": looks}
    except CannotRead as error:
        answer = {"refusal": [error.refusal.code, error.refusal.message, error.refusal.message_en]}
    except (MemoryError, RecursionError):
        sys.exit(_MUCH)
    sys.stdout.write(json.dumps(answer))
    sys.stdout.flush()


def _proof(proof: Proof, answer: dict[str, Any]) -> Proof:
    if "refusal" in answer:
        return _refused(proof, Refusal(*answer["refusal"]))
    leaks = tuple(Leak(code, where, string) for code, where, string in answer["leaks"])
    return Proof(proof.copy_sha256, proof.original_sha256, leaks, tuple(answer["looks"]))


def _refused(proof: Proof, refusal: Refusal) -> Proof:
    return Proof(proof.copy_sha256, proof.original_sha256, refusal=refusal)
