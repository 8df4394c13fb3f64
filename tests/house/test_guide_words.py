"""Buttons, pages and headings to which the guide points are written on the pages exactly so."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator

from tests.house.faults import Fault, Source, demand_none, product, sample, templates, tracked

_POINTED = re.compile(
    r"(?:点|打开|选|按|看|在|到|出现|标明|对照|下面的|一栏|角有|^)(?P<before>“[^”]+”(?:(?:和|或者|、)“[^”]+”)*)"
    r"|(?P<after>“[^”]+”)(?:页面|按钮|里|逐|把|看|一栏|是灰色|只列)",
    re.MULTILINE,
)
"""A name to which the guide points: what is pressed or opened, and where something is seen."""
_NAME = re.compile(r"“([^”]+)”")
_BETWEEN_TAGS = re.compile(r"(?<=[>}])[^<>{}]+(?=[<{]|$)")
_IN_QUOTES = re.compile(r"\"([^\"\n]+)\"|'([^'\n]+)'")


def guides() -> list[Source]:
    """The chapters for those who work with the pages."""
    return [source for source in tracked() if re.fullmatch(r"docs/guide/[^/]+\.md", source.path)]


def named(text: str) -> list[str]:
    """The buttons, pages and headings to which a text points, in order."""
    return [name for found in _POINTED.finditer(text) for name in _NAME.findall(found[0])]


def written(markup: str) -> set[str]:
    """What a template or script says: texts between tags, and texts in quotes that it hands to a component."""
    handed = {"".join(groups) for groups in _IN_QUOTES.findall(markup)}
    return {text.strip() for text in {*_BETWEEN_TAGS.findall(markup), *handed}}


def on_the_pages() -> set[str]:
    """Every label: texts of templates and scripts, and whole texts of Python, also those that hold tags."""
    scripts = [source for source in tracked() if source.path.endswith(".js") and "/static/web/" in source.path]
    found = set().union(*(written(source.text) for source in (*templates(), *scripts)))
    for source in product():
        for node in ast.walk(source.tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found |= {node.value.strip(), *(written(node.value) if ">" in node.value else ())}
    return found


def unwritten(sources: Iterable[Source], labels: set[str]) -> Iterator[Fault]:
    """Names in the guide that no page bears."""
    for source in sources:
        for name in named(source.text):
            if name not in labels:
                yield Fault("guide-words", source.path, f"“{name}” stands on no page.")


def test_every_button_and_page_that_the_guide_names_is_called_so_on_the_pages() -> None:
    assert len([name for source in guides() for name in named(source.text)]) > 50
    demand_none(unwritten(guides(), on_the_pages()))


def test_a_name_that_stands_on_no_page_fails_and_a_part_of_a_label_is_no_label() -> None:
    labels = written('<a class="btn">设计措施</a>{% page_header "防控措施" %}')
    guide = sample("打开“防控措施”，点“设计措施”或者“措施”，不写“以权谋私”。", "docs/guide/clerk.md")

    (fault,) = unwritten([guide], labels)

    assert fault.message == "“措施” stands on no page."


def test_names_are_known_by_the_words_around_them() -> None:
    text = "“总览”逐科室列出进度；“等我办理”里出现“评分”时，在“方案”页面点“读方案”，例如“20个工作日”。"

    assert named(text) == ["总览", "等我办理", "评分", "方案", "读方案"]
