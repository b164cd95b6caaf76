"""What the proof finds in Word and Excel files beside and beneath what they show."""

import io
import zipfile

import openpyxl
import pytest
from docx import Document as Word
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from openpyxl.comments import Comment
from openpyxl.workbook.defined_name import DefinedName

from gongkai.documents.proof.looking import look_through
from gongkai.documents.readers.refusing import CannotRead
from tests.documents.readers.pdf_files import typeset

NAME, PHONE = "赵晓梅", "13800001234"


def places(data: bytes, *withheld: str) -> list[str]:
    leaks, _ = look_through(data, withheld or (NAME, PHONE), None)
    return [leak.where for leak in leaks if leak.code == "LEAK"]


def word(*paragraphs: str) -> Word:
    document = Word()
    for text in paragraphs:
        document.add_paragraph(text)
    return document


def saved(document) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def with_part(data: bytes, name: str, content: bytes) -> bytes:
    out = io.BytesIO(data)
    with zipfile.ZipFile(out, "a") as package:
        package.writestr(name, content)
    return out.getvalue()


# -- Word -------------------------------------------------------------------------------------------------------------


def test_a_clean_document_is_clean():
    leaks, looks = look_through(saved(word("本机关决定部分公开。", "申请人：某某")), (NAME, PHONE), None)
    assert leaks == []
    assert [look for look in looks if "缩略图" not in look] == []


def test_a_paragraph_is_named_by_its_number():
    assert "正文第2段" in places(saved(word("决定", f"申请人{NAME}")))


def test_a_string_cut_into_runs_is_found():
    document = word("")
    for piece in ("138", "0000", "1234"):
        document.paragraphs[0].add_run(piece).bold = piece == "0000"
    assert "正文第1段" in places(saved(document))


def test_hidden_text_is_found_and_named_as_such():
    document = word("决定")
    document.paragraphs[0].add_run(NAME).font.hidden = True
    assert "正文第1段（隐藏文字）" in places(saved(document))


def test_a_tracked_deletion_inside_a_number_is_found():
    document = word("138")
    paragraph = document.paragraphs[0]._p
    for tag, text_tag, text in (("w:del", "w:delText", "0000"), ("w:ins", "w:t", "****")):
        change = OxmlElement(tag)
        change.append(parse_xml(f"<w:r {nsdecls('w')}><{text_tag}>{text}</{text_tag}></w:r>"))
        change.set(qn("w:author"), "x")
        paragraph.append(change)
    document.paragraphs[0].add_run("1234")
    found = places(saved(document))
    assert "正文第1段（修订中删去或者移走的文字）" in found
    assert "正文第1段" not in found


@pytest.mark.parametrize("place", ["header", "footer"])
def test_headers_and_footers_are_read(place):
    document = word("决定")
    getattr(document.sections[0], place).paragraphs[0].text = NAME
    assert any(where.startswith({"header": "页眉", "footer": "页脚"}[place]) for where in places(saved(document)))


def test_comments_are_read():
    document = word("决定")
    document.add_comment(document.paragraphs[0].runs, text=f"隐去{NAME}", author="经办")
    assert any(where.startswith("批注") for where in places(saved(document)))


def test_the_author_is_read():
    document = word("决定")
    document.core_properties.author = NAME
    assert any(where.startswith("文档属性") for where in places(saved(document)))


def test_the_description_of_a_picture_is_read():
    from PIL import Image

    picture = io.BytesIO()
    Image.new("L", (8, 8)).save(picture, "PNG")
    document = word("决定")
    document.add_picture(picture)
    document.element.body.xpath(".//wp:docPr")[0].set("descr", f"{NAME}的照片")
    data = saved(document)
    assert any(where.startswith("正文（word/document.xml") for where in places(data))
    assert any("程序不读" in look for look in look_through(data, (NAME,), None)[1])


def test_custom_data_and_unnamed_parts_are_read():
    data = with_part(saved(word("决定")), "customXml/item9.xml", f"<a><b>{NAME}</b></a>".encode())
    assert any(where.startswith("自定义数据") for where in places(data))


def test_an_embedded_workbook_is_opened():
    book = openpyxl.Workbook()
    book.active["B3"] = PHONE
    data = with_part(saved(word("决定")), "word/embeddings/sheet1.xlsx", saved(book))
    assert any("嵌入的文件" in where and "第3行" in where for where in places(data))


