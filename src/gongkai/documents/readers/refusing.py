"""Refusals: why a file can't be read and what whoever brought it can do about it.

A reader raises `CannotRead`; `gongkai.documents.readers.read` hands its refusal on as a value. Every code occurs here
once.
"""

from __future__ import annotations

from gongkai.documents.model import Refusal


class CannotRead(Exception):
    """A file that a reader gives up on, with the refusal that says why."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.code, refusal.message_en)
        self.refusal = refusal


def empty() -> Refusal:
    """The file has no bytes, or a document in it has no text at all."""
    return Refusal(
        "EMPTY",
        "文件里没有任何文字。请确认下载或保存是否完整，换一份有内容的文件。",
        "The file has no text at all. Check that it was downloaded or saved completely and bring one with content.",
    )


def not_a_file(what: str, what_en: str) -> Refusal:
    """The path leads to a folder, a pipe or a device."""
    return Refusal(
        "NOT-A-FILE", f"这是{what}，不是文件。请给出一个文件。", f"This is {what_en}, not a file. Name a file."
    )


def not_found() -> Refusal:
    """Nothing is there, or a symbolic link leads nowhere or in a circle."""
    return Refusal(
        "NOT-FOUND",
        "找不到这个文件。请检查路径是否写对，快捷方式（链接）是否仍然有效。",
        "There is no such file. Check the path, and whether a link still leads anywhere.",
    )


def not_permitted() -> Refusal:
    """The file is there and this user may not read it."""
    return Refusal(
        "NOT-PERMITTED",
        "没有读取这个文件的权限。请让文件的所有者开放读取权限，或复制一份再读。",
        "There is no permission to read this file. Ask its owner for read access, or bring a copy.",
    )


def unknown_format(seen: str = "", seen_en: str = "") -> Refusal:
    """The content is of no kind that any reader knows; `seen` says what it looks like, if that is known."""
    looks = f"（看起来是{seen}）" if seen else ""
    looks_en = f" (it looks like {seen_en})" if seen_en else ""
    return Refusal(
        "UNKNOWN-FORMAT",
        f"认不出这种文件{looks}。可以读取文本、Markdown、HTML、PDF、DOCX、XLSX、CSV，"
        "以及（装有 LibreOffice 时）DOC、WPS、ODT、RTF、XLS、ODS；请另存为其中一种。",
        f"This is no kind of file that can be read{looks_en}. Text, Markdown, HTML, PDF, DOCX, XLSX and CSV can, "
        "and with LibreOffice DOC, WPS, ODT, RTF, XLS and ODS; save it as one of these.",
    )


def damaged(detail: str = "") -> Refusal:
    """The content isn't what its format promises; `detail` is a short technical word for those who repair files."""
    suffix = f"（{detail}）" if detail else ""
    suffix_en = f" ({detail})" if detail else ""
    return Refusal(
        "DAMAGED",
        f"文件已损坏，无法打开{suffix}。请用原来的软件打开并另存一份，或重新下载。",
        f"The file is damaged and can't be opened{suffix_en}. Open it in the program it came from and save it again, "
        "or download it again.",
    )


def truncated() -> Refusal:
    """The end of the file is missing, as after a broken download."""
    return Refusal(
        "TRUNCATED",
        "文件不完整，后面的部分缺失（常见于下载中断）。请重新下载完整的文件。",
        "The file is cut off and its end is missing, as after a broken download. Download it again completely.",
    )


def encrypted() -> Refusal:
    """The file opens only with a password."""
    return Refusal(
        "ENCRYPTED",
        "文件设有密码，无法读取。请去掉密码保护后另存一份。",
        "The file is protected by a password. Save a copy without the password.",
    )


def too_large(limit: str = "") -> Refusal:
    """Reading would need more space than one file may take; `limit` names the bound, such as `64 MB`."""
    bound = f"（上限 {limit}）" if limit else ""
    bound_en = f" (the limit is {limit})" if limit else ""
    return Refusal(
        "TOO-LARGE",
        f"文件或其展开后的内容过大{bound}，不予读取。请去掉大图片和附件，只保留报告正文后再试。",
        f"The file, or what it unpacks to, is too large{bound_en}. Leave out big pictures and attachments and keep the "
        "report itself.",
    )


def too_slow(seconds: float) -> Refusal:
    """Reading took longer than one file may take."""
    return Refusal(
        "TOO-SLOW",
        f"读取超过 {seconds:g} 秒仍未完成，已停止。请把文件另存为更简单的格式（如 DOCX 或纯文本）后再试。",
        f"Reading wasn't finished after {seconds:g} seconds and was stopped. Save the file in a simpler format, "
        "such as DOCX or plain text.",
    )


def mojibake() -> Refusal:
    """The text was saved after having been read in a wrong encoding; the characters are lost."""
    return Refusal(
        "MOJIBAKE",
        "文字是乱码：它曾用错误的编码打开后又保存，原来的字已无法可靠恢复。请回到原始文件或网页重新保存。",
        "The text is garbled: it was opened in a wrong encoding and then saved, and its characters can't be recovered "
        "reliably. Go back to the original file or page and save it again.",
    )


def scan() -> Refusal:
    """A PDF of pictures without a text layer."""
    return Refusal(
        "SCAN",
        "这是扫描件（只有图片，没有文字层），目前不做文字识别。请提供可以选中文字的文件，如原始的 DOCX 或导出的 PDF。",
        "This is a scan: pictures without a text layer, and text recognition isn't done. Bring a file whose text can "
        "be selected, such as the original DOCX or an exported PDF.",
    )


def unmapped_fonts() -> Refusal:
    """A PDF whose fonts don't say which characters they draw."""
    return Refusal(
        "UNMAPPED-FONTS",
        "PDF 的字体没有字符对应表，取出的文字是乱码。请提供原始的 DOCX，或重新导出的 PDF。",
        "The fonts of this PDF don't say which characters they draw, so its text comes out garbled. Bring the original "
        "DOCX or a PDF exported again.",
    )


def needs_libreoffice(kind: str) -> Refusal:
    """`kind` (DOC, ODT, …) is read through LibreOffice, which isn't installed here."""
    return Refusal(
        "NEEDS-LIBREOFFICE",
        f"读取 {kind} 文件需要 LibreOffice，这台机器上没有。请安装它"
        "（如 apt install libreoffice-writer libreoffice-calc），或把文件另存为 DOCX、XLSX 后再试。",
        f"Reading {kind} needs LibreOffice, which isn't installed here. Install it "
        "(such as apt install libreoffice-writer libreoffice-calc), or save the file as DOCX or XLSX.",
    )
