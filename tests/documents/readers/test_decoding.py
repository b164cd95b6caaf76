import pytest

from gongkai.documents.readers.decoding import decode, in_utf8
from gongkai.documents.readers.refusing import CannotRead

TEXT = "青溪县人民政府办公室2020年主动公开政府信息5687条，收到申请2件。\r\n一、总体情况：网上办件126048件。\r\n" * 5


def refusal_code(data: bytes) -> str:
    with pytest.raises(CannotRead) as caught:
        decode(data)
    return caught.value.refusal.code


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "gb2312", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
)
def test_chinese_text_is_read_in_every_encoding_that_occurs(encoding):
    assert decode(TEXT.encode(encoding))[0] == TEXT


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-32"])
def test_a_parser_gets_the_same_text_in_utf8_whatever_the_file_is_in(encoding):
    assert in_utf8(TEXT.encode(encoding)) == (TEXT.encode(), ())


def test_bytes_that_were_lost_are_replaced_for_a_parser_too():
    data = TEXT.encode()
    utf8, notes = in_utf8(data[:90] + b"\xff" + data[90:])
    assert utf8.decode() == decode(data[:90] + b"\xff" + data[90:])[0]
    assert "1 处字节无法解码" in notes[0]


def test_a_wrong_declaration_is_overruled_and_noted():
    text, notes = decode(TEXT.encode("gbk"), "UTF-8")
    assert text == TEXT
    assert notes == ("文件声明的编码是 UTF-8，实际按 GB18030 读取。",)


def test_utf8_declared_as_gb2312_is_utf8():
    text, notes = decode(TEXT.encode(), "gb2312")
    assert text == TEXT
    assert "UTF-8" in notes[0]


@pytest.mark.parametrize("declared", ["gbk", "GB2312", "gb18030"])
def test_a_right_declaration_needs_no_note(declared):
    assert decode(TEXT.encode("gbk"), declared)[1] == ()


@pytest.mark.parametrize("declared", ["no-such-charset", "base64", "idna", "\0"])
def test_a_nonsensical_declaration_does_no_harm(declared):
    assert decode(TEXT.encode("gbk"), declared)[0] == TEXT


def test_big5_is_read_where_it_is_declared():
    traditional = "青溪縣政府資訊公開年度報告，主動公開資訊" * 3
    assert decode(traditional.encode("big5"), "big5")[0] == traditional


def test_a_text_cut_inside_a_character_keeps_the_rest():
    text, notes = decode(TEXT.encode()[:-4])
    assert text.rstrip("\ufffd") == TEXT[:-3]
    assert "1 处字节" in notes[0]


def test_one_broken_byte_costs_one_character_and_is_noted():
    data = TEXT.encode()
    text, notes = decode(data[:90] + b"\xff" + data[90:])
    assert text.replace("\ufffd", "") == TEXT
    assert "1 处字节" in notes[0]


@pytest.mark.parametrize("errors", ["replace", "ignore"])
def test_utf8_read_as_gbk_and_saved_is_refused(errors):
    garbled = TEXT.encode().decode("gbk", errors)
    assert refusal_code(garbled.encode()) == "MOJIBAKE"
    assert refusal_code(garbled.encode("gb18030")) == "MOJIBAKE"


@pytest.mark.parametrize("original", ["utf-8", "gbk"])
def test_chinese_bytes_read_as_latin1_and_saved_are_refused(original):
    assert refusal_code(TEXT.encode(original).decode("latin-1").encode()) == "MOJIBAKE"


def test_gbk_read_as_utf8_and_saved_is_refused():
    lost = TEXT.encode("gbk").decode("utf-8", "replace")
    assert refusal_code(lost.encode()) == "MOJIBAKE"
    assert refusal_code(lost.encode().decode("gbk", "replace").encode()) == "MOJIBAKE"


def test_rare_characters_in_names_are_no_mojibake():
    names = "本机关负责人：朱镕基、王喆、鍾涓、陶堃。联系地址：鄠邑区。銆" * 3
    assert decode(names.encode())[0] == names


def test_binary_data_is_no_text():
    assert refusal_code(bytes(range(256)) * 8) == "UNKNOWN-FORMAT"
    assert refusal_code(b"\x01\x02\x03\x04" * 50) == "UNKNOWN-FORMAT"