def test_an_embedded_pdf_inside_an_old_container_is_opened():
    wrapped = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + typeset(NAME)
    data = with_part(saved(word("决定")), "word/embeddings/oleObject1.bin", wrapped)
    assert any("第1页" in where for where in places(data))


def test_a_part_that_is_there_twice_is_read_twice():
    data = saved(word("决定"))
    with pytest.warns(UserWarning, match="Duplicate"):
        data = with_part(data, "docProps/app.xml", f"<x>{NAME}</x>".encode())
    assert any("app.xml" in where for where in places(data))


def test_a_part_that_the_directory_left_out_is_read():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/old.xml", f"<w>{NAME * 20}</w>")
        package.writestr("word/document.xml", "<w/>")
        package.filelist.pop(0)
    assert any("目录里没有的旧部件" in where for where in places(out.getvalue()))


def test_a_broken_part_is_read_as_text():
    data = with_part(saved(word("决定")), "word/extra.xml", f"<a><b>{NAME[0]}</b>{NAME[1:]}".encode())
    assert places(data)


# -- Excel ------------------------------------------------------------------------------------------------------------


def test_cells_are_named_by_sheet_and_row():
    book = openpyxl.Workbook()
    book.active.title = "名单"
    book.active["A5"] = NAME
    assert "工作表“名单”第5行" in places(saved(book))


def test_a_hidden_sheet_is_read_and_named_as_hidden():
    book = openpyxl.Workbook()
    hidden = book.create_sheet("底稿")
    hidden.sheet_state = "veryHidden"
    hidden["A1"] = NAME
    assert "工作表“底稿”（隐藏）第1行" in places(saved(book))


@pytest.mark.parametrize("value", [13800001234, 13800001234.0, "138-0000-1234"])
def test_a_number_is_found_however_it_is_stored(value):
    book = openpyxl.Workbook()
    book.active["C2"] = value
    assert any("第2行" in where for where in places(saved(book)))


def test_a_name_over_two_cells_is_found():
    book = openpyxl.Workbook()
    book.active["A1"], book.active["B1"] = "赵", "晓梅"
    assert any("第1行" in where for where in places(saved(book)))


def test_comments_names_and_unused_strings_are_read():
    book = openpyxl.Workbook()
    book.active["A1"] = "公开"
    book.active["A1"].comment = Comment(NAME, "经办")
    book.defined_names["x"] = DefinedName("x", attr_text=f'"{PHONE}"')
    found = places(saved(book))
    assert any(where.startswith("批注") for where in found)
    assert any(where.startswith("名称和工作表名") for where in found)


def test_the_cache_of_other_workbooks_is_read():
    data = with_part(saved(openpyxl.Workbook()), "xl/externalLinks/externalLink1.xml", f"<v>{NAME}</v>".encode())
    assert any(where.startswith("外部数据的缓存") for where in places(data))


# -- others -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_plain_text_is_read_in_its_encoding(encoding):
    assert places("申请人\n赵晓\n梅".encode(encoding))


def test_a_page_is_read_without_its_tags_and_with_its_comments():
    assert places("<p>赵<b>晓</b>梅</p>".encode())
    assert places(f"<p>某某</p><!-- {NAME} -->".encode())


def test_the_text_of_a_picture_is_read_and_its_pixels_are_named():
    from PIL import Image
    from PIL.PngImagePlugin import PngInfo

    told = PngInfo()
    told.add_itxt("Comment", f"{NAME}提供")
    picture = io.BytesIO()
    Image.new("L", (8, 8)).save(picture, "PNG", pnginfo=told)
    leaks, looks = look_through(picture.getvalue(), (NAME,), None)
    assert leaks[0].where == "图片属性（拍摄信息、说明、作者）"
    assert looks == ["图片：图片里画的字，程序不读"]


@pytest.mark.parametrize("data", [b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, b"{\\rtf1 x}"])
def test_old_formats_are_refused(data):
    with pytest.raises(CannotRead):
        look_through(data, (NAME,), None)


def test_unknown_bytes_prove_nothing():
    leaks, _ = look_through(b"\1\0\2\0" * 100, (NAME,), None)
    assert [leak.code for leak in leaks] == ["UNREADABLE"]
