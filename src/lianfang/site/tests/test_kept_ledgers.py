"""A kept ledger leaves the house as it was generated: same lines, same writer, with its fingerprint."""

from __future__ import annotations

import io

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from lianfang.conftest import Cast
from lianfang.foundation.catalogue.listing import PAGE_SIZE
from lianfang.foundation.web.tests.sending import SignIn
from lianfang.kernel.levels import Grade
from lianfang.kernel.rows import digest, plain
from lianfang.registers.controls.actions import generate_ledger
from lianfang.registers.controls.models import Snapshot
from lianfang.registers.controls.rows import LedgerRow
from lianfang.registers.risks.models import Risk
from lianfang.registers.risks.tests.conftest import Round


@pytest.mark.covers("S41")
@pytest.mark.parametrize("extension", ["xlsx", "docx", "pdf"])
def test_a_kept_ledger_is_exported_in_each_format(round_of: Round, cast: Cast, sign_in: SignIn, extension: str) -> None:
    round_of.live()
    kept = generate_ledger(actor=cast.coordinator, unit="LH")

    answer = sign_in(cast.head).get(f"/export/ledger-kept/{kept.number}/?format={extension}")

    assert answer.status_code == 404, "the ledger of the whole bureau is not the head's to read"
    answer = sign_in(cast.coordinator).get(f"/export/ledger-kept/{kept.number}/?format={extension}")
    assert answer.status_code == 200
    assert len(answer.content) > 1_000


def test_what_was_kept_is_exported_and_not_what_stands_now(round_of: Round, cast: Cast, sign_in: SignIn) -> None:
    row = round_of.live()
    kept = generate_ledger(actor=cast.coordinator, unit="LH")
    Risk.objects.filter(number=row.number).update(state="closed")

    answer = sign_in(cast.coordinator).get(f"/export/ledger-kept/{kept.number}/?format=xlsx")

    sheet = load_workbook(io.BytesIO(answer.content)).worksheets[0]
    cells = {str(cell) for line in sheet.iter_rows(values_only=True) for cell in line if cell is not None}
    assert row.statement in cells
    assert any(kept.fingerprint in cell for cell in cells)


def test_an_altered_ledger_is_not_handed_out(round_of: Round, cast: Cast, sign_in: SignIn) -> None:
    kept = generate_ledger(actor=cast.coordinator, unit="LH")
    Snapshot.objects.filter(number=kept.number).update(fingerprint="0" * 64)
    client = sign_in(cast.coordinator)

    page = client.get(f"/controls/ledger/{kept.number}/").content.decode()

    assert client.get(f"/export/ledger-kept/{kept.number}/").status_code == 409
    assert "ledger-kept" not in page


def test_a_long_ledger_is_read_page_by_page(cast: Cast, sign_in: SignIn) -> None:
    lines = [
        LedgerRow(
            number=str(place),
            unit="污染防治科",
            post="危险废物监管岗",
            duty="",
            risk=f"LH-WRF-R{place:03d}",
            statement=f"第{place}处风险。",
            manifestation="",
            grade=Grade.LOW,
            controls=(),
            owners=(),
        )
        for place in range(1, PAGE_SIZE * 2 + 2)
    ]
    Snapshot.objects.create(
        number="LH-T1",
        unit_id="LH",
        unit_path="JW/LH/",
        taken_at=timezone.now(),
        taken_by="吴主任",
        lines=[plain(line) for line in lines],
        line_count=len(lines),
        fingerprint=digest(lines),
    )
    client = sign_in(cast.coordinator)

    first, last = (client.get(f"/controls/ledger/LH-T1/?page={page}").content.decode() for page in (1, 3))

    assert "第1处风险。" in first
    assert f"第{PAGE_SIZE + 1}处风险。" not in first
    assert f"第{len(lines)}处风险。" in last
