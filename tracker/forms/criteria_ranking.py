"""What a criteria set says of ranking, in one form: tie-breakers, classes with floors, shares with their source."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from tracker.domain.criteria import RankBasis
from tracker.domain.ranking import TieRule
from tracker.forms.base import AtMost, ChoiceField, LineField, RecordForm
from tracker.forms.numbers import NumberField

TIES, CLASSES, HINTS = 5, 6, 4
#: A choice of the tie field that names a group: this and the group's public id.
GROUP = f"{TieRule.GROUP_POINTS.value}:"
PERCENT = Decimal(100)


class RankingRulesForm(RecordForm):
    """rules_form makes its fields. A row in which nothing was typed is no row."""

    by_share = False
    groups: tuple[str, ...] = ()
    tie_rows = class_rows = hint_rows = 0

    def validate(self, extra_validators: Any = None) -> bool:
        """Each field, and what a row needs besides once something stands in it."""
        sound = bool(super().validate(extra_validators))
        for place in range(1, self.class_rows + 1):
            floors = [self[f"leaf_{place}"], *(self[f"floor_{place}_{group}"] for group in self.groups)]
            typed = self[f"name_{place}"].data or any(each.data is not None for each in floors)
            sound &= self._needs(bool(typed), f"least_{place}", "Hãy ghi mức này bắt đầu từ bao nhiêu.")
            filled = typed or self[f"least_{place}"].data is not None
            sound &= self._needs(bool(filled), f"name_{place}", "Hãy ghi tên mức xếp loại.")
        for place in range(1, self.hint_rows + 1):
            names = [f"{name}_{place}" for name in ("award", "percent", "source")]
            filled = any(self[name].data not in (None, "") for name in names)
            for name, sentence in zip(names, HINT_NEEDS, strict=True):
                sound &= self._needs(filled, name, sentence)
        return sound

    def _needs(self, asked: bool, name: str, sentence: str) -> bool:
        """Whether the field is filled, or was not asked for."""
        field = self[name]
        if asked and field.data in (None, "") and not field.errors:
            field.errors = [*field.errors, sentence]
            return False
        return True

    def ties(self) -> list[tuple[TieRule, str | None]]:
        """(rule, group's public id) in the order of the rows."""
        chosen = [self[f"tie_{place}"].data for place in range(1, self.tie_rows + 1)]
        return [
            (TieRule.GROUP_POINTS, code.removeprefix(GROUP)) if code.startswith(GROUP) else (TieRule(code), None)
            for code in chosen
            if code
        ]

    def classes(self) -> list[tuple[str, Decimal, Decimal | None, dict[str, Decimal]]]:
        """(name, least, floor of each leaf, floors by group's public id); per cent become shares."""
        found = []
        for place in range(1, self.class_rows + 1):
            least: Decimal | None = self[f"least_{place}"].data
            if least is None:
                continue
            floors = {group: self[f"floor_{place}_{group}"].data for group in self.groups}
            found.append(
                (
                    self[f"name_{place}"].data, least / PERCENT if self.by_share else least,
                    _share(self[f"leaf_{place}"].data),
                    {group: value / PERCENT for group, value in floors.items() if value is not None},
                )
            )  # fmt: skip
        return found

    def hints(self) -> list[tuple[str, Decimal, str]]:
        """(award, per cent, source)."""
        rows = range(1, self.hint_rows + 1)
        return [
            (self[f"award_{place}"].data, self[f"percent_{place}"].data, self[f"source_{place}"].data)
            for place in rows
            if self[f"percent_{place}"].data is not None
        ]


HINT_NEEDS = (
    "Hãy ghi danh hiệu hoặc hình thức khen thưởng.",
    "Hãy ghi tỷ lệ, ví dụ 20.",
    "Hãy ghi văn bản quy định tỷ lệ này.",
)


def _share(percent: Decimal | None) -> Decimal | None:
    return None if percent is None else percent / PERCENT


def rules_form(basis: RankBasis, groups: Sequence[tuple[str, str]], rows: Mapping[str, int]) -> type[RankingRulesForm]:
    """A form for `groups` of (public id, number); `rows`: how many ties, classes, hints stand already."""
    by_share = basis is RankBasis.SHARE
    ties, classes = max(TIES, rows["ties"]), max(CLASSES, rows["classes"] + 1)
    hints = max(HINTS, rows["hints"] + 1)
    fields: dict[str, Any] = {
        "by_share": by_share, "groups": tuple(key for key, _number in groups), "tie_rows": ties,
        "class_rows": classes, "hint_rows": hints,
    }  # fmt: skip
    offered = [(f"{GROUP}{key}", f"Điểm nhóm {number} cao hơn") for key, number in groups]
    offered += [(rule.value, rule.label) for rule in TieRule if rule is not TieRule.GROUP_POINTS]
    for place in range(1, ties + 1):
        fields[f"tie_{place}"] = ChoiceField(f"Xét thứ {place}", choices=offered, blank="Không xét gì thêm")
    for place in range(1, classes + 1):
        fields[f"name_{place}"] = LineField(f"Mức {place}, tên", [AtMost(100)])
        unit = "%" if by_share else "điểm"
        fields[f"least_{place}"] = NumberField(f"Mức {place}, từ ({unit})", least=0, most=100 if by_share else None)
        fields[f"leaf_{place}"] = NumberField(f"Mức {place}, sàn mỗi tiêu chí (%)", least=0, most=100)
        for key, number in groups:
            fields[f"floor_{place}_{key}"] = NumberField(f"Mức {place}, sàn nhóm {number} (%)", least=0, most=100)
    for place in range(1, hints + 1):
        fields[f"award_{place}"] = LineField(f"Tỷ lệ {place}, danh hiệu hoặc hình thức", [AtMost(300)])
        fields[f"percent_{place}"] = NumberField(f"Tỷ lệ {place}, nhiều nhất (%)", least=0, most=100)
        fields[f"source_{place}"] = LineField(f"Tỷ lệ {place}, căn cứ", [AtMost(300)])
    return type("RankingRulesForm", (RankingRulesForm,), fields)
