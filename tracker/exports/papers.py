"""The papers of one conference: what each is called on screen and as a file, and who draws it."""

from collections.abc import Callable
from dataclasses import dataclass

from tracker.domain.record import ConferenceRecord
from tracker.domain.vietnamese import joined
from tracker.exports import conference_workbook, news, pdf, word

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PDF = "application/pdf"
TEXT = "text/plain; charset=utf-8"
FORBIDDEN = str.maketrans({sign: "-" for sign in '/\\:*?"<>|'})


@dataclass(frozen=True)
class PaperKind:
    """`plain_name` is the file that the command writes; `called` begins the name of a downloaded file."""

    label: str
    called: str
    plain_name: str
    media_type: str
    draw: Callable[[ConferenceRecord], bytes]
    with_photos: bool = False
    with_results: bool = False

    @property
    def ending(self) -> str:
        return self.plain_name.rpartition(".")[2]

    def file_name(self, record: ConferenceRecord) -> str:
        """ "Báo cáo sơ kết 6 tháng đầu năm 2022.docx"; a draft says so, a conference without period gives its day."""
        about = record.period.label if record.period else f"{record.first_day:%d-%m-%Y}"
        kinds = joined([kind.label.lower() for kind in record.kinds])
        draft = " (dự thảo)" if record.draft else ""
        name = " ".join(f"{self.called} {kinds} {about}{draft}".split())
        return f"{name.translate(FORBIDDEN)}.{self.ending}"


def _news_text(record: ConferenceRecord) -> bytes:
    return news.news_text(record).encode()


#: In the order of the buttons; the key stands in the address.
PAPERS = {
    "report-word": PaperKind("Báo cáo Word", "Báo cáo", "bao-cao.docx", DOCX, word.report, with_results=True),
    "report-pdf": PaperKind("Báo cáo PDF", "Báo cáo", "bao-cao.pdf", PDF, pdf.report, with_results=True),
    "minutes": PaperKind("Biên bản", "Biên bản hội nghị", "bien-ban.docx", DOCX, word.minutes),
    "workbook": PaperKind(
        "Excel", "Tổng hợp hội nghị", "tong-hop.xlsx", XLSX, conference_workbook.workbook, with_results=True
    ),
    "news-word": PaperKind("Tin Word", "Tin hội nghị", "tin-hoi-nghi.docx", DOCX, news.news_word, with_photos=True),
    "news-text": PaperKind("Tin văn bản", "Tin hội nghị", "tin-hoi-nghi.txt", TEXT, _news_text, with_photos=True),
}
