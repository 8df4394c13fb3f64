"""What no column can hold is said at its cell or field, in every register, before any database is asked."""

from __future__ import annotations

import pytest
from _pytest.mark import ParameterSet
from django.db import models
from django.urls import reverse

from lianfang.conftest import Cast
from lianfang.foundation.documents.columns import Column, Kind
from lianfang.foundation.documents.tables import Cell, Contents, FileKind, Table, column_letters
from lianfang.foundation.journal.bounds import NumberBound, TextBound, bounds_of
from lianfang.foundation.journal.models import Entry
from lianfang.foundation.web.row_form import RowForm
from lianfang.foundation.web.tests.sending import SignIn
from lianfang.kernel.errors import Invalid
from lianfang.registers.controls.models import Control
from lianfang.registers.powers.models import Power
from lianfang.registers.regulations.models import Regulation
from lianfang.registers.risks.models import Risk
from lianfang.registers.risks.tests.conftest import DRAFT
from lianfang.site.import_rows import untaken
from lianfang.site.importing import preview, store_preview
from lianfang.site.registers import BY_KIND, REGISTERS, Register

FIRST_ROW = 2


def bounded(bound: type[TextBound] | type[NumberBound], *kinds: Kind) -> list[ParameterSet]:
    """Every column that a file fills and the database bounds."""
    return [
        pytest.param(register, column, id=f"{register.kind}.{column.field}")
        for register in REGISTERS
        for column in register.sheet.columns
        if column.kind in kinds
        and column.field not in untaken(register, adopting=False)
        and isinstance(bounds_of(register.model).get(column.field), bound)
    ]


def file_of(register: Register, **cells: Cell) -> Contents:
    """A file with one table of a register and one line in it."""
    columns = register.sheet.columns
    rows: list[list[Cell]] = [
        [column.heading for column in columns],
        [cells.get(column.field, column.example) for column in columns],
    ]
    return Contents(FileKind.XLSX, (Table(register.sheet.title, rows, range(1, 3)),))


def cell_of(register: Register, column: Column) -> str:
    return f"{column_letters(register.sheet.columns.index(column))}{FIRST_ROW}"


@pytest.mark.parametrize(("register", "column"), bounded(TextBound, Kind.TEXT))
def test_a_text_longer_than_its_column_is_told_at_its_cell(cast: Cast, register: Register, column: Column) -> None:
    bound = bounds_of(register.model)[column.field]

    previewed = preview(file_of(register, **{column.field: "长" * (bound.most + 1)}))

    (found,) = [item for intake in previewed.intakes for item in intake.findings if item.code == "IMP034"]
    assert found.place is not None
    assert found.place.cell == cell_of(register, column)
    assert f"有 {bound.most + 1} 个字，最多 {bound.most} 个字，请缩短" in found.message
    assert not previewed.is_storable


@pytest.mark.parametrize(("register", "column"), bounded(TextBound, Kind.TEXT))
def test_a_text_that_just_fits_is_not_complained_of(cast: Cast, register: Register, column: Column) -> None:
    bound = bounds_of(register.model)[column.field]

    previewed = preview(file_of(register, **{column.field: "长" * bound.most}))

    assert "IMP034" not in {item.code for intake in previewed.intakes for item in intake.findings}


@pytest.mark.parametrize(("register", "column"), bounded(NumberBound, Kind.WHOLE))
@pytest.mark.parametrize("beyond", [-1, 3_000_000_000])
def test_a_number_beyond_its_column_is_told_at_its_cell(
    cast: Cast, register: Register, column: Column, beyond: int
) -> None:
    previewed = preview(file_of(register, **{column.field: beyond}))

    found = [item for intake in previewed.intakes for item in intake.findings if item.code == "IMP034"]
    assert [item.place and item.place.cell for item in found] == [cell_of(register, column)]


def test_a_number_of_ones_own_longer_than_its_column_is_told_at_its_line(cast: Cast) -> None:
    register = BY_KIND["posts"]

    previewed = preview(file_of(register, number="N" * 80, unit="LH-WRF", name="岗"))

    (found,) = [item for item in previewed.intakes[0].findings if item.code == "IMP034"]
    assert found.place is not None
    assert (found.place.row, found.message) == (FIRST_ROW, "“编号”有 80 个字，最多 64 个字，请缩短。")


def test_nothing_of_a_file_with_one_text_too_long_is_stored(cast: Cast) -> None:
    previewed = preview(file_of(BY_KIND["powers"], unit="LH-WRF", number="", name="长" * 301))
    before = Entry.objects.count()

    with pytest.raises(Invalid):
        store_preview(cast.coordinator, previewed, "清单.xlsx")

    assert (Power.objects.count(), Entry.objects.count()) == (0, before)


@pytest.mark.parametrize(
    ("address", "name", "model"),
    [
        ("powers:new", "name", Power),
        ("risks:new", "step", Risk),
        ("regulations:new", "title", Regulation),
    ],
)
def test_a_page_says_it_at_the_field_and_keeps_what_was_typed(
    cast: Cast, sign_in: SignIn, address: str, name: str, model: type[models.Model]
) -> None:
    most = bounds_of(model)[name].most

    answer = sign_in(cast.head).post(reverse(address), {name: "长" * (most + 1)})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert f"有 {most + 1} 个字，最多 {most} 个字，请缩短。" in page
    assert "长" * (most + 1) in page


def test_the_page_of_a_measure_says_it_too(cast: Cast, sign_in: SignIn) -> None:
    Risk.objects.create(
        number="LH-WRF-R001",
        unit_id="LH-WRF",
        unit_path="JW/LH/LH-WRF/",
        post_id="LH-WRF-02",
        tier="post",
        statement=DRAFT.statement,
        state="live",
        grade="HIGH",
    )
    most = bounds_of(Control)["actor"].most

    answer = sign_in(cast.head).post(reverse("controls:new", args=["LH-WRF-R001"]), {"actor": "长" * (most + 1)})

    assert answer.status_code == 422
    assert f"有 {most + 1} 个字，最多 {most} 个字，请缩短。" in answer.content.decode()


def test_every_form_of_a_sheet_knows_where_its_answers_are_stored() -> None:
    waiting, forms = [RowForm], []
    while waiting:
        below = waiting.pop().__subclasses__()
        waiting += below
        forms += [form for form in below if hasattr(form, "sheet") and hasattr(form, "sections")]

    assert len(forms) >= len(REGISTERS) // 2
    assert all(form.model is BY_KIND[form.sheet.kind].model for form in forms if form.sheet.kind in BY_KIND)
