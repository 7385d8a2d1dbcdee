"""Words of criteria sets (bộ tiêu chí, bảng điểm): how a leaf turns a result into points (domain.md, section 4)."""

from tracker.domain.labels import Labelled


class ScoreFunction(Labelled):
    """The rule of a leaf criterion."""

    MANUAL = "manual", "Chấm tay"
    YES_NO = "yes_no", "Đạt hoặc không đạt"
    BANDS = "bands", "Theo bậc"
    PROPORTIONAL = "proportional", "Theo tỷ lệ, không vượt điểm tối đa"
    UNCAPPED = "uncapped", "Theo tỷ lệ, được vượt điểm tối đa"
    LEADER_RELATIVE = "leader_relative", "So với chỉ tiêu và đơn vị dẫn đầu"
    BEST_SHARE = "best_share", "So với kết quả tốt nhất của các đơn vị"
    DEDUCTION = "deduction", "Trừ dần từ điểm tối đa"
    LATENESS = "lateness", "Theo số ngày gửi chậm"
    PER_OCCURRENCE = "per_occurrence", "Theo số lần"
    BONUS = "bonus", "Điểm thưởng"
    PENALTY = "penalty", "Điểm trừ"

    @classmethod
    def with_bands(cls) -> tuple["ScoreFunction", ...]:
        return (cls.BANDS, cls.LATENESS)

    @classmethod
    def per_time(cls) -> tuple["ScoreFunction", ...]:
        """Those that need points for one occurrence and read the entry's count."""
        return (cls.DEDUCTION, cls.PER_OCCURRENCE, cls.BONUS, cls.PENALTY)

    @classmethod
    def measured(cls) -> tuple["ScoreFunction", ...]:
        """Those that read the entry's actual, with a direction."""
        return (cls.BANDS, cls.PROPORTIONAL, cls.UNCAPPED, cls.LEADER_RELATIVE, cls.BEST_SHARE)


class CriterionPart(Labelled):
    """Bonus and penalty stand outside the maximum."""

    MAIN = "main", "Trong điểm tối đa"
    BONUS = "bonus", "Điểm thưởng"
    PENALTY = "penalty", "Điểm trừ"


class Direction(Labelled):
    MORE = "more", "Càng nhiều càng tốt"
    LESS = "less", "Càng ít càng tốt"


class BandBasis(Labelled):
    """What a band is looked up by."""

    VALUE = "value", "Theo kết quả"
    PERCENT = "percent", "Theo % so với chỉ tiêu"


class RankBasis(Labelled):
    POINTS = "points", "Theo tổng điểm"
    SHARE = "share", "Theo tỷ lệ điểm được giao"


class Rounding(Labelled):
    HALF_UP = "half_up", "Làm tròn nửa lên"
    HALF_EVEN = "half_even", "Làm tròn nửa về số chẵn"
    DOWN = "down", "Cắt bỏ phần lẻ"
