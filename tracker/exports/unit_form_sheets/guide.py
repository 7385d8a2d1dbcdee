"""The sheet "Hướng dẫn": how to fill in the form and send it back."""

from collections.abc import Sequence
from dataclasses import replace

from tracker.domain.form_about import FormAbout
from tracker.domain.form_sheet import FAULTS, GUIDE
from tracker.exports.sheets import printing, styles
from tracker.exports.sheets.book import Book
from tracker.exports.sheets.sheet import Column, Sheet
from tracker.exports.unit_form_sheets.filling import FILL, protect
from tracker.exports.unit_form_sheets.heading import dates

WIDTH = 96
HEADING = replace(styles.SIGN, horizontal="left")
PLAIN = replace(styles.NOTE, size=12, italic=False)
SAMPLE = replace(PLAIN, fill=FILL, boxed=True, horizontal="center")

Part = tuple[str, Sequence[str]]


def draw(book: Book, about: FormAbout) -> Sheet:
    """Plain lines, in the order in which one needs them."""
    sheet = Sheet(book, GUIDE, [Column("", WIDTH)])
    sheet.line("HƯỚNG DẪN GHI BIỂU VÀ GỬI LẠI", styles.TITLE, line_points=20)
    sheet.line(f"{about.unit_name} - {about.period.label}", styles.SUBTITLE)
    sheet.advance(8)
    sheet.line("Ô tô màu này là ô để ghi; các ô khác đã khóa.", SAMPLE, line_points=18)
    for heading, lines in parts(about):
        sheet.advance(6)
        sheet.line(heading, HEADING, line_points=18)
        for line in lines:
            sheet.line(f"- {line}", PLAIN, line_points=16)
    protect(sheet.page)
    printing.set_up(sheet, portrait=True, mark="Số liệu minh họa" if about.illustration else "")
    return sheet


def parts(about: FormAbout) -> list[Part]:
    """Headings, each with its lines."""
    whole: list[Part] = []
    if about.note:
        heading = f"Hướng dẫn của thường trực {about.bloc_kind.small}"
        whole.append((heading, [line for line in about.note.split("\n") if line.strip()]))
    whole += [
        ("1. Thời hạn", [
            *(f"{line}." for line in dates(about)),
            "Sau hạn gửi, báo cáo vẫn gửi được nhưng ghi là gửi chậm; từ lúc khóa số liệu thì không sửa được nữa.",
        ]),
        ("2. Ghi số liệu (trang “Kết quả”)", [
            "Ô để trống nghĩa là chưa có số liệu. Kết quả bằng không thì ghi số 0. Hai cách ghi khác nhau.",
            "Chỉ ghi số, không kèm chữ: 1286,5 (không ghi “1.286,5 tỷ đồng”; đơn vị tính đã có ở cột bên). "
            "Số lẻ nhiều nhất 4 chữ số.",
            "Dấu phẩy hay dấu chấm trước số lẻ là theo máy của mình; máy cài tiếng Việt dùng dấu phẩy. Gõ xong, số tự "
            "căn về bên phải ô; nếu còn nằm bên trái thì máy đang hiểu là chữ: hãy gõ lại.",
            "Đơn vị tính là % thì ghi 95,5 cho 95,5%, không ghi 0,955. Gõ kèm dấu % cũng được.",
            "Ô “Số lần” chỉ mở ở những tiêu chí chấm theo số lần.",
            "Lời giải thích ghi ở cột Ghi chú.",
        ]),
        ("3. Ghi thành tích (trang “Thành tích”)", [
            "Mỗi thành tích một dòng. Loại, đối tượng, phương thức, cấp, hệ thống: bấm vào ô rồi chọn trong danh sách.",
            "Ngày ghi theo thứ tự ngày/tháng/năm, ví dụ 02/04/2026. Giá trị ghi bằng đồng.",
            "Dòng đã có sẵn là dòng đã lưu: sửa tại chỗ. Xóa dòng trong biểu không xóa thành tích đã lưu; muốn bỏ hẳn "
            "thì xóa trên trang báo cáo.",
        ]),
        ("4. Ghi bằng lời (trang “Bằng lời”)", [
            "Mỗi phần một ô lớn; xuống dòng trong ô bằng Alt + Enter. Cần ô cao hơn thì kéo mép dưới của dòng.",
        ]),
        ("5. Những chỗ không sửa", [
            "Không đổi tên trang, tên cột; không xóa cột ẩn ở cuối mỗi trang và các trang ẩn: đó là mã để "
            "chương trình nhận ra từng dòng. Sắp xếp, lọc, thêm dòng trống thì không ảnh hưởng.",
            "Tiêu chí, đơn vị tính, số kỳ trước và chỉ tiêu chỉ để xem: sửa ở đây không có tác dụng.",
            "Biểu này chỉ dùng cho đơn vị và kỳ ghi ở đầu trang; đơn vị khác, kỳ khác phải tải biểu của mình.",
        ]),
        ("6. Gửi lại", [
            "Lưu tệp dạng Excel (.xlsx), mở trang báo cáo của đơn vị trên Sổ Thi Đua, chọn “Tải biểu đã điền lên”.",
            "Chương trình cho xem trước từng thay đổi, từ giá trị nào sang giá trị nào. Chưa bấm xác nhận thì chưa "
            "có gì được ghi.",
            f"Nếu có ô chưa đúng, tải bản đánh dấu về: ô sai được tô màu, kèm lý do và cách sửa, trang “{FAULTS}” liệt "
            "kê đủ. Sửa ngay trên bản đó rồi tải lên lại.",
            "Ghi xong số liệu chưa phải là đã gửi: sau khi xác nhận, bấm “Gửi báo cáo” trên trang.",
            "Tệp minh chứng đính kèm trên trang báo cáo, không chèn vào biểu này.",
        ]),
        ("7. Bảo vệ bí mật nhà nước", [
            "Không ghi và không đính kèm nội dung thuộc bí mật nhà nước (Mật, Tối mật, Tuyệt mật).",
        ]),
    ]
    return whole
