"""An office with something on every screen: `python -m tests.journeys.furnish` fills an installation and prints its pages.

What it prints is JSON: each staff page's url name with the addresses at which it shows something. A screen that is
registered without a sample here ends it with an error, so that no page escapes the tests that walk through all of them.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any

EVERYTHING = "a009"
"""The user name of 沈全职, who holds every role everywhere: on her screens stand all buttons there are."""


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.office.project.settings")
    import django

    django.setup()
    print(json.dumps(addresses(samples())))


def samples() -> dict[str, Sequence[tuple[Any, ...]]]:
    """Fill the office; gives the arguments of every screen that needs some."""
    from gongkai.office.accounts.models import Role, User
    from gongkai.office.normative import actions as normative
    from gongkai.office.normative.kinds import KINDS
    from gongkai.office.organs import actions as organs
    from gongkai.office.organs.models import Leader
    from gongkai.office.organs.views.staff import LISTS
    from gongkai.office.publishing import actions
    from gongkai.office.publishing.models import CatalogueRow
    from gongkai.office.publishing.standard_table import Matter
    from tests.journeys.furnish_ledgers import of_ledgers
    from tests.office.cast import NOW, PASSWORD, TODAY, appoint, assemble
    from tests.office.normative import records
    from tests.office.organs.photographs import photograph
    from tests.office.publishing.stage import drafted, passed, published, submitted

    cast = assemble()
    everything = User.objects.create_user(username=EVERYTHING, password=PASSWORD, name="沈全职", staff_number="A009")
    held = [appoint(everything, role, cast.county, with_subordinates=True) for role in Role]
    text = "附件里的文字，人人可以下载。".encode()
    file = actions.store_file(cast.education, [text], "通知.txt", by=cast.editor, at=NOW)

    faulty = drafted(
        cast, title="关于防汛值班的通知", keywords=(), summary="", body="<p>联系人身份证号11010519491231002X。</p>"
    )
    waiting = submitted(cast, title="关于校车检查的通知", attachments=(file,))
    last = passed(cast, 2, title="关于招生工作的通知")
    actions.schedule(last, publish_at=NOW + timedelta(days=9000), by=cast.editor, at=NOW)
    public = published(cast, title="关于春季开学的通知", attachments=(file,))
    corrected = published(cast, title="关于作息时间的通知")
    actions.correct(corrected, note="更正上课时间", by=cast.editor, at=NOW)
    withdrawn = published(cast, title="关于临时停课的通知")
    actions.withdraw(withdrawn, reason="内容有误", by=cast.officer, at=NOW)
    items = [(each.pk,) for each in (faulty, waiting, last, public, corrected, withdrawn)]
    field = [("social_assistance",)]
    actions.set_catalogue(*field[0], [Matter("低保", "审核", time_limit_days=20)], by=everything, at=NOW)
    catalogue_row = CatalogueRow.objects.get()

    document = records.document(cast)
    made = normative.register(cast.education, by=cast.editor, at=NOW, title="青溪县校车管理办法", level="department")
    event = normative.record_step(made, "drafted", {}, on=TODAY, by=cast.editor, at=NOW)
    cleaning = normative.open_round(
        cast.education, title="2024年规范性文件清理", on=TODAY, by=everything, at=NOW, due_on=TODAY
    )

    organs.set_disclosure_office(
        cast.education, by="test", at=NOW, name="青溪县教育局办公室", phone="0990-2100002", address="青溪县文昌路8号"
    )
    organs.set_rows(cast.education, Leader, [{"name": "吴一", "title": "局长"}, {"name": "郑二"}], by="test", at=NOW)
    organs.set_portrait(cast.education, "吴一", photograph(), alternative="", by="test", at=NOW)
    task = cast.education.guide_updates.first()
    delegation = cast.first.delegations_given.create(
        delegate=cast.second, role=Role.FIRST_REVIEWER, from_date=TODAY, to_date=TODAY + timedelta(days=9000),
        reason="年休假", made_at=NOW,
    )  # fmt: skip

    notices, imports = _notices(cast), _imports(everything)
    case, letters = _letters(cast)
    remedies = _remedies(cast)
    cases = _cases(case)

    return {
        **of_ledgers(cast),
        **cases,
        **dict.fromkeys(("publishing_item", "publishing_edit", "publishing_preview"), items),
        "publishing_file": [(public.pk, file.sha256)],
        "publishing_act": [(waiting.pk, "pass")],
        "publishing_column": [(cast.column.pk,)],
        **dict.fromkeys(("publishing_catalogue_table", "publishing_catalogue_add"), field),
        "publishing_catalogue_row": [(catalogue_row.pk,)],
        **dict.fromkeys(("publishing_import", "publishing_import_act"), imports),
        "publishing_import_errors": imports[:1],
        "normative_behind": [("qingxi-education", 2023, "issued")],
        "normative_round": [(cleaning.pk,)],
        "normative_close_round": [(cleaning.pk,)],
        "normative_strike": [(event.pk,)],
        "normative_document": [(document.pk,), (made.pk,)],
        "normative_record": [(made.pk, kind.name) for kind in KINDS.values() if kind.entry != "own"],
        **dict.fromkeys(
            ("normative_describe", "normative_number", "normative_publication", "normative_link"), ((made.pk,),)
        ),
        "organs_complete_guide_update": [(task.pk if task else 1,)],
        **dict.fromkeys(("organs_edit", "organs_move", "organs_portraits"), (("qingxi-education",),)),
        "organs_rows": [("qingxi-education", kind) for kind in LISTS],
        **dict.fromkeys(
            (
                "accounts_person", "accounts_close", "accounts_reopen", "accounts_reset_password",
                "accounts_reset_second_factor",
            ),
            ((cast.editor.pk,),),
        ),
        **dict.fromkeys(("casework_reply", "casework_redaction", "casework_letter_add"), ((case,),)),
        "casework_enter": [("qingxi-education", "in_person", "natural_person")],
        "casework_intake": [("qingxi-education",)],
        "casework_letter": [(each,) for each in letters],
        "casework_letter_file": [(letters[0], "docx")],
        "casework_letter_act": [(letters[0], "submit")],
        "casework_letter_send": [(letters[0],)],
        "casework_letter_settings": [("qingxi-education",)],
        "remedies_case": [(each,) for each in remedies],
        **dict.fromkeys(("remedies_record", "remedies_decide", "remedies_rectify"), ((remedies[0],),)),
        "remedies_strike": [(1,)],
        "remedies_file": [(1,)],
        "notices_notice": [(each,) for each in notices],
        "notices_act": [(notices[0], "reveal")],
        **_reports(cast),
        **_received(cast),
        "accounts_end_appointment": [(held[0].pk,)],
        "accounts_revoke_delegation": [(delegation.pk,)],
    }  # fmt: skip


def _letters(cast: Any) -> tuple[int, list[int]]:
    """A case with a letter in each state: drafted, submitted, signed, sent; and a redacted copy that did not pass."""
    from datetime import datetime, time

    from django.utils.timezone import get_current_timezone, localdate

    from gongkai.office.casework.actions.delivering import deliver
    from gongkai.office.casework.actions.redacting import Paper, Withheld, redact
    from gongkai.office.casework.actions.writing import draft_letter, submit_letter
    from tests.documents.readers.pdf_files import photographed, typeset
    from tests.office.casework.cases import officers, received
    from tests.office.casework.letters import DISCLOSED, reply, set_up, signed

    desk, today = officers(cast), localdate()
    at = datetime.combine(today, time(0, 1), get_current_timezone())
    set_up(cast.education)
    case = received(cast, desk.case, on=today)
    paper = Paper("原件.pdf", typeset("联系人：赵晓梅。"))
    redact(
        case,
        original=paper,
        copy=Paper("副本.pdf", photographed((200, 300))),
        withheld=[Withheld("赵晓梅", "internal")],
        by=desk.case,
        at=at,
    )
    made = [draft_letter(case, "correction_notice", by=desk.case, at=at)]
    given = {"extension_days": 10, "reasons": "需要向多个单位核实。"}
    made.append(
        submit_letter(draft_letter(case, "extension_notice", given=given, by=desk.case, at=at), by=desk.case, at=at)
    )
    other = received(cast, desk.case, on=today)
    made.append(signed(reply(other, "disclose", desk, on=today, **DISCLOSED), desk, on=today))
    last = received(cast, desk.case, on=today)
    sent = signed(reply(last, "disclose", desk, on=today, **DISCLOSED), desk, on=today)
    deliver(sent, way="online", by=desk.case, at=at)
    return case.pk, [*(each.pk for each in made), sent.pk]


def _cases(pk: int) -> dict[str, Sequence[tuple[Any, ...]]]:
    """A case on every screen of the officers: each verb's form, what is masked, a file, an entry to take back."""
    from gongkai.office.casework import files
    from gongkai.office.casework.forms import FORMS
    from gongkai.office.casework.models import Application
    from tests.office.cast import NOW

    case = Application.objects.get(pk=pk)
    kept = files.keep(case, "申请书".encode(), "申请书.txt", "application", at=NOW)
    return {
        "casework_case": [(pk,)],
        "casework_act": [(pk, verb) for verb in FORMS],
        "casework_reveal": [(pk, "phone")],
        "casework_strike": [(case.events.first().pk,)],
        "casework_file": [(kept.pk,)],
        "desk_calendar_month": [(2024, 4)],
        "casework_ledger_file": [("qingxi-education", 2024)],
    }


