"""How a cited basis is found among the laws: shared by every rule that asks whether a basis still holds."""

from __future__ import annotations

import datetime
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Self

from rapidfuzz import fuzz, process

from lianfang.foundation.lint.material import Material
from lianfang.foundation.lint.wording import plain
from lianfang.kernel.substance import ISSUING, is_empty_reason
from lianfang.registers.laws.rows import ArticleRow, Citation, LawRow, read_citation

_EDITION = re.compile(r"[（(][^（）()]*(?:\d{4}|修订|修正|施行|试行|暂行)[^（）()]*[）)]\s*$")
_LABEL = re.compile(r"^\s*[【\[][^】\]]*[】\]]")
_PART = re.compile(r"《[^》]{2,80}》[^《]*")
_OURS = "(?:本地|本单位|本部门|本级|内部|地方|[本我](?:局|分局|委|院|校|站|所|中心|机关|市|县|区))"
_LOCAL = re.compile(rf"{_OURS}[^，。；《》]{{0,10}}(?:文件|制度|规定|办法|细则|制定|印发|发文|出台)")
_LOCAL_BEFORE = re.compile(rf"{_OURS}(?:自行|党组|办公室|制定|印发|出台|发布|的|规范性文件|文件|制度|规定)*$")
"""What says of a document, behind its title or right before it, that it is no law but made here."""
_ITS_NUMBER = re.compile(r"[\u4e00-\u9fff]\s*[〔\[［]\s*(?:19|20)\d{2}\s*[〕\]］]\s*第?\d+\s*号")
"""The number of a document, as offices give it: 澄环办〔2025〕3号."""
_ONLY_LAWS = re.compile(r"(?:(?<![办做方])法|法典|条例)$")
"""Endings of titles that no document of a bureau bears."""
_NO_LAW = re.compile(r"三定|职责|分工|章程|手册|方案|纪要|合同|协议|(?:通知|意见|函|批复|委托书|授权书)$")
"""What the titles of papers have that are cited as a basis and are no laws, whoever made them."""
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

    @property
    def holds_any(self) -> bool:
        """Whether any law is registered."""
        return bool(self._titles)

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


def _unregistered(bases: Iterable[str], index: LawIndex) -> tuple[Citation, ...]:
    """Citations among ``bases`` of what the register does not know, and what does not say to be a local document.

    Such a document is named with its number, “《用印管理办法》（临环〔2026〕12号）”, or said to be one, with how it was
    made known. What bears the title of a law is none, whatever it says; what bears that of a paper (三定方案,
    岗位职责) is no law anyway.
    Where no law at all is registered nothing is known, and nothing said.
    """
    cited = ((basis, citation) for basis in bases for citation in citations([basis])) if index.holds_any else ()
    return tuple(found for basis, found in cited if not index.editions(found) and not _is_no_law(found, basis))


def _is_no_law(citation: Citation, basis: str) -> bool:
    """Whether a document is a paper, or a local one."""
    title = title_key(citation.title)
    return _is_local(citation, basis) or bool(_NO_LAW.search(title) and not _ONLY_LAWS.search(title))


def _is_local(citation: Citation, basis: str) -> bool:
    """Whether a document is cited with its own number, or said to be a local one, with how it was made known."""
    if _ONLY_LAWS.search(title_key(citation.title)):
        return False
    if _ITS_NUMBER.search(citation.text):
        return True
    before = basis.partition(f"《{citation.title}》")[0]
    said = _LOCAL.search(citation.text) or _LOCAL_BEFORE.search(before)
    return bool(said and not is_empty_reason(citation.text, ISSUING))


def local_citations(bases: Iterable[str]) -> tuple[Citation, ...]:
    """The local documents among what some bases cite: anybody can look them up by what is said, though not here."""
    return tuple(found for basis in bases for found in citations([basis]) if _is_local(found, basis))


def unregistered_faults(bases: Iterable[str], laws: Iterable[LawRow]) -> Iterator[str]:
    """One sentence for each such citation, with what to do about it (S19, S20)."""
    index = LawIndex.of(laws)
    for citation in _unregistered(bases, index):
        near = index.nearest(citation)
        meant = f"如果是指《{near}》，请改正名称" if near else "名称写错的，请改正"
        yield (
            f"依据“{citation.title}”不在法规库中，无从核对。{meant}；确有其文的，请法制审核员或者廉政办先在法规库登记；"
            "是本地文件的，写明“本地文件”和文号，例如：“《用印管理办法》（本地文件，临环〔2026〕12号）”。"
        )


def why_not_in_force(law: LawRow, day: datetime.date) -> str:
    """Clause that says since when, or from when: “自2026年8月15日起废止”."""
    if law.repealed_on and law.repealed_on <= day:
        return f"已自{_day(law.repealed_on)}起废止"
    return f"自{_day(law.in_force_from)}起才施行" if law.in_force_from else "没有施行"


def _day(day: datetime.date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
