"""What the proof finds in a PDF that only looks as if something had been taken out."""

import io
import zlib

import pypdf
import pytest
from PIL import Image
from pypdf.annotations import FreeText
from pypdf.generic import DictionaryObject, NameObject, StreamObject, TextStringObject

from gongkai.documents.proof.looking import look_through
from gongkai.documents.readers.refusing import CannotRead
from tests.documents.readers.pdf_files import at, chinese, drawn, photographed, stream, typeset, without_characters

NAME, PHONE = "赵晓梅", "13800001234"
OPEN = "本机关决定部分公开。关于青溪县河道整治工程的批复如下。"


def places(data: bytes, *withheld: str) -> list[str]:
    """Where the proof finds the strings (by default the name and the phone)."""
    leaks, _ = look_through(data, withheld or (NAME, PHONE), None)
    return [leak.where for leak in leaks if leak.code == "LEAK"]


def codes(data: bytes) -> set[str]:
    return {leak.code for leak in look_through(data, (NAME, PHONE), None)[0]}


def saved(writer: pypdf.PdfWriter) -> bytes:
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def clean() -> pypdf.PdfWriter:
    return pypdf.PdfWriter(io.BytesIO(typeset(OPEN)))


def updated(data: bytes, number: int, body: bytes) -> bytes:
    """The file saved once more, the way editors do: one object written anew behind the old file."""
    start = data.rindex(b"startxref") + 9
    before = int(data[start : data.index(b"%%EOF", start)])
    out = data + b"\n"
    offset = len(out)
    out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    xref = len(out)
    out += b"xref\n%d 1\n%010d 00000 n \n" % (number, offset)
    return out + b"trailer<</Size 200/Root 1 0 R/Prev %d>>\nstartxref\n%d\n%%%%EOF\n" % (before, xref)


# -- nothing to find --------------------------------------------------------------------------------------------------


def test_a_copy_without_the_strings_is_clean():
    leaks, looks = look_through(typeset(OPEN), (NAME, PHONE), None)
    assert (leaks, looks) == ([], [])


def test_half_of_a_string_is_not_the_string():
    assert places(typeset("赵晓 13800001"), "赵晓梅", "13800001234") == []


# -- the text of pages ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "withheld"),
    [
        ("申请人：赵晓梅", "赵晓梅"),
        ("申请人：赵 晓　梅", "赵晓梅"),
        ("电话：１３８ ００００ １２３４", "13800001234"),
        ("电话：138-0000-1234", "13800001234"),
        ("电话：13800001234", "１３８０００0-1234"),
        ("身份证号：34290119800101123x", "34290119800101123X"),
        ("地址：青溪县城关镇\\ 人民路8号", "城关镇人民路8号"),
    ],
)
def test_a_string_is_found_however_it_is_set(source, withheld):
    assert places(typeset(source), withheld)[0] == "第1页"


def test_a_string_broken_over_lines_is_found():
    page = typeset("住址在青溪县城关镇人民路八号院三号楼", setup="#set page(width: 4cm, height: 12cm, margin: 3mm)")
    assert "第1页" in places(page, "青溪县城关镇人民路八号院三号楼")


def test_characters_drawn_in_another_order_are_found():
    scattered = "".join(
        at(x, y, character) for x, y, character in [(84, 700, "梅"), (60, 500, "某"), (60, 700, "赵"), (72, 700, "晓")]
    )
    assert "第1页（按位置排列的文字）" in places(drawn(scattered))


@pytest.mark.parametrize(
    "content",
    [
        f"BT /F2 12 Tf 3 Tr 60 700 Td {chinese(NAME)} Tj ET",
        f"BT /F2 12 Tf 1 1 1 rg 60 700 Td {chinese(NAME)} Tj ET",
        f"BT /F2 12 Tf 60 2700 Td {chinese(NAME)} Tj ET",
        f"BT /F2 12 Tf 60 700 Td {chinese(NAME)} Tj ET 0 0 0 rg 50 690 100 30 re f",
        f"0 0 1 1 re W n BT /F2 12 Tf 60 700 Td {chinese(NAME)} Tj ET",
        f"BT /F2 0.01 Tf 60 700 Td {chinese(NAME)} Tj ET",
    ],
    ids=["invisible", "white", "off the page", "under a black box", "clipped away", "too small to see"],
)
def test_text_that_nobody_sees_is_found(content):
    assert "第1页" in places(drawn(content))