def _imports(by: Any) -> list[tuple[int]]:
    """Files of an old site: with errors, ready, not tried yet, not even a file, done."""
    from gongkai.office.publishing.importing import ordering
    from tests.office.cast import NOW

    heading = "标题,栏目,发布机构,发布日期,原编号,正文\n"
    row = "停水通知,通知公告,青溪县水利局,2020-04-01,old-{},<p>停水</p>\n"
    contents = {
        "有误.csv": heading + row.format(1) + "无栏目,,青溪县水利局,2020-04-01,,\n",
        "可导入.csv": heading + row.format(2),
        "打不开.xlsx": "这不是表格",
        "已导入.csv": heading + row.format(3),
    }

    def bring(name: str) -> Any:
        return ordering.bring([contents[name].encode()], name, None, source=name, by=by, at=NOW)

    made = [bring(name) for name in contents]
    ordering.work_off(NOW)
    ordering.order(made[-1], by=by, at=NOW)
    ordering.work_off(NOW)
    return [(each.pk,) for each in [*made, bring("可导入.csv")]]


def _remedies(cast: Any) -> list[int]:
    """One that waits for the answer, and one that orders to handle an application again."""
    from datetime import date

    from gongkai.office.accounts.models import User
    from gongkai.office.casework.models import Application
    from gongkai.office.remedies.actions import Filing, Paper, decide, register
    from tests.office.cast import NOW

    by = User.objects.get(staff_number="C001")
    closed = Application.objects.exclude(closed_on=None)[0]
    paper = Paper("复议申请书副本.txt", "副本".encode())
    first = Filing("reconsideration", "青溪县人民政府", "青政复〔2024〕1号", date(2024, 4, 8), claimant="孙申请")
    second = Filing("litigation_direct", "青溪县人民法院", "（2024）青行初1号", date(2024, 4, 1), application=closed)
    made = [register(cast.education, each, by=by, at=NOW, papers=[paper]) for each in (first, second)]
    decide(made[1], "court_revoked", on=date(2024, 4, 12), by=by, at=NOW, orders_again=True, order_days=15)
    return [each.pk for each in made]


