import pytest

from gongkai.regulation.law import LawMissing, cite


def test_an_article_is_cited_with_title_number_and_article() -> None:
    assert cite("ogi-2019#49") == "《中华人民共和国政府信息公开条例》（国务院令第711号）第四十九条"


def test_a_title_inside_a_title_takes_single_brackets() -> None:
    assert "〈中华人民共和国政府信息公开工作年度报告格式〉的通知》（国办公开办函〔2021〕30号）附件" in cite(
        "report-form-2021#form"
    )


@pytest.mark.parametrize("source", ["ogi-2091#49", "ogi-2019#490", "ogi-2019", ""])
def test_a_source_that_does_not_resolve_is_a_broken_promise(source: str) -> None:
    with pytest.raises(LawMissing):
        cite(source)
