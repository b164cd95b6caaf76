"""Every sealed value that belongs to an application, wherever in the installation it stands: to be copied, or to be erased.

Found by walking from each model that keeps sealed values along its foreign keys to `Application`, so that a room that is
added later (remedies …) is not forgotten; notices belong by the text of their `about`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models

from gongkai.office.casework.models import Application, ApplicationDraft, ApplicationFile, DraftFile, Letter
from gongkai.office.notices.models import Enclosure, Outgoing, Signature
from gongkai.office.personal.actions import sealed_fields

_DEEPEST = 3
_ELSEWHERE = (ApplicationDraft, DraftFile)
"""Belong to a browser, not to a case, and are gone in hours."""
_NOTICES: dict[type[models.Model], str] = {Outgoing: "", Enclosure: "notice__", Signature: "notice__"}


@dataclass(frozen=True, slots=True)
class Sealed:
    """The rows of one model that belong to an application, and the names of their sealed fields."""

    model: type[models.Model]
    fields: tuple[str, ...]
    rows: models.QuerySet[Any]

    def handles(self) -> list[str]:
        """Where their files lie (`personal.files`): a model of sealed files names the place in its field `handle`."""
        if not any(field.name == "handle" for field in self.model._meta.concrete_fields):
            return []
        return list(self.rows.values_list("handle", flat=True))


def sealed_of(application: Application) -> Iterator[Sealed]:
    """All of them, the application itself first."""
    found = dict(sealed_fields())
    yield Sealed(Application, tuple(found.pop(Application)), Application.objects.filter(pk=application.pk))
    for model, fields in found.items():
        if model in _ELSEWHERE:
            continue
        if model in _NOTICES:
            about = {f"{_NOTICES[model]}about__in": _abouts(application)}
            yield Sealed(model, tuple(fields), model._base_manager.filter(**about))
        elif path := _path_to_application(model):
            yield Sealed(model, tuple(fields), model._base_manager.filter(**{path: application}))


def files_of(application: Application) -> models.QuerySet[ApplicationFile]:
    """The files of the case."""
    return application.files.all()


def _abouts(application: Application) -> list[str]:
    letters = Letter.objects.filter(application=application).values_list("pk", flat=True)
    return [f"casework.application:{application.pk}", *(f"casework.letter:{letter}" for letter in letters)]


def _path_to_application(model: type[models.Model], deep: int = 0) -> str:
    """The lookup that leads from a model to its application, the shortest; empty when none does."""
    keys = [field for field in model._meta.concrete_fields if isinstance(field, models.ForeignKey)]
    for key in keys:
        if key.related_model is Application:
            return key.name
    if deep == _DEEPEST:
        return ""
    for key in keys:
        further = key.related_model
        assert isinstance(further, type)
        if further is not model and (rest := _path_to_application(further, deep + 1)):
            return f"{key.name}__{rest}"
    return ""
