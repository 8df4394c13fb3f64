"""The whole way of one power: drafted, returned, confirmed; its risk graded blind; its measure in the ledger."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.journeys.desk import Desk

pytestmark = pytest.mark.browser
Enter = Callable[[str], Desk]
Ratings = dict[str, tuple[int, str]]
MINUTES = "局党组会纪要〔2026〕23号"
POWER = {
    "name": "汽车维修行业喷漆废气检查",
    "category": "行政检查",
    "visibility": "外部",
    "content": "检查汽车维修企业喷漆房的密闭、活性炭更换和危险废物贮存情况",
    "holder": "云澜市生态环境局澄湖分局",
    "basis": "《中华人民共和国生态环境法典》第五十一条",
    "conditions": "企业列入年度检查名单，或者有群众投诉",
    "time_limit": "5个工作日（自现场检查之日起）",
    "key_area": "环保执法",
    "discretion": "3",
}
STEPS = (
    "抽取名单（双随机管理岗）\n"
    "现场检查（大气移动源岗）【薄弱环节：活性炭是否更换全凭企业说】\n"
    "交办整改（污染防治科科长）"
)
RISK = {
    "tier": "岗位",
    "statement": "大气移动源岗收受维修企业财物，默许其用旧活性炭应付检查，帮助企业逃避更换费用。",
    "manifestation": "同一批活性炭的碘值报告连续出现；检查当日没有拍摄炭箱内部。",
    "causes": "活性炭更换没有登记\n检查只看外观",
    "misconduct": "利用职务便利谋取私利（政务处分法第三十三条）",
}
DUTIES = "样品当场密封编号，检测结果七日内告知被检查单位。"
MEASURE = {
    "action": "每次检查当场开箱取样，样品密封编号交监测站测碘值，结果贴在检查记录后面。",
    "actor": "大气移动源岗",
    "frequency": "每件",
    "family": "授权审批控制",
    "control_kind": "预防",
    "basis_type": "法律法规",
    "basis": "《中华人民共和国生态环境法典》第五十一条",
}
LOW_SCREEN = 768
RATINGS: dict[str, Ratings] = {
    "clerk": {
        "importance": (5, "今年办过的三件检查，查出旧炭的企业都停产整改，一停就是半个月。"),
        "probability": (4, "科里去年的投诉登记里，反映喷漆气味而检查又说合格的有三起。"),
        "harm": (4, "照邻区的通报算，一家企业一年少换两回炭，省下约六万元。"),
    },
    "head": {
        "importance": (4, "检查结论是全科考核和企业信用评价的依据，一次不实就要连带改正四份材料。"),
        "probability": (4, "去年抽看四十份检查记录，十一份没有炭箱内部的照片。"),
        "harm": (4, "两家企业因此被市局督办，分局在全市会上作了说明。"),
    },
    "legal": {
        "importance": (5, "检查记录直接用作处罚案卷的证据，记录不实，处罚会被撤销。"),
        "probability": (4, "审过的案卷里，同一批活性炭的碘值报告用在两次检查中的有两份。"),
        "harm": (5, "邻区同类案件中，两人受到政务处分，所作处罚全部撤销重办。"),
    },
}


def test_a_power_is_drafted_returned_mended_and_confirmed_and_its_risk_reaches_the_ledger(enter: Enter) -> None:
    power = draft_the_power(enter)
    confirm_the_power(enter, power)
    risk = propose_the_risk(enter, power)
    score_it_blind(enter, risk)
    approve_the_grade(enter, risk)
    design_the_measure(enter, risk)
    keep_the_ledger(enter)
    look_from_outside(enter, power, risk)


def draft_the_power(enter: Enter) -> str:
    """The clerk begins, is interrupted, restores what was typed, saves, and cannot submit before it is complete."""
    clerk = enter("clerk")
    clerk.open("/powers/")
    clerk.page.get_by_role("link", name="填报职权").click()
    clerk.fill(POWER)
    expect(clerk.page.locator("[data-draft-state]")).to_contain_text("已暂存")
    clerk.page.on("dialog", lambda dialog: dialog.accept())
    clerk.page.reload()
    expect(clerk.page.locator("[data-draft-notice]")).to_contain_text("没有提交的填写内容")
    clerk.picture("power-draft-restored")
    clerk.page.get_by_role("button", name="恢复").click()
    expect(clerk.page.locator("[name=name]")).to_have_value(POWER["name"])
    clerk.send("保存")
    clerk.sees("PWR001")
    expect(clerk.page.locator(".next-steps .disabled")).to_contain_text("提交")
    clerk.picture("power-submit-blocked")
    return clerk.number()


def confirm_the_power(enter: Enter, power: str) -> None:
    """Mended, submitted, returned with a reason, mended again, cleared, found lawful, confirmed with minutes."""
    clerk, head, legal, secretary = (enter(login) for login in ("clerk", "head", "legal", "secretary"))
    mend(clerk, power, {"steps": STEPS, "supervision": "检查结果在分局网站公布，企业可以书面申诉", "duties": DUTIES})
    clerk.take("提交", "活性炭碘值的检测方法已与监测站商定。")
    head.open(f"/powers/{power}/")
    head.picture("power-to-clear")
    head.take("退回", "“监督方式”没有写谁来核对样品结果，请补上。")
    clerk.open("/")
    clerk.sees("请补上")
    clerk.picture("desk-of-the-clerk")
    mend(clerk, power, {"supervision": "样品结果由监测站直接抄送廉政办；检查结果在分局网站公布"})
    clerk.take("提交")
    for person, step in ((head, "清权"), (legal, "审核通过")):
        person.open(f"/powers/{power}/")
        person.take(step)
    secretary.open(f"/powers/{power}/")
    secretary.take("确权", MINUTES)
    secretary.sees("已确权")
    secretary.sees(MINUTES)
    secretary.picture("power-confirmed")


def mend(desk: Desk, power: str, values: dict[str, str]) -> None:
    """Change fields of a power and save."""
    desk.open(f"/powers/{power}/edit/")
    desk.fill(values)
    desk.send("保存")


def propose_the_risk(enter: Enter, power: str) -> str:
    """The clerk writes down the risk on that power; the head accepts it and names the raters."""
    clerk, head = enter("clerk"), enter("head")
    clerk.open("/risks/new/?unit=CH-WRF&post=CH-WRF-03")
    clerk.fill(RISK)
    clerk.page.locator("[name=power]").select_option(value=power)
    clerk.page.locator("[name=dimension]").select_option(label="权力行使")
    clerk.picture("risk-form")
    clerk.send("保存")
    clerk.take("提交")
    risk = clerk.number()
    head.open(f"/risks/{risk}/")
    head.take("受理")
    head.follow("启动评级")
    seats = {"CH-M26": "岗位人员", "CH-M24": "科室负责人", "CH-M17": "跨科室评审人"}
    for field in head.page.locator("form.edit-form select").all():
        person = field.get_attribute("name") or ""
        field.select_option(label=seats.get(person, "—"))
    head.picture("grading-raters")
    head.send("启动评级")
    return risk


def score_it_blind(enter: Enter, risk: str) -> None:
    """Three score; until the third has, nobody reads another's scores, not even the coordinator."""
    watchers = [enter("coordinator"), enter("head")]
    for login, ratings in RATINGS.items():
        for watcher in watchers:
            watcher.open(f"/risks/gradings/{risk}/1/")
            watcher.misses(seen_first(RATINGS["clerk"]))
        rater = enter(login)
        rater.open(f"/risks/gradings/{risk}/1/score/")
        shows_each_scale_at_once(rater)
        for scale, (score, evidence) in ratings.items():
            rater.page.locator(f"[name={scale}][value='{score}']").check()
            rater.page.locator(f"[name={scale}_note]").fill(evidence)
        if login == "clerk":
            rater.picture("scoring-clerk")
        rater.send("密封评分")
        rater.open(f"/risks/gradings/{risk}/1/score/")
        rater.sees("您已经评分")
    watchers[0].open(f"/risks/gradings/{risk}/1/")
    for ratings in RATINGS.values():
        watchers[0].sees(seen_first(ratings))
    watchers[0].picture("grading-scored")


