"""The law table as a sheet; an article is one line of a cell: ``第二十四条｜现场检查→FD-2026 第五十一条（未核验）``."""

from __future__ import annotations

import re

from lianfang.foundation.documents.columns import Column, Kind, Sheet
from lianfang.registers.laws.rows import ArticleRow, LawLevel

_LINE = re.compile(
    r"(?P<article>第[^条\s｜|]{1,9}条(?:之[一二三四五六七八九十])?)"
    r"(?:[｜|](?P<topic>[^→]*))?"
    r"(?:→(?P<law>[A-Za-z0-9-]+)\s*(?P<successor>第[^条（]{1,15}条)?(?P<checked>（已核验）|（未核验）)?)?"
)


def read_article(line: str) -> ArticleRow:
    """One line of the 条文 cell.

    Raises:
        ValueError: the line names no article.
    """
    found = _LINE.fullmatch(line.strip())
    if not found:
        raise ValueError(f"“{line.strip()[:30]}”不是条文：应写成“第二十四条｜内容→替代法规编号 第五十一条（未核验）”。")
    return ArticleRow(
        article=found["article"],
        topic=(found["topic"] or "").strip(),
        successor_law=found["law"] or "",
        successor_article=found["successor"] or "",
        verified=found["checked"] == "（已核验）",
    )


def write_article(article: ArticleRow) -> str:
    """The line that ``read_article`` reads back."""
    topic = f"｜{article.topic}" if article.topic else ""
    if not article.successor_law:
        return f"{article.article}{topic}"
    checked = "（已核验）" if article.verified else "（未核验）"
    return f"{article.article}{topic}→{article.successor_law} {article.successor_article}{checked}"


def _read_articles(text: str) -> tuple[ArticleRow, ...]:
    return tuple(read_article(line) for line in text.splitlines() if line.strip())


def _write_articles(value: object) -> str:
    return "\n".join(write_article(article) for article in value) if isinstance(value, tuple) else ""


LAWS = Sheet(
    "laws",
    "法规库",
    (
        Column("number", "法规编号", required=True, kind=Kind.REFERENCE, width=16),
        Column("title", "法规名称", ("法律法规名称", "文件名称"), required=True, width=30),
        Column("short_titles", "简称", ("别名",), kind=Kind.NAMES, width=18),
        Column("level", "效力层级", ("层级", "效力级别"), required=True, kind=Kind.WORD, words=LawLevel, width=12),
        Column("document_number", "文号", ("发文字号",), width=20),
        Column("issuer", "制定机关", ("发布机关", "颁布机关"), width=18),
        Column("in_force_from", "施行日期", ("生效日期", "实施日期"), kind=Kind.DATE),
        Column("repealed_on", "废止日期", ("失效日期",), kind=Kind.DATE),
        Column("replaced_by", "替代法规编号", kind=Kind.REFERENCE, width=16),
        Column("articles", "条文", kind=Kind.OWN, read=_read_articles, write=_write_articles, width=40),
        Column("verified", "已核验", kind=Kind.YES, width=8),
        Column("note", "备注", width=24),
    ),
)
