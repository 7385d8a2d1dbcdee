"""What the units reported of the period, as running text of the review report; the tables stand in its annexes."""

from tracker.domain.award_counts import AwardTable, count_awards, method_label
from tracker.domain.period_results import AchievementLine, ActivityLine, PeriodResults
from tracker.domain.progress import RowProgress, mark_for
from tracker.domain.submissions import AwardObject
from tracker.domain.vietnamese import joined, long_date, number, paper_count
from tracker.exports.annexes import AWARDS, DEEDS, MATRIX, PROGRESS, SENDINGS, has_progress, places
from tracker.exports.numbering import Block, Entry
from tracker.exports.phrases import line, lines, listed
from tracker.exports.result_tables import percent_text

PROGRESS_TITLE = "Tiến độ thực hiện giao ước thi đua"
SENDING_TITLE = "Chế độ thông tin, báo cáo"
OBJECT_WORDS = {
    AwardObject.COLLECTIVE: "tập thể", AwardObject.PERSON: "cá nhân", AwardObject.HOUSEHOLD: "hộ gia đình",
    None: "trường hợp chưa ghi đối tượng",
}


def progress_block(results: PeriodResults | None) -> Block:
    """How many units passed the mark, then each row of the pledge with its sums. Empty without any figure."""
    if results is None or results.progress is None or not has_progress(results):
        return Block(PROGRESS_TITLE)
    told = f"{progress_sentence(results)} Số liệu từng đơn vị tại {places(results)[PROGRESS]}."
    rows = [row for row in results.progress.by_row if row.units_measured]
    return Block(PROGRESS_TITLE, (told,), tuple((_row(row, results),) for row in rows))


def progress_sentence(results: PeriodResults) -> str:
    """05/08 đơn vị đạt từ 50% kế hoạch năm …; whose figures say nothing are named, never counted as failed."""
    progress = results.progress
    assert progress is not None
    told = (
        f"Theo báo cáo của các đơn vị, {_of(progress.units_passed, progress.units_counted)} đơn vị đạt từ "
        f"{number(progress.mark)}% kế hoạch năm trở lên ở tất cả chỉ tiêu có số liệu."
    )
    if blank := progress.blank_units:
        names = listed([line(unit.name) for unit in blank], ", ")
        told += f" {paper_count(len(blank))} đơn vị chưa có số liệu: {names}."
    return told


def _row(row: RowProgress, results: PeriodResults) -> str:
    assert results.progress is not None
    mark = number(mark_for(results.progress.kind, row.row.direction))
    told = [f"{_of(row.units_passed, row.units_measured)} đơn vị đạt từ {mark}% kế hoạch năm"]
    if row.percent is not None:
        measure = f" {line(row.row.unit_of_measure)}" if row.row.unit_of_measure else ""
        sums = f"{number(row.done)}/{number(row.plan)}{measure}"
        told.insert(0, f"thực hiện {sums}, đạt {percent_text(row.percent)}")
    if row.units_blank:
        told.append(f"{paper_count(row.units_blank)} đơn vị chưa có số liệu")
    return f"{line(row.row.content)}: {'; '.join(told)}."


def _of(part: int, whole: int) -> str:
    return f"{paper_count(part)}/{paper_count(whole)}"


def figures_told(results: PeriodResults | None) -> tuple[str, ...]:
    """Where the results of each unit stand; nothing when no unit reports any."""
    if results is None:
        return ()
    where = places(results).get(MATRIX)
    if where is None:
        return ()
    sent = _of(len(results.units) - len(results.not_sent), len(results.units))
    return (f"Kết quả từng tiêu chí, chỉ tiêu của {sent} đơn vị đã gửi báo cáo được tổng hợp tại {where}.",)


def deeds_told(results: PeriodResults | None) -> tuple[str, ...]:
    """Where the achievements stand; nothing when no unit reports any."""
    where = places(results).get(DEEDS)
    return (f"Thành tích, điển hình tiên tiến do các đơn vị báo cáo được tổng hợp tại {where}.",) if where else ()


