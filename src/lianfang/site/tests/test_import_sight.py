"""The preview of an import quotes nothing that whoever imports may not see, whatever numbers the file names."""

from __future__ import annotations

import pytest

from lianfang.conftest import Cast
from lianfang.foundation.web.tests.sending import SignIn
from lianfang.registers.powers.actions import create_power
from lianfang.registers.powers.models import Power
from lianfang.registers.risks.models import Risk
from lianfang.site.tests.test_import_doors import upload, workbook
from lianfang.site.tests.test_import_guards import PERMIT

PLACE = {"unit_id": "LH-WRF", "unit_path": "JW/LH/LH-WRF/"}
SECRET = ("来往清单", "绝不外传", "内部口径", "年度计划外")


@pytest.fixture
def drafts_of_others(cast: Cast) -> None:
    """A risk point and a power that another bureau is still writing; each has faults that rules would quote."""
    Risk.objects.create(
        number="LH-WRF-R001",
        tier="post",
        post_id="LH-WRF-02",
        statement="监管岗收受处置单位礼金",
        manifestation="与处置单位的来往清单[2026]7号",
        causes=["绝不外传(未写明)"],
        state="draft",
        **PLACE,
    )
    Power.objects.create(
        number="LH-WRF-P001",
        name="现场检查",
        content="按内部口径检查",
        conditions="根据[2017]31号文件、年度计划外",
        supervision="按有关规定执行",
        basis=[],
        state="draft",
        **PLACE,
    )


LISTS = {
    "风险点": (("编号", "单位编号", "风险点"), ("LH-WRF-R001", "LH-WRF", "验收岗收受购物卡")),
    "权力清单": (("编号", "单位编号", "职权名称"), ("LH-WRF-P001", "LH-WRF", "现场检查")),
    "风险点清单": (
        ("编号", "单位编号", "岗位", "职权编号", "环节", "风险点"),
        ("", "QT-BG", "", "LH-WRF-P001", "第9步", "保管岗私用公章"),
    ),
    "防控措施": (
        ("编号", "风险点编号", "单位编号", "防控措施"),
        ("", "LH-WRF-R001", "QT-BG", "每月抽查五份笔录"),
    ),
}


@pytest.mark.parametrize("title", LISTS)
def test_a_stranger_learns_nothing_of_the_drafts_whose_numbers_a_file_names(
    cast: Cast, drafts_of_others: None, sign_in: SignIn, title: str
) -> None:
    answer = upload(sign_in(cast.outsider), workbook(**{title: LISTS[title]}), unit="QT-BG")

    page = answer.content.decode()
    assert "检查结果" in page or "不能导入" in page or "没有" in page
    assert [word for word in SECRET if word in page] == []
    assert "行使程序只有" not in page


def test_a_stranger_learns_no_grade_of_a_post(cast: Cast, sign_in: SignIn) -> None:
    Risk.objects.create(
        number="LH-WRF-R001",
        tier="post",
        post_id="LH-WRF-02",
        statement="监管岗收受礼金",
        state="live",
        grade="HIGH",
        approved_entry=1,
        **PLACE,
    )
    grades = workbook(岗位风险等级表=(("岗位", "风险等级"), ("LH-WRF-02", "低")))

    mine = upload(sign_in(cast.coordinator), grades).content.decode()
    theirs = upload(sign_in(cast.outsider), grades, unit="QT-BG").content.decode()

    assert "没有登记，或者有重名" in theirs
    assert "没有登记，或者有重名" not in mine
    assert "RSK007" not in theirs


def test_a_line_that_repeats_a_hidden_entry_is_not_told_its_number(cast: Cast, sign_in: SignIn) -> None:
    hidden = create_power(actor=cast.clerk, row=PERMIT)
    lines = (("单位编号", "职权名称"), ("LH-WRF", PERMIT.name))

    page = upload(sign_in(cast.outsider), workbook(权力清单=lines), unit="QT-BG").content.decode()

    assert hidden.number not in page
    assert "确认导入" not in page


def test_whoever_may_see_the_entry_is_still_told_what_its_other_columns_lack(
    cast: Cast, drafts_of_others: None, sign_in: SignIn
) -> None:
    page = upload(sign_in(cast.head), workbook(风险点=LISTS["风险点"])).content.decode()

    assert "绝不外传" in page or "来往清单" in page


def test_the_number_of_a_hidden_entry_bars_the_import_and_changes_nothing(
    cast: Cast, drafts_of_others: None, sign_in: SignIn
) -> None:
    page = upload(sign_in(cast.outsider), workbook(风险点=LISTS["风险点"]), unit="QT-BG").content.decode()

    assert "已经登记在别的单位" in page
    assert "确认导入" not in page
    assert Risk.objects.get().statement == "监管岗收受处置单位礼金"
