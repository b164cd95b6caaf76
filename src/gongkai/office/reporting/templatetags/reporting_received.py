"""What the templates of received reports can't say themselves."""

from __future__ import annotations

from django import template

from gongkai.documents.model import chinese_place
from gongkai.office.reporting.models import ReceivedReport
from gongkai.regulation.annual_report.cell_names import cell_names

register = template.Library()


@register.filter
def place(where: str) -> str:
    """A place in a source in Chinese."""
    return chinese_place(where)


@register.filter
def cell_label(report: ReceivedReport, address: str) -> str:
    """The name of a cell of a report."""
    edition = report.contract["table_editions"].get(address.partition(".")[0])
    return cell_names(edition)[address].label if edition and address in cell_names(edition) else address
