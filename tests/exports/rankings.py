"""Rankings for papers: an invented bloc as large as asked, from a seed, with every kind of gap and tie in it."""

import random
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from tests.exports.records_full import SHORT, UNITS
from tracker.domain.criteria import CriterionPart, RankBasis
from tracker.domain.periods import Period, PeriodKind
from tracker.domain.ranking import rank
from tracker.domain.ranking_paper import EarlierLine, EarlierRanking, RankingPaper, RankingStamp
from tracker.domain.ranking_shown import (
    RankingShown,
    ShownCriterion,
    ShownPoint,
    ShownStage,
    ShownUnit,
    hash_of,
    to_json,
)
from tracker.domain.scoring.results import UnitTotal

YEAR = Period(2025, PeriodKind.YEAR)
NOON = datetime(2026, 1, 12, 16, 20, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
ZERO = Decimal(0)
GROUPS = (
    "Thực hiện nhiệm vụ chính trị, chuyên môn", "Xây dựng Đảng, chính quyền, cải cách hành chính",
    "Tổ chức phong trào thi đua, khen thưởng",
)
TITLES = (
    "Nhiệm vụ UBND tỉnh giao hoàn thành đúng hạn", "Tỷ lệ hồ sơ giải quyết trước hạn trên tổng số hồ sơ tiếp nhận",
    "Phát hiện, bồi dưỡng, nhân rộng điển hình tiên tiến", "Chế độ thông tin, báo cáo",
)
REASONS = ("Theo hồ sơ kèm theo", "Minh chứng chưa đủ quyết định công nhận", "Số liệu của cơ quan thống kê thấp hơn")


def criteria(leaves: int) -> tuple[ShownCriterion, ...]:
    """Three groups, then one bonus and one penalty; `leaves` inside the maximum, 100 points together."""
    rows, each = [], (Decimal(100) / leaves).quantize(Decimal("0.01"))
    for place, title in enumerate(GROUPS):
        own = range(place, leaves, len(GROUPS))
        group = f"g{place}"
        rows.append(
            ShownCriterion(group, "I" * (place + 1), title, 0, False, CriterionPart.MAIN, each * len(own))
        )
        for count, leaf in enumerate(own, start=1):
            rows.append(
                ShownCriterion(
                    f"c{leaf}", str(count), f"{TITLES[leaf % 4]} ({leaf + 1})", 1, True, CriterionPart.MAIN, each,
                    "%" if leaf % 4 == 1 else "nhiệm vụ", "Theo tỷ lệ, không vượt điểm tối đa", group,
                )
            )
    for key, number, title, part in (
        ("thuong", "IV", "Mô hình mới, sáng kiến được nhân rộng", CriterionPart.BONUS),
        ("tru", "V", "Bị nhắc nhở bằng văn bản", CriterionPart.PENALTY),
    ):
        rows.append(ShownCriterion(key, number, title, 0, True, part, Decimal(5), "lần", "1 điểm mỗi lần"))
    return tuple(rows)


def a_point(chance: random.Random, row: ShownCriterion, *, judged: bool = True) -> ShownPoint:
    """Any of: as proposed, lowered, raised again after an explanation, not assigned, never proposed."""
    most, main = row.maximum or ZERO, row.part is CriterionPart.MAIN
    if main and chance.random() < 0.06:
        return ShownPoint(assigned=False)
    top = int(most * 100)
    own = Decimal(chance.randint(top * 8 // 10, top)) / 100 if main else Decimal(chance.randint(0, 4)) / 2
    proposed = None if chance.random() < 0.05 else ShownStage(own, "Trần Thị Ví Dụ", NOON - timedelta(days=30))
    point = ShownPoint(
        target=Decimal(chance.randint(10, 5000)) if main else None,
        actual=Decimal(chance.randint(0, 600000)) / 100 if main and chance.random() < 0.9 else None,
        count=None if main else chance.randint(0, 3),
        own=proposed, rule=f"Kết quả so với chỉ tiêu, nhân {most}; tối đa {most}.", evidence=chance.randint(0, 3),
    )
    if not judged:
        return point
    lower = chance.random() < 0.25
    given = max(own - Decimal(chance.randint(1, 100)) / 100, ZERO) if lower else own
    point = replace(
        point, bloc=ShownStage(given, "Nguyễn Văn Mẫu", NOON, chance.choice(REASONS) if given != own else "")
    )
    if lower and chance.random() < 0.5:
        second = own if chance.random() < 0.5 else given
        point = replace(
            point, explanation="Đơn vị gửi bổ sung quyết định số 41/QĐ-VP, đề nghị khối xem lại.",
            second=ShownStage(second, "Nguyễn Văn Mẫu", NOON, "Sau khi xem giải trình" if second != given else ""),
        )
        if chance.random() < 0.3:
            point = replace(point, council=ShownStage(own, "Lê Thị Thí Dụ", NOON, "Hội đồng thống nhất"))
    return point


def total(rows: tuple[ShownCriterion, ...], points: dict[str, ShownPoint], key: str) -> UnitTotal:
    sums = {part: ZERO for part in CriterionPart}
    groups, maximum, blank = {f"g{place}": ZERO for place in range(len(GROUPS))}, ZERO, 0
    for row in rows:
        if not row.is_leaf or not points[row.key].assigned:
            continue
        final = points[row.key].final
        sums[row.part] += final or ZERO
        if row.part is CriterionPart.MAIN:
            maximum += row.maximum or ZERO
            groups[row.parent] += final or ZERO
            blank += final is None
    main, bonus, penalty = (sums[part] for part in (CriterionPart.MAIN, CriterionPart.BONUS, CriterionPart.PENALTY))
    return UnitTotal(key, main, bonus, penalty, maximum, blank, False, groups)


def a_class(share: Decimal) -> str:
    return next(
        (name for name, least in (("Xuất sắc", 95), ("Tốt", 90), ("Hoàn thành", 80)) if share * 100 >= least), ""
    )


def shown_of(seed: int, units: int = 8, leaves: int = 12, basis: RankBasis = RankBasis.SHARE) -> RankingShown:
    """A ranking of `units` units (3 to 20), the first two equal to the last digit, the last one not considered."""
    chance = random.Random(seed)
    rows = criteria(leaves)
    keys = [f"unit{place}" for place in range(units)]
    points = {
        key: {row.key: a_point(chance, row, judged=key != keys[-1]) for row in rows if row.is_leaf} for key in keys
    }
    points[keys[1]] = dict(points[keys[0]])
    totals = {key: total(rows, points[key], key) for key in keys}
    order = list(keys[:-1])
    chance.shuffle(order)
    places = {each.unit: each for each in rank([totals[key] for key in order], basis)}
    lines = [_unit(place, key, totals[key], places.get(key)) for place, key in enumerate(keys)]
    lines.sort(key=lambda unit: (unit.rank is None, unit.rank or 0))
    return RankingShown(
        "Khối thi đua các cơ quan Kinh tế tỉnh Minh Họa", "Hội đồng Thi đua - Khen thưởng tỉnh Minh Họa", YEAR,
        "Bảng điểm năm 2025", basis, 2, "Làm tròn nửa lên, 2 chữ số lẻ", "Bằng điểm thì đồng hạng.", rows,
        tuple(lines), points, ("Cờ thi đua: đề nghị không quá 20%, tức nhiều nhất 1 trong 7 đơn vị (Hướng dẫn 12).",),
        illustration=True,
    )


def _unit(place: int, key: str, summed: UnitTotal, placed: object) -> ShownUnit:
    ranked = placed is not None
    share = Decimal(summed.total) / summed.maximum if summed.maximum else ZERO
    return ShownUnit(
        key, UNITS[place], SHORT[place], getattr(placed, "rank", None), bool(getattr(placed, "shared", False)), "",
        summed.total, summed.total if ranked else None, summed.bonus, summed.penalty,
        summed.total if ranked else None, summed.maximum, a_class(share) if ranked else "",
        "", "" if ranked else "Không xét", "" if ranked else "Chưa gửi báo cáo", place % 3,
        summed.blank, dict(summed.groups),
    )


def paper_of(shown: RankingShown, *, draft: bool = False) -> RankingPaper:
    """With a stamp, and three earlier years in which every unit had a place."""
    content = to_json(shown)
    stamp = RankingStamp(
        2, "k3f9qzt7wnbm", hash_of(content), NOON, "02/BB-KTĐ", NOON.date(), "Cộng sót 0,50 điểm của một đơn vị."
    )
    keys = [unit.key for unit in shown.units]
    earlier = tuple(
        EarlierRanking(
            Period(year, PeriodKind.YEAR),
            tuple(
                EarlierLine(key, at + 1, Decimal(9800 - 150 * at) / 100)
                for key, at in ((key, (place + year) % len(keys)) for place, key in enumerate(keys))
            ),
        )
        for year in (2022, 2023, 2024)
    )
    return RankingPaper(shown, None if draft else stamp, earlier)
