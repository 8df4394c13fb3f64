"""Laws: entered, changed, repealed, verified; and the table that comes with the house."""

from __future__ import annotations

import datetime
from dataclasses import replace
from typing import Any

import pytest

from lianfang.conftest import Cast
from lianfang.foundation.documents.isolation import read_file
from lianfang.foundation.journal.queries import history_of
from lianfang.kernel.errors import Absent, Conflict, Invalid, Refused
from lianfang.kernel.rows import digest
from lianfang.registers.laws import actions
from lianfang.registers.laws.models import Law
from lianfang.registers.laws.queries import SHIPPED, LawsWanted, Standing, law_detail, law_page, standing_of
from lianfang.registers.laws.rows import ArticleRow, LawRow
from lianfang.registers.laws.sheets import read_article, write_article
from lianfang.registers.laws.tests.conftest import CODE, CODE_DAY
from lianfang.site.importing import preview, store_preview


def test_a_new_law_is_unverified_whatever_its_form_says(cast: Cast) -> None:
    row = actions.create_law(actor=cast.legal, row=replace(CODE, verified=True))

    assert not row.verified
    assert history_of("laws", "T-FD")[0].verb == "登记法规"


@pytest.mark.parametrize("part", ["clerk", "head", "secretary", "commission", "system"])
def test_only_the_legal_reviewer_and_the_coordinator_write_laws(cast: Cast, laws: None, part: str) -> None:
    actor = getattr(cast, part)

    with pytest.raises(Refused):
        actions.edit_law(actor=actor, row=CODE, seen=digest(CODE))
    with pytest.raises(Refused):
        actions.verify_law(actor=actor, number="T-FD", articles=[], note="数据库")
    with pytest.raises(Refused):
        actions.repeal_law(actor=actor, number="T-OLD", on=CODE_DAY, replaced_by="", basis="第一条")


@pytest.mark.parametrize(
    "row",
    [
        replace(CODE, number="T-NEW", repealed_on=datetime.date(2020, 1, 1)),
        replace(CODE, number="T-NEW", replaced_by="NO-SUCH"),
        replace(CODE, number="T-NEW", replaced_by="T-NEW"),
        replace(CODE, number="T-NEW", articles=(ArticleRow(article="第一条", successor_law="NO-SUCH"),)),
        CODE,
    ],
)
def test_dates_in_disorder_unknown_successors_and_used_numbers_are_refused(cast: Cast, laws: None, row: LawRow) -> None:
    with pytest.raises(Invalid):
        actions.create_law(actor=cast.legal, row=row)


@pytest.mark.covers("S65")
def test_a_repealed_law_holds_until_the_day_before(cast: Cast, laws: None) -> None:
    row = actions.repeal_law(
        actor=cast.legal, number="T-OLD", on=CODE_DAY, replaced_by="T-FD", basis="《示例生态法典》第一百条"
    )

    day_before = CODE_DAY - datetime.timedelta(days=1)
    assert standing_of(row, day_before) is Standing.IN_FORCE
    assert standing_of(row, CODE_DAY) is Standing.REPEALED
    assert standing_of(CODE, day_before) is Standing.COMING
    assert history_of("laws", "T-OLD")[0].basis == "《示例生态法典》第一百条"
    with pytest.raises(Conflict):
        actions.repeal_law(actor=cast.legal, number="T-OLD", on=CODE_DAY, replaced_by="", basis="再一次")


def test_a_repeal_needs_a_basis_and_a_known_successor(cast: Cast, laws: None) -> None:
    for changes in ({"basis": " "}, {"replaced_by": "NO-SUCH"}, {"on": datetime.date(2000, 1, 1)}):
        wanted: dict[str, Any] = {"on": CODE_DAY, "replaced_by": "T-FD", "basis": "第一百条", **changes}
        with pytest.raises(Invalid):
            actions.repeal_law(actor=cast.legal, number="T-OLD", **wanted)
    with pytest.raises(Absent):
        actions.repeal_law(actor=cast.legal, number="NO-SUCH", on=CODE_DAY, replaced_by="", basis="第一百条")


@pytest.mark.covers("S65")
def test_a_verification_names_its_source_and_the_mappings_that_were_compared(cast: Cast, laws: None) -> None:
    with pytest.raises(Invalid, match="来源"):
        actions.verify_law(actor=cast.legal, number="T-OLD", articles=[], note=" ")
    with pytest.raises(Invalid, match="第九条"):
        actions.verify_law(actor=cast.legal, number="T-OLD", articles=["第九条"], note="数据库")

    plainly = actions.verify_law(actor=cast.legal, number="T-OLD", articles=[], note="数据库，8月20日")
    mapped = actions.verify_law(actor=cast.legal, number="T-OLD", articles=["第二十四条"], note="数据库，8月21日")

    assert plainly.verified
    assert [part.verified for part in plainly.articles] == [False, False]
    assert [part.verified for part in mapped.articles] == [True, False]


