"""Articles in templates come from the law's data."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.template import Context, Template

import gongkai.office
from gongkai.regulation.law import LawMissing, resolve

TEMPLATES = sorted(Path(gongkai.office.__file__).parent.rglob("templates/**/*.html"))


def drawn(source: str) -> str:
    return Template("{% load law %}" + source).render(Context())


def test_an_article_is_named_and_said_from_the_data() -> None:
    assert drawn('{{ "ogi-2019#12"|article }}') == "《中华人民共和国政府信息公开条例》第十二条"
    assert "指南" in drawn('{{ "ogi-2019#12"|gist }}')


def test_an_article_that_is_not_in_the_data_is_no_page() -> None:
    with pytest.raises(LawMissing):
        drawn('{{ "ogi-2019#999"|article }}')


def test_every_article_that_a_template_names_is_in_the_data() -> None:
    named = [
        source for path in TEMPLATES for source in re.findall(r'"([^"]+)"\|(?:article|gist)', path.read_text("utf-8"))
    ]
    assert named
    for source in named:
        assert resolve(source)


def test_no_article_is_typed_into_a_template() -> None:
    typed = {path.name for path in TEMPLATES if re.search("第[一二三四五六七八九十百]+条", path.read_text("utf-8"))}
    assert typed == set()
