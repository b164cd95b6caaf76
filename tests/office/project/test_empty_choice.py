"""The empty choice of every list of every form is said in words."""

from __future__ import annotations

import pkgutil
from collections.abc import Iterator
from importlib import import_module

import pytest
from django import forms

import gongkai.office
from gongkai.office.organs.forms import FoundForm, OrganForm

DASHES = "---------"


def every_form() -> Iterator[type[forms.BaseForm]]:
    """The forms of the rooms, with those that are made of them."""
    for module in pkgutil.walk_packages(gongkai.office.__path__, "gongkai.office."):
        if module.name.rpartition(".")[2].endswith("forms") or module.name.endswith("application_form"):
            import_module(module.name)
    waiting: list[type[forms.BaseForm]] = [forms.BaseForm]
    while waiting:
        for each in waiting.pop().__subclasses__():
            waiting.append(each)
            if each.__module__.startswith("gongkai."):
                yield each


def test_an_agencys_form_says_choose_in_words():
    html = str(FoundForm()["kind"])
    assert '<option value="" selected>请选择</option>' in html
    assert DASHES not in html


@pytest.mark.django_db
def test_no_form_of_any_room_shows_dashes_for_nothing():
    looked_at, bad = 0, []
    for form in set(every_form()):
        for name, field in getattr(form, "base_fields", {}).items():
            if isinstance(field, forms.ModelChoiceField) and field.queryset is None:
                continue  # a form of a library's that says later what it lists
            if isinstance(field, forms.ChoiceField) and isinstance(field.widget, forms.Select):
                looked_at += 1
                if DASHES in field.widget.render(name, None, renderer=OrganForm().renderer):
                    bad.append(f"{form.__module__}.{form.__name__}.{name}")
    assert looked_at > 40, "the walk finds the forms"
    assert bad == []