def test_a_change_takes_the_verification_away_and_a_remark_does_not(cast: Cast, laws: None) -> None:
    row = actions.verify_law(actor=cast.legal, number="T-OLD", articles=[], note="数据库")

    remarked = actions.edit_law(actor=cast.legal, row=replace(row, note="摘自年鉴"), seen=digest(row))
    changed = actions.edit_law(actor=cast.legal, row=replace(remarked, issuer="示例机关"), seen=digest(remarked))

    assert remarked.verified
    assert not changed.verified


def test_who_does_not_say_what_was_seen_overwrites_nothing(cast: Cast, laws: None) -> None:
    before = Law.objects.get(number="T-OLD").to_row()

    with pytest.raises(Conflict, match="照着 T-OLD 的哪个样子"):
        actions.edit_law(actor=cast.legal, row=replace(before, note="我的备注"), seen="")

    assert Law.objects.get(number="T-OLD").to_row() == before


def test_the_second_of_two_editors_is_told(cast: Cast, laws: None) -> None:
    before = Law.objects.get(number="T-OLD").to_row()
    actions.edit_law(actor=cast.coordinator, row=replace(before, issuer="示例机关"), seen=digest(before))

    with pytest.raises(Conflict, match="廉政办吴主任"):
        actions.edit_law(actor=cast.legal, row=replace(before, note="我的备注"), seen=digest(before))


def test_a_law_is_found_by_its_short_title_and_filtered_by_standing(cast: Cast, laws: None) -> None:
    def numbers(**wanted: Any) -> set[str]:
        lines, total = law_page(cast.clerk, LawsWanted(**wanted))
        assert total == len(lines)
        return {line.row.number for line in lines}

    actions.repeal_law(
        actor=cast.legal, number="T-OLD", on=datetime.date(2020, 1, 1), replaced_by="", basis="《示例新法》第九十条"
    )

    assert numbers(text="环境示例") == {"T-OLD"}
    assert numbers(standing="repealed") == {"T-OLD"}
    assert numbers(verified="yes") == set()
    assert numbers(level="rule") == set()
    assert law_page(cast.system, LawsWanted())[1] == 0


def test_the_page_of_a_law_shows_where_its_articles_went(cast: Cast, laws: None) -> None:
    detail = law_detail(cast.clerk, "T-OLD")

    assert [(line.row.article, line.successor_title) for line in detail.articles] == [
        ("第二十四条", "示例生态法典"),
        ("第四十三条", ""),
    ]
    assert detail.unverified == 1
    assert not detail.editable


@pytest.mark.parametrize(
    "line",
    [
        "第二十四条｜现场检查→T-FD 第五十一条（未核验）",
        "第二十四条｜现场检查→T-FD 第五十一条（已核验）",
        "第四十三条｜收费",
        "第四十三条之一",
    ],
)
def test_an_article_is_one_line_that_reads_back(line: str) -> None:
    assert write_article(read_article(line)) == line


def test_a_line_that_names_no_article_is_refused_with_the_right_form() -> None:
    with pytest.raises(ValueError, match="第二十四条｜内容"):
        read_article("现场检查的规定")


needs_table = pytest.mark.skipif(not SHIPPED.exists(), reason="the shipped table of laws is not there")


@needs_table
@pytest.mark.covers("S65")
def test_the_shipped_table_is_imported_by_the_ordinary_importer_without_an_error(cast: Cast) -> None:
    previewed = preview(read_file(SHIPPED))
    faults = [found for intake in previewed.intakes for found in intake.findings if found.code.startswith("IMP")]

    ((register, stored),) = store_preview(cast.coordinator, previewed, "随系统附带的法规表")

    assert faults == []
    assert register.kind == "laws"
    assert len(stored.created) == Law.objects.count() > 30
    again = preview(read_file(SHIPPED))
    assert [len(intake.changed) for intake in again.intakes] == [0]


@needs_table
@pytest.mark.covers("S65")
def test_every_reference_of_the_shipped_table_leads_somewhere_and_the_code_of_2026_is_unverified(cast: Cast) -> None:
    store_preview(cast.coordinator, preview(read_file(SHIPPED)), "随系统附带的法规表")
    laws = {law.number: law.to_row() for law in Law.objects.all()}
    code = next(law for law in laws.values() if law.title == "中华人民共和国生态环境法典")
    ended = [law for law in laws.values() if law.replaced_by == code.number]

    assert {law.replaced_by for law in laws.values()} - {""} <= laws.keys()
    mapped = [(law, part) for law in laws.values() for part in law.articles if part.successor_law]
    assert {part.successor_law for _, part in mapped} <= laws.keys()
    assert len(ended) == 10
    assert all(law.repealed_on == code.in_force_from == CODE_DAY for law in ended)
    assert not any(law.verified for law in [code, *ended])
    assert not any(part.verified for _, part in mapped if part.successor_law == code.number)
    listed = {part.article for part in code.articles}
    assert {part.successor_article for _, part in mapped if part.successor_law == code.number} <= listed
    assert len({law.title for law in laws.values()}) == len(laws)
