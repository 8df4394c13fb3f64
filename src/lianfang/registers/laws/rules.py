"""How a cited basis is found among the laws: shared by every rule that asks whether a basis still holds."""

from __future__ import annotations

import datetime
import re
from collections import defaultdict
from collections.abc import Iterable
from typing import Self

from rapidfuzz import fuzz, process

from lianfang.foundation.lint.material import Material
from lianfang.foundation.lint.wording import plain
from lianfang.registers.laws.rows import ArticleRow, Citation, LawRow, read_citation

_EDITION = re.compile(r"[（(][^（）()]*(?:\d{4}|修订|修正|施行|试行|暂行)[^（）()]*[）)]\s*$")
_LABEL = re.compile(r"^\s*[【\[][^】\]]*[】\]]")
_PART = re.compile(r"《[^》]{2,80}》[^《]*")
_NEAR_ENOUGH = 75
"""Per cent of likeness (ratio) above which another title is worth suggesting."""


def citations(bases: Iterable[str]) -> tuple[Citation, ...]:
    """Every document that some cited bases name: “《甲法》第一条、《乙条例》第二条” are two.

    Without 《》 a basis is parted at semicolons, and words too short for a title are passed over.
    """
    found: list[Citation] = []
    for basis in bases:
        if "《" in basis:
            found += [read_citation(part) for part in _PART.findall(basis)]
        else:
            found += [read_citation(part) for part in re.split("[;；]", basis) if len(plain(part)) >= 4]
    return tuple(citation for citation in found if citation.title)


def title_key(title: str) -> str:
    """A title without label (【法律】), edition, country and punctuation, as the index keeps it."""
    return plain(_EDITION.sub("", _LABEL.sub("", title).strip())).removeprefix("中华人民共和国")


class LawIndex:
    """Laws of a :class:`Material` by title, short title and document number."""

    def __init__(self, material: Material) -> None:
        """Index every edition: two laws of one title are two editions of one law."""
        self._by_number = material.by_number(LawRow)
        self._by_title: defaultdict[str, list[LawRow]] = defaultdict(list)
        for law in material.of(LawRow):
            names = {law.title, *law.short_titles, law.document_number}
            for key in {title_key(name) for name in names if name}:
                self._by_title[key].append(law)
        self._titles = {key: laws[0].title for key, laws in self._by_title.items()}

    @classmethod
    def of(cls, laws: Iterable[LawRow]) -> Self:
        """An index of ``laws`` alone, for whoever holds no material."""
        return cls(Material(laws, today=datetime.date.min, registers=[LawRow]))

    def editions(self, citation: Citation) -> list[LawRow]:
        """All editions of the cited document; empty where the register does not know it."""
        return self._by_title.get(title_key(citation.title), [])

    def fault(self, citation: Citation, day: datetime.date) -> LawRow | None:
        """The newest edition of a known document of which none is in force on ``day``; ``None`` where all is well."""
        editions = self.editions(citation)
        if not editions or any(law.in_force_on(day) for law in editions):
            return None
        return max(editions, key=lambda law: law.repealed_on or datetime.date.max)

    def nearest(self, citation: Citation) -> str:
        """The title in the register that resembles the cited one most, or empty."""
        found = process.extractOne(
            title_key(citation.title), self._titles.keys(), scorer=fuzz.ratio, score_cutoff=_NEAR_ENOUGH
        )
        return self._titles[found[0]] if found else ""

    def successor(self, law: LawRow, articles: Iterable[str]) -> str:
        """Where the cited articles went, as a citation that somebody still has to verify; empty where unknown."""
        moved = {article.article: article for article in law.articles}
        named = [moved[article] for article in articles if article in moved and moved[article].successor_article]
        if named:
            return "、".join(dict.fromkeys(self._cite(law, article) for article in named))
        replaced = self._by_number.get(law.replaced_by)
        return f"《{replaced.title}》（条文未对应，须人工查找）" if replaced else ""

    def _cite(self, law: LawRow, article: ArticleRow) -> str:
        target = self._by_number.get(article.successor_law or law.replaced_by)
        title = f"《{target.title}》" if target else article.successor_law
        return f"{title}{article.successor_article}（{'已核验' if article.verified else '未核验'}）"


def why_not_in_force(law: LawRow, day: datetime.date) -> str:
    """Clause that says since when, or from when: “自2026年8月15日起废止”."""
    if law.repealed_on and law.repealed_on <= day:
        return f"已自{_day(law.repealed_on)}起废止"
    return f"自{_day(law.in_force_from)}起才施行" if law.in_force_from else "没有施行"


def _day(day: datetime.date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