def awards_told(results: PeriodResults | None) -> tuple[str, ...]:
    """How many received an award, by object and by method; nothing when no award is reported."""
    counted = count_awards(results.awards) if results else None
    if counted is None or not counted.rows:
        return ()
    return (f"{awards_sentence(counted)} Số liệu theo hình thức, danh hiệu tại {places(results)[AWARDS]}.",)


def awards_sentence(counted: AwardTable) -> str:
    objects = [
        f"{paper_count(counted.total(who))} {OBJECT_WORDS[who]}" for who in counted.objects if counted.total(who)
    ]
    methods = [
        f"{method_label(method).lower()} {paper_count(counted.method_total(method))}"
        for method in counted.methods
        if counted.method_total(method)
    ]
    return f"Theo báo cáo của các đơn vị, số lượt khen thưởng: {joined(objects)}; gồm {', '.join(methods)}."


def example_points(results: PeriodResults | None) -> tuple[Entry, ...]:
    """Trần Văn Bình (Sở Tư pháp): what for."""
    return tuple(_example(each) for each in results.examples) if results else ()


def _example(row: AchievementLine) -> Entry:
    unit = line(row.unit.name)
    who = f"{line(row.subject)} ({unit})" if row.subject and line(row.subject) != unit else unit
    first, *others = lines(row.text)
    return (f"{who}: {_stopped(first)}", *others)


def activity_points(results: PeriodResults | None) -> tuple[Entry, ...]:
    return tuple((_activity(row),) for row in results.activities) if results else ()


def _activity(row: ActivityLine) -> str:
    """Hội thao (từ ngày … đến ngày …, tại …): result; value; who took part."""
    when = long_date(row.held_on)
    if row.last_on != row.held_on:
        when = f"từ {when} đến {long_date(row.last_on)}"
    where = f", tại {line(row.place)}" if row.place else ""
    more = []
    if row.result:
        more.append(line(row.result).rstrip(".;"))
    if row.value is not None:
        more.append(f"giá trị {number(row.value)} đồng")
    if row.units:
        count = paper_count(len(row.units))
        more.append(f"{count} đơn vị tham gia: {listed([line(name) for name in row.units], ', ')}")
    told = f"{line(row.title).rstrip('.')} ({when}{where})"
    return f"{told}: {'; '.join(more)}." if more else f"{told}."


def sending_block(results: PeriodResults | None) -> Block:
    """Who sent on time, late or not at all; extensions are named. Empty when no unit was asked."""
    if results is None or not results.sendings:
        return Block(SENDING_TITLE)
    return Block(SENDING_TITLE, (f"{sending_sentence(results)} Chi tiết tại {places(results)[SENDINGS]}.",))


def sending_sentence(results: PeriodResults) -> str:
    rows, late, absent = results.sendings, results.late, results.not_sent
    due = long_date(rows[0].due.date())
    if len(absent) == len(rows):
        return f"Hạn gửi báo cáo {due}; chưa có đơn vị nào gửi báo cáo."
    told = [f"Hạn gửi báo cáo {due}; {_of(len(results.on_time), len(rows))} đơn vị gửi đúng hạn."]
    if granted := [row for row in rows if row.extended_to]:
        names = [f"{line(row.unit.name)} đến {long_date(row.extended_to)}" for row in granted if row.extended_to]
        told.append(f"Được gia hạn: {'; '.join(names)}.")
    if late:
        names = [f"{line(row.unit.name)} ({paper_count(row.days_late or 0)} ngày)" for row in late]
        told.append(f"Gửi chậm {paper_count(len(late))} đơn vị: {'; '.join(names)}.")
    if absent:
        names = [line(row.unit.name) for row in absent]
        told.append(f"Chưa gửi báo cáo {paper_count(len(absent))} đơn vị: {'; '.join(names)}.")
    return " ".join(told)


def _stopped(text: str) -> str:
    return text if text.endswith((".", "!", "?", "…", ":")) else f"{text}."
