"""What the public reaches of this room. Guides are stored; everything below /applications/ belongs to one person."""

from django.urls import path

from gongkai.office.casework.views.public import apply, guide, mine, statistics, track

urlpatterns = [
    path("disclosure/application/guide/", guide.guide, name="application_guide"),
    path("disclosure/application/statistics/", statistics.statistics, name="application_statistics"),
    path("organ/<slug:code>/application-guide/", guide.organ_guide, name="organ_application_guide"),
    path("applications/new/", apply.choose_organ, name="apply"),
    path("applications/new/<slug:code>/", apply.choose_kind, name="apply_kind"),
    path("applications/new/<slug:code>/<slug:kind>/", apply.fill_in, name="apply_form"),
    path("applications/preview/", apply.preview, name="apply_preview"),
    path("applications/discard/", apply.discard, name="apply_discard"),
    path("applications/receipt/", apply.receipt, name="apply_receipt"),
    path("applications/receipt.pdf", apply.receipt_pdf, name="apply_receipt_pdf"),
    path("applications/track/", track.track, name="application_track"),
    path("applications/case/", track.case, name="application_case"),
    path("applications/case/confirm/", track.confirm, name="application_confirm"),
    path("applications/case/correction/", track.correct, name="application_correct"),
    path("applications/case/withdraw/", track.withdraw, name="application_withdraw"),
    path("applications/case/leave/", track.leave, name="application_leave"),
    path("applications/account/", mine.applications, name="my_applications"),
    path("applications/account/page/<int:number>/", mine.applications, name="my_applications_page"),
    path("applications/account/add/", mine.add, name="my_application_add"),
    path("applications/account/copy/", mine.copy, name="my_copy"),
    path("applications/account/<int:pk>/", mine.open_case, name="my_application"),
    path("applications/account/<int:pk>/remove/", mine.remove, name="my_application_remove"),
    path("applications/case/files/<int:file>/", track.download, name="application_file"),
]
