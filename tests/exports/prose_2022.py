"""What was said at the review of 20/7/2022, in our own wording, as the reference papers tell it."""

CONCLUSIONS = (
    "Tiếp tục quán triệt, thực hiện nghiêm Nghị quyết Trung ương 4 khóa XII về xây dựng, chỉnh đốn Đảng, "
    "các chủ trương, chính sách của Đảng, pháp luật của Nhà nước trong cán bộ, công nhân viên, đảng viên, "
    "chiến sĩ.",
    "Tiếp tục triển khai các phong trào thi đua yêu nước của các ngành.",
    "Quan tâm xây dựng, bồi dưỡng, nhân rộng điển hình tiên tiến, gương người tốt, việc tốt.",
    "Triển khai phong trào “Cả nước chung sức xây dựng nông thôn mới”.",
    "Các sở, ngành tiếp tục tập trung đầu tư, giúp đỡ các xã khó khăn xóa đói, giảm nghèo theo quyết định "
    "phân công của UBND tỉnh.",
    "Đặc biệt, tăng cường giao lưu, học tập kinh nghiệm, tổ chức hoạt động thể dục, thể thao giữa các đơn "
    "vị trong Khối và với các khối thi đua khác trong tỉnh hoặc ở các tỉnh khác để có cách làm hay, sáng "
    "tạo hơn trong công tác thi đua, khen thưởng.",
)

# The action items drop what only joins the conclusions into one speech.
TASKS = (
    *CONCLUSIONS[:4],
    "Tiếp tục tập trung đầu tư, giúp đỡ các xã khó khăn xóa đói, giảm nghèo theo quyết định phân công của "
    "UBND tỉnh.",
    "Tăng cường giao lưu, học tập kinh nghiệm, tổ chức hoạt động thể dục, thể thao giữa các đơn vị trong "
    "Khối và với các khối thi đua khác trong tỉnh hoặc ở các tỉnh khác.",
)

CONTEXT = (
    "6 tháng đầu năm 2022, tình hình cả nước và địa bàn tỉnh có nhiều khởi sắc. Dịch bệnh COVID-19 cơ bản "
    "được kiểm soát; nền kinh tế mở cửa trong trạng thái bình thường mới, tạo tiền đề quan trọng để phục "
    "hồi và phát triển kinh tế - xã hội; hoạt động văn hóa - xã hội dần trở lại bình thường."
)

# What the conference affirmed, as the minutes tell it: shorter than the report's own chapters.
AFFIRMED = (
    "Hội nghị khẳng định: 6 tháng đầu năm 2022, tình hình cả nước và địa bàn tỉnh có nhiều khởi sắc; dịch "
    "bệnh COVID-19 cơ bản được kiểm soát; nền kinh tế mở cửa trong trạng thái bình thường mới, tạo tiền đề "
    "quan trọng để phục hồi và phát triển kinh tế - xã hội; hoạt động văn hóa - xã hội dần trở lại bình "
    "thường.\n"
    "Phong trào thi đua yêu nước của Khối được quan tâm lãnh đạo, chỉ đạo, phát động kịp thời với nội "
    "dung, hình thức, biện pháp đổi mới; tạo chuyển biến từ nhận thức đến hành động trong cán bộ, công "
    "chức, chiến sĩ, góp phần nâng cao chất lượng, hiệu quả công tác chuyên môn. Nội dung thi đua bám sát "
    "nhiệm vụ chính trị, chuyên môn, gắn với Nghị quyết Trung ương 4 khóa XII và Chỉ thị 05 của Bộ Chính "
    "trị về đẩy mạnh việc học tập, làm theo tư tưởng, đạo đức, phong cách Hồ Chí Minh.\n"
    "Nhiều đơn vị có sáng kiến, phát động thi đua theo đợt ngắn, theo chuyên đề, gắn với các sự kiện chính "
    "trị, ngày lễ kỷ niệm của đất nước và của từng ngành. Thông qua phong trào, các đơn vị trong Khối nỗ "
    "lực phấn đấu thực hiện thắng lợi các chỉ tiêu phát triển kinh tế - xã hội, quốc phòng - an ninh."
)
RECOGNISED = (
    "Ghi nhận, biểu dương và đánh giá cao những thành tích Khối đạt được trong phong trào thi đua 6 tháng "
    "đầu năm 2022. Các đơn vị đã tổ chức tốt các đợt thi đua thường xuyên và cao điểm gắn với nhiệm vụ "
    "chuyên môn của từng cơ quan; làm tốt phong trào “Cả nước chung sức xây dựng nông thôn mới” và phong "
    "trào “Cán bộ, công chức, viên chức, người lao động thi đua thực hiện văn hóa công sở”; quan tâm, giúp "
    "đỡ các xã khó khăn xóa đói, giảm nghèo theo quyết định phân công của UBND tỉnh."
)
SIX_GROUPS = (
    "Chỉ ra 06 nhóm nhiệm vụ trọng tâm Khối cần tập trung thực hiện trong 6 tháng cuối năm để phong trào "
    "thi đua của Khối ngày càng vững mạnh, góp phần vào sự phát triển của phong trào thi đua toàn tỉnh."
)
