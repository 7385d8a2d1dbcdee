"""What a bloc is called in the program's own sentences."""

from tracker.domain.blocs import BlocKind, TermRole, small_word
from tracker.domain.scores import ScoreStage


def test_fixed_words_follow_the_kind_and_only_whole_words():
    assert [kind.small for kind in BlocKind] == ["khối", "cụm"]
    assert BlocKind.CUM.called("TM. KHỐI THI ĐUA, Khối trưởng, thường trực khối.") == (
        "TM. CỤM THI ĐUA, Cụm trưởng, thường trực cụm."
    )
    assert BlocKind.CUM.called("khốing khốitrưởng") == "khốing khốitrưởng"
    assert BlocKind.KHOI.called("Khối trưởng, khối") == "Khối trưởng, khối"


def test_labels_are_called_as_the_bloc_does():
    assert ScoreStage.SECOND.called_in(BlocKind.CUM) == "Cụm chấm lần hai"
    assert ScoreStage.COUNCIL.called_in(BlocKind.CUM) == ScoreStage.COUNCIL.label
    assert TermRole.STAND_IN.called_in(BlocKind.CUM) == TermRole.STAND_IN.label


def test_one_word_where_the_blocs_are_of_one_kind_else_both():
    assert small_word([BlocKind.CUM, BlocKind.CUM]) == "cụm"
    assert small_word(BlocKind) == small_word([]) == "khối, cụm"