def test_text_under_a_picture_is_found_and_the_picture_needs_a_look():
    black = stream(
        b"\0" * 100, "/Type/XObject/Subtype/Image/Width 10/Height 10/ColorSpace/DeviceGray/BitsPerComponent 8"
    )
    page = drawn(
        at(60, 700, NAME) + "q 100 0 0 30 50 690 cm /I1 Do Q", resources="/XObject<</I1 10 0 R>>", more={10: black}
    )
    leaks, looks = look_through(page, (NAME,), None)
    assert leaks[0].where == "第1页"
    assert looks == ["第1页有图片：图片里的字，程序不读"]


def test_text_on_a_layer_that_is_switched_off_is_found():
    layers = {
        10: b"<</Type/OCG/Name(hidden)>>",
        1: b"<</Type/Catalog/Pages 2 0 R/OCProperties<</OCGs[10 0 R]/D<</OFF[10 0 R]>>>>>>",
    }
    page = drawn(f"/OC /L1 BDC {at(60, 700, NAME)} EMC", resources="/Properties<</L1 10 0 R>>", more=layers)
    assert "第1页" in places(page)


def test_the_name_of_a_layer_is_read():
    layers = {10: b"<</Type/OCG/Name<feff%s>>>" % NAME.encode("utf-16-be").hex().encode()}
    assert any(where.startswith("图层") for where in places(drawn(at(60, 700, OPEN), more=layers)))


def test_every_page_is_read():
    assert "第2页" in places(typeset(f"{OPEN}\n#pagebreak()\n{NAME}"))


# -- beside the pages -------------------------------------------------------------------------------------------------


def test_an_annotation_is_read():
    writer = clean()
    writer.add_annotation(0, FreeText(text=f"隐去{NAME}", rect=(50, 550, 200, 650)))
    assert any(where.startswith("批注") for where in places(saved(writer)))


def test_a_form_field_is_read():
    writer = clean()
    field = DictionaryObject(
        {
            NameObject("/FT"): NameObject("/Tx"),
            NameObject("/T"): TextStringObject("phone"),
            NameObject("/V"): TextStringObject(PHONE),
        }
    )
    writer.root_object[NameObject("/AcroForm")] = DictionaryObject({NameObject("/X"): writer._add_object(field)})
    assert any(where.startswith("表单域") for where in places(saved(writer)))


def test_the_documents_properties_are_read():
    writer = clean()
    writer.add_metadata({"/Author": NAME})
    assert any(where.startswith("文档属性") for where in places(saved(writer)))


def test_xmp_metadata_is_read_with_entities():
    writer = clean()
    xmp = "".join(f"&#{ord(character)};" for character in NAME)
    packet = StreamObject()
    packet.set_data(f"<x:xmpmeta><dc:creator><rdf:li>{xmp}</rdf:li></dc:creator></x:xmpmeta>".encode())
    packet[NameObject("/Type")] = NameObject("/Metadata")
    writer.root_object[NameObject("/Metadata")] = writer._add_object(packet)
    assert any(where.startswith("元数据") for where in places(saved(writer)))


def test_an_attachment_is_opened_whatever_it_is():
    writer = clean()
    writer.add_attachment("原件.pdf", typeset(f"申请人：{NAME}"))
    found = places(saved(writer))
    assert any("第1页" in where and "›" in where for where in found)


def test_a_bookmark_is_read():
    writer = clean()
    writer.add_outline_item(title=f"{NAME}的申请", page_number=0)
    assert any(where.startswith("书签") for where in places(saved(writer)))


def test_a_script_is_read():
    writer = clean()
    script = {"/S": NameObject("/JavaScript"), "/JS": TextStringObject(f'app.alert("{PHONE}");')}
    writer.root_object[NameObject("/OpenAction")] = DictionaryObject({NameObject(k): v for k, v in script.items()})
    assert any(where.startswith("脚本") for where in places(saved(writer)))


def test_replacement_text_of_a_structure_is_read():
    page = drawn(f"/Span <</ActualText <feff{NAME.encode('utf-16-be').hex()}>>> BDC {at(60, 700, '某某某')} EMC")
    assert places(page)


def test_a_comment_between_objects_is_read():
    data = typeset(OPEN).replace(b"%%EOF", f"% {NAME}\n%%EOF".encode(), 1)
    assert places(data) == ["文件的原始字节"]


def test_an_appearance_that_no_page_draws_is_read():
    form = stream(f"BT /F9 12 Tf {chinese(NAME)} Tj ET".encode(), "/Type/XObject/Subtype/Form/BBox[0 0 100 100]")
    assert places(drawn(at(60, 700, OPEN), more={10: form}))


