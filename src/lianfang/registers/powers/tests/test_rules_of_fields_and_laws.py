"""What the power list of a bureau must hold depends on its field, and what it may hold on the laws of the day."""

from __future__ import annotations

import csv
import datetime
from dataclasses import replace
from pathlib import Path

import pytest

from lianfang.kernel.areas import KeyArea
from lianfang.kernel.findings import Severity
from lianfang.kernel.sectors import Sector
from lianfang.registers import laws
from lianfang.registers.laws.rows import read_citation
from lianfang.registers.laws.sheets import read_article
from lianfang.registers.powers.rows import LimitUnit, PowerCategory, TimeLimit
from lianfang.registers.powers.rules.examples import BUREAU, PENALTY, POST, SEAL, SECTION
from lianfang.registers.powers.rules.limits import STATUTORY_LIMITS, StatutoryLimit
from lianfang.registers.powers.states import PowerState
from lianfang.registers.powers.tests.test_rules_powers import found, messages


def test_a_list_without_any_internal_power_is_told_so_once() -> None:
    (only,) = found("PWR012", BUREAU, PENALTY)

    assert "没有内部职权" in only.message


def test_a_power_of_which_nobody_said_whether_it_is_internal_is_not_said_to_be_missing() -> None:
    unsaid = replace(SEAL, visibility=None, name="单位公章使用审批")

    messages = [finding.message for finding in found("PWR012", BUREAU, PENALTY, unsaid)]

    assert len(messages) == 3
    assert not any("印章管理" in message for message in messages)


@pytest.mark.parametrize("sector", [None, Sector.OTHER])
def test_a_bureau_without_a_stated_field_is_asked_for_no_key_area(sector: Sector | None) -> None:
    assert found("PWR013", replace(BUREAU, sector=sector), PENALTY) == []


def test_a_field_has_its_own_areas_in_its_own_words_and_only_warns() -> None:
    hospital = replace(BUREAU, name="区人民医院", sector=Sector.HEALTH)
    staff = replace(SEAL, number="QL-1", name="职称评聘", key_area=KeyArea.APPOINTMENT)

    (missing,) = found("PWR013", hospital, staff)

    assert (missing.severity, missing.message) == (Severity.WARNING, "重点领域“药品、耗材和设备采购”没有对应的职权。")
    assert found("PWR013", hospital, staff, replace(SEAL, key_area=KeyArea.PROCUREMENT)) == []


def test_the_inner_powers_of_a_school_or_hospital_are_recognised_by_their_own_words() -> None:
    names = ("教师聘用", "学生收费和票据管理", "食堂原料招标", "盖章登记")
    internal = [replace(SEAL, number=f"N{place}", name=name, content="") for place, name in enumerate(names)]

    assert found("PWR012", BUREAU, *internal) == []


@pytest.mark.parametrize(
    ("name", "category", "limit", "source"),
    [
        ("取水许可审批", PowerCategory.PERMIT, TimeLimit(46, LimitUnit.WORKDAY, "自受理之日起"), "第十九条"),
        ("取水许可审批", PowerCategory.PERMIT, TimeLimit(3, LimitUnit.MONTH, "自受理之日起"), "第十九条"),
        ("采砂许可", PowerCategory.PERMIT, TimeLimit(21, LimitUnit.WORKDAY, "自受理之日起"), "行政许可法"),
        ("涉税数据复核", PowerCategory.OTHER, TimeLimit(30, LimitUnit.DAY, "自收到之日起"), "环境保护税法"),
        ("政府信息公开申请答复", PowerCategory.OTHER, TimeLimit(3, LimitUnit.MONTH, "自收到申请起"), "第三十三条"),
        ("移送涉嫌犯罪案件", PowerCategory.OTHER, TimeLimit(7, LimitUnit.DAY, "自批准之日起"), "第五条"),
        (
            "信访事项办理",
            PowerCategory.OTHER,
            TimeLimit(120, LimitUnit.DAY, "自受理之日起"),
            "信访工作条例》第三十四条",
        ),
        (
            "环境影响报告书审批",
            PowerCategory.PERMIT,
            TimeLimit(61, LimitUnit.DAY, "自收到之日起"),
            "法典》第一百零二条",
        ),
        (
            "环境影响报告表审批",
            PowerCategory.PERMIT,
            TimeLimit(31, LimitUnit.DAY, "自收到之日起"),
            "法典》第一百零二条规定的30日",
        ),
        ("环评报告表审批", PowerCategory.PERMIT, TimeLimit(60, LimitUnit.DAY, "自受理之日起"), "规定的30日"),
        ("环评文件（报告表）审批", PowerCategory.PERMIT, TimeLimit(60, LimitUnit.DAY, "自受理之日起"), "规定的30日"),
        ("环评报告书审批", PowerCategory.PERMIT, TimeLimit(61, LimitUnit.DAY, "自受理之日起"), "规定的60日"),
    ],
)
def test_limits_of_particular_laws_are_kept(name: str, category: PowerCategory, limit: TimeLimit, source: str) -> None:
    power = replace(PENALTY, name=name, content=name, category=category, time_limit=limit)

    assert source in messages(found("PWR006", power))


