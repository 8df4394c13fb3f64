"""The stage of this room's tests: a law that takes another's place, and the one whose place it takes."""

from __future__ import annotations

import datetime

import pytest

from lianfang.conftest import Cast
from lianfang.registers.laws.actions import create_law
from lianfang.registers.laws.rows import ArticleRow, LawLevel, LawRow

CODE_DAY = datetime.date(2026, 8, 15)
CODE = LawRow(
    number="T-FD",
    title="示例生态法典",
    level=LawLevel.LAW,
    in_force_from=CODE_DAY,
    articles=(ArticleRow(article="第五十一条", topic="现场检查"),),
)
OLD = LawRow(
    number="T-OLD",
    title="示例环境法",
    level=LawLevel.LAW,
    in_force_from=datetime.date(2015, 1, 1),
    short_titles=("环境示例法",),
    articles=(
        ArticleRow(article="第二十四条", topic="检查", successor_law="T-FD", successor_article="第五十一条"),
        ArticleRow(article="第四十三条", topic="收费"),
    ),
)


@pytest.fixture
def laws(cast: Cast) -> None:
    """Both laws, as the legal reviewer entered them."""
    create_law(actor=cast.legal, row=CODE)
    create_law(actor=cast.legal, row=OLD)
