"""What a page says in Latin letters: every text, hint and label in it after its scripts ran, less what has to be so."""

from __future__ import annotations

import re
from typing import Any

ALLOWED = {
    # Kinds of files are called by these names on every Chinese screen.
    "PDF", "DOCX", "XLSX", "xlsx", "CSV", "PARQUET", "Word", "Excel", "WPS", "OFD", "MB", "KB", "B", "GB", "txt", "ZIP", "JSON", "NDJSON",
    "JPG", "PNG", "WebP",
    # The parts an index number is made of, as the office's own rule names them; the licence every Chinese site shows.
    "uscc", "yyyymm", "seq", "ICP",
    # Terms without a Chinese name in use: the standard of the code on the phone, the start of a web address, names of sums.
    # EMS is what the postal express service is called, Esc what stands on a key.
    "Esc", "EMS", "TOTP", "http", "https", "URL", "RSS", "API", "HTML", "SHA-256",
}  # fmt: skip
DATA = re.compile(
    r"qingxi[\w-]*|notices"  # codes of agencies and columns, chosen by the office
    r"|a\d{3}"  # user names
    r"|[A-Z]\d{3}"  # staff numbers
    r"|(?=\w*\d)[0-9a-f]{8}"  # the beginning of a hash in the record of reviews
    r"|\d{6}[0-9A-Z]{11,12}"  # credit codes and identity cards
    r"|[0-9a-f]{64}"  # a whole hash
    r"|[A-Z0-9]*\d[A-Z0-9]*(?<=\w{8})"  # codes to verify and to find something again, numbers of parcels
    r"|[A-Z]{1,8}(?:-[A-Z0-9]+)+"  # codes of findings, as docs/findings.md lists them
    r"|[\w.+-]+@[\w.-]+"  # e-mail addresses
)
_ENDING = re.compile(r"(?<=[\w）)])\.(?:html|docx|xlsx|pdf|csv|txt|png|zip)\b")
"""The endings of the names of files."""
_ADDRESS = re.compile(r"https?://[^\s，。；、）”]+|[\w.+*-]*\*@[\w.-]+")
"""Of the web, and of a mailbox half hidden."""
_RECEIPT = re.compile(r"\b\d{8}-[0-9A-Z]{8}\b")
"""The number of a message: eight signs by chance, which may all be letters."""
_TOKEN = re.compile(r"[0-9]*[A-Za-z][A-Za-z0-9@._+-]*[A-Za-z0-9]")
"""One letter alone is no word: the keys of the keyboard are called so."""

_COLLECT = """() => {
  const told = [document.title];
  const silent = 'script, style, noscript, template, textarea, code';
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode())
    if (!walker.currentNode.parentElement.closest(silent)) told.push(walker.currentNode.data);
  for (const element of document.body.querySelectorAll('*')) {
    for (const name of ['title', 'placeholder', 'aria-label', 'aria-description', 'alt', 'label', 'data-label'])
      told.push(element.getAttribute(name) || '');
    if (element.matches('input[type=submit], input[type=button], input[type=reset]')) told.push(element.value);
  }
  return told.filter(text => /[A-Za-z]{2}/.test(text));
}"""
"""Hidden text counts: it is there to be shown or read aloud. What somebody typed (textarea) and codes do not."""


def foreign_words(page: Any) -> list[str]:
    """The words a page says in Latin letters and need not."""
    return [word for text in page.evaluate(_COLLECT) for word in foreign(text)]


def foreign(text: str) -> list[str]:
    """The same for one text, each word with what stands around it."""
    words = (
        match
        for match in _TOKEN.finditer(_RECEIPT.sub("", _ENDING.sub("", _ADDRESS.sub("", text))))
        if match[0] not in ALLOWED and not DATA.fullmatch(match[0])
    )
    return [f"{word[0]} in “{' '.join(text.split())[:60]}”" for word in words]
