"""This room in the staff's shell: its addresses under /desk/ and its places in the menu."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import URLPattern, path, reverse
from wagtail import hooks

from gongkai.office.accounts.desk_menu import Place
from gongkai.office.accounts.models import Role
from gongkai.office.accounts.queries import acts_anywhere
from gongkai.office.publishing.views.staff import catalogue, columns, editor, imports, item, lists, preview, word_rules

_READERS = (
    Role.EDITOR,
    Role.FIRST_REVIEWER,
    Role.SECOND_REVIEWER,
    Role.FINAL_REVIEWER,
    Role.SECRECY_REVIEWER,
    Role.DISCLOSURE_OFFICER,
)


def _place(label: str, address: str, roles: Sequence[Role], **more: object) -> Place:
    """A place in the menu for those who hold one of some roles anywhere."""
    return Place(label, reverse(address), lambda user, on: acts_anywhere(user, roles, on=on), **more)


@hooks.register("register_admin_urls")
def addresses() -> list[URLPattern]:
    """The staff's screens of this room."""
    one = "publishing/items/<int:pk>/"
    return [
        path("publishing/", lists.items, name="publishing_items"),
        path("publishing/overdue-columns/", lists.overdue, name="publishing_overdue"),
        path("publishing/new/", editor.new, name="publishing_new"),
        path(one, item.item, name="publishing_item"),
        path(f"{one}edit/", editor.edit, name="publishing_edit"),
        path(f"{one}preview/", preview.preview, name="publishing_preview"),
        path(f"{one}files/<str:sha256>/", item.file, name="publishing_file"),
        path(f"{one}do/<slug:verb>/", item.act, name="publishing_act"),
        path("publishing/columns/", columns.columns, name="publishing_columns"),
        path("publishing/columns/add/", columns.add, name="publishing_column_add"),
        path("publishing/columns/<int:pk>/", columns.change, name="publishing_column"),
        path("publishing/catalogue/", catalogue.overview, name="publishing_catalogue"),
        path("publishing/catalogue/import/", catalogue.import_file, name="publishing_catalogue_import"),
        path("publishing/catalogue/export/", catalogue.export_file, name="publishing_catalogue_export"),
        path("publishing/catalogue/<slug:key>/", catalogue.table, name="publishing_catalogue_table"),
        path("publishing/catalogue/<slug:key>/add/", catalogue.add, name="publishing_catalogue_add"),
        path("publishing/catalogue/rows/<int:pk>/", catalogue.row, name="publishing_catalogue_row"),
        path("publishing/words/", word_rules.words, name="publishing_words"),
        path("publishing/imports/", imports.imports, name="publishing_imports"),
        path("publishing/imports/<int:pk>/", imports.one, name="publishing_import"),
        path("publishing/imports/<int:pk>/do/", imports.act, name="publishing_import_act"),
        path("publishing/imports/<int:pk>/errors/", imports.errors, name="publishing_import_errors"),
    ]


@hooks.register("register_admin_menu_item")
def items_in_menu() -> Place:
    """Items."""
    return _place("政府信息", "publishing_items", _READERS, name="publishing-items", icon_name="doc-full", order=100)


@hooks.register("register_admin_menu_item")
def columns_in_menu() -> Place:
    """Columns."""
    address, roles = "publishing_columns", (Role.EDITOR, Role.DISCLOSURE_OFFICER)
    return _place("栏目", address, roles, name="publishing-columns", icon_name="list-ul", order=110)


@hooks.register("register_admin_menu_item")
def catalogue_in_menu() -> Place:
    """The standard catalogues."""
    address, roles = "publishing_catalogue", (Role.EDITOR, Role.DISCLOSURE_OFFICER)
    return _place("标准目录", address, roles, name="publishing-catalogue", icon_name="table", order=115)


@hooks.register("register_admin_menu_item")
def words_in_menu() -> Place:
    """Word rules."""
    address, roles = "publishing_words", (Role.EDITOR, Role.DISCLOSURE_OFFICER)
    return _place("用词规则", address, roles, name="publishing-words", icon_name="edit", order=120)


@hooks.register("register_admin_menu_item")
def imports_in_menu() -> Place:
    """The bulk import, for those who run the installation."""
    address, roles = "publishing_imports", (Role.ADMINISTRATOR,)
    return _place("批量导入", address, roles, name="publishing-imports", icon_name="download", order=130)
