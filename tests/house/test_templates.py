"""Templates keep the strict content policy: no inline script or style, nothing from elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import pytest

from tests.house.faults import Fault, Source, demand_none, sample, templates

RULES = {
    "inline script": re.compile(r"<script\b(?![^>]*\bsrc\s*=)", re.IGNORECASE),
    "inline style": re.compile(r"<style\b|<[a-z][^>]*\sstyle\s*=", re.IGNORECASE),
    "handler in an attribute": re.compile(r"<[a-z][^>]*\s(?:on[a-z]+|hx-on[:\w-]*)\s*=", re.IGNORECASE),
    "script address": re.compile(r"javascript:", re.IGNORECASE),
    "evaluated attribute": re.compile(r"""hx-(?:vals|headers)\s*=\s*["']js:""", re.IGNORECASE),
    "file from elsewhere": re.compile(
        r"""<(?:script|link|img)\b[^>]*\b(?:src|href)\s*=\s*["'](?:https?:)?//""", re.IGNORECASE
    ),
    "unescaped value": re.compile(r"\|\s*safe\b|\{%\s*autoescape off"),
}


def unsafe_markup(sources: Iterable[Source]) -> Iterator[Fault]:
    """Places in templates that the browser would refuse, or that would let text become markup."""
    for source in sources:
        for what, pattern in RULES.items():
            for found in pattern.finditer(source.text):
                line = source.text.count("\n", 0, found.start()) + 1
                yield Fault("template", source.path, f"line {line}: {what}.")


def test_templates_keep_the_content_policy() -> None:
    demand_none(unsafe_markup(templates()))


@pytest.mark.parametrize(
    "markup",
    [
        "<script>go()</script>",
        '<script type="module">go()</script>',
        "<style>p { color: red }</style>",
        '<p class="x" style="color: red">',
        '<button type="button" onclick="go()">',
        '<button\n  type="button"\n  onclick="go()">',
        '<div hx-on:click="go()">',
        '<a href="javascript:go()">',
        "<div hx-vals='js:{a: 1}'>",
        '<script src="https://example.org/x.js"></script>',
        '<link rel="stylesheet" href="//example.org/x.css">',
        "{{ text|safe }}",
    ],
)
def test_the_check_fails_on_unsafe_markup(markup: str) -> None:
    assert len(list(unsafe_markup([sample(markup)]))) == 1


def test_clean_markup_passes() -> None:
    markup = """
        <script src="{% static 'vendor/tabler.min.js' %}" defer></script>
        <a href="https://example.org/">条例</a> <input name="only" class="style"> {{ text|safeseq }}
        <div hx-get="/powers/" hx-target="#list" data-style="compact">
    """

    assert list(unsafe_markup([sample(markup)])) == []