def _notices(cast: Any) -> list[int]:
    """One for each thing that may have become of a notice."""
    from django.db import transaction

    from gongkai.office.notices import actions, record
    from gongkai.office.notices.states import Result
    from tests.office.cast import NOW

    letter = actions.Notice(
        channel="mail", to="sun@example.com", subject="政府信息公开申请答复书", body="您好。", organ=cast.education.pk,
        about="casework.application:1", kind="letter", attachments=[("答复书.txt", b"x", "text/plain")],
    )  # fmt: skip
    made = []
    for result in (None, Result.ACCEPTED, Result.REFUSED, Result.UNCERTAIN):
        notice = actions.send(letter, at=NOW)
        if result is not None:
            with transaction.atomic():
                record.note(notice, result, at=NOW)
        made.append(notice.pk)
    where = {"about": letter.about, "subject": letter.subject, "organ": cast.education.pk, "at": NOW}
    made.append(actions.hand_over(way="post", tracking_number="EMS 1234 5678 9CN", to="青溪县文昌路8号", **where).pk)
    made.append(actions.hand_over(way="counter", signed_by="孙申请人", **where).pk)
    return made


def _received(cast: Any) -> dict[str, Sequence[tuple[Any, ...]]]:
    """A report that waits, one accepted, one returned with its letter, and a batch that is not read yet."""
    from gongkai.office.reporting.actions import deciding, receiving
    from tests.office.cast import NOW
    from tests.office.reporting.papers import report, wrong
    from tests.office.reporting.received import accepted, handed_in, identified

    cell = "applications.granted.total"
    waiting = handed_in(cast, wrong(report("青溪县教育局办公室", 2023), cell, "7"))
    counted = accepted(cast, report("青溪县教育局", 2022), cast.education)
    returned = identified(cast, wrong(report("青溪县水利局", 2023), cell, "7"), cast.water)
    day = NOW.date() + timedelta(days=9)
    event = deciding.give_back(returned, note="请逐格核对。", due_on=day, by=cast.officer, at=NOW)
    unread = receiving.begin_batch(cast.county, [("年报.txt", [b"x"])], name="一批", year=2023, by=cast.officer, at=NOW)
    return {
        "reporting_received": [(waiting.pk,), (counted.pk,), (returned.pk,)],
        "reporting_received_file": [(waiting.pk,)],
        "reporting_received_act": [(waiting.pk, "accept")],
        "reporting_return_letter": [(event.pk, "docx")],
        "reporting_batch": [(unread.pk,), (waiting.files.get().batch_id,)],
        "reporting_identify_batch": [(unread.pk,)],
        "reporting_collection_table": [("csv",)],
    }


