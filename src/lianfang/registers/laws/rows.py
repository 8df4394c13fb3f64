"""Laws, their articles, and citations as frozen values."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from typing import ClassVar

from lianfang.kernel.vocabulary import Word


class LawLevel(Word):
    """Rank of a legal document, highest first (domain.md §4 LegalRef)."""

    LAW = "law", "法律"
    ADMINISTRATIVE = "administrative", "行政法规"
    LOCAL = "local", "地方性法规"
    RULE = "rule", "规章", "部门规章", "地方政府规章", "政府规章"
    NORMATIVE = "normative", "规范性文件", "行政规范性文件", "党政文件"
    PARTY = "party", "党内法规"

    @property
    def may_create_penalties(self) -> bool:
        """Whether a penalty, permit, coercion or levy power may rest on this level alone (PWR003)."""
        return self in {LawLevel.LAW, LawLevel.ADMINISTRATIVE, LawLevel.LOCAL, LawLevel.RULE}


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleRow:
    """One article: its number as written (第二十四条), what it is about, and the article that took its place."""

    article: str
    topic: str = ""
    successor_law: str = ""
    successor_article: str = ""
    verified: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class LawRow:
    """A legal document: when it holds, what repealed it, whether somebody checked it against the official text."""

    kind: ClassVar[str] = "laws"
    label: ClassVar[str] = "法规"
    headings: ClassVar[dict[str, str]] = {
        "number": "法规编号", "title": "法规名称", "short_titles": "简称", "level": "效力层级",
        "document_number": "文号", "issuer": "制定机关", "in_force_from": "施行日期", "repealed_on": "废止日期",
        "replaced_by": "替代法规编号", "articles": "条文", "verified": "已核验", "note": "备注",
    }  # fmt: skip

    number: str
    title: str
    level: LawLevel
    short_titles: tuple[str, ...] = ()
    document_number: str = ""
    issuer: str = ""
    in_force_from: datetime.date | None = None
    repealed_on: datetime.date | None = None
    replaced_by: str = ""
    articles: tuple[ArticleRow, ...] = ()
    verified: bool = False
    note: str = ""

    def in_force_on(self, day: datetime.date) -> bool:
        """Whether the document is in force on ``day``; an unknown start counts as long ago."""
        started = self.in_force_from is None or self.in_force_from <= day
        return started and (self.repealed_on is None or day < self.repealed_on)

    @property
    def search_text(self) -> str:
        """Found by title, short titles and document number."""
        return " ".join((self.number, self.title, *self.short_titles, self.document_number, self.issuer))


@dataclass(frozen=True, slots=True)
class Citation:
    """A basis as cited: the title between 《》 (or what stands before the article), and the articles named."""

    text: str
    title: str
    articles: tuple[str, ...]


_TITLE = re.compile(r"《([^》]{2,80})》")
_ARTICLE = re.compile(r"第[〇零一二三四五六七八九十百千\d]{1,7}条(?:之[一二三四五六七八九十])?")


def read_citation(text: str) -> Citation:
    """Take a cited basis apart; a basis without 《》 or without an article keeps the part that it has (PWR004)."""
    title = _TITLE.search(text)
    articles = tuple(dict.fromkeys(_ARTICLE.findall(text)))
    if title:
        return Citation(text, title.group(1).strip(), articles)
    bare = _ARTICLE.split(text)[0].strip(" ，,、：:；;")
    return Citation(text, bare, articles)
