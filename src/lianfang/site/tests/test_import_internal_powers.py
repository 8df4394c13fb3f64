"""Lists of internal powers: how bureaus mark them as such, and what one section's list says of the whole bureau."""

from __future__ import annotations

import pytest

from lianfang.conftest import Cast
from lianfang.foundation.documents.tables import Cell, Contents, FileKind, Table
from lianfang.registers.powers.models import Power
from lianfang.registers.powers.rows import PowerCategory, Visibility
from lianfang.site.importing import Preview, preview, store_preview
from lianfang.site.intake import Taking


def looked_at(*lines: list[Cell], unit: str = "LH-WRF") -> Preview:
    rows: list[list[Cell]] = [["职权类别", "职权名称", "法律依据", "单位"], *lines]
    return preview(Contents(FileKind.XLSX, (Table("职权", rows, range(1, len(rows) + 1)),)), Taking(unit))


def codes(previewed: Preview) -> set[str]:
    return {found.code for intake in previewed.intakes for found in intake.findings}


@pytest.mark.parametrize("word", ["内部管理权", "内部管理", "内部权力", "内部 职权", "“内部管理权”"])
def test_a_class_that_says_internal_is_the_mark_of_an_internal_power(cast: Cast, word: str) -> None:
    previewed = looked_at([word, "业务章使用", "本局印章办法第三条", ""], ["行政检查", "现场检查", "某条例第八条", ""])

    inside, outside = previewed.intakes[0].rows
    assert (inside.category, inside.visibility) == (None, Visibility.INTERNAL)
    assert (outside.category, outside.visibility) == (PowerCategory.INSPECTION, None)
    assert "IMP021" not in codes(previewed)


def test_a_list_of_internal_powers_keeps_the_mark_when_stored(cast: Cast) -> None:
    store_preview(cast.coordinator, looked_at(["内部管理权", "业务章使用", "本局印章办法第三条", ""]), "导入文件 职权")

    assert Power.objects.get(name="业务章使用").visibility == Visibility.INTERNAL.value


def test_an_unknown_class_is_told_with_the_words_that_are_known(cast: Cast) -> None:
    previewed = looked_at(["综合事务", "业务章使用", "本局印章办法第三条", ""])

    (told,) = [found for found in previewed.intakes[0].findings if found.code == "IMP021"]
    assert "可以写：行政许可、行政处罚" in told.message


def test_the_list_of_one_section_says_nothing_of_what_the_bureau_lacks(cast: Cast) -> None:
    previewed = looked_at(["内部管理权", "业务章使用", "本局印章办法第三条", ""])

    assert "PWR012" not in codes(previewed)
    assert any("PWR012" in found.message for found in previewed.findings if found.code == "IMP036")


def test_the_list_of_several_sections_is_judged_as_that_of_the_bureau(cast: Cast) -> None:
    previewed = looked_at(
        ["内部管理权", "业务章使用", "本局印章办法第三条", "LH-WRF"],
        ["内部管理权", "车辆调派", "本局车辆办法第三条", "LH-ZF"],
    )

    assert "PWR012" in codes(previewed)
