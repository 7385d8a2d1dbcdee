"""What notices are about."""

from tracker.domain.labels import Labelled


class NoticeKind(Labelled):
    REMINDER = "reminder", "Nhắc gửi báo cáo"
    RETURNED = "returned", "Báo cáo bị trả lại"
    ACCEPTED = "accepted", "Báo cáo đã được tiếp nhận"
    EXTENDED = "extended", "Được gia hạn"
    PERIOD = "period", "Kỳ báo cáo"


class UploadKind(Labelled):
    """What a workbook that was sent in is taken for."""

    FORM = "form", "Biểu báo cáo của đơn vị"
    CRITERIA = "criteria", "Bộ tiêu chí"
    PAST = "past", "Số liệu các năm trước"
