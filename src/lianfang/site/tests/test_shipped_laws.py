"""A real installation has the laws that come with the house, once, and keeps what a bureau made of them."""

from __future__ import annotations

import datetime

import pytest

from lianfang.conftest import Cast
from lianfang.foundation.accounts.models import CONSOLE
from lianfang.foundation.documents.isolation import read_file
from lianfang.foundation.documents.tables import Contents
from lianfang.foundation.journal.models import Entry
from lianfang.foundation.journal.queries import history_of
from lianfang.registers.laws import actions
from lianfang.registers.laws.models import Law
from lianfang.registers.laws.rows import LawLevel, LawRow
from lianfang.site.cli import shipped_laws
from lianfang.site.cli.database import build, ready
from lianfang.site.cli.shipped_laws import SOURCE
from lianfang.site.importing import Preview, preview
from lianfang.site.intake import Taking


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


def test_a_law_of_a_bureaus_own_table_never_takes_the_number_of_another(cast: Cast) -> None:
    ready()
    taken = "\n".join(("法规编号,法规名称,效力层级,施行日期", "L001,本局的办法,规范性文件,2020-01-01"))

    previewed = preview(read_file(taken.encode()))

    (found,) = (found for found in previewed.intakes[0].findings if found.code == "IMP048")
    assert "L001 登记的是《中华人民共和国生态环境法典》，不是《本局的办法》" in found.message
    assert not previewed.is_storable


def test_a_law_may_be_called_by_its_short_title_or_without_the_country(cast: Cast) -> None:
    ready()
    lines = ("法规编号,法规名称,效力层级,施行日期", "L001,生态环境法典,法律,2026-08-15")

    previewed = preview(read_file("\n".join(lines).encode()))

    assert not [found for found in previewed.intakes[0].findings if found.code == "IMP048"]


@pytest.mark.django_db
def test_of_two_that_start_at_once_the_second_finds_the_laws_there(monkeypatch: pytest.MonkeyPatch) -> None:
    build()

    def late(contents: Contents, terms: Taking) -> Preview:
        previewed = preview(contents, terms)
        monkeypatch.setattr(shipped_laws, "preview", preview)
        ready()
        return previewed

    monkeypatch.setattr(shipped_laws, "preview", late)

    ready()

    assert Entry.objects.filter(kind="laws").count() == Law.objects.count() > 50


@pytest.mark.django_db
def test_a_database_that_another_is_read_into_stays_empty() -> None:
    build()

    assert not Law.objects.exists()