def _reports(cast: Any) -> dict[str, Sequence[tuple[Any, ...]]]:
    """An annual report with words, a number that is asked for, something to explain; last year's with a promise."""
    from gongkai.office.reporting import actions
    from gongkai.office.reporting.models import ReportYear
    from tests.office.cast import NOW

    years = [2022, 2023]
    for year in years:
        actions.open_year(cast.county, year, by=cast.officer, at=NOW)
    before, now = (ReportYear.objects.get(organ=cast.education, year=year) for year in years)
    asked = actions.ask([cast.education], 2023, "2021", due_on=NOW.date() + timedelta(days=5), by=cast.officer, at=NOW)
    actions.answer(asked[0], 3, evidence="许可台账", by=cast.editor, at=NOW)
    actions.return_answer(asked[0], reason="与台账不一致", by=cast.officer, at=NOW)
    for report in (before, now):
        actions.collect(report, by=cast.officer, at=NOW)
    actions.write(before, section="problems", text="改进措施", level=3, by=cast.editor, at=NOW)
    actions.write(
        before, section="problems", text="对各学校的栏目按周核对，把更新情况写入测评。", by=cast.editor, at=NOW
    )
    actions.lock(before, by=cast.officer, at=NOW)
    actions.draft(now, by=cast.editor, at=NOW)
    part = actions.write(now, section="problems", text="全年组织培训12场。", by=cast.editor, at=NOW)
    one, number = [(now.pk,), (before.pk,)], (asked[0].pk,)
    return {
        **dict.fromkeys(
            (
                "reporting_year", "reporting_days", "reporting_checks", "reporting_differences", "reporting_narrative",
                "reporting_contributions",
            ),
            one,
        ),
        "reporting_act": [(now.pk, "collect")],
        "reporting_begin_publication": [(now.pk,)],
        "reporting_figure": [(now.pk, "items_disclosed"), (now.pk, "applications.results_total.total")],
        "reporting_contributions_sheet": [],
        "reporting_supervision_sheet": [],
        "reporting_collection_summary": [],
        "reporting_supervision_records": [("published",), ("silent_weeks",)],
        "reporting_part_add": [(now.pk, "problems"), (now.pk, "overview:supervision_guarantee")],
        "reporting_part": [(part.pk,)],
        "reporting_part_act": [(part.pk, "confirm")],
        **{name: [number] for name in ("reporting_contribution", "reporting_contribution_return")},
    }  # fmt: skip


def addresses(arguments: dict[str, Sequence[tuple[Any, ...]]]) -> dict[str, list[str]]:
    """Where every staff page of our rooms stands. Errors: LookupError for one without a sample."""
    from django.urls import reverse

    found = {"desk": ["/desk/"], "account": ["/desk/account/"]}
    for pattern in _patterns():
        if not pattern.pattern.converters:
            found[pattern.name] = [reverse(pattern.name)]
        elif pattern.name in arguments:
            found[pattern.name] = [reverse(pattern.name, args=each) for each in arguments[pattern.name]]
        else:
            raise LookupError(f"no sample for the staff page {pattern.name}: add one to tests/journeys/furnish.py")
    lists = ("mine", "waiting", "returned", "working", "scheduled", "public", "withdrawn")
    found["publishing_items"] += [f"{reverse('publishing_items')}?list={name}" for name in lists]
    return found


def _patterns() -> Iterable[Any]:
    from wagtail import hooks

    from gongkai.office.accounts.urls import urlpatterns

    yield from (each for each in urlpatterns if each.name)
    for register in hooks.get_hooks("register_admin_urls"):
        if register.__module__.startswith("gongkai."):
            yield from register()


if __name__ == "__main__":
    main()