def seen_first(ratings: Ratings) -> str:
    """The evidence that a rater gave for the importance."""
    return ratings["importance"][1]


def shows_each_scale_at_once(rater: Desk) -> None:
    """What the five scores mean and where the evidence goes are seen together; two scales fit on a low screen."""
    for scale in rater.page.locator(".scale-fields").all():
        choice, evidence, whole = scale.locator("[role=group]"), scale.locator("textarea"), scale.bounding_box()
        expect(choice.locator("label")).to_have_count(5)
        beside, chosen = evidence.bounding_box(), choice.bounding_box()
        assert whole
        assert beside
        assert chosen
        assert whole["height"] <= LOW_SCREEN / 3
        assert beside["x"] >= chosen["x"] + chosen["width"]


def approve_the_grade(enter: Enter, risk: str) -> None:
    """Table and floors give HIGH; the coordinator proposes it, the Party group approves it with its minutes."""
    coordinator, secretary = enter("coordinator"), enter("secretary")
    coordinator.follow("提出等级")
    coordinator.fill({"reason": "三项中位数为5、4、4，规则表得高。"})
    coordinator.picture("grading-propose")
    coordinator.send("提交审定")
    secretary.open(f"/risks/gradings/{risk}/1/")
    expect(secretary.page.locator(".next-steps dialog textarea[required]").first).to_be_attached()
    secretary.take("审定等级", MINUTES)
    secretary.open(f"/risks/{risk}/")
    secretary.sees("在控")
    secretary.sees("高")
    secretary.picture("risk-graded")


