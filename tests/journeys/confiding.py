"""Journeys in which people confide what must never come out: everybody's identity, address and words in every field there is.

Each journey is a function that takes an `Office` and goes through it over HTTP, as its people do; a room that takes in
personal data adds its secrets to `SECRETS` and a journey to `JOURNEYS`, and `test_nothing_personal_leaks` does the rest.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from tests.journeys.clients import Client, Seen
from tests.office.applicants.somebody import link_in
from tests.office.casework.visitor import answer_to, photo
from tests.office.cast import PASSWORD as OFFICE_PASSWORD
from tests.office.notices.mail_server import Mailbox

PASSWORD = "Qingxi-2024-case"
PERSON = {
    "name": "欧阳泉涌",
    "identity": "110105195307184824",
    "phone": "13984726153",
    "mail": "ouyang.quanyong@post.example.cn",
    "address": "青溪县柳荫镇砚台巷三十七号院",
}
NEIGHBOUR = {
    "neighbour's name": "司徒晚晴",
    "neighbour's identity": "110105196711039156",
    "neighbour's phone": "13561908247",
    "neighbour's mail": "situ.wanqing@post.example.cn",
    "neighbour's address": "青溪县柳荫镇砚台巷五十二号",
    "neighbour's agent": "端木代劳",
}
FIRM = {
    "firm's code": "91990001MA7Q4K8W3U",
    "representative": "令狐掌柜",
    "contact person": "公孙接洽",
    "firm's phone": "13370625814",
}
MEMBER = {
    "member's name": "慕容守望",
    "member's identity": "110105198802297360",
    "member's mail": "murong.shouwang@post.example.cn",
    "member's address": "青溪县柳荫镇砚台巷六十六号",
    "member's wish": "砚台巷路灯移位的会签单",
}
WRITER = {
    "writer's name": "太史来信",
    "writer's contact": "13977150264",
    "writer's message": "夜市吵得我家老太太犯了心脏病",
    "answer to the writer": "城管中队已经上门看望太史家的老人",
}
FORGOTTEN = {
    "forgotten name": "濮阳遗忘",
    "forgotten identity": "110105197209150830",
    "forgotten phone": "13690517348",
    "forgotten mail": "puyang.yiwang@post.example.cn",
    "forgotten address": "青溪县柳荫镇砚台巷七十一号",
    "forgotten wish": "砚台巷枯井填埋的验收单",
}
"""Of a case that is erased at the end: then nobody can read them, with whatever keys."""
WORDS = {
    "description": "砚台巷老宅翻建时邻居家阳台的审批表",
    "file name": "欧阳家证件正面.png",
    "correction": "是二〇二一年秋天批的那一张审批表",
    "correction's file": "补充的门牌照片.png",
    "third party": "宇文阳台装修队",
    "third party's contact": "13726408591",
    "opinion": "图上有我女儿的卧室，不愿意给人看",
    "extension": "要向已经退休的夏侯科长核实",
    "points": "请欧阳先生写明是哪一年",
    "frequency": "本月内为砚台巷一事提出十一件",
    "return note": "称呼写成欧阳女士了",
    "note": "来电称孩子住院，改日再来",
    "withdrawal": "老宅已经卖给南宫一家",
    "search terms": "砚台巷阳台夹层",
    "hearing": "欧阳先生当庭说阳台是祖上传下来的",
    "signer": "皇甫代收",
    "neighbour's wish": "砚台巷化粪池清掏合同里我家那一笔",
    "void": "登记成司徒家的两封信了",
    "fee's frequency": "为砚台巷化粪池一事本月已经是第四回",
    "how it was obtained": "司徒女士上月在窗口抄走过一份",
}
SECRETS = {**PERSON, **NEIGHBOUR, **FIRM, **MEMBER, **WRITER, **FORGOTTEN, **WORDS}
"""Everything that is told, by the name under which the test reports it."""


@dataclass
class Office:
    """An office that is served, its mail server, and the browsers of everybody who came; `run` is a command of it."""

    address: str
    mailbox: Mailbox
    run: Callable[..., str]
    seen: list[Seen] = field(default_factory=list)
    staff: dict[str, Client] = field(default_factory=dict)
    forgotten: str = ""

    def visitor(self, who: str = "visitor") -> Client:
        return Client(self.address, who, self.seen)

    def officer(self, username: str = "c001") -> Client:
        """郑经办 (c001), 何经办 (c002) or 冯审签 (c003), signed in once."""
        return self.staffer(username, PASSWORD)

    def staffer(self, username: str, password: str = OFFICE_PASSWORD) -> Client:
        """Somebody of the standing cast, signed in once."""
        if username not in self.staff:
            self.staff[username] = Client(self.address, username, self.seen).sign_in(username, password)
        return self.staff[username]


def today() -> str:
    return datetime.now(ZoneInfo("Asia/Shanghai")).date().isoformat()


def online(office: Office) -> None:
    """From the public form through correction, third party and extension to a reply by mail; looked at by everybody."""
    applicant, officer, approver = office.visitor("applicant"), office.officer(), office.officer("c003")
    number, code = apply(applicant, description=WORDS["description"])
    case = case_of(officer, number)
    do = f"/desk/cases/{case}/do/"
    officer.send(f"{do}confirm/", side="agency")
    officer.send(f"{do}assign/", summary="阳台翻建的审批表", words=WORDS["note"])
    officer.send(f"{do}request_correction/", points=WORDS["points"], working_days=10)
    track(applicant, number, code)
    applicant.send(
        "/applications/case/", "提交补正", wanted=WORDS["correction"], files=(WORDS["correction's file"], photo())
    )
    officer.send(f"{do}note/", words=WORDS["note"])
    officer.send(
        f"{do}search/", places="档案室", terms=WORDS["search terms"], searched_by="郑经办", result=WORDS["correction"]
    )
    officer.send(
        f"{do}consult/",
        party="third_party",
        name=WORDS["third party"],
        contact=WORDS["third party's contact"],
        matter=WORDS["correction"],
    )
    officer.send(f"{do}answer/", opinion="objects", words=WORDS["opinion"], upload=("意见.png", photo()))
    approver.send(f"{do}extend/", working_days=5, reason=WORDS["extension"])
    for each in ("applicant_name", "identity_number", "phone", "email", "address"):
        shown = officer.send(f"/desk/cases/{case}/reveal/{each}/", purpose="电话联系申请人")
        assert (
            PERSON[{"applicant_name": "name", "identity_number": "identity", "email": "mail"}.get(each, each)]
            in shown.text
        )
    letter = replied(officer, approver, case)
    letter = officer.send(letter, "登记送达", way="mail").path
    office.run("run_due")
    assert any(each["To"] == PERSON["mail"] and each.is_multipart() for each in office.mailbox.mail), "no letter came"
    track(applicant, number, code)
    for link in applicant.get("/applications/case/").page.select('a[href*="/applications/case/files/"]'):
        applicant.get(str(link["href"]))
    for ending in ("pdf", "docx"):
        assert officer.get(f"{letter}file.{ending}").status == 200
    for link in officer.get(f"/desk/cases/{case}/").page.select('a[href*="/desk/cases/file/"]'):
        officer.get(str(link["href"]))
    _reconsidered(officer, number, claimant=PERSON["name"])


def by_post(office: Office) -> None:
    """What the counter enters: two letters of one person, merged, answered by post; one signed for; one entered twice."""
    officer, approver = office.officer(), office.officer("c003")
    cases = [enter(officer, channel) for channel in ("post_signed", "in_person", "in_person")]
    first, second, third = cases
    officer.send(f"/desk/cases/{second}/do/split/", parts="合同\n" + WORDS["neighbour's wish"] + "\n\n付款\n付款凭证")
    officer.send(f"/desk/cases/{third}/do/request_reason/", frequency=WORDS["frequency"])
    approver.send(f"/desk/cases/{third}/do/void/", words=WORDS["void"])
    letter = replied(officer, approver, first, returned=WORDS["return note"])
    officer.send(
        letter, "登记送达", way="post", on=today(), carrier="ems", tracking_number="EA410263985CN",
        to=NEIGHBOUR["neighbour's address"],
    )  # fmt: skip
    signed = replied(officer, approver, second)
    officer.send(signed, "登记送达", way="counter", on=today(), signed_by=WORDS["signer"], relation="同住的家人")


def refused_by_mail(office: Office) -> None:
    """A mail server that repeats the address in its refusal, and an officer who looks it up and sends the letter again."""
    officer, approver = office.officer(), office.officer("c003")
    case = enter(officer, "in_person")
    letter = replied(officer, approver, case)
    address, name = NEIGHBOUR["neighbour's mail"], NEIGHBOUR["neighbour's name"]
    office.mailbox.rcpt = f"550 5.1.1 <{address}>: {name.encode().hex()} is unknown here"
    officer.send(letter, "登记送达", way="mail")
    office.run("run_due")
    office.mailbox.rcpt = ""
    office.run("run_due")
    notice = officer.get("/desk/notices/?state=alarming").page.select_one(
        'a[href^="/desk/notices/"][href$="/"][href*="1"], main td a'
    )
    assert notice is not None
    shown = officer.send(str(notice["href"]), "查看", **{"reveal-purpose": "核对地址"})
    assert NEIGHBOUR["neighbour's mail"] in shown.text
    officer.send(letter, "登记送达", way="online")


def a_firm(office: Office) -> None:
    """A company that applies, and takes its application back."""
    applicant = office.visitor("firm")
    number, code = apply(
        applicant,
        "commercial_enterprise",
        applicant_name="青溪县云脚建材有限公司",
        identity_kind="统一社会信用代码证书",
        identity_number=FIRM["firm's code"],
        representative=FIRM["representative"],
        contact_person=FIRM["contact person"],
        phone=FIRM["firm's phone"],
        description=WORDS["description"],
    )
    track(applicant, number, code)
    applicant.send("/applications/case/", "撤回申请", sure="1", words=WORDS["withdrawal"])
    office.officer().get(f"/desk/cases/{case_of(office.officer(), number)}/")


def with_an_account(office: Office) -> None:
    """Registers by a mail, applies, finds the form filled in the next time, and looks at the own list and settings."""
    member = office.visitor("member")
    account = "/applications/account/"
    register = member.get(f"{account}register/?check=question")
    question = register.page.select_one("#captcha-name")
    assert question is not None, register.text
    member.fill(register, email=MEMBER["member's mail"], captcha_answer=answer_to(question.get_text()))
    office.run("run_due")
    mail = next(each for each in reversed(office.mailbox.mail) if each["To"] == MEMBER["member's mail"])
    words = mail.get_body(("plain",))
    assert words is not None
    member.send(link_in(str(words.get_content())), password=PASSWORD, again=PASSWORD)
    for wish in (MEMBER["member's wish"], "路灯移位的预算"):
        apply(
            member,
            applicant_name=MEMBER["member's name"],
            identity_number=MEMBER["member's identity"],
            email=MEMBER["member's mail"],
            address=MEMBER["member's address"],
            phone="",
            description=wish,
        )
        member.get(account)
    member.get(f"{account}settings/")
    member.send(account, "退出登录")
    assert member.send(f"{account}sign-in/", email=MEMBER["member's mail"], password=PASSWORD).path == account


def often(office: Office) -> None:
    """Who applies again and again: a fee letter, paid; applications answered in one letter; one that repeats; one again."""
    officer, approver = office.officer(), office.officer("c003")
    first, joined, repeated, again = (enter(officer, "in_person") for _ in range(4))
    how = {"fact-frequency": WORDS["fee's frequency"], "fact-fee_method": "per_page"}
    fee = letter_of(officer, approver, first, "fee_notice", how, {"fact-page_count": 60})
    officer.send(fee, "登记送达", way="counter", on=today(), signed_by=WORDS["signer"])
    officer.send(f"/desk/cases/{first}/do/record_payment/", yuan=300)
    officer.send(f"/desk/cases/{joined}/do/merge/", other=first)
    notice = letter_of(officer, approver, first, "merger_notice")
    officer.send(
        notice, "登记送达", way="post", on=today(), carrier="registered", tracking_number="XA41026398644",
        to=NEIGHBOUR["neighbour's address"],
    )  # fmt: skip
    reply = replied(officer, approver, first)
    officer.send(reply, "登记送达", way="counter", on=today(), signed_by=WORDS["signer"])
    for case, outcome in ((repeated, "duplicate"), (again, "reissue")):
        officer.send(f"/desk/cases/{case}/do/link/", other=first)
        said = {"facts": WORDS["how it was obtained"]} if outcome == "reissue" else {}
        officer.send(f"/desk/cases/{case}/do/decide/", outcome=outcome, **said)
        letter = officer.send(f"/desk/cases/{case}/reply/", "起草答复").path
        officer.send(letter, "送审")
        approver.send(letter, "签发")
        officer.send(letter, "登记送达", way="counter", on=today(), signed_by=WORDS["signer"])


def a_message(office: Office) -> None:
    """The message board: written, looked at with a purpose, answered, shown to the public without a name, found and rated."""
    writer, editor, overseer = office.visitor("writer"), office.staffer("a001"), office.staffer("a006")
    form = writer.get("/messages/write/?check=question")
    question = form.page.select_one("#captcha-name")
    organ = form.page.find("option", string="青溪县教育局")
    assert question is not None
    assert organ is not None
    filled = {
        "organ": organ["value"],  # type: ignore[index]
        "subject": "夜市扰民",
        "content": WRITER["writer's message"],
        "sender": WRITER["writer's name"],
        "contact": WRITER["writer's contact"],
        "consents": "on",
    }
    assert writer.try_to_fill(form, **filled, captcha_answer="不知道").status == 422
    form = writer.get("/messages/write/?check=question")
    question = form.page.select_one("#captcha-name")
    assert question is not None
    received = writer.fill(form, **filled, captcha_answer=answer_to(question.get_text()))
    number = re.search(r"\d{8}-[0-9A-Z]{8}", received.text)
    assert number is not None, received.text
    entry = editor.get("/desk/engagement/").page.find("a", string=re.compile("夜市扰民"))
    assert entry is not None
    found = re.search(r"/(\d+)/", str(entry["href"]))  # type: ignore[index]
    assert found is not None
    do = f"/desk/engagement/message/{found[1]}/"
    shown = editor.send(f"{do}reveal/", purpose="核实情况")
    assert WRITER["writer's message"] in shown.text
    editor.send(f"{do}answer/", on=today(), answer=WRITER["answer to the writer"])
    overseer.send(
        f"{do}show/", public_subject="夜市扰民", public_content="夜市影响居民休息。", public_answer="已经派人上门处理。"
    )
    told = writer.send("/messages/find/", number=number[0])
    assert WRITER["answer to the writer"] in told.text
    assert "夜市扰民" in office.visitor("stranger").get("/messages/").text
    writer.fill(told, satisfaction="5")


def forgotten(office: Office) -> None:
    """A case that is answered, and that its applicant wants forgotten: `office.forgotten` is its number."""
    officer, approver = office.officer(), office.officer("c003")
    who = {
        "applicant_name": FORGOTTEN["forgotten name"],
        "identity_number": FORGOTTEN["forgotten identity"],
        "phone": FORGOTTEN["forgotten phone"],
        "email": FORGOTTEN["forgotten mail"],
        "address": FORGOTTEN["forgotten address"],
        "wanted": FORGOTTEN["forgotten wish"],
        "agent": "",
    }
    case = enter(officer, "in_person", **who)
    letter = replied(officer, approver, case)
    officer.send(letter, "登记送达", way="counter", on=today(), signed_by=FORGOTTEN["forgotten name"])
    number = re.search(r"青教依申〔\d+〕\d+号", officer.get(f"/desk/cases/{case}/").text)
    assert number is not None
    office.forgotten = number[0]


JOURNEYS: tuple[Callable[[Office], None], ...] = (
    online, by_post, refused_by_mail, a_firm, with_an_account, often, a_message, forgotten,
)  # fmt: skip
"""Everything in which somebody confides something; a room that takes personal data in adds its own."""


# -- what journeys are made of ----------------------------------------------------------------------------------------


def apply(client: Client, kind: str = "natural_person", *, description: str, **changes: str) -> tuple[str, str]:
    """Through the public form: once wrong, then right; gives number and code."""
    form = f"/applications/new/qingxi-education/{kind}/"
    filled: dict[str, Any] = {
        "applicant_name": PERSON["name"],
        "identity_number": PERSON["identity"],
        "phone": PERSON["phone"],
        "email": PERSON["mail"],
        "address": PERSON["address"],
        "wanted": description,
        "delivery": "mail",
        **changes,
    }
    wrong = {**filled, "email": f"不是邮箱{filled['identity_number']}"}
    assert client.try_to_fill(client.get(form), **wrong).status == 422
    client.send(form, **filled, identity_files=(WORDS["file name"], photo()))
    asked = client.get("/applications/preview/?check=question")
    question = asked.page.select_one("#captcha-name")
    assert question is not None, asked.text
    answer = answer_to(question.get_text())
    receipt = client.fill(asked, "提交申请", captcha_answer=answer)
    assert receipt.path == "/applications/receipt/", receipt.text
    client.get("/applications/receipt.pdf")
    number, code = (each.get_text() for each in receipt.page.select(".ticket dd")[1:3])
    client.send("/applications/receipt/", "确认")
    client.send("/applications/case/", "退出")
    return number, code


def track(client: Client, number: str, code: str) -> Seen:
    """Come in with number and code."""
    shown = client.send("/applications/track/", number=number, code=code)
    assert shown.path == "/applications/case/", shown.text
    return shown


def enter(officer: Client, channel: str, **who: str) -> int:
    """What somebody of the staff enters for the neighbour, or for somebody else; gives the case."""
    form = f"/desk/cases/new/qingxi-education/{channel}/natural_person/"
    filled: dict[str, Any] = {
        "applicant_name": NEIGHBOUR["neighbour's name"],
        "identity_number": NEIGHBOUR["neighbour's identity"],
        "agent": NEIGHBOUR["neighbour's agent"],
        "phone": NEIGHBOUR["neighbour's phone"],
        "email": NEIGHBOUR["neighbour's mail"],
        "address": NEIGHBOUR["neighbour's address"],
        "wanted": WORDS["neighbour's wish"],
        "summary": "化粪池清掏合同",
        "scans": (WORDS["file name"], photo()),
        **who,
    }
    shown = officer.try_to_fill(officer.get(form), **filled)
    if shown.status == 422:  # the same letter again? It is another one.
        shown = officer.fill(shown, **filled, sure="1")
    assert shown.path == "/desk/cases/new/entered/", shown.text
    number = re.search(r"青教依申〔\d+〕\d+号", shown.text)
    assert number is not None, shown.text
    return case_of(officer, number[0])


def case_of(officer: Client, number: str) -> int:
    """The case of a number, as the list links to it."""
    shown = officer.get("/desk/cases/?list=all")
    link = shown.page.find("a", string=re.compile(re.escape(number)))
    assert link is not None, shown.text
    found = re.search(r"/desk/cases/(\d+)/", str(link["href"]))  # type: ignore[index]
    assert found is not None
    return int(found[1])


def replied(officer: Client, approver: Client, case: int, *, returned: str = "") -> str:
    """Seven questions, a draft, perhaps sent back once, somebody else's signature; gives the letter's address."""
    reply = f"/desk/cases/{case}/reply/"
    answers = "&".join(f"a={each}" for each in ("clear", "yes", "no", "ours", "held", "all", "as_asked"))
    officer.send(f"{reply}?{answers}", "拟定为")
    letter = officer.send(reply, "起草答复").path
    officer.send(letter, "保存", **{"fact-provision": "随本答复书提供一份。"})
    officer.send(letter, "送审")
    if returned:
        approver.send(letter, "退回修改", note=returned)
        officer.send(letter, "送审")
    approver.send(letter, "签发")
    return letter


def letter_of(officer: Client, approver: Client, case: int, kind: str, *filled: dict[str, Any]) -> str:
    """A letter on the way to the reply: begun, filled in step by step, submitted, signed by somebody else; gives its address."""
    letter = officer.send(f"/desk/cases/{case}/reply/", "起草", kind=kind, receiver="").path
    for each in filled:
        officer.send(letter, "保存", **each)
    officer.send(letter, "送审")
    approver.send(letter, "签发")
    return letter


def _reconsidered(officer: Client, number: str, *, claimant: str) -> None:
    made = officer.send(
        f"/desk/remedies/register/?number={number}",
        organ="qingxi-education",
        body="青溪县人民政府",
        reference="青政复〔2026〕8号",
        number=number,
        claimant=claimant,
        paper=(WORDS["file name"], photo()),
    ).path
    officer.send(made, kind="heard", on=today(), words=WORDS["hearing"], paper=(WORDS["correction's file"], photo()))
    officer.send(made, ruling="revoked", on=today(), words=WORDS["opinion"])


# -- what became of it ------------------------------------------------------------------------------------------------


def arrived() -> list[str]:
    """The secrets that this installation holds sealed, by name."""
    from gongkai.office.personal import files
    from gongkai.office.personal.actions import sealed_fields

    held = [
        "\n".join(str(value) for row in model._base_manager.values_list(*fields) for value in row)
        for model, fields in sealed_fields()
    ]
    held += [files.read(path.name).decode("utf-8", "ignore") for path in files._all()]
    return [name for name, secret in SECRETS.items() if any(secret in each for each in held)]
