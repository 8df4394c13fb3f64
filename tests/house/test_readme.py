"""The commands that the README and the guides show exist."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator

from tests.house.faults import ROOT, Fault, Source, demand_none, sample, tracked
from tests.whereabouts import is_command

_BLOCK = re.compile(r"^```(?:sh|bash|console|shell)\n(?P<text>.*?)^```", re.MULTILINE | re.DOTALL)
_LIANFANG = re.compile(r"(?<![\w/-])(?:\.venv/bin/|python -m )?lianfang (?P<words>[a-z][a-z -]*)")
_SCRIPT = re.compile(r"(?<![\w./-])(?:\./)?(?P<path>(?:script|\.ci)/[\w.-]+)")


def broken_commands(sources: Iterable[Source]) -> Iterator[Fault]:
    """Commands in shell examples that do not exist: no executable file here, no command of ``lianfang``."""
    for source in sources:
        for block in _BLOCK.finditer(source.text):
            for found in _SCRIPT.finditer(block["text"]):
                path = ROOT / found["path"]
                if not path.is_file() or not os.access(path, os.X_OK):
                    yield Fault("command", source.path, f"{found['path']} is no command of this repository.")
            for found in _LIANFANG.finditer(block["text"]):
                if not is_command(found["words"].split()):
                    yield Fault("command", source.path, f"lianfang {found['words'].strip()} is no command.")


def guides() -> list[Source]:
    """README, CONTRIBUTING and everything under docs/."""
    return [source for source in tracked() if source.path.endswith(".md")]


def test_the_commands_in_the_guides_exist() -> None:
    demand_none(broken_commands(guides()))


def test_a_command_that_does_not_exist_fails() -> None:
    text = """```sh
git clone URL lianfang
script/run --port 9000
./script/fly
python3 script/_bootstrap.py
lianfang serve --port 80
.venv/bin/lianfang soar high
```
"""

    found = [fault.message.partition(" is ")[0] for fault in broken_commands([sample(text, "README.md")])]

    assert found == ["script/fly", "script/_bootstrap.py", "lianfang soar high"]
