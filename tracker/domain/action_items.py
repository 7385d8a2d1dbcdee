"""Words and states of action items (settled.md, action items)."""

from collections.abc import Iterable
from datetime import date

from tracker.domain.labels import Labelled
from tracker.errors import NotOpen


class ItemSource(Labelled):
    """Where an action item comes from."""

    CONCLUSION = "conclusion", "Kết luận"
    DIRECTIVE = "directive", "Ý kiến chỉ đạo"
    LIMITATION = "limitation", "Hạn chế"
    FREE = "free", "Tự ghi"


class Priority(Labelled):
    NORMAL = "normal", "Bình thường"
    HIGH = "high", "Ưu tiên"


class ItemState(Labelled):
    """Of one unit's part and, summed up, of the whole item. Overdue is computed, never stored."""

    OPEN = "open", "Chưa thực hiện"
    IN_PROGRESS = "in_progress", "Đang thực hiện"
    WAITING = "waiting", "Chờ xác nhận"
    DONE = "done", "Hoàn thành"
    CANCELLED = "cancelled", "Đã hủy"
    MERGED = "merged", "Đã gộp"

    @classmethod
    def still_open(cls) -> tuple["ItemState", ...]:
        """The states that come up at the next review."""
        return (cls.OPEN, cls.IN_PROGRESS, cls.WAITING)


OVERDUE_LABEL = "Quá hạn"


class PartStep(Labelled):
    """What is done to one unit's part of an action item."""

    REPORT = "report", "Ghi tiến độ"
    ASK_CLOSING = "ask_closing", "Đề nghị xác nhận hoàn thành"
    CLOSE = "close", "Xác nhận hoàn thành"
    SEND_BACK = "send_back", "Trả lại để làm tiếp"
    REOPEN = "reopen", "Mở lại"
    RELEASE = "release", "Thôi giao cho đơn vị"


class ReviewDecision(Labelled):
    """What a conference decides of an open item, beside what it says of it."""

    GO_ON = "go_on", "Tiếp tục thực hiện"
    CLOSE = "close", "Xác nhận hoàn thành"
    MOVE_DUE = "move_due", "Đổi thời hạn"
    CANCEL = "cancel", "Hủy nhiệm vụ"


NEXT: dict[tuple[ItemState, PartStep], ItemState] = {
    (ItemState.OPEN, PartStep.REPORT): ItemState.IN_PROGRESS,
    (ItemState.IN_PROGRESS, PartStep.REPORT): ItemState.IN_PROGRESS,
    (ItemState.OPEN, PartStep.ASK_CLOSING): ItemState.WAITING,
    (ItemState.IN_PROGRESS, PartStep.ASK_CLOSING): ItemState.WAITING,
    (ItemState.OPEN, PartStep.CLOSE): ItemState.DONE,
    (ItemState.IN_PROGRESS, PartStep.CLOSE): ItemState.DONE,
    (ItemState.WAITING, PartStep.CLOSE): ItemState.DONE,
    (ItemState.WAITING, PartStep.SEND_BACK): ItemState.IN_PROGRESS,
    (ItemState.DONE, PartStep.REOPEN): ItemState.IN_PROGRESS,
    (ItemState.OPEN, PartStep.RELEASE): ItemState.CANCELLED,
    (ItemState.IN_PROGRESS, PartStep.RELEASE): ItemState.CANCELLED,
    (ItemState.WAITING, PartStep.RELEASE): ItemState.CANCELLED,
}

NEEDS_REASON = (PartStep.SEND_BACK, PartStep.REOPEN, PartStep.RELEASE)


def after(state: ItemState, step: PartStep) -> ItemState:
    """The state to which `step` leads; NotOpen when it does not follow."""
    if (state, step) not in NEXT:
        raise NotOpen(f"Nhiệm vụ đang ở trạng thái “{state.label}” nên không làm được việc “{step.label}”.")
    return NEXT[state, step]


def sum_up(parts: Iterable[ItemState]) -> ItemState:
    """The state of an item from its units' parts: done when all that count are done, else the furthest begun.

    Released parts do not count. With no part left the item is open: nobody has it, so nobody has done it.
    """
    states = [state for state in parts if state is not ItemState.CANCELLED]
    if not states:
        return ItemState.OPEN
    if all(state is ItemState.DONE for state in states):
        return ItemState.DONE
    if all(state in (ItemState.DONE, ItemState.WAITING) for state in states):
        return ItemState.WAITING
    if all(state is ItemState.OPEN for state in states):
        return ItemState.OPEN
    return ItemState.IN_PROGRESS


def is_overdue(state: ItemState, due_on: date | None, day: date) -> bool:
    """Past its due date while still open or in progress; one that waits for closing is not the unit's delay."""
    return due_on is not None and due_on < day and state in (ItemState.OPEN, ItemState.IN_PROGRESS)
