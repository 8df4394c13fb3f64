"""Links lead somewhere: what a person may not open, or what is not written yet, is named and not linked."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from django.http.response import HttpResponseBase

from lianfang.conftest import Cast
from lianfang.foundation.web.tests.sending import SignIn
from lianfang.registers.powers.models import Power
from lianfang.registers.risks.actions.negatives import create_negative
from lianfang.registers.risks.actions.risks import create_risk
from lianfang.registers.risks.tests.conftest import DRAFT
from lianfang.registers.risks.tests.test_negative_actions import ITEM
from lianfang.site.tests.test_import_doors import upload, workbook

POWERS = (
    ("职权编号", "单位编号", "职权名称", "职权内容", "法律依据"),
    ("LH-WRF-P077", "LH-WRF", "危险废物转移联单核验", "", ""),
)


def links_of(page: HttpResponseBase) -> set[str]:
    """Addresses inside the content of a page."""
    content = getattr(page, "content", b"").decode().partition('<main id="content"')[2]
    return set(re.findall(r'<a [^>]*href="(/[^"#?]*)', content))


@pytest.fixture
def foreign_power(cast: Cast) -> Power:
    """A confirmed power of the other section, which the clerk may name and not open."""
    return Power.objects.create(
        number="LH-ZF-P001",
        unit_id="LH-ZF",
        unit_path="JW/LH/LH-ZF/",
        name="联合检查",
        category="inspection",
        state="confirmed",
    )


def test_a_power_of_another_section_is_named_by_its_number_and_leads_nowhere(
    cast: Cast, foreign_power: Power, sign_in: SignIn
) -> None:
    item = create_negative(actor=cast.clerk, row=replace(ITEM, power=foreign_power.number))
    risk = create_risk(actor=cast.clerk, row=replace(DRAFT, power=foreign_power.number, step=""))
    client = sign_in(cast.clerk)

    for page in ("/risks/negatives/", f"/risks/negatives/{item.number}/", f"/risks/{risk.number}/"):
        shown = client.get(page)

        assert foreign_power.number in shown.content.decode(), page
        for link in links_of(shown):
            assert client.get(link).status_code == 200, (page, link)


def test_the_preview_of_an_import_links_no_entry_that_is_not_stored_yet(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.head)

    preview = upload(client, workbook(权力清单=POWERS))

    assert "LH-WRF-P077" in preview.content.decode()
    for link in links_of(preview):
        assert client.get(link).status_code == 200, link
