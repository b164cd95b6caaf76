"""The folded text, and the words of a query."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.office.publishing.search.splitter import (
    LONGEST_QUERY,
    MOST_WORDS,
    fold,
    fold_document,
    fold_in_place,
    pairs,
    words,
)
from gongkai.office.publishing.search.traditional import SIMPLIFIED

TEXTS = st.text(
    st.one_of(
        st.sampled_from("公开政府信息条例第年月日〇々"),
        st.sampled_from("0189aBzＡ９①㈠"),
        st.sampled_from("，。、《》（）【】〔〕[]() 　\n.-/％…：；！"),
        st.characters(exclude_categories=["Cs"]),
    ),
    max_size=60,
)
HAN_AND_ASCII = st.text(st.sampled_from("公开政府信息条例报告国辦發0123456789abcxyzＡ７"), min_size=2, max_size=40)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("政府　信息 公开", "政府信息公开"),
        ("Open Data 开放 API v1.2", "open data开放api v1.2"),
        ("共94,600元，占3.5%", "共94600元占3.5"),
        ("电话：0599-123 4567", "电话0599123 4567"),
        ("第一。第二！\n\n第三", "第一\n第二\n第三"),
        ("。", ""),
        ("⼀⼆（㈢）豈", "一二三岂"),
        ("資訊公開辦法", "资讯公开办法"),
        ("Straße ΣΑΣ", "strasseσασ"),
        ("Café Café", "cafe cafe"),
        ("www.example.cn.", "www.example.cn"),
        ("〔2020〕 18 号", "2020〕18号"),
    ],
)
def test_what_does_not_count_is_folded_away(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_two_numbers_do_not_become_one() -> None:
    assert fold("〔2020〕18号") != fold("〔20201〕8号")
    assert fold("a b") not in fold("ab")


@given(TEXTS)
def test_folding_again_changes_nothing(text: str) -> None:
    once = fold(text)
    assert fold(once) == once


@given(st.lists(HAN_AND_ASCII, min_size=1, max_size=3), st.data())
def test_any_two_characters_of_a_text_are_part_of_its_folding(sentences: list[str], data: st.DataObject) -> None:
    text = "，".join(sentences) + "。"
    start = data.draw(st.integers(0, len(text) - 2))
    end = data.draw(st.integers(start + 2, len(text)))
    asked = words(text[start:end])
    assert all(word in fold_document(text) for word in asked.wanted)


@given(st.text(st.sampled_from("公开信息2020第号8 〔〕[]()（），。文"), max_size=40), st.data())
def test_a_word_around_a_document_number_is_part_of_the_folding(text: str, data: st.DataObject) -> None:
    number = data.draw(st.sampled_from(["〔2020〕8号", "[2020]18号", "（2019）第3号", "【2021】007 号"]))
    before = data.draw(st.text(st.sampled_from("公开信息，"), max_size=6))
    after = data.draw(st.text(st.sampled_from("公开信息，"), max_size=6))
    folded = fold_document(f"{text}。{before}{number}{after}。{text}")
    assert all(word in folded for word in words(f"{before}{number}{after}").wanted)


@given(TEXTS)
def test_folding_in_place_gives_the_same_text_and_where_it_came_from(text: str) -> None:
    folded = fold_in_place(text)
    assert folded.text.strip("\n") == fold(text)
    assert len(folded.text) == len(folded.starts) == len(folded.ends)
    for character, start, end in zip(folded.text, folded.starts, folded.ends, strict=True):
        assert start < end <= len(text)
        if character.isalnum():
            assert character in fold(text[start:end])


@given(TEXTS)
def test_pairs_put_together_are_the_text(text: str) -> None:
    folded = fold(text)
    made = list(pairs(folded))
    assert "".join(pair[0] for pair in made) + (made[-1][1] if made else folded) == folded


def test_single_characters_stay_out_unless_they_are_all_there_is() -> None:
    assert words("政 府").wanted == ("政府",)
    assert words("防汛 县").too_short == ("县",)
    assert words("县").too_short == ("县",)
    assert words("，。").wanted == words("，。").too_short == ()


def test_a_word_within_another_is_found_with_it() -> None:
    assert words("公开 政府信息公开 公开").wanted == ("政府信息公开",)


def test_a_text_instead_of_a_query_is_cut() -> None:
    assert words("公开" * LONGEST_QUERY).is_cut
    many = words(" ".join(f"词{number:02d}" for number in range(MOST_WORDS + 1)))
    assert many.is_cut
    assert len(many.wanted) == MOST_WORDS


@pytest.mark.parametrize("text", ["（2020）3月", "2019年（2020）12个"])
def test_a_bracketed_year_is_not_taken_for_a_document_number(text: str) -> None:
    assert all(word in fold_document(f"截至{text}底") for word in words(text).wanted)


def test_traditional_characters_fold_to_characters_that_stay() -> None:
    assert not set(SIMPLIFIED) & set(SIMPLIFIED.values())
    assert all(len(each) == 1 for pair in SIMPLIFIED.items() for each in pair)
