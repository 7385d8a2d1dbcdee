"""What is typed around a ranking: the paper it goes by, the reason of a correction, a code to be checked."""

from tracker.forms.base import AtMost, BlockField, DateField, LineField, Needed, UserForm


class PrepareForm(UserForm):
    """`reason` is asked for a correction only; the view takes it off the first edition's form."""

    decision_number = LineField("Căn cứ: số, tên văn bản", [AtMost(100)])
    decided_on = DateField("Ngày văn bản")
    reason = BlockField("Lý do đính chính (sẽ được lưu và công bố)", [Needed("ghi lý do đính chính")], most=2000)


class ConfirmForm(UserForm):
    """A confirmation asks for nothing."""


class TakeBackForm(UserForm):
    reason = BlockField("Lý do (sẽ được lưu)", [Needed("ghi lý do")], most=2000)


class CheckForm(UserForm):
    code = LineField("Mã kiểm tra", [Needed("ghi mã in trên văn bản"), AtMost(120)])
