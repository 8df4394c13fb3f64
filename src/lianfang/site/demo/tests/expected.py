"""What the rules must say about the demo, and how the tests ask them."""

from __future__ import annotations

import json

from typer.testing import CliRunner

from lianfang.foundation.lint.report import Report
from lianfang.programme.plans import programme_rules
from lianfang.programme.plans import rules as plan_rules
from lianfang.site.cli.commands import app
from lianfang.site.demo import bureau

PATH = "JW/CH/"
DERIVED = {"RSK007"}
"""Speaks on a stated list of post grades; here they are derived, so no stored list can contradict them.

LDG001 speaks on stated ledgers in the same way; here every ledger is generated.
"""
PROGRAMME = {rule.code for rule in (*plan_rules.RULES, *programme_rules.RULES)}
Found = set[tuple[str, str]]


def planted() -> Found:
    """``(rule, entry)`` of everything that the planted faults explain in the database."""
    every = set[tuple[str, str]]().union(*(defect.expected for defect in bureau.defects()))
    return {(code, number) for code, number in every if code not in DERIVED}


def said(report: Report) -> Found:
    """``(rule, entry)`` of everything that a report found."""
    return {(found.code, found.number) for found in report.findings}


def printed(*arguments: str, within: str = "") -> Found:
    """What ``lianfang lint … --format json`` finds, in units whose number begins with ``within``."""
    answer = CliRunner().invoke(app, ["lint", *arguments, "--format", "json"])
    listed = json.loads(answer.stdout)
    assert answer.exit_code == int(any(line["severity"] == "E" for line in listed))
    return {(line["code"], line["number"]) for line in listed if line["unit"].startswith(within)}
