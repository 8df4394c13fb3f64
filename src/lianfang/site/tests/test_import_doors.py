"""Importing in the browser: what each bad file answers, what a good one stores, and that it is all or nothing."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import Workbook

from lianfang.conftest import Cast
from lianfang.foundation.catalogue.models import CardRecord
from lianfang.foundation.documents.document import Document, Format, section_of
from lianfang.foundation.documents.tests import hostile
from lianfang.foundation.documents.writers import rendered
from lianfang.foundation.journal.models import Entry
from lianfang.foundation.organisation.models import Post
from lianfang.foundation.web.tests.sending import SignIn, press
from lianfang.registers.powers.models import Power
from lianfang.registers.powers.rows import PowerRow
from lianfang.registers.powers.sheets import POWERS
from lianfang.registers.powers.tests.test_powers_actions import INSPECTION
from lianfang.site.import_numbers import settle
from lianfang.site.intake import Intake

POWER_LINES = (
    ("职权名称", "职权内容", "法律依据"),
    ("对医疗机构废物的现场检查", "对医疗废物的暂存和交接情况进行现场检查。", "《医疗废物管理条例》第三十九条"),
    ("危险废物转移联单核验", "核验跨区转移的联单与实际数量。", "《固体废物污染环境防治法》第八十二条"),
)
POST_LINES = (
    ("岗位编号", "单位编号", "岗位名称", "岗位层级", "岗位职责"),
    ("LH-WRF-03", "LH-WRF", "医疗废物监管岗", "一般岗位", "负责医疗废物的日常监管。"),
)
WORD_BODY = hostile.DOCUMENT_HEAD + "<w:p><w:r><w:t>&j;</w:t></w:r></w:p></w:body></w:document>"


def workbook(**sheets: Sequence[Sequence[str]]) -> bytes:
    """A workbook with one sheet for each keyword."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for title, lines in sheets.items():
        sheet = book.create_sheet(title)
        for line in lines:
            sheet.append(list(line))
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def upload(client: Client, content: bytes, name: str = "清单.xlsx", unit: str = "LH-WRF") -> Any:
    """Choose a file and go where the browser is sent."""
    file = SimpleUploadedFile(name, content)
    return client.post(reverse("imports:start"), {"file": file, "unit": unit}, follow=True)


def agree(client: Client, preview: Any) -> Any:
    """Press 确认导入 on a preview."""
    return press(client, preview, "/store/")


def stored() -> tuple[int, int, int, int]:
    """Rows of the tables that an import writes."""
    return Power.objects.count(), Post.objects.count(), Entry.objects.count(), CardRecord.objects.count()


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("空.xlsx", b"", "空的"),
        ("加密.xlsx", hostile.ole("EncryptionInfo", "EncryptedPackage"), "加密"),
        ("扫描件.xlsx", b"%PDF-1.7 ...", "PDF"),
        ("照片.xlsx", b"\x89PNG\r\n\x1a\n0000", "图片"),
        ("程序.xlsx", b"MZ\x90\x00 program", "程序"),
        ("压缩包.docx", hostile.archive({"a.txt": "x"}), "压缩包"),
        ("损坏.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "损坏"),
        ("乱码.csv", bytes(range(256)) * 40, "认不出"),
        ("截断.xlsx", workbook(权力清单=POWER_LINES)[:900], "损坏"),
        ("实体炸弹.docx", hostile.docx(hostile.LAUGHS + WORD_BODY), "实体"),
        ("外部实体.docx", hostile.docx(hostile.OUTSIDE + WORD_BODY), "实体"),
    ],
)
def test_a_bad_file_is_answered_with_a_clear_page_and_nothing_is_stored(
    cast: Cast, sign_in: SignIn, name: str, content: bytes, said: str
) -> None:
    before = stored()

    answer = upload(sign_in(cast.head), content, name)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in page
    assert "root:" not in page
    assert stored() == before


def test_no_file_chosen_is_said_at_the_field(cast: Cast, sign_in: SignIn) -> None:
    answer = sign_in(cast.head).post(reverse("imports:start"), {"unit": ""})

    assert answer.status_code == 422
    assert "请选择要导入的文件。" in answer.content.decode()


def test_a_file_without_a_list_teaches_instead_of_storing(cast: Cast, sign_in: SignIn) -> None:
    answer = upload(sign_in(cast.head), workbook(通知=(("关于开会的通知",), ("请于周五到会。",))))

    page = answer.content.decode()
    assert "没有认出任何清单" in page
    assert "确认导入" not in page


