"""How much of a file may be read: bounds that keep a hostile file from taking the machine (security.md §7)."""

from __future__ import annotations

import resource
from dataclasses import dataclass

MEBIBYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds for one file; sizes in bytes, times in seconds.

    ``memory`` and ``cpu_seconds`` bound the child process that parses; ``wall_seconds`` ends it when it hangs.
    ``cells`` and ``answer`` (in bytes) bound what the child hands over, merged cells filled in: a small file can name
    a large area, and give one long text to many cells.
    ``ratio`` is unpacked : packed size of an archive, looked at only above one mebibyte unpacked.
    """

    file_size: int = 32 * MEBIBYTE
    rows: int = 20_000
    columns: int = 60
    cell_characters: int = 32_767
    tables: int = 200
    members: int = 2_000
    unpacked: int = 64 * MEBIBYTE
    ratio: int = 100
    memory: int = 1024 * MEBIBYTE
    cpu_seconds: int = 20
    wall_seconds: int = 60
    findings: int = 500
    cells: int = 2_000_000
    answer: int = 64 * MEBIBYTE

    @property
    def fewer_rows(self) -> str:
        """What to do with a list of too many lines; the command line is a way only for whom it takes more."""
        elsewhere = "；确需一次导入的，请管理员用命令行导入" if self.rows < COMMAND_LINE.rows else ""
        return f"请删去多余的行或拆成几个文件{elsewhere}。"


WEB = Limits()
"""For files that arrive over the network."""

COMMAND_LINE = Limits(
    file_size=512 * MEBIBYTE,
    rows=400_000,
    columns=200,
    unpacked=512 * MEBIBYTE,
    cpu_seconds=300,
    wall_seconds=900,
    findings=5_000,
    cells=20_000_000,
    answer=512 * MEBIBYTE,
)
"""For files that an administrator reads on the machine itself.

Its memory is that of the web, one gibibyte, which 400,000 lines of eight short cells fit into, and 250,000 of eight
cells of thirty characters; what is larger is refused for its memory, and has to be divided either way.
"""


def limit_self(limits: Limits) -> None:
    """Bound the process that calls this, for good: for the child processes that read what came from outside."""
    resource.setrlimit(resource.RLIMIT_AS, (limits.memory, limits.memory))
    resource.setrlimit(resource.RLIMIT_CPU, (limits.cpu_seconds, limits.cpu_seconds + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
