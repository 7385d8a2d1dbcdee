"""Words of blocs, units and terms (domain.md, section 2)."""

import re
from collections.abc import Iterable

from tracker.domain.labels import Labelled


class BlocKind(Labelled):
    """By function (khối) or by area (cụm)."""

    KHOI = "khoi", "Khối thi đua"
    CUM = "cum", "Cụm thi đua"

    @property
    def word(self) -> str:
        """Khối or Cụm, as it stands before trưởng and phó."""
        return "Khối" if self is BlocKind.KHOI else "Cụm"

    @property
    def small(self) -> str:
        """khối or cụm, as it stands within a sentence: thường trực khối."""
        return self.word.lower()

    def called(self, text: str) -> str:
        """A fixed text of the program, written for a khối, as it reads in a bloc of this kind.

        Only whole words, and only before anything of a user or a name is filled in: "khối lượng" of theirs stays.
        """
        words = {"khối": self.small, "Khối": self.word, "KHỐI": self.word.upper()}
        return re.sub(r"\b(khối|Khối|KHỐI)\b", lambda found: words[found[0]], text)


def small_word(kinds: Iterable[BlocKind]) -> str:
    """khối or cụm where all are of one kind, both words where they differ or none is known."""
    found = {kind.small for kind in kinds}
    return found.pop() if len(found) == 1 else "khối, cụm"


class Force(Labelled):
    """Which body of award rules the unit falls under."""

    CIVIL = "civil", "Dân sự"
    ARMY = "army", "Quân đội"
    POLICE = "police", "Công an"


class TermRole(Labelled):
    """What a unit is in its bloc for a time. STAND_IN judges in place of leader and deputy (settled.md, rights)."""

    LEADER = "leader", "Khối trưởng"
    DEPUTY = "deputy", "Khối phó"
    STAND_IN = "stand_in", "Đơn vị được giao thay"

    def called_in(self, kind: BlocKind) -> str:
        """Khối trưởng in a khối, Cụm trưởng in a cụm."""
        return kind.called(self.label)


class Appointment(Labelled):
    """How a unit came to its role. A stand-in is always appointed."""

    ELECTED = "elected", "Bầu tại hội nghị"
    ROTATION = "rotation", "Luân phiên"
    APPOINTED = "appointed", "Chỉ định"
    UNKNOWN = "unknown", "Chưa có số liệu"


class AccountRole(Labelled):
    """Officer and head belong to a unit, board and administrator to an authority."""

    OFFICER = "officer", "Cán bộ đơn vị"
    HEAD = "head", "Thủ trưởng đơn vị"
    BOARD = "board", "Cơ quan theo dõi thi đua"
    ADMIN = "admin", "Quản trị"
