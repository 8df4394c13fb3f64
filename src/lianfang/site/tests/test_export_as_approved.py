"""Whoever reads only what is approved takes out exactly that, in every format, however it is being redone."""

from __future__ import annotations

import io
import zipfile

import pytest

from lianfang.conftest import LONG_AGO, Cast
from lianfang.foundation.accounts.models import Grant
from lianfang.foundation.accounts.roles import Role
from lianfang.foundation.web.tests.sending import SignIn
from lianfang.site.exports import register_document
from lianfang.site.tests.test_reading_as_approved import CASES, DRAFT, GOOD, number_of, redone

PLAIN = ("csv", "json")


def text_of(extension: str, content: bytes) -> str:
    """The words of an exported file."""
    if extension in PLAIN:
        return content.decode("utf-8-sig")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return "".join(archive.read(name).decode(errors="replace") for name in archive.namelist())


@pytest.mark.parametrize("extension", [*PLAIN, "xlsx", "docx"])
@pytest.mark.parametrize("kind", list(CASES))
def test_the_file_says_what_was_approved_and_nothing_of_the_draft(
    kind: str, extension: str, cast: Cast, sign_in: SignIn
) -> None:
    redone(cast, kind)
    address = f"/export/{kind}/?format={extension}"

    told = {
        reader: text_of(extension, sign_in(reader).get(address).getvalue()) for reader in (cast.commission, cast.head)
    }

    assert GOOD in told[cast.commission]
    assert DRAFT not in told[cast.commission]
    assert DRAFT in told[cast.head]


@pytest.mark.parametrize("kind", list(CASES))
def test_a_pdf_is_given_too(kind: str, cast: Cast, sign_in: SignIn) -> None:
    redone(cast, kind)

    answer = sign_in(cast.commission).get(f"/export/{kind}/?format=pdf&unit=LH-WRF")

    assert answer.status_code == 200
    assert answer.getvalue().startswith(b"%PDF")


def test_who_works_in_one_section_and_reads_the_rest_takes_out_both(cast: Cast) -> None:
    redone(cast, "powers")
    Grant.objects.create(user=cast.outsider, role=Role.COMMISSION.value, scope="JW/LH/", start=LONG_AGO)
    CASES["powers"].make(cast, number_of("powers", 2))

    (section,) = register_document(cast.outsider, "powers").sections
    rows = [dict(zip((column.field for column in section.columns), row, strict=False)) for row in section.rows]

    assert [row["number"] for row in rows] == [number_of("powers"), number_of("powers", 2)]
    assert {row["name"] for row in rows} == {GOOD}


@pytest.mark.parametrize("part", ["system", "security", "auditor"])
@pytest.mark.parametrize("kind", list(CASES))
def test_administrators_take_out_nothing(kind: str, part: str, cast: Cast, sign_in: SignIn) -> None:
    redone(cast, kind)

    assert sign_in(getattr(cast, part)).get(f"/export/{kind}/?format=csv").status_code == 403
