"""What the store would refuse is told in the preview, at its cell: foreign entries and entries past drafting."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.urls import reverse

from lianfang.conftest import Cast
from lianfang.foundation.accounts.models import Grant, User
from lianfang.foundation.accounts.roles import Role
from lianfang.foundation.documents.tables import Cell, Contents, FileKind, Table
from lianfang.foundation.web.tests.sending import SignIn
from lianfang.kernel.errors import Conflict
from lianfang.registers.controls.models import Control
from lianfang.registers.powers.actions import create_power, import_powers
from lianfang.registers.powers.models import Power
from lianfang.registers.powers.states import PowerState
from lianfang.registers.regulations.models import Regulation
from lianfang.registers.risks.models import Negative, Risk
from lianfang.site.import_rights import OPENNESS
from lianfang.site.importing import Preview, preview, store_preview
from lianfang.site.intake import Taking
from lianfang.site.registers import BY_KIND
from lianfang.site.tests.test_import_doors import agree, stored, upload, workbook
from lianfang.site.tests.test_import_guards import LONG_AGO, PERMIT

HEAD = ("编号", "单位编号", "职权名称", "职权内容")
STATEMENTS = {
    "powers": ("name", "职权名称"),
    "negatives": ("prohibited", "禁止行为"),
    "risks": ("statement", "风险点"),
    "regulations": ("title", "制度名称"),
    "controls": ("action", "防控措施"),
}


@pytest.fixture
def neighbour(cast: Cast) -> User:
    """A head of another section of the same bureau."""
    user = User.objects.create(login="neighbour", title="执法大队王大队长", person="LH-M05", password="!")
    Grant.objects.create(user=user, role=Role.HEAD.value, scope="JW/LH/LH-ZF/", start=LONG_AGO)
    return user


def looked_at(actor: User, *lines: tuple[str, ...], unit: str = "") -> Preview:
    rows: list[list[Cell]] = [list(line) for line in (HEAD, *lines)]
    table = Table("权力清单", rows, range(1, len(rows) + 1))
    return preview(Contents(FileKind.XLSX, (table,)), Taking(unit, actor=actor))


def barred(previewed: Preview) -> list[tuple[str, str]]:
    """Code and cell of what keeps lines from being stored."""
    found = [item for intake in previewed.intakes for item in intake.findings]
    return [(item.code, item.place.cell if item.place else "") for item in found if item.code in {"IMP042", "IMP043"}]


def test_the_number_of_another_section_is_told_at_its_cell(cast: Cast, neighbour: User) -> None:
    mine = create_power(actor=cast.clerk, row=PERMIT)

    previewed = looked_at(neighbour, (mine.number, "LH-ZF", "抢过来的", "内容"))

    assert barred(previewed) == [("IMP042", "A2")]
    assert not previewed.is_storable
    assert not any("危险废物" in item.message for item in previewed.intakes[0].findings)


def test_a_new_line_in_a_unit_of_others_is_told_at_its_unit(cast: Cast, neighbour: User) -> None:
    previewed = looked_at(neighbour, ("", "LH-ZF", "现场检查", "甲"), ("", "LH-WRF", "许可", "乙"))

    assert barred(previewed) == [("IMP042", "B3")]


@pytest.mark.parametrize("state", list(PowerState))
def test_the_preview_says_of_every_state_what_the_store_would(cast: Cast, state: PowerState) -> None:
    mine = create_power(actor=cast.clerk, row=PERMIT)
    Power.objects.update(state=state.value)

    previewed = looked_at(cast.coordinator, (mine.number, "LH-WRF", "改了名", "内容"))

    if barred(previewed):
        with pytest.raises(Conflict):
            import_powers(actor=cast.coordinator, rows=[replace(mine, name="改了名")], source="清单")
    else:
        assert store_preview(cast.coordinator, previewed, "清单")[0][1].changed == (mine.number,)


@pytest.mark.parametrize("kind", sorted(OPENNESS))
def test_every_register_with_a_life_is_asked_in_every_state(cast: Cast, kind: str) -> None:
    openness, register = OPENNESS[kind], BY_KIND[kind]
    model = {"powers": Power, "negatives": Negative, "risks": Risk, "regulations": Regulation, "controls": Control}[
        kind
    ]
    objects: Any = model._default_manager
    name, _ = STATEMENTS[kind]
    place = {"unit_id": "LH-WRF", "unit_path": "JW/LH/LH-WRF/"}
    if kind == "controls":
        Risk.objects.create(number="LH-WRF-R001", tier="section", statement="评审打招呼", state="live", **place)
    extra = {"controls": {"risk_id": "LH-WRF-R001"}, "risks": {"tier": "section"}, "negatives": {"tier": "section"}}
    for state in openness.life.states():
        made = objects.create(number="LH-WRF-X001", state=state.value, **{name: "原文"}, **place, **extra.get(kind, {}))
        changed = replace(made.to_row(), **{name: "改过的"})
        told = bool(_told(cast, kind, changed))

        try:
            register.store(actor=cast.coordinator, rows=[changed], source="清单")
        except Conflict:
            refused = True
        else:
            refused = False
        assert told is refused, state
        objects.filter(number="LH-WRF-X001").delete()


def _told(cast: Cast, kind: str, row: object) -> list[tuple[str, str]]:
    columns = BY_KIND[kind].sheet.columns
    from_row = {name: getattr(row, name) for name in ("number", "unit", STATEMENTS[kind][0])}
    for name in ("risk", "tier"):
        if hasattr(row, name):
            value = getattr(row, name)
            from_row[name] = getattr(value, "label", value)
    shown = [column for column in columns if column.field in from_row]
    lines = [[column.heading for column in shown], [from_row[column.field] for column in shown]]
    table = Table(BY_KIND[kind].sheet.title, lines, range(1, 3))
    return barred(preview(Contents(FileKind.XLSX, (table,)), Taking(actor=cast.coordinator)))


@pytest.mark.parametrize(("adopting", "told"), [(True, [("IMP043", "A2")]), (False, [])])
def test_what_was_approved_and_is_reopened_takes_a_draft_and_no_adopted_list(
    cast: Cast, adopting: bool, told: list[tuple[str, str]]
) -> None:
    mine = create_power(actor=cast.clerk, row=PERMIT)
    Power.objects.update(state=PowerState.UNDER_REVIEW.value, approved_entry=1)
    lines: list[list[Cell]] = [list(HEAD), [mine.number, "LH-WRF", "改了名", "内容"]]
    contents = Contents(FileKind.XLSX, (Table("权力清单", lines, range(1, 3)),))

    previewed = preview(contents, Taking(adopting=adopting, actor=cast.coordinator))

    assert barred(previewed) == told


def test_an_approved_power_is_told_with_what_to_do(cast: Cast, sign_in: SignIn) -> None:
    mine = create_power(actor=cast.clerk, row=PERMIT)
    Power.objects.update(state=PowerState.CONFIRMED.value)
    before = stored()

    answer = upload(sign_in(cast.head), workbook(权力清单=(HEAD, (mine.number, "LH-WRF", "改了名", "内容"))))

    page = answer.content.decode()
    assert "现在是“已确权”，不能用导入修改。确实要改的，先在系统里办理“启动复核”，再导入" in page
    assert "确认导入" not in page
    assert stored() == before


def test_what_was_approved_after_the_look_is_told_on_the_same_page(cast: Cast, sign_in: SignIn) -> None:
    mine = create_power(actor=cast.clerk, row=PERMIT)
    client = sign_in(cast.head)
    shown = upload(client, workbook(权力清单=(HEAD, (mine.number, "LH-WRF", "改了名", "内容"))))
    Power.objects.update(state=PowerState.CONFIRMED.value)

    answer = agree(client, shown)

    page = answer.content.decode()
    assert answer.status_code in {409, 422}
    assert "和别人的修改冲突了" not in page
    assert "没有导入任何内容" in page
    assert reverse("imports:start") in page


def test_the_head_of_the_preview_says_how_many_are_new_and_how_many_change(cast: Cast, sign_in: SignIn) -> None:
    mine = create_power(actor=cast.clerk, row=PERMIT)
    lines = (
        HEAD,
        (mine.number, "LH-WRF", "改了名", "内容"),
        ("", "LH-WRF", "甲", "内容"),
        ("", "LH-WRF", "乙", "内容"),
    )

    page = upload(sign_in(cast.head), workbook(权力清单=lines)).content.decode()

    assert "还没有写入任何内容；确认后新增 2 条，修改 1 条" in page


def test_rules_that_wait_for_the_store_stand_folded_below_the_tables(cast: Cast, sign_in: SignIn) -> None:
    lines = (HEAD, ("", "LH-WRF", "甲", "内容"))

    page = upload(sign_in(cast.head), workbook(权力清单=lines)).content.decode()

    assert page.index("导入后要改正") < page.index("入库后另查的规则") < page.index("IMP036")
    assert "文件本身" not in page


def test_a_number_that_would_make_a_new_entry_is_not_folded_away(cast: Cast, sign_in: SignIn) -> None:
    create_power(actor=cast.clerk, row=PERMIT)
    lines = (HEAD, ("LH-WRF-P0099", "LH-WRF", "甲", "内容"))

    page = upload(sign_in(cast.head), workbook(权力清单=lines)).content.decode()

    assert '<details class="import-group" open><summary>请核对</summary>' in page
    assert "没有编号“LH-WRF-P0099”，将新建一条" in page
