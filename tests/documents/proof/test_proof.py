"""The proof as a whole: against the original, in a process apart, with hostile files."""

import io
import time
import zipfile
import zlib

import pytest

from gongkai.documents.proof import Leak, prove
from gongkai.documents.proof.looking import look_through
from tests.documents.readers.pdf_files import drawn, photographed, stream, typeset

NAME = "赵晓梅"
PASSAGE = (
    "该项目资金来源为申请人自筹三百二十万元并由其配偶名下房产作抵押担保，"
    "还款计划分五年执行，每年年底偿还本金六十四万元以及相应利息。"
)


def codes(copy: bytes, withheld: list[str], original: bytes | None = None) -> list[str]:
    return [leak.code for leak in look_through(copy, withheld, original)[0]]


def test_a_proof_names_both_files_by_their_hashes():
    copy, original = typeset("某某"), typeset(NAME)
    proof = prove(copy, [NAME], original)
    assert proof.is_clean
    assert len(proof.copy_sha256) == len(proof.original_sha256) == 64
    assert proof.copy_sha256 != proof.original_sha256


def test_a_leak_says_which_string_where_and_what_to_do():
    proof = prove(typeset(f"甲\n\n{NAME}"), ["乙丙", NAME])
    assert not proof.is_clean
    assert proof.leaks[0] == Leak("LEAK", "第1页", 1)
    assert "第2项" in proof.leaks[0].in_chinese()
    assert "第1页" in proof.leaks[0].in_chinese()


def test_a_string_that_the_original_does_not_hold_was_written_wrong():
    assert codes(typeset("某某"), ["赵小梅"], typeset(NAME)) == ["NOT-IN-ORIGINAL"]


def test_an_original_that_is_a_scan_tells_nothing_about_the_strings():
    assert codes(typeset("某某"), ["赵小梅"], photographed((200, 300))) == []


def test_the_original_is_no_copy():
    same = typeset("某某")
    assert "SAME-FILE" in codes(same, [NAME], same)


def test_a_single_character_cannot_be_proved():
    assert codes(typeset("某某"), ["赵"]) == ["TOO-SHORT"]


def test_a_passage_left_standing_in_part_is_noticed():
    whole = typeset(f"关于项目的批复。{PASSAGE}特此批复。")
    assert codes(typeset(f"关于项目的批复。{PASSAGE[:45]}特此批复。"), [PASSAGE], whole) == ["LEAK-PART"]
    assert codes(typeset("关于项目的批复。特此批复。"), [PASSAGE], whole) == []


def test_words_that_stand_in_the_open_part_too_are_no_leak():
    common = "根据《中华人民共和国政府信息公开条例》第三十六条的规定办理并及时告知申请人。"
    whole = typeset(f"{common}{common}甲乙丙丁。")
    assert codes(typeset(f"{common}其余略。"), [f"{common}甲乙丙丁。"], whole) == []


# -- hostile files ----------------------------------------------------------------------------------------------------


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", b" " * (120 << 20))
    return out.getvalue()


@pytest.mark.parametrize(
    "make",
    [
        bomb,
        lambda: drawn("", more={10: stream(zlib.compress(b"\0" * (100 << 20)), "/Filter/FlateDecode")}),
        lambda: drawn(b"<</Length 5/Filter/FlateDecode>>stream\n" + b"(" * 3_000_000 + b"\nendstream"),
        lambda: b"%PDF-1.7\n" + b"1 0 obj\n" * 400_000,
        lambda: b"PK\x03\x04" + b"\0" * 1000,
        lambda: b"%PDF-1.7\n%%EOF",
        lambda: b"",
    ],
    ids=["zip bomb", "stream bomb", "open parentheses", "objects without end", "cut zip", "empty pdf", "no bytes"],
)
def test_a_hostile_file_is_refused_in_time_and_never_clean(make):
    started = time.monotonic()
    proof = prove(make(), [NAME], seconds=20)
    assert not proof.is_clean
    assert time.monotonic() - started < 25


def test_what_takes_too_long_is_refused():
    proof = prove(typeset("某某"), [NAME], seconds=0.01)
    assert proof.refusal is not None
    assert proof.refusal.code == "TOO-SLOW"


def test_an_entity_that_unfolds_without_end_is_not_unfolded():
    out = io.BytesIO()
    levels = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 9))
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("word/document.xml", f'<!DOCTYPE x [<!ENTITY e0 "aa">{levels}]><x>&e8;</x>')
    assert prove(out.getvalue(), [NAME], seconds=20).is_clean
