"""What can go wrong for a reason the user can understand: each carries a sentence in Vietnamese."""

from collections.abc import Sequence
from typing import Any


class RuleBroken(Exception):
    """A rule of the field forbids the act. `sentence` names the thing, the place and the way out.

    `field` names the form field to which the sentence belongs, if there is one.
    """

    status = 422

    def __init__(self, sentence: str, *, field: str | None = None) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.field = field


class NotAllowed(RuleBroken):
    """The persona knows the thing, but the act belongs to someone else."""

    status = 403


class NotOpen(RuleBroken):
    """The thing is closed, or its state does not lead to this step."""

    status = 409


class Locked(NotOpen):
    """Units' data of `period` are locked, or the moment of locking has come and nobody recorded it yet."""

    def __init__(self, sentence: str, period: Any) -> None:
        super().__init__(sentence)
        self.period = period


class ReasonMissing(RuleBroken):
    """The act is kept together with its reason, and there is none."""

    def __init__(self, act: str) -> None:
        super().__init__(f"Hãy ghi lý do {act}: lý do được lưu lại cùng việc này.", field="reason")


class TooLarge(RuleBroken):
    """A file is larger than this installation takes."""

    status = 413


class Conflict(RuleBroken):
    """Someone else saved the record after this form was opened. `record` is as it stands now."""

    status = 409

    def __init__(self, record: Any) -> None:
        super().__init__("Trong lúc bạn sửa, người khác đã lưu một bản khác của mục này.")
        self.record = record


class TooManyTries(RuleBroken):
    """Signing in must wait. `seconds` is how long."""

    status = 429

    def __init__(self, seconds: int) -> None:
        minutes = max(1, -(-seconds // 60))
        super().__init__(f"Đã thử sai nhiều lần. Hãy chờ {minutes} phút rồi thử lại.")
        self.seconds = seconds


class SeveralFound(RuleBroken):
    """A description fits more than one record. `names` lists them for the user to choose from."""

    def __init__(self, sentence: str, names: Sequence[str]) -> None:
        super().__init__(f"{sentence} {'; '.join(names)}.")
        self.names = list(names)
