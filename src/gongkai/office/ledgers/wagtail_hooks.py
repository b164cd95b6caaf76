"""The look of ledgers in the shell; the ledgers themselves are registered by the rooms they belong to."""

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks


@hooks.register("insert_global_admin_css")
def look() -> SafeString:
    """What ledgers add to the desk's own look."""
    return format_html('<link rel="stylesheet" href="{}">', static("ledgers/desk.css"))