def design_the_measure(enter: Enter, risk: str) -> None:
    """A measure without a trace cannot be submitted; mended, it is approved with minutes and comes into force."""
    clerk, secretary = enter("clerk"), enter("secretary")
    clerk.open(f"/risks/{risk}/")
    clerk.page.locator(".heading-actions").get_by_role("link", name="防控措施").click()
    clerk.page.get_by_role("link", name="设计措施").click()
    clerk.fill(MEASURE)
    choose(clerk, "owner", "华干事")
    choose(clerk, "supervisor", "周局长")
    clerk.send("保存")
    clerk.sees("CTL002")
    expect(clerk.page.locator(".next-steps .disabled")).to_contain_text("提交")
    clerk.picture("control-submit-blocked")
    control = clerk.number()
    clerk.open(f"/controls/{control}/edit/")
    clerk.fill({"evidence": "活性炭取样密封单"})
    clerk.send("保存")
    clerk.take("提交")
    secretary.open(f"/controls/{control}/")
    secretary.take("审定", MINUTES)
    secretary.sees("施行中")


def choose(desk: Desk, name: str, text: str) -> None:
    """Fill in somebody's name, whether the form offers a list or a line."""
    field = desk.page.locator(f"form.edit-form [name={name}]")
    if field.evaluate("element => element.tagName") == "SELECT":
        field.select_option(label=field.locator("option", has_text=text).first.inner_text())
    else:
        field.fill(text)


def keep_the_ledger(enter: Enter) -> None:
    """The ledger has the line by itself; the coordinator keeps a snapshot, which tells what is new in it."""
    coordinator = enter("coordinator")
    coordinator.open("/controls/ledger/?unit=CH-WRF")
    coordinator.sees(RISK["statement"])
    coordinator.sees(MEASURE["action"])
    coordinator.picture("ledger")
    coordinator.open("/controls/ledger/?unit=CH")
    coordinator.page.get_by_role("button", name="生成并留存").click()
    coordinator.page.wait_for_url(re.compile("/controls/ledger/CH-T"))
    coordinator.sees("与上一份相比")
    coordinator.sees(f"新增：{RISK['statement']}")
    coordinator.picture("ledger-compared")


def look_from_outside(enter: Enter, power: str, risk: str) -> None:
    """The commission reads what is approved and no draft; the head of another bureau finds nothing at all."""
    commission, neighbour = enter("commission"), enter("neighbour")
    for path, text in ((f"/powers/{power}/", POWER["name"]), (f"/risks/{risk}/", RISK["statement"])):
        commission.open(path)
        commission.sees(text)
        assert neighbour.is_shut_out(path)
    for draft in ("/powers/CH-WRF-P016/", "/risks/CH-WRF-R023/", f"/risks/gradings/{risk}/1/"):
        assert commission.is_shut_out(draft)
    commission.open("/powers/?q=喷漆废气")
    commission.sees(power)
    commission.open("/overview/")
    commission.picture("overview-of-the-commission")
    neighbour.open("/powers/?q=喷漆废气")
    neighbour.misses(power)
