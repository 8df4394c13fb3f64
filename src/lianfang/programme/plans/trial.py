"""The child process that reads the text of a plan on trial: limits itself, and ends well if the text can be read.

Run as ``python -m lianfang.programme.plans.trial`` with the limits as a JSON argument and the text on standard input.
What it finds is thrown away: whoever asked then knows that reading ends, now and whenever the page is opened again.
"""

from __future__ import annotations

import json
import sys

from lianfang.foundation.documents.limits import Limits, limit_self
from lianfang.programme.plans.drafting import Origin, draft_of
from lianfang.programme.plans.reader import read_plan
from lianfang.programme.plans.rules import findings_of


def main() -> None:
    """Read one text and judge it, as the page of its reading will."""
    limit_self(Limits(**json.loads(sys.argv[1])["limits"]))
    read = read_plan(sys.stdin.buffer.read().decode())
    findings_of(read)
    draft_of(read, Origin("", (), ""))


if __name__ == "__main__":
    main()
