"""A real installation has the laws that come with the house, once, and keeps what a bureau made of them."""

from __future__ import annotations

import datetime

import pytest

from lianfang.conftest import Cast
from lianfang.foundation.accounts.models import CONSOLE
from lianfang.foundation.journal.models import Entry
from lianfang.foundation.journal.queries import history_of
from lianfang.registers.laws import actions
from lianfang.registers.laws.models import Law
from lianfang.registers.laws.rows import LawLevel, LawRow
from lianfang.site.cli.database import build, ready
from lianfang.site.cli.shipped_laws import SOURCE


@pytest.mark.django_db
def test_a_new_installation_has_the_laws_unverified_and_journalled() -> None:
    ready()

    assert Law.objects.count() > 50
    assert not Law.objects.filter(verified=True).exists()
    assert Law.objects.filter(title__contains="政府采购法").exists()
    (entry,) = history_of("laws", Law.objects.order_by("number")[0].number)
    assert SOURCE in entry.note
    assert Entry.objects.filter(kind="laws", actor=CONSOLE).count() == Law.objects.count()


@pytest.mark.django_db
def test_a_second_start_brings_nothing() -> None:
    ready()
    before = Entry.objects.count()

    ready()

    assert Entry.objects.count() == before


def test_a_register_that_holds_anything_is_left_alone(cast: Cast) -> None:
    own = LawRow(number="L001", title="本局的办法", level=LawLevel.LAW, in_force_from=datetime.date(2020, 1, 1))
    actions.create_law(actor=cast.legal, row=own)

    ready()

    assert [law.title for law in Law.objects.all()] == ["本局的办法"]


@pytest.mark.django_db
def test_a_database_that_another_is_read_into_stays_empty() -> None:
    build()

    assert not Law.objects.exists()
