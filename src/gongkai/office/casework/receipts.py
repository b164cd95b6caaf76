"""What an applicant takes along: number, query code and what happens next, as a file. It names nobody."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse
from django.utils.timezone import localtime

from gongkai.documents.model import Document, Heading, Paragraph
from gongkai.documents.writers import render
from gongkai.office.casework.models import Application
from gongkai.office.organs.queries import office_of


def pdf(application: Application) -> bytes:
    """The receipt of an application as PDF."""
    return render(document(application), "pdf")


def document(application: Application) -> Document:
    """The receipt: that it was submitted, not that a period runs already."""
    organ, office = application.organ, office_of(application.organ)
    address = f"{settings.SITE_URL}{reverse('application_track')}"
    rows = [
        ("受理机关", organ.name),
        ("申请编号", application.number),
        ("查询码", application.query_code),
        ("提交时间", f"{localtime(application.received_at):%Y年%-m月%-d日 %H:%M}"),
        ("提交方式", application.get_channel_display()),
        ("查询网址", address),
    ]
    if office:
        rows.append(("受理机构", f"{office.name}，{office.phone}"))
    return Document(
        (
            Heading("政府信息公开申请回执", 1),
            *(Paragraph(f"{name}：{value}", layout="flush") for name, value in rows),
            Paragraph(
                "网上提交的申请，自双方确认之日起计算答复期限。请留意电话或者邮件，也可以凭编号和查询码在上述网址确认、查询。"
            ),
            Paragraph("查询码等于钥匙：凭它可以看到办理情况和答复，请不要给别人。"),
        ),
        title=f"{application.number} 回执",
    )
