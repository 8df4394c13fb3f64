"""What is exported is read back as the very same entries: units, posts, people, tenures, laws, regulations."""

from __future__ import annotations

import datetime
from dataclasses import replace
from pathlib import Path

import pytest

from lianfang.conftest import Cast
from lianfang.foundation.accounts.models import User
from lianfang.foundation.documents.document import Format
from lianfang.foundation.documents.isolation import read_file
from lianfang.foundation.documents.writers import rendered
from lianfang.foundation.organisation import actions as organisation
from lianfang.registers.laws.actions import create_law
from lianfang.registers.laws.tests.conftest import CODE, OLD
from lianfang.registers.powers.models import Power
from lianfang.registers.regulations.actions import create_regulation
from lianfang.registers.regulations.tests.test_regulation_actions import INSPECTION
from lianfang.site.exports import register_document
from lianfang.site.importing import preview


@pytest.fixture
def keeper(cast: Cast) -> User:
    """Somebody who reads and writes everything, over a bureau with an entry of every kind."""
    cast.coordinator.grant_set.update(scope="")
    keeper = User.objects.get(pk=cast.coordinator.pk)
    Power.objects.create(
        number="LH-WRF-P001", unit_id="LH-WRF", unit_path="JW/LH/LH-WRF/", state="draft", name="现场检查"
    )
    create_regulation(actor=keeper, row=replace(INSPECTION, effective_on=datetime.date(2026, 3, 1)))
    create_law(actor=keeper, row=CODE)
    create_law(actor=keeper, row=OLD)
    organisation.rename_unit(actor=keeper, number="LH-WRF", name="水与土壤科", basis="区委编委〔2026〕3号")
    organisation.end_tenure(
        actor=keeper, number="LH-M04/LH-WRF-02", on=datetime.date(2026, 6, 1), basis="任免〔2026〕1号"
    )
    return keeper


@pytest.mark.parametrize("kind", ["units", "posts", "people", "tenures", "laws", "regulations"])
@pytest.mark.parametrize("form", [Format.XLSX, Format.CSV])
def test_an_exported_register_changes_nothing_when_it_is_imported_again(
    keeper: User, tmp_path: Path, kind: str, form: Format
) -> None:
    document = register_document(keeper, kind)
    file = tmp_path / f"{document.title}.{form.value}"
    file.write_bytes(rendered(document, form))

    previewed = preview(read_file(file))

    (intake,) = previewed.intakes
    assert [str(found) for found in intake.findings if found.code.startswith("IMP")] == []
    assert (intake.register.kind, intake.created, intake.changed) == (kind, [], [])
    assert intake.unchanged == len(intake.rows) > 0
