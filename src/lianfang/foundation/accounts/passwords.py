"""One-time passwords (readable aloud, typed once, changed at the first log-in) and the demand on chosen ones."""

from __future__ import annotations

import secrets

from django.core.exceptions import ValidationError

ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
"""Without 0 and o, 1, i and l, which look alike on paper."""
GROUPS, GROUP_LENGTH = 4, 4


def one_time_password() -> str:
    """Four groups of four characters, about 79 bits."""
    return "-".join("".join(secrets.choice(ALPHABET) for _ in range(GROUP_LENGTH)) for _ in range(GROUPS))


class LeastLength:
    """Django password validator: at least ``min_length`` characters, said in the language of the pages."""

    def __init__(self, min_length: int = 10) -> None:
        self.min_length = min_length

    def validate(self, password: str, _user: object = None) -> None:
        """Raise ``ValidationError`` for a shorter password."""
        if len(password) < self.min_length:
            raise ValidationError(self.get_help_text(), code="password_too_short")

    def get_help_text(self) -> str:
        """What is asked, as a sentence."""
        return f"密码至少 {self.min_length} 个字符。"


class CharacterClasses:
    """Django password validator: characters of at least ``least`` of the four classes (GB/T 22239-2019 8.1.4.1 a).

    A telephone number, a date or a name in pinyin with a year has two classes at the most.
    """

    def __init__(self, least: int = 3) -> None:
        self.least = least

    def validate(self, password: str, _user: object = None) -> None:
        """Raise ``ValidationError`` for a password of too few classes."""
        classes = {
            "lower" if letter.islower() else "upper" if letter.isupper() else "digit" if letter.isdigit() else "sign"
            for letter in password
        }
        if len(classes) < self.least:
            raise ValidationError(self.get_help_text(), code="password_too_uniform")

    def get_help_text(self) -> str:
        """What is asked, as a sentence."""
        return f"密码须包含大写字母、小写字母、数字、其他符号（如短横线、汉字）中的至少 {self.least} 种。"