def test_the_preview_shows_the_lines_under_their_headings_and_stores_nothing(cast: Cast, sign_in: SignIn) -> None:
    before = stored()

    page = upload(sign_in(cast.head), workbook(权力清单=POWER_LINES)).content.decode()

    assert "新增 2 条" in page
    assert '<th scope="col">职权名称</th>' in page
    assert "<td>危险废物转移联单核验</td>" in page
    assert stored() == before


def test_findings_stand_gravest_first_with_their_cell(cast: Cast, sign_in: SignIn) -> None:
    lines = (*POWER_LINES, ("", "没有名称的职权。", ""))

    page = upload(sign_in(cast.head), workbook(权力清单=lines)).content.decode()

    assert page.index("必须改正") < page.index("IMP020") < page.index("改好才能提交") < page.index("PWR001")
    assert "“职权名称”" in re.sub(r"<[^>]+>", "", page)
    assert "第 4 行" in page
    assert "确认导入" not in page


def test_a_workbook_of_two_sheets_stores_both_at_once(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.coordinator)

    answer = agree(client, upload(client, workbook(权力清单=POWER_LINES, 岗位=POST_LINES)))

    assert "权力清单：新增 2 条" in answer.content.decode()
    assert set(Power.objects.values_list("name", flat=True)) == {line[0] for line in POWER_LINES[1:]}
    assert Post.objects.get(number="LH-WRF-03").unit_id == "LH-WRF"


def test_the_same_file_again_has_nothing_to_confirm_and_changes_nothing(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.head)
    agree(client, upload(client, workbook(权力清单=POWER_LINES)))
    before = stored()

    preview = upload(client, workbook(权力清单=POWER_LINES)).content.decode()

    assert "文件里的内容和系统里的一样，没有要写入的" in preview
    assert "新增 0 条，修改 0 条，2 条没有变化" in preview
    assert "确认导入" not in preview
    assert stored() == before


def test_what_was_exported_comes_back_as_the_same_rows(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.head)
    rows = [INSPECTION]
    exported = rendered(Document("权力清单", (section_of(POWERS, rows),), fill_in=True), Format.XLSX)

    agree(client, upload(client, exported))

    kept = Power.objects.get().to_row()
    names = [column.field for column in POWERS.columns if column.field not in {"number", "state"}]
    assert [getattr(kept, name) for name in names] == [getattr(INSPECTION, name) for name in names]
    assert isinstance(kept, PowerRow)


def test_a_store_that_dies_half_way_leaves_nothing_behind(
    cast: Cast, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = sign_in(cast.coordinator)
    preview = upload(client, workbook(权力清单=POWER_LINES, 岗位=POST_LINES))
    before = stored()

    def die_at_powers(intake: Intake, later: Sequence[Intake]) -> None:
        if intake.register.kind == "powers":
            assert Post.objects.filter(number="LH-WRF-03").exists(), "the posts were stored by now"
            raise MemoryError("killed")
        settle(intake, later)

    monkeypatch.setattr("lianfang.site.importing.settle", die_at_powers)

    with pytest.raises(MemoryError):
        agree(client, preview)

    assert stored() == before


def test_somebody_elses_upload_is_nobodys_business(cast: Cast, sign_in: SignIn) -> None:
    address = upload(sign_in(cast.head), workbook(权力清单=POWER_LINES)).request["PATH_INFO"]
    other = Client()
    other.force_login(cast.clerk, backend="django.contrib.auth.backends.ModelBackend")

    assert other.get(address).status_code == 404
    assert other.post(f"{address}store/").status_code == 404
    assert not Power.objects.exists()


def test_a_file_for_a_unit_out_of_reach_is_refused(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.head)
    lines = tuple((*line, "QT-BG" if place else "单位编号") for place, line in enumerate(POWER_LINES))

    shown = upload(client, workbook(权力清单=lines), unit="")
    answer = client.post(f"{shown.request['PATH_INFO']}store/")

    assert "您没有在单位“QT-BG”导入登记表的权限" in shown.content.decode()
    assert "确认导入" not in shown.content.decode()
    assert answer.status_code == 409
    assert not Power.objects.exists()


def test_what_is_said_of_a_list_of_grades_names_its_columns(sign_in: SignIn, cast: Cast) -> None:
    page = upload(sign_in(cast.coordinator), "岗位,等级\n采砂管理岗,低\n".encode(), "岗位风险等级表.csv")

    text = page.content.decode()
    assert "采砂管理岗" in text
    assert "“岗位名称”" in text
    assert "“post”" not in text