@pytest.mark.parametrize("limit", STATUTORY_LIMITS, ids=lambda limit: limit.source)
def test_every_limit_names_an_article_of_the_shipped_table_that_is_in_force(limit: StatutoryLimit) -> None:
    """A limit whose law was repealed would send the reader to a text that no longer binds."""
    cited = read_citation(limit.source)
    (law,) = (line for line in _shipped_laws() if cited.title in {line["法规名称"], *line["简称"].splitlines()})

    assert not law["废止日期"]
    assert cited.articles
    assert set(cited.articles) <= {read_article(line).article for line in law["条文"].splitlines()}


def _shipped_laws() -> list[dict[str, str]]:
    text = (Path(laws.__file__).parent / "content" / "laws.csv").read_text(encoding="utf-8-sig")
    return list(csv.DictReader(text.splitlines(keepends=True)))


@pytest.mark.parametrize(
    ("name", "category", "limit"),
    [
        ("取水许可审批", PowerCategory.PERMIT, TimeLimit(45, LimitUnit.WORKDAY, "自受理之日起")),
        ("信访事项办理", PowerCategory.OTHER, TimeLimit(60, LimitUnit.DAY, "自受理之日起，经批准可延长30日")),
        ("涉税数据复核", PowerCategory.OTHER, TimeLimit(15, LimitUnit.DAY, "自收到之日起")),
        ("环评报告书审批", PowerCategory.PERMIT, TimeLimit(60, LimitUnit.DAY, "自受理之日起")),
        ("环评报告书、报告表审批", PowerCategory.PERMIT, TimeLimit(60, LimitUnit.DAY, "自受理之日起")),
        ("环评审批", PowerCategory.PERMIT, TimeLimit(60, LimitUnit.DAY, "自受理之日起")),
        ("水土保持方案报告书审批", PowerCategory.PERMIT, TimeLimit(10, LimitUnit.WORKDAY, "自受理之日起")),
        ("建设工程竣工档案备案", PowerCategory.OTHER, TimeLimit(text="一年")),
    ],
)
def test_what_keeps_its_limit_or_has_none_in_the_table_is_left_alone(
    name: str, category: PowerCategory, limit: TimeLimit
) -> None:
    assert found("PWR006", replace(PENALTY, name=name, content=name, category=category, time_limit=limit)) == []


@pytest.mark.parametrize(
    ("name", "category", "since"),
    [
        ("建设项目竣工环保验收", PowerCategory.PERMIT, datetime.date(2017, 10, 1)),
        ("排污费征收", PowerCategory.LEVY, datetime.date(2018, 1, 1)),
    ],
)
def test_a_power_that_the_law_abolished_is_found_from_that_day_on(
    name: str, category: PowerCategory, since: datetime.date
) -> None:
    power = replace(PENALTY, name=name, category=category)
    before = since - datetime.timedelta(days=1)

    assert since.isoformat() in messages(found("PWR007", BUREAU, SECTION, POST, power, today=since))
    assert found("PWR007", BUREAU, SECTION, POST, power, today=before) == []
    retired = replace(power, state=PowerState.RETIRED)
    assert found("PWR007", BUREAU, SECTION, POST, retired, today=since) == []
