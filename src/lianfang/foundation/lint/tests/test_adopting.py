"""A list that is adopted names the decision that approved it; no action takes it over on anything else."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import lianfang
from lianfang.foundation.lint.adopting import terms_on
from lianfang.kernel.errors import Invalid

SOURCES = Path(lianfang.__file__).parent


@pytest.mark.covers("S79")
@pytest.mark.parametrize("said", [" ", "\u3000", "x", "同意", "旧纪要", "随便写", "2026"])
def test_what_names_no_decision_adopts_nothing(said: str) -> None:
    with pytest.raises(Invalid):
        terms_on("清单.xlsx", said)


def test_a_named_decision_adopts_and_silence_imports() -> None:
    adopted, plain = terms_on("清单.xlsx", " 局党组会纪要〔2026〕15号 "), terms_on("清单.xlsx")

    assert (adopted.adopted, adopted.basis) == (True, "局党组会纪要〔2026〕15号")
    assert (plain.adopted, plain.basis) == (False, "")


def test_terms_with_a_basis_are_made_nowhere_else() -> None:
    made = {
        str(path.relative_to(SOURCES))
        for path in SOURCES.rglob("*.py")
        if "/tests/" not in path.as_posix()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "Terms"
        and len(node.args) + len(node.keywords) > 1
    }

    assert made == {"foundation/lint/adopting.py"}
