"""Two-character windows of Chinese text: the one search method that is right and fast on both databases.

Whole-word tokenisers miss two-character words and trigram indexes cannot see them at all (docs/decisions/);
neighbouring pairs can be looked up exactly, and the last character is kept so that one-character prefixes work.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

_RUN = re.compile(r"[\w]+")
_SEPARATORS = re.compile(r"[\s\W_]+")
_WIDE_SIGNS = tuple((chr(ord(sign) + 0xFEE0), sign) for sign in ",;:!?()")
"""The signs that stand in nearly every Chinese text; replaced first, they leave nothing to normalise in most."""


def folded(text: str) -> str:
    """Compatibility-normalised lower-case text: full-width letters and digits become plain ones."""
    for wide, narrow in _WIDE_SIGNS:
        text = text.replace(wide, narrow)
    # Normalising costs twenty times what it costs to see that there is nothing to normalise.
    return (text if unicodedata.is_normalized("NFKC", text) else unicodedata.normalize("NFKC", text)).lower()


def plain(text: str) -> str:
    """The text as compared: compatibility-normalised, lower case, without spaces and punctuation."""
    return _SEPARATORS.sub("", folded(text))


def bigrams(text: str) -> list[str]:
    """All neighbouring pairs of every run of letters, digits and characters, and each run's last character."""
    found: list[str] = []
    for run in _RUN.findall(folded(text)):
        found.extend(run[i : i + 2] for i in range(len(run)))
    return found


def query_bigrams(text: str) -> list[str]:
    """Pairs that must all be present where ``text`` is: like ``bigrams`` without the closing single characters."""
    found: list[str] = []
    for run in _RUN.findall(folded(text)):
        found.extend([run] if len(run) == 1 else [run[i : i + 2] for i in range(len(run) - 1)])
    return list(dict.fromkeys(found))


def contains_all(text: str, terms: Iterable[str]) -> bool:
    """Whether every term stands in ``text`` after folding: the exact check behind an index hit."""
    plain_text = folded(text)
    return all(folded(term) in plain_text for term in terms)
