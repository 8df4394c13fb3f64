"""Rules about powers: what each finds, and the careful wording that it must leave alone."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import pytest

from lianfang.foundation.lint.engine import run
from lianfang.foundation.lint.material import Material
from lianfang.foundation.organisation.rows import PostRow, UnitRow
from lianfang.foundation.parameters.values import Parameters
from lianfang.foundation.parameters.words import BureauLevel
from lianfang.kernel.areas import KeyArea
from lianfang.kernel.findings import Finding
from lianfang.kernel.rows import Row
from lianfang.kernel.sectors import Sector
from lianfang.registers.laws.rows import ArticleRow, LawLevel, LawRow
from lianfang.registers.laws.rules import citations, title_key
from lianfang.registers.powers.rows import LimitUnit, PowerCategory, PowerRow, PowerStep, TimeLimit, Visibility
from lianfang.registers.powers.rules import RULES
from lianfang.registers.powers.rules.examples import BUREAU, CODE, LAWS, PENALTY, POST, SEAL, SECTION
from lianfang.registers.powers.states import PowerState

TODAY = datetime.date(2026, 10, 30)


def found(code: str, *rows: Row, today: datetime.date = TODAY, **settings: Any) -> list[Finding]:
    """What one rule says about these rows; all registers it reads are loaded."""
    material = Material(
        rows,
        today=today,
        registers=(PowerRow, LawRow, UnitRow, PostRow),
        parameters=Parameters(**settings),
    )
    return list(run(RULES, material, only=[code]).findings)


def messages(findings: Iterable[Finding]) -> str:
    """All messages, for looking into."""
    return "".join(finding.message for finding in findings)


@pytest.mark.covers("S20")
@pytest.mark.parametrize(
    ("field", "value", "heading"),
    [
        ("name", "", "职权名称"),
        ("content", "同上", "职权内容"),
        ("holder", " ", "行使主体"),
        ("basis", ("相关法律法规",), "法律依据"),
        ("conditions", "按有关规定", "行使条件"),
        ("steps", (), "行使程序"),
        ("time_limit", TimeLimit(text="无"), "办理期限"),
        ("supervision", "略", "监督方式"),
    ],
)
def test_each_of_the_eight_fields_is_missed_by_name(field: str, value: Any, heading: str) -> None:
    (finding,) = found("PWR001", replace(PENALTY, **{field: value}))

    assert finding.field == field
    assert heading in finding.message


@pytest.mark.parametrize(
    "power",
    [
        replace(PENALTY, conditions="按《行政处罚法》第三十三条的规定执行"),
        replace(PENALTY, time_limit=TimeLimit(text="法律未规定期限，本局承诺五日内办结")),
        replace(PENALTY, conditions="", state=PowerState.RETIRED),
        replace(SEAL, conditions="一般程序"),
    ],
)
def test_a_filled_field_or_a_retired_power_is_left_alone(power: PowerRow) -> None:
    assert found("PWR001", power) == []


def test_a_law_repealed_by_the_environment_code_takes_its_powers_basis_away_on_that_day() -> None:
    code = LawRow(number="L1", title="生态环境法典", level=LawLevel.LAW, in_force_from=datetime.date(2026, 8, 15))
    old = LawRow(
        number="L2",
        title="中华人民共和国环境保护法",
        level=LawLevel.LAW,
        repealed_on=datetime.date(2026, 8, 15),
        replaced_by="L1",
        articles=(ArticleRow(article="第二十四条", successor_law="L1", successor_article="第五十一条"),),
    )
    power = replace(PENALTY, basis=("《环境保护法》（2014修订）第二十四条",))

    before = found("PWR002", code, old, power, today=datetime.date(2026, 8, 14))
    after = found("PWR002", code, old, power, today=datetime.date(2026, 8, 15))

    assert before == []
    assert "已自2026年8月15日起废止" in messages(after)
    assert after[0].suggestion == "《生态环境法典》第五十一条（未核验）"


def test_a_law_that_is_not_yet_in_force_is_no_basis() -> None:
    coming = replace(CODE, in_force_from=datetime.date(2027, 1, 1))

    assert "起才施行" in messages(found("PWR002", coming, replace(PENALTY, basis=("《示例环境法典》第一条",))))


@pytest.mark.covers("S65")
def test_a_new_edition_of_the_same_title_keeps_the_basis() -> None:
    old = replace(CODE, number="L9", repealed_on=datetime.date(2020, 1, 1))

    assert found("PWR002", CODE, old, replace(PENALTY, basis=("《示例环境法典》第一条",))) == []


def test_a_basis_is_parted_into_the_documents_it_names() -> None:
    cited = citations(
        ["【法律】《甲条例》第一条、第二条和《乙办法》第三条之一", "丙法（2018修正）第九条；丁规定第四条", "依"]
    )

    assert [(citation.title, citation.articles) for citation in cited] == [
        ("甲条例", ("第一条", "第二条")),
        ("乙办法", ("第三条之一",)),
        ("丙法（2018修正）", ("第九条",)),
        ("丁规定", ("第四条",)),
    ]
    assert title_key("【法律】中华人民共和国丙法(2018-01-01施行)") == "丙法"


@pytest.mark.parametrize("category", [PowerCategory.PENALTY, PowerCategory.PERMIT, PowerCategory.LEVY])
def test_a_notice_alone_cannot_found_a_penalty_permit_or_levy(category: PowerCategory) -> None:
    known = replace(PENALTY, category=category, basis=("《关于加强执法工作的通知》",))
    unknown = replace(known, basis=("《某省排污许可试点方案》",))

    assert len(found("PWR003", *LAWS, known)) == len(found("PWR003", *LAWS, unknown)) == 1


@pytest.mark.parametrize(
    "power",
    [
        replace(PENALTY, basis=("《关于加强执法工作的通知》", "《行政处罚法》第五十七条")),
        replace(PENALTY, basis=("《某省生态环境行政处罚办法》第三条",)),
        replace(PENALTY, category=PowerCategory.INSPECTION, basis=("《关于加强执法工作的通知》",)),
    ],
)
def test_a_law_beside_a_notice_an_unknown_measure_or_another_class_is_left_alone(power: PowerRow) -> None:
    assert found("PWR003", *LAWS, power) == []


def test_an_unknown_title_is_answered_with_the_nearest_one() -> None:
    (finding,) = found("PWR004", *LAWS, replace(PENALTY, basis=("《行政处法罚》第五十七条",)))

    assert finding.suggestion == "《中华人民共和国行政处罚法》"


@pytest.mark.parametrize(
    "basis",
    [
        "《行政处罚法》第五十七条第二款",
        "《中华人民共和国行政处罚法》（2021年修订）第五十七条",
        "关于加强执法工作的通知",
        "《 行政处罚法 》第57条",
    ],
)
def test_short_titles_editions_and_normative_papers_without_article_are_precise_enough(basis: str) -> None:
    assert found("PWR004", *LAWS, replace(PENALTY, basis=(basis,))) == []


def test_an_external_power_without_class_and_a_list_full_of_others_are_reported() -> None:
    others = [replace(PENALTY, number=f"Q{place}", category=PowerCategory.OTHER) for place in range(4)]
    rest = [replace(PENALTY, number=f"R{place}") for place in range(6)]

    assert "没有归入十类" in messages(found("PWR005", BUREAU, replace(PENALTY, category=None)))
    assert "4 项归为" in messages(found("PWR005", BUREAU, *others, *rest))
    assert found("PWR005", BUREAU, *others[:3], *rest, replace(PENALTY, number="S")) == []
    assert found("PWR005", BUREAU, *others, *rest, other_share=40) == []
    assert found("PWR005", BUREAU, replace(SEAL, category=None), *others) == []


@pytest.mark.parametrize(
    ("power", "expected"),
    [
        (replace(PENALTY, time_limit=TimeLimit(91, LimitUnit.DAY, "自立案之日起")), "长于《行政处罚法》第六十条"),
        (replace(PENALTY, time_limit=TimeLimit(4, LimitUnit.MONTH, "自立案之日起")), "长于"),
        (replace(PENALTY, time_limit=TimeLimit(90, LimitUnit.DAY)), "没有写明从何时起算"),
        (replace(PENALTY, time_limit=TimeLimit(text="尽快办理")), "没有写明数量和单位"),
        (
            replace(
                PENALTY, category=PowerCategory.PERMIT, time_limit=TimeLimit(60, LimitUnit.WORKDAY, "自受理之日起")
            ),
            "第四十二条",
        ),
        (replace(PENALTY, time_limit=TimeLimit(text="自立案之日起一百二十日内作出决定")), "长于"),
    ],
)
def test_limits_without_number_or_start_and_limits_beyond_the_law_are_reported(power: PowerRow, expected: str) -> None:
    assert expected in messages(found("PWR006", power))


@pytest.mark.parametrize(
    "power",
    [
        replace(PENALTY, time_limit=TimeLimit(3, LimitUnit.MONTH, "自立案之日起")),
        replace(PENALTY, time_limit=TimeLimit(60, LimitUnit.WORKDAY, "自立案之日起")),
        replace(PENALTY, time_limit=TimeLimit(text="自立案之日起90日内作出决定")),
        replace(PENALTY, time_limit=TimeLimit.read("当场办结")),
        replace(PENALTY, time_limit=TimeLimit(120, LimitUnit.DAY, "自立案之日起，《海关法》另有规定")),
        replace(PENALTY, category=PowerCategory.PERMIT, time_limit=TimeLimit(20, LimitUnit.WORKDAY, "自受理之日起")),
        replace(
            PENALTY,
            category=PowerCategory.PERMIT,
            time_limit=TimeLimit(text="自受理之日起20个工作日内，经批准可以延长10个工作日"),
        ),
        replace(
            PENALTY,
            category=PowerCategory.PERMIT,
            name="建设项目环境影响报告书审批",
            time_limit=TimeLimit(60, LimitUnit.DAY, "自收到报告书之日起"),
        ),
        replace(PENALTY, category=PowerCategory.CONFIRMATION, time_limit=TimeLimit(text="法律没有规定期限")),
        replace(PENALTY, category=PowerCategory.INSPECTION, time_limit=TimeLimit(text="全年")),
        replace(SEAL, time_limit=TimeLimit(text="随时")),
    ],
)
def test_limits_within_the_law_and_powers_without_cases_are_left_alone(power: PowerRow) -> None:
    assert found("PWR006", power) == []


def test_workdays_are_compared_so_that_a_holiday_blames_nobody() -> None:
    permit = replace(PENALTY, category=PowerCategory.PERMIT, name="拆除防治设施的审批")

    assert found("PWR006", replace(permit, time_limit=TimeLimit(30, LimitUnit.DAY, "自受理之日起"))) == []
    assert found("PWR006", replace(permit, time_limit=TimeLimit(45, LimitUnit.DAY, "自受理之日起"))) != []


ORGANISATION = (BUREAU, SECTION, POST)


@pytest.mark.parametrize("holder", ["监察大队", "郑州铁路局", "规划科、督查室"])
def test_a_holder_that_nobody_knows_is_reported(holder: str) -> None:
    assert "不是登记在册" in messages(found("PWR007", *ORGANISATION, replace(PENALTY, holder=holder)))


@pytest.mark.parametrize(
    "holder",
    [
        "法规科",
        "U02",
        "案件审查岗",
        "某市生态环境分局",
        "生态环境分局（法规科）",
        "局党组会",
        "案件审议委员会",
        "监察大队、法规科",
    ],
)
def test_full_names_short_names_numbers_posts_and_collective_bodies_are_known(holder: str) -> None:
    assert found("PWR007", *ORGANISATION, replace(PENALTY, holder=holder)) == []


def test_a_unit_that_was_abolished_holds_nothing() -> None:
    gone = replace(SECTION, number="U09", name="监察大队", valid_to=datetime.date(2019, 12, 31))

    assert "已撤销" in messages(found("PWR007", *ORGANISATION, gone, replace(PENALTY, holder="监察大队")))


def test_a_district_bureau_may_not_issue_discharge_permits_since_march_2021() -> None:
    permit = replace(PENALTY, category=PowerCategory.PERMIT, name="排污许可证核发")

    assert "第六条" in messages(found("PWR007", *ORGANISATION, permit))
    assert found("PWR007", *ORGANISATION, permit, today=datetime.date(2021, 2, 28)) == []
    assert found("PWR007", *ORGANISATION, permit, bureau_level=BureauLevel.CITY) == []
    assert found("PWR007", *ORGANISATION, replace(permit, content="受市局委托，负责初审。")) == []
    assert found("PWR007", *ORGANISATION, replace(permit, category=PowerCategory.INSPECTION)) == []


@pytest.mark.covers("S21")
def test_procedures_need_steps_and_steps_need_a_weak_link_or_a_reason() -> None:
    steps = (PowerStep("受理"), PowerStep("决定"))

    assert "没有流程环节" in messages(found("PWR008", replace(PENALTY, steps=())))
    assert "只有一个环节" in messages(found("PWR008", replace(PENALTY, steps=steps[:1])))
    assert found("PWR008", replace(PENALTY, steps=steps)) == []
    assert found("PWR008", replace(SEAL, steps=())) == []
    assert len(found("PWR009", replace(PENALTY, steps=steps))) == 1
    assert found("PWR009", replace(PENALTY, steps=steps, no_weak_link="两个环节由两个科室办理，全程录像")) == []
    assert found("PWR009", replace(PENALTY, steps=())) == []


@pytest.mark.parametrize(
    ("supervision", "missing"),
    [
        ("自觉接受社会各界监督", "监督机构和监督渠道"),
        ("内部监督，及时处理问题", "监督机构和监督渠道"),
        ("由纪检监察机关监督", "监督渠道"),
        ("设举报电话12345", "监督机构"),
        ("有关部门定期检查", "监督机构"),
        ("由相关部门抽查", "监督机构"),
        ("加强内部监督检查", "监督机构"),
    ],
)
def test_supervision_names_a_body_and_a_channel(supervision: str, missing: str) -> None:
    assert f"没有写明{missing}。" in messages(found("PWR010", replace(PENALTY, supervision=supervision)))


@pytest.mark.parametrize(
    "supervision",
    [
        "派驻纪检监察组，电话0371-68920000",
        "法规科每半年评查案卷",
        "局党组每季度听取专项报告",
        "办公室设举报箱，每周开箱",
        "上级主管部门案卷抽查",
        "由派驻机构负责监督，举报电话0371-68920000",
        "审计部门每年开展专项审计",
        "财政部门按规定开展检查",
        "内审机构每季度抽查一次账目",
        "县编办每年对照三定方案核查",
        "局长每月抽查5份案卷",
    ],
)
def test_supervision_with_body_and_channel_is_left_alone(supervision: str) -> None:
    assert found("PWR010", replace(PENALTY, supervision=supervision)) == []


@pytest.mark.covers("S19")
@pytest.mark.parametrize("name", ["对拒绝现场检查的处罚", "对拒绝现场检查的行政处罚", "对 拒绝现场检查 进行处罚"])
def test_one_power_listed_twice_is_reported_on_both_lines(name: str) -> None:
    findings = found("PWR011", PENALTY, replace(PENALTY, number="QL-009", name=name), SEAL)

    assert [finding.number for finding in findings] == ["QL-001", "QL-009"]
    assert "QL-009" in findings[0].message


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("建设项目环境影响报告书审批", "建设项目环境影响报告表审批"),
        ("对违反规定排放水污染物的单位和个人的处罚", "对违反规定排放大气污染物的单位和个人的处罚"),
        ("对造成一般环境污染事故的单位的处罚决定", "对造成重大环境污染事故的单位的处罚决定"),
        ("对未按规定保存原始监测记录的单位的处罚", "对按规定保存原始监测记录的单位的处罚"),
        ("辐射安全许可证变更审批", "辐射安全许可证延续审批"),
    ],
)
def test_powers_that_differ_in_one_telling_word_are_different_powers(first: str, second: str) -> None:
    assert found("PWR011", replace(PENALTY, name=first), replace(PENALTY, number="QL-009", name=second)) == []


def test_the_same_name_on_another_article_is_another_power() -> None:
    other = replace(PENALTY, number="QL-009", basis=("《中华人民共和国行政处罚法》第五十八条",))

    assert found("PWR011", PENALTY, other) == []
    assert found("PWR011", PENALTY, replace(PENALTY, number="QL-009", state=PowerState.RETIRED)) == []


@pytest.mark.covers("S37", "S40")
def test_the_internal_half_and_the_seven_key_areas_must_be_there() -> None:
    internal = [
        replace(SEAL, number=f"N{place}", name=name, content="")
        for place, name in enumerate(("干部任免", "经费报销", "车辆调度", "公章使用"))
    ]
    areas = [replace(PENALTY, number=f"A{place}", key_area=area) for place, area in enumerate(KeyArea)]

    assert "印章管理" in messages(found("PWR012", BUREAU, *internal[:3]))
    assert len(found("PWR012", BUREAU, *internal[1:], replace(internal[0], visibility=Visibility.EXTERNAL))) == 1
    assert found("PWR012", BUREAU, *internal) == []
    bureau = replace(BUREAU, sector=Sector.ENVIRONMENT)
    assert "涉税数据交送与复核" in messages(found("PWR013", bureau, *(a for a in areas if a.key_area != "fee")))
    assert found("PWR013", bureau, *areas) == []
    retired = replace(areas[0], state=PowerState.RETIRED)
    assert len(found("PWR013", bureau, retired, *areas[1:])) == 1