def test_compressed_and_encoded_streams_are_unpacked():
    content = f"BT /F2 12 Tf {chinese(NAME)} Tj ET".encode()
    packed = zlib.compress(content)
    form = stream(packed.hex().encode() + b">", "/Type/XObject/Subtype/Form/Filter[/ASCIIHexDecode/FlateDecode]")
    assert places(drawn(at(60, 700, OPEN), more={10: form}))


def test_a_leftover_stream_is_read_with_the_fonts_of_the_file():
    """Its codes are glyphs of an embedded font: only the font's own map says which characters they are."""
    secret = pypdf.PdfReader(io.BytesIO(typeset(f"申请人{NAME}")))
    writer = pypdf.PdfWriter()
    writer.add_page(secret.pages[0])
    page = writer.pages[0]
    old = page["/Contents"].get_object().get_data()
    left = StreamObject()
    left.set_data(old)
    page["/Contents"].get_object().set_data(b"")
    writer._add_object(left)
    found = places(saved(writer))
    assert found
    assert all("第1页" not in where for where in found)


# -- what the file was before -----------------------------------------------------------------------------------------


def test_the_version_before_an_update_is_read():
    first = drawn(at(60, 700, f"申请人{NAME}"))
    second = updated(first, 101, stream(at(60, 700, "申请人某某").encode("latin-1")))
    found = places(second)
    assert "第1次保存的旧版本 › 第1页" in found
    assert "第1页" not in found


def test_a_replaced_object_is_read_even_if_its_version_cannot_be_opened():
    first = drawn(at(60, 700, f"申请人{NAME}"))
    broken = first.replace(b"/Type/Catalog", b"/Type/Katalog", 1)
    second = updated(broken, 101, stream(at(60, 700, "某某").encode("latin-1")))
    third = updated(second, 1, b"<</Type/Catalog/Pages 2 0 R>>")
    assert any("已经不用的旧内容" in where for where in places(third))


def test_a_picture_that_an_update_took_away_stops_the_copy():
    picture = stream(
        b"\0" * 100, "/Type/XObject/Subtype/Image/Width 10/Height 10/ColorSpace/DeviceGray/BitsPerComponent 8"
    )
    first = drawn("q 100 0 0 30 50 690 cm /I1 Do Q", resources="/XObject<</I1 10 0 R>>", more={10: picture})
    second = updated(
        first,
        10,
        stream(
            b"\xff" * 100, "/Type/XObject/Subtype/Image/Width 10/Height 10/ColorSpace/DeviceGray/BitsPerComponent 8"
        ),
    )
    assert "OLD-PICTURES" in codes(second)


# -- what can't be proved ---------------------------------------------------------------------------------------------


def test_a_scan_is_clean_as_far_as_programs_read_and_says_so():
    leaks, looks = look_through(photographed((200, 300), (200, 300)), (NAME,), None)
    assert leaks == []
    assert looks == ["第1、2页有图片：图片里的字，程序不读"]


def test_fonts_that_hide_their_characters_stop_the_copy():
    hidden = without_characters(typeset(OPEN), "Noto")
    assert "UNREADABLE" in codes(hidden)


def test_a_stream_that_cannot_be_unpacked_stops_the_copy():
    broken = stream(b"no zlib at all", "/Type/XObject/Subtype/Form/Filter/FlateDecode")
    assert "UNREADABLE" in codes(drawn(at(60, 700, OPEN), more={10: broken}))


def test_a_protected_file_is_refused():
    writer = clean()
    writer.encrypt("", owner_password="x", algorithm="RC4-128")
    with pytest.raises(CannotRead) as refused:
        look_through(saved(writer), (NAME,), None)
    assert refused.value.refusal.code == "ENCRYPTED"


def test_properties_of_an_embedded_photograph_are_read():
    photograph = io.BytesIO()
    exif = Image.Exif()
    exif[0x013B] = PHONE
    Image.new("L", (8, 8)).save(photograph, "JPEG", exif=exif)
    entries = "/Type/XObject/Subtype/Image/Width 8/Height 8/ColorSpace/DeviceGray/BitsPerComponent 8/Filter/DCTDecode"
    page = drawn(
        "q 10 0 0 10 50 690 cm /I1 Do Q",
        resources="/XObject<</I1 10 0 R>>",
        more={10: stream(photograph.getvalue(), entries)},
    )
    assert any("图片属性" in where for where in places(page))
