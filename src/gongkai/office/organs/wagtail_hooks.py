"""This room in the staff's shell."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from gongkai.office.organs.policy import ADMINISTER
from gongkai.office.organs.views import staff


@hooks.register("register_admin_urls")
def urls() -> list[URLPattern]:
    """Where the screens stand."""
    return [
        path("organs/", staff.tree, name="organs_tree"),
        path("organs/new/", staff.found, name="organs_found"),
        path("organs/import/", staff.import_file, name="organs_import"),
        path("organs/export/", staff.export_file, name="organs_export"),
        path("organs/site/", staff.website, name="organs_site"),
        path("organs/guide-updates/", staff.guide_updates, name="organs_guide_updates"),
        path("organs/guide-updates/<int:pk>/done/", staff.complete_guide_update, name="organs_complete_guide_update"),
        path("organs/organ/<slug:code>/", staff.edit, name="organs_edit"),
        path("organs/organ/<slug:code>/move/", staff.move, name="organs_move"),
        path("organs/organ/<slug:code>/portraits/", staff.portraits, name="organs_portraits"),
        path("organs/organ/<slug:code>/list/<slug:kind>/", staff.rows, name="organs_rows"),
    ]


class _ForAdministrators(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(ADMINISTER)


@hooks.register("register_admin_menu_item")
def menu_item() -> MenuItem:
    """For whoever looks after an agency."""
    return _ForAdministrators("机关信息", reverse("organs_tree"), name="organs-tree", icon_name="site", order=700)
