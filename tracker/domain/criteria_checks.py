"""What must hold of a criteria set before a period may open by it, each fault in a sentence with the way out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from tracker.domain.criteria import BandBasis, CriterionPart, Direction, ScoreFunction
from tracker.domain.criteria_bands import band_faults
from tracker.domain.criteria_tree import ZERO, BandStep, CriteriaTree, CriterionNode, Placed, number_key
from tracker.domain.quantities import said

#: Which functions a part outside the maximum takes: points of its own, or typed ones.
OUTSIDE = {
    CriterionPart.BONUS: (ScoreFunction.BONUS, ScoreFunction.MANUAL, ScoreFunction.YES_NO),
    CriterionPart.PENALTY: (ScoreFunction.PENALTY, ScoreFunction.MANUAL),
}
#: Those whose points for one time suffice: a limit may stand beside, a maximum need not.
UNLIMITED = (ScoreFunction.BONUS, ScoreFunction.PENALTY)


@dataclass(frozen=True)
class Problem:
    """A fault at the row `number` ("" for the whole set). `stops`: no period opens while it stands.

    `key` is the row's key ("" for the whole set), `column` the field of the row that the sentence is about.
    """

    number: str
    sentence: str
    stops: bool
    key: str = ""
    column: str = ""


def problems(tree: CriteriaTree) -> list[Problem]:
    """All faults, those that stop first, else in the order of the tree."""
    found = [*_whole(tree), *_numbers(tree)]
    for placed in tree.walk():
        node = placed.node
        faults = [*(_leaf(node) if node.is_leaf else _group(node)), *_nesting(node)]
        found += [Problem(placed.full_number, sentence, stops, node.key, column) for column, sentence, stops in faults]
    return sorted(found, key=lambda problem: not problem.stops)


def is_complete(tree: CriteriaTree) -> bool:
    """Whether nothing stops a period from opening by it."""
    return not any(problem.stops for problem in problems(tree))


Fault = tuple[str, str, bool]


def parameters(function: ScoreFunction | None, part: CriterionPart = CriterionPart.MAIN) -> tuple[str, ...]:
    """The fields that a rule reads besides the maximum; the others stay empty."""
    if function is None:
        return ()
    if function is ScoreFunction.BANDS:
        return ("direction", "band_basis", "bands")
    if function is ScoreFunction.LATENESS:
        return ("bands",)
    if function in ScoreFunction.measured():
        return ("direction",)
    if function is ScoreFunction.DEDUCTION:
        return ("points_each", "floor_points")
    if function in ScoreFunction.per_time():
        return ("points_each", "limit_points")
    return ()


def _whole(tree: CriteriaTree) -> Iterator[Problem]:
    if not tree.criteria:
        yield Problem("", "Bộ tiêu chí chưa có dòng nào: thêm nhóm hoặc tiêu chí đầu tiên.", True)
        return
    if not any(True for _ in tree.leaves()):
        yield Problem("", "Chưa có tiêu chí nào để chấm: mới chỉ có tên nhóm.", True)
    tops = [root for root in tree.criteria if root.part is CriterionPart.MAIN]
    added = sum((root.most or ZERO for root in tops), ZERO)
    if tree.declared_total is None:
        yield Problem("", f"Chưa ghi tổng điểm công bố; các dòng cộng lại được {said(added)}.", False)
    elif added != tree.declared_total:
        yield Problem(
            "", f"Các mục lớn cộng lại được {said(added)}, tổng điểm công bố là {said(tree.declared_total)}: "
            f"{_apart(added, tree.declared_total)}.", True, column="declared_total",
        )  # fmt: skip


def _numbers(tree: CriteriaTree) -> Iterator[Problem]:
    """Rows below one group bear different numbers; alike in different groups is usual (I › 1, II › 1)."""
    below: dict[tuple[str, ...], dict[str, Placed]] = {}
    for placed in tree.walk():
        seen = below.setdefault(placed.path, {})
        number = number_key(placed.node.number)
        if not number:
            yield Problem(
                placed.full_number, f"“{placed.node.title}” chưa có số thứ tự.", True, placed.node.key, "number"
            )
        elif number in seen:
            yield Problem(
                placed.full_number,
                f"Số thứ tự “{placed.node.number}” dùng cho hai dòng cùng nhóm: “{seen[number].node.title}” và "
                f"“{placed.node.title}”.", True, placed.node.key, "number",
            )  # fmt: skip
        else:
            seen[number] = placed


def _group(node: CriterionNode) -> Iterator[Fault]:
    if not node.children:
        yield "function", "Chưa có tiêu chí con: thêm tiêu chí bên trong, hoặc chọn cách chấm cho dòng này.", True
        return
    added = sum((child.most or ZERO for child in node.children if child.part is node.part), ZERO)
    if node.maximum is not None and added != node.maximum:
        yield "maximum", (
            f"Các dòng bên trong cộng lại được {said(added)}, điểm tối đa của nhóm là {said(node.maximum)}: "
            f"{_apart(added, node.maximum)}."
        ), True


def _nesting(node: CriterionNode) -> Iterator[Fault]:
    if node.is_leaf and node.children:
        yield "function", "Dòng có tiêu chí con thì không tự chấm: bỏ cách chấm, hoặc chuyển các dòng con đi.", True
    for child in node.children:
        if node.part is not CriterionPart.MAIN and child.part is not node.part:
            yield "part", (
                f"Dòng {child.number} bên trong thuộc phần “{child.part.label}”, còn nhóm này thuộc phần "
                f"“{node.part.label}”: hai dòng phải cùng phần."
            ), True


def _leaf(node: CriterionNode) -> Iterator[Fault]:
    assert node.function is not None
    yield from _part(node)
    yield from _maximum(node)
    needed = parameters(node.function, node.part)
    if "direction" in needed and node.direction is None:
        yield "direction", "Chưa chọn chiều: càng nhiều càng tốt hay càng ít càng tốt.", True
    if node.function is ScoreFunction.UNCAPPED and node.direction is Direction.LESS:
        yield "function", (
            "Càng ít càng tốt thì kết quả 0 là tốt nhất và được điểm tối đa, nên không kết quả nào vượt điểm tối đa: "
            f"dòng này được chấm như “{ScoreFunction.PROPORTIONAL.label}”."
        ), False
    if "band_basis" in needed and node.band_basis is None:
        yield "band_basis", "Chưa chọn bậc tính theo kết quả hay theo % so với chỉ tiêu.", True
    if "points_each" in needed and node.points_each is None:
        yield "points_each", "Chưa ghi điểm mỗi lần.", True
    if "bands" in needed:
        yield from _bands(node)
    if node.function in ScoreFunction.measured() and not node.unit_of_measure:
        yield "unit_of_measure", "Chưa ghi đơn vị tính.", False
    yield from _limits(node)


def _part(node: CriterionNode) -> Iterator[Fault]:
    assert node.function is not None
    if node.part is CriterionPart.MAIN:
        if node.function in UNLIMITED:
            yield "part", (
                f"“{node.function.label}” đứng ngoài điểm tối đa: chọn phần “{node.function.label}” cho dòng này."
            ), True
    elif node.function not in OUTSIDE[node.part]:
        allowed = ", ".join(f"“{function.label}”" for function in OUTSIDE[node.part])
        yield "function", f"Phần “{node.part.label}” chỉ nhận các cách chấm: {allowed}.", True


def _maximum(node: CriterionNode) -> Iterator[Fault]:
    if node.maximum is None:
        if node.function not in UNLIMITED:
            yield "maximum", "Chưa ghi điểm tối đa.", True
        elif node.limit_points is None:
            yield "limit_points", "Không ghi giới hạn điểm: phần này được tính không hạn chế.", False
    elif node.maximum == 0:
        yield "maximum", "Điểm tối đa là 0: tiêu chí này không làm thay đổi kết quả.", False


def _bands(node: CriterionNode) -> Iterator[Fault]:
    assert node.function is not None
    if not node.bands:
        yield "bands", "Chưa có bậc điểm nào.", True
        return
    for sentence in band_faults(node.bands, node.function, node.band_basis):
        yield "bands", sentence, True
    if node.maximum is not None:
        over = [band.points for band in node.bands if band.points > node.maximum]
        if over:
            yield "bands", f"Có bậc cho {said(max(over))} điểm, hơn điểm tối đa {said(node.maximum)}.", True
        best = max(band.points for band in node.bands)
        if best < node.maximum and node.function is ScoreFunction.BANDS:
            yield "bands", f"Không bậc nào cho đủ {said(node.maximum)} điểm; cao nhất là {said(best)}.", False
    if any(band.points < 0 for band in node.bands):
        yield "bands", "Điểm của bậc không được âm; điểm trừ ghi ở phần “Điểm trừ”.", True
    on_time = [band.points for band in node.bands if node.function is ScoreFunction.LATENESS and band.holds(ZERO)]
    if on_time and on_time[0] != node.maximum:
        yield "bands", f"Gửi đúng hạn (chậm 0 ngày) đang được {said(on_time[0])} điểm, không phải điểm tối đa.", False
    if not _in_order(node):
        yield "bands", "Có bậc tốt hơn lại được ít điểm hơn: xem lại chiều của tiêu chí và điểm các bậc.", False


def _in_order(node: CriterionNode) -> bool:
    """Whether better bands bring no fewer points. A percentage of the target is better the higher, either way."""
    ordered: Sequence[BandStep] = sorted(node.bands, key=lambda band: (band.low is not None, band.low or ZERO))
    points = [band.points for band in ordered]
    falling = node.function is ScoreFunction.LATENESS or (
        node.direction is Direction.LESS and node.band_basis is BandBasis.VALUE
    )
    return points == sorted(points, reverse=falling)


def _limits(node: CriterionNode) -> Iterator[Fault]:
    most = node.maximum
    if node.limit_points is not None and most is not None and node.limit_points > most:
        yield "limit_points", (
            f"Giới hạn {said(node.limit_points)} điểm lớn hơn điểm tối đa {said(most)}."
        ), True
    if node.points_each is not None and most is not None and node.points_each > most:
        yield "points_each", f"Mỗi lần {said(node.points_each)} điểm, hơn điểm tối đa {said(most)}.", False
    if node.floor_points is not None and most is not None and node.floor_points > most:
        yield "floor_points", (
            f"Điểm thấp nhất {said(node.floor_points)} lớn hơn điểm tối đa {said(most)}."
        ), True


def _apart(added: Decimal, stated: Decimal) -> str:
    """thừa 2,5 / thiếu 10."""
    word = "thừa" if added > stated else "thiếu"
    return f"{word} {said(abs(added - stated))}"
