"""Look for known words in whatever an installation has written: in every shape they can take, inside whatever packs them.

A test tells an office secrets that nobody else on earth knows, then asks `found(secrets, places)` where they stand. Places
are names with bytes: files, tables, pages. What packs other things (zip, gzip, tar, PDF, deflate, base64) is unpacked first,
as often as need be.
"""

from __future__ import annotations

import base64
import binascii
import gzip
import hashlib
import html
import io
import json
import quopri
import re
import tarfile
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import quote

Place = tuple[str, bytes]
DEEPEST = 5
_BASE64 = re.compile(rb"[A-Za-z0-9+/_-]{24,}(?:\r?\n[A-Za-z0-9+/_-]{4,})*={0,2}")
_PDF_STREAM = re.compile(rb"stream\r?\n")


def shapes(secret: str) -> Iterator[bytes]:
    """The ways in which a text may stand in a file; a hash without a key is one, because the few numbers are soon tried."""
    plain = secret.encode()
    yield plain
    yield secret.encode("utf-16-le")
    yield secret.encode("utf-16-be")
    yield secret.encode("gb18030")
    yield json.dumps(secret)[1:-1].encode()
    yield json.dumps(secret)[1:-1].upper().replace("\\U", "\\u").encode()
    yield quote(secret, safe="").encode()
    yield quote(secret, safe="").lower().encode()
    yield quopri.encodestring(plain).rstrip(b"=\n")
    yield html.escape(secret).encode()
    yield "".join(f"&#{ord(each)};" for each in secret).encode()
    yield "".join(f"&#x{ord(each):x};" for each in secret).encode()
    yield plain.hex().encode()
    for hashed in ("md5", "sha1", "sha256"):
        yield hashlib.new(hashed, plain).hexdigest().encode()


def found(secrets: Mapping[str, str], places: Iterable[Place]) -> list[tuple[str, str]]:
    """The places in which a secret stands, each with the secret's name."""
    sought = {name: tuple(dict.fromkeys(shapes(secret))) for name, secret in secrets.items()}
    seen = []
    for outer, content in places:
        for place, opened in unpacked(outer, content):
            seen += [(place, name) for name, some in sought.items() if any(shape in opened for shape in some)]
    return sorted(set(seen))


def unpacked(place: str, content: bytes, depth: int = 0) -> Iterator[Place]:
    """A place, and everything that is packed in it."""
    yield place, content
    if depth == DEEPEST:
        return
    for name, inner in _packed(content, is_outermost=depth == 0):
        yield from unpacked(f"{place} › {name}", inner, depth + 1)


def _packed(content: bytes, *, is_outermost: bool) -> Iterator[Place]:
    if content.startswith(b"PK\x03\x04"):
        with suppress(zipfile.BadZipFile), zipfile.ZipFile(io.BytesIO(content)) as archive:
            yield "names", "\n".join(archive.namelist()).encode()
            yield from ((name, archive.read(name)) for name in archive.namelist())
        return
    if content.startswith(b"\x1f\x8b"):
        with suppress(gzip.BadGzipFile, zlib.error, EOFError):
            yield "gzip", gzip.decompress(content)
        return
    if content[257:262] == b"ustar":
        with tarfile.open(fileobj=io.BytesIO(content)) as archive:
            yield "names", "\n".join(archive.getnames()).encode()
            for member in archive:
                file = archive.extractfile(member)
                yield member.name, file.read() if file else b""
        return
    if content[:1] == b"\x78" and len(content) > 8:
        with suppress(zlib.error):
            yield "deflate", zlib.decompressobj().decompress(content)
    if content.startswith(b"%PDF"):
        yield "text", _text_of_pdf(content)
        for number, start in enumerate(_PDF_STREAM.finditer(content)):
            with suppress(zlib.error):
                yield f"stream {number}", zlib.decompressobj().decompress(content[start.end() :])
        return
    if is_outermost:
        yield "base64", _decoded(content)


def _decoded(content: bytes) -> bytes:
    """Every run of base64 in it, decoded; what is a deflated session is inflated."""
    runs = []
    for run in _BASE64.findall(content):
        packed = re.sub(rb"[\r\n=]", b"", run).translate(bytes.maketrans(b"-_", b"+/"))
        with suppress(binascii.Error):
            runs.append(base64.b64decode(packed[: len(packed) // 4 * 4] + _rest(packed)))
        if runs and runs[-1][:1] == b"\x78":
            with suppress(zlib.error):
                runs.append(zlib.decompressobj().decompress(runs[-1]))
    return b"\n".join(runs)


def _rest(packed: bytes) -> bytes:
    rest = packed[len(packed) // 4 * 4 :]
    return rest + b"=" * (-len(rest) % 4) if len(rest) > 1 else b""


def _text_of_pdf(content: bytes) -> bytes:
    """What can be read in it, lines joined: letters of a typeset file stand by their numbers in a font."""
    import pypdf

    reader = pypdf.PdfReader(io.BytesIO(content))
    text = "".join("".join(page.extract_text() for page in reader.pages).split())
    return f"{text}\n{reader.metadata}".encode()


def files_in(*folders: Path) -> Iterator[Place]:
    """Every file below some folders, with its path in front of its content: a name may tell, too."""
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.is_file() and not path.is_symlink():
                with suppress(FileNotFoundError):  # a temporary file of a process that goes on
                    content = path.read_bytes()
                    yield str(path.relative_to(folder.parent)), content
                    yield f"path {path.relative_to(folder.parent)}", str(path).encode()


def tables(cursor: Any, names: Iterable[str]) -> Iterator[Place]:
    """Tables of a database, all their columns as text: what a dump would hold."""
    for table in names:
        cursor.execute(f'SELECT * FROM "{table}"')
        while rows := cursor.fetchmany(500):
            yield f"table {table}", "\n".join("\t".join(map(_as_text, row)) for row in rows).encode()


def _as_text(value: object) -> str:
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
