"""The commands that the README and the guides show exist."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator

from tests.house.faults import ROOT, Fault, Source, demand_none, sample, tracked

_BLOCK = re.compile(r"^```(?:sh|bash|console|shell)\n(?P<text>.*?)^```", re.MULTILINE | re.DOTALL)
_SCRIPT = re.compile(r"(?<![\w./-])(?:\./)?(?P<path>(?:script|\.ci)/[\w.-]+)")


def broken_commands(sources: Iterable[Source]) -> Iterator[Fault]:
    """Commands of this repository in shell examples that are no executable files."""
    for source in sources:
        for block in _BLOCK.finditer(source.text):
            for found in _SCRIPT.finditer(block["text"]):
                path = ROOT / found["path"]
                if not path.is_file() or not os.access(path, os.X_OK):
                    yield Fault("command", source.path, f"{found['path']} is no command of this repository.")


def guides() -> list[Source]:
    """README, CONTRIBUTING and everything under docs/."""
    return [source for source in tracked() if source.path.endswith(".md")]


def test_the_commands_in_the_guides_exist() -> None:
    demand_none(broken_commands(guides()))


def test_a_command_that_does_not_exist_fails() -> None:
    text = "```sh\ngit clone URL lianfang\nscript/run --port 9000\n./script/fly\npython3 script/_bootstrap.py\n```\n"

    found = [fault.message.split()[0] for fault in broken_commands([sample(text, "README.md")])]

    assert found == ["script/fly", "script/_bootstrap.py"]
