"""One-time passwords: readable aloud, typed once, changed at the first log-in."""

from __future__ import annotations

import secrets

ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
"""Without 0 and o, 1, i and l, which look alike on paper."""
GROUPS, GROUP_LENGTH = 4, 4


def one_time_password() -> str:
    """Four groups of four characters, about 79 bits."""
    return "-".join("".join(secrets.choice(ALPHABET) for _ in range(GROUP_LENGTH)) for _ in range(GROUPS))
