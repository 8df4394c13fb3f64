"""The table of rules: complete, documented, true to the domain, and each rule proved on its own two examples."""

from __future__ import annotations

import pytest

from lianfang.foundation.lint.engine import run
from lianfang.foundation.lint.rule import HEADINGS, Rule
from lianfang.foundation.parameters.inventory import PARAMETERS
from lianfang.site.reference.lint import rule_pages
from lianfang.site.reference.parameters import parameter_page
from lianfang.site.rules import FAMILIES, RULES

WEIGHTS = """
PWR001E全 PWR002E准 PWR003E准 PWR004W准 PWR005W准 PWR006E准 PWR007E准 PWR008W深 PWR009W深 PWR010W全 PWR011W准
PWR012E全 PWR013E全 NEG001E全 NEG002E全 NEG003E全 NEG004W全 NEG005E全 NEG006W准 NEG007W深 RSK001W准 RSK002W准
RSK003E深 RSK004W深 RSK005E准 RSK006E准 RSK007E准 RSK008W准 RSK009W深 RSK010E准 RSK011W准 RSK012I深 CTL001E全
CTL002E深 CTL003W深 CTL004E深 CTL005E准 CTL006E准 CTL007W准 CTL008W深 CTL009W深 RUL001E全 RUL002W准 RUL003W准
RUL005E全 LDG001E准 DOC001W准 PRG001E序 PRG002W序 PRG003W序 PRG004W序 PRG005E全 PRG009E全
ORG001E全 ORG002E全 ORG003E全 ORG004I全 DOC002W准 DOC003E准 DOC004I准 DOC005W准 NEG008E全 NEG009E准 RSK013E准 RSK014E准
CTL010E准 CTL011W深 LDG002E准 NEG010E全 RSK015E准 RSK016E准 CTL012E准
"""
"""Code, severity and dimension as the domain has them; the last two lines are our own (S8, S21, S23–S26, S31, S41, S65,
S72, S74, S77, S87)."""

every_rule = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)


def test_the_table_has_every_rule_with_the_weight_that_the_domain_gives_it() -> None:
    table = [f"{rule.code}{rule.severity}{rule.dimension}" for rule in RULES]

    assert sorted(table) == sorted(WEIGHTS.split())


def test_no_code_and_no_title_is_used_twice() -> None:
    assert len({rule.code for rule in RULES}) == len({rule.title for rule in RULES}) == len(RULES)


def test_every_family_has_a_name_and_every_name_a_family() -> None:
    assert {rule.family for rule in RULES} == set(FAMILIES)


@every_rule
def test_a_rule_explains_itself_under_the_four_headings(rule: Rule) -> None:
    assert tuple(rule.explanation) == HEADINGS
    assert all(len(text) >= 3 and text.endswith("。") for text in rule.explanation.values())
    assert rule.check.__doc__
    assert rule.check.__doc__.startswith(f"{rule.code}.")
    assert rule.sources


@every_rule
def test_a_rule_finds_its_own_failing_example_and_says_where_and_what(rule: Rule) -> None:
    report = run([rule], rule.example(rule.fails))

    assert report.findings
    for finding in report.findings:
        assert finding.code == rule.code
        assert finding.kind
        assert finding.number
        assert finding.field
        assert finding.message.endswith("。")


@every_rule
def test_a_rule_is_silent_on_its_own_passing_example(rule: Rule) -> None:
    report = run([rule], rule.example(rule.passes))

    assert report.skipped == ()
    assert report.findings == ()


@every_rule
def test_a_register_rule_reads_the_register_it_speaks_about(rule: Rule) -> None:
    if rule.is_row_rule:
        return

    if rule.subject is None:
        assert all(getattr(register, "witness", False) for register in rule.reads)
    else:
        assert rule.subject in rule.reads


def test_every_rule_has_a_page_and_a_line_in_the_index() -> None:
    pages = rule_pages(RULES)

    index = pages["docs/reference/rules/README.md"]
    for rule in RULES:
        page = pages[f"docs/reference/rules/{rule.code}.md"]
        assert f"[{rule.code}]({rule.code}.md)" in index
        assert page.startswith(f"# {rule.code} {rule.title}\n")
        assert "系统报告：\n\n> " in page
        assert all(f"## {heading}\n\n{text}" in page for heading, text in rule.explanation.items())


@pytest.mark.covers("S88")
def test_every_parameter_is_listed_with_its_default() -> None:
    page = parameter_page()

    for definition in PARAMETERS:
        assert f"| {definition.name} | {definition.shown(definition.default)} | {definition.allowed} |" in page
        assert f"| `{definition.code}` |" in page
    assert "| 最少评分人数 | 3 人 | 3 至 15 人 |" in page
    assert "| “连续” | S48 | 人工掌握 | 纪委监委干部（对所有局） |" in page


@pytest.mark.covers("S88")
def test_every_rule_that_a_parameter_names_exists_and_names_it_too() -> None:
    codes = {rule.code: rule for rule in RULES}

    for definition in PARAMETERS:
        for name in definition.rules:
            assert definition.code in codes[name].explanation["来源"], (definition.code, name)
