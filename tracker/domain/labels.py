"""The base of every enum: the code that is stored, and the Vietnamese word that is shown."""

from enum import StrEnum
from typing import Self


class Labelled(StrEnum):
    """`KHOI = "khoi", "Khối"`: the value is stored, the label is read by users on screen and on paper."""

    label: str

    def __new__(cls, value: str, label: str = "") -> Self:
        """`label` has a default only so that looking up a code, Kind("khoi"), is sound for the type checker."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        """(code, word) for a form's choices, in the order of definition."""
        return [(member.value, member.label) for member in cls]
