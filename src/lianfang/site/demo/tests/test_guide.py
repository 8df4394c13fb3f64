"""The guide tells who may log in to the demo: exactly those whom the program lists, each with something to try."""

from __future__ import annotations

import re
from pathlib import Path

from typer.testing import CliRunner

from lianfang.conftest import Cast
from lianfang.site.cli.commands import app
from lianfang.site.demo.people import PARTS

GUIDE = Path(__file__).resolve().parents[5] / "docs" / "guide" / "install.md"


def test_the_guide_lists_every_log_in_of_the_demo_in_the_order_and_words_of_the_program() -> None:
    text = GUIDE.read_text(encoding="utf-8")
    lines = re.findall(r"^\| ([a-z]+) \| ([^|]+) \| ([^|]+) \|$", text, re.MULTILINE)

    assert [(login, title) for login, title, _ in lines] == [(part.login, part.title) for part in PARTS]
    assert len({trial for *_, trial in lines}) >= len(lines) - 1


def test_the_demo_is_not_put_beside_the_units_of_somebody_real(cast: Cast) -> None:
    answer = CliRunner().invoke(app, ["demo"])

    assert answer.exit_code == 1
    assert "正式单位，不装入演示单位" in answer.stderr
