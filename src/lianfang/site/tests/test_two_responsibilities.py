"""The two responsibilities (S22) through every door: read from lists, chosen on forms, shown, filtered, frozen."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from lianfang.conftest import Cast
from lianfang.foundation.documents.document import Document, Format, section_of
from lianfang.foundation.documents.writers import write_table
from lianfang.foundation.journal.approval import approve
from lianfang.foundation.journal.recording import record
from lianfang.foundation.journal.verbs import Verb
from lianfang.foundation.organisation.actions import edit_post
from lianfang.foundation.organisation.models import Post
from lianfang.foundation.web.tests.sending import SignIn
from lianfang.kernel.levels import Grade
from lianfang.kernel.responsibilities import Responsibility
from lianfang.kernel.rows import digest, from_plain, plain
from lianfang.registers.controls import actions
from lianfang.registers.controls.models import Control
from lianfang.registers.controls.rows import ControlRow
from lianfang.registers.controls.sheets import CONTROLS
from lianfang.registers.controls.states import ControlState
from lianfang.registers.controls.tests.test_controls_actions import DETECTION, MEASURE, MINUTES
from lianfang.registers.risks.models import Risk
from lianfang.site.tests.test_import_doors import agree, upload, workbook

pytestmark = pytest.mark.covers("S22")
MAIN, SUPERVISORY = Responsibility.MAIN, Responsibility.SUPERVISORY


@pytest.fixture
def risk(cast: Cast) -> Risk:
    """A live risk point against which measures are designed."""
    found = Risk.objects.create(
        number="LH-WRF-R001", unit_id="LH-WRF", unit_path="JW/LH/LH-WRF/", tier="post", post_id="LH-WRF-02",
        statement="监管人员透露检查行程换取礼金。", manifestation="被查企业提前停产。", state="live",
        grade=Grade.LOW.value, importance=2, probability=2, harm=2, raters=3, graded_on=date(2026, 9, 1),
    )  # fmt: skip
    approve(found, record(cast.coordinator, Verb.GRADING_APPROVED, found))
    return found


def measure(cast: Cast, row: ControlRow, responsibility: Responsibility) -> ControlRow:
    return actions.create_control(actor=cast.clerk, row=replace(row, responsibility=responsibility))


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("主体责任", MAIN),
        ("党组主体责任", MAIN),
        ("监督责任", SUPERVISORY),
        ("纪检监督责任", SUPERVISORY),
        ("责任", None),
    ],
)
def test_the_words_of_documents_are_read_as_one_of_the_two(written: str, meant: Responsibility | None) -> None:
    assert Responsibility.read(written) is meant


def test_the_page_of_a_leaders_post_says_which_responsibility_its_integrity_duty_is(
    cast: Cast, sign_in: SignIn
) -> None:
    head = Post.objects.get(number="LH-WRF-01").to_row()
    edit_post(actor=cast.coordinator, row=replace(head, responsibility=MAIN), seen=digest(head))

    page = sign_in(cast.coordinator).get(reverse("organisation:post", args=[head.number])).content.decode()

    facts = page.split("责任类型", 1)[1]
    assert "主体责任" in facts[:200]


def test_a_form_offers_the_two_and_keeps_the_choice(cast: Cast, sign_in: SignIn, risk: Risk) -> None:
    made = measure(cast, MEASURE, MAIN)
    client = sign_in(cast.clerk)
    address = reverse("controls:edit", args=[made.number])
    form = client.get(address).context["form"]
    offered = str(form["responsibility"])
    values = {name: form[name].value() or "" for name in form.fields}

    client.post(address, {**values, "responsibility": SUPERVISORY.value, "version": made.version})

    assert offered.count("<option") - offered.count('value=""') == 2
    assert "主体责任" in offered
    assert "监督责任" in offered
    assert Control.objects.get(number=made.number).responsibility == SUPERVISORY.value


def test_the_list_of_measures_is_filtered_by_responsibility(cast: Cast, sign_in: SignIn, risk: Risk) -> None:
    main, supervisory = measure(cast, MEASURE, MAIN), measure(cast, DETECTION, SUPERVISORY)

    page = sign_in(cast.head).get(reverse("controls:list"), {"responsibility": "supervisory"}).content.decode()
    told = sign_in(cast.head).get("/api/1/controls/", {"responsibility": "main"}).json()

    assert supervisory.action[:20] in page
    assert main.action[:20] not in page
    assert [one["number"] for one in told["rows"]] == [main.number]


def test_a_list_that_heads_its_column_with_the_words_of_the_plan_is_taken_in(
    cast: Cast, sign_in: SignIn, risk: Risk
) -> None:
    client = sign_in(cast.coordinator)
    posts = (
        ("岗位编号", "单位编号", "岗位名称", "岗位层级", "岗位职责", "廉政职责", "两个责任"),
        ("LH-WRF-03", "LH-WRF", "污染防治科副科长", "科室负责人", "分管固废。", "每月抽查一次台账。", "党组主体责任"),
    )
    measures = (
        ("风险点编号", "具体措施", "责任类别"),
        (risk.number, "派驻组每季度抽查两件检查档案。", "纪检监督责任"),
    )

    agree(client, upload(client, workbook(岗位=posts, 防控措施=measures)))

    assert Post.objects.get(number="LH-WRF-03").to_row().responsibility is MAIN
    assert Control.objects.get().to_row().responsibility is SUPERVISORY


def test_an_exported_list_names_the_responsibility_in_a_column(cast: Cast, risk: Risk, tmp_path: Path) -> None:
    row = measure(cast, DETECTION, SUPERVISORY)

    write_table(Document("防控措施", (section_of(CONTROLS, [row]),)), tmp_path / "list.xlsx", Format.XLSX)

    cells = {cell.value for line in load_workbook(tmp_path / "list.xlsx").worksheets[0].iter_rows() for cell in line}
    assert {"责任类型", "监督责任"} <= cells


def test_handing_an_approved_measure_over_to_the_other_responsibility_reopens_it(cast: Cast, risk: Risk) -> None:
    row = measure(cast, MEASURE, MAIN)
    row = actions.submit_control(actor=cast.clerk, number=row.number, expected_version=row.version)
    row = actions.approve_control(actor=cast.secretary, number=row.number, expected_version=row.version, basis=MINUTES)

    changed = replace(row, responsibility=SUPERVISORY)
    row = actions.edit_control(actor=cast.clerk, row=changed, expected_version=row.version)

    assert row.state is ControlState.UNDER_REVIEW


def test_a_copy_frozen_before_the_field_existed_is_still_read() -> None:
    frozen = {name: value for name, value in plain(MEASURE).items() if name != "responsibility"}

    assert from_plain(ControlRow, frozen) == MEASURE
