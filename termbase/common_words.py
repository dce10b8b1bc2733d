"""Common Vietnamese words of two syllables that meet terms at their edges.

They serve only to see that the letters of a term may belong to other words ("cứu *nạn nhân*"); words
that are terms themselves need not stand here.
"""

from __future__ import annotations

from functools import lru_cache

from termbase.text.keys import match_key

_WORDS = """
ai cập;an cư;an giang;an khang;an nhàn;an nghỉ;an tâm;an toàn;an ủi;án mạng;ảnh hưởng;anh dũng;anh hùng;anh em
áp dụng;áp lực;âm mưu;ấm no;ân cần;bà con;bác hồ;bác sĩ;bãi biển;bài báo;bài học;bàn bạc;bàn giao;ban đầu;ban đêm;ban hành;ban ngày
bản chất;bản đồ;bản lĩnh;bản làng;bản thân;bản tin;bảng điện;báo cáo;báo chí;báo giới;báo hiệu;báo tin;bạo lực;bảo đảm;bảo hiểm
bảo tàng;bảo tồn;bão lũ;bắt buộc;bắt đầu;bắt giữ;bằng cách;bằng khen;bất cứ;bất ngờ;bầu cử;bê tông;bên cạnh;bền vững;bệnh nhân;bệnh viện
bí mật;bí quyết;biến đổi;biến động;biện pháp;biên soạn;biểu dương;biểu hiện;biểu quyết;biểu tượng;bình minh;bình thường;bóng đá;bồi dưỡng;bổ nhiệm;bổ sung
bộ lạc;bộ môn;bộ ngành;bộ phận;bộ quần áo;bộ sưu tập;bộ trưởng;bộ mặt;bộ sách;bổn phận;bước đầu;bức ảnh;buôn bán;buôn lậu;buổi sáng
cá nhân;các bon;cách mạng;cách thức;cải cách;cải thiện;cải tiến;cam kết;cam go;cán bộ;cảm nhận;cảm ơn;cảm xúc;cảnh báo;cảnh giác;cảnh quan;cảnh sát;cảnh vật
cao bằng;cao cấp;cao điểm;cao đẳng;cao nguyên;cao su;cát bà;căn cứ;căn phòng;cân bằng;cân đối;cần cù;cần thiết;cấp bách;cấp cứu;cấp phát;cấp thiết
câu chuyện;câu hỏi;cha mẹ;chăm lo;chăm sóc;chân dung;chân thành;chấn chỉnh;chấp hành;chấp nhận;chất lượng;chất vấn;chất độc;chặt chẽ
chi phí;chi tiết;chi tiêu;chỉ đạo;chỉ ra;chỉ rõ;chỉ số;chỉ tiêu;chỉ trích;chia sẻ;chiến công;chiến dịch;chiến lược;chiến sĩ;chiến thắng;chiến trường;chiến tranh
chiếm đóng;chính đáng;chính diện;chính danh;chính khách;chính quyền;chính quy;chính sách;chính sự;chính thức;chính trị;chính trường;chính xác
chống lại;chống phá;chủ động;chủ đề;chủ nghĩa;chủ nhà;chủ nhật;chủ nhiệm;chủ quan;chủ quyền;chủ tàu;chủ tịch;chủ tọa;chủ trì;chủ trương;chủ yếu;chú trọng;chú ý
chuẩn bị;chuẩn mực;chức danh;chức năng;chức sắc;chức trách;chức vụ;chứng kiến;chứng minh;chương trình;chuyên cần;chuyên gia;chuyên môn;chuyển biến;chuyển đổi;chuyển giao;chuyến bay
có thể;cố gắng;cố vấn;cốt lõi;cơ bản;cơ cấu;cơ động;cơ hội;cơ quan;cơ sở;cơ thể;cờ vua;cộng đồng;cộng hòa;công an;công bằng;công bố;công chúng;công dân;công đoàn
công khai;công lao;công nghệ;công nghiệp;công nhận;công nhân;công sức;công tác;công ty;công trình;công viên;cung cấp;củng cố;cuộc sống;cuộc thi;cư dân;cư trú;cứu chữa;cứu giúp;cứu trợ;cứu viện;cường quốc
dã ngoại;danh dự;danh hiệu;danh sách;dành cho;dáng vẻ;dạy học;dân ca;dân chủ;dân cư;dân gian;dân quê;dân sinh;dân số;dân sự;dân tộc;dân trí;dân tình;dân vận;dâng hương
di sản;di tích;dịch bệnh;dịch vụ;diễn biến;diễn đàn;diễn giả;diễn ra;diễn tập;diễn viên;dinh dưỡng;doanh nghiệp;doanh nhân;doanh thu;du lịch;dũng cảm;duy trì;dư luận;dự án;dự báo;dự báo viên;dự kiến;dự thảo
đa dạng;đại biểu;đại diện;đại dịch;đại học;đại lý;đại sứ;đại tướng;đàm phán;đảm bảo;đảm đang;đảm nhiệm;đám cháy;đánh giá;đáng kể;đào tạo;đạo đức;đạo diễn;đạo lý
đáp ứng;đau thương;đặc biệt;đặc điểm;đặc sắc;đất đai;đất liền;đất nước;đầu tiên;đầu tư;đấu giá;đấu thầu;đấu tranh;đầy đủ;đẩy mạnh;đề án;đề cao;đề cập;đề nghị;đề tài;đề xuất
địa bàn;địa chỉ;địa điểm;địa phương;điều chỉnh;điều hành;điều kiện;điều lệ;điều tra;điều trị;điểm báo;điểm danh;định hướng;định kỳ;đoàn kết;đoàn thể;đoàn viên;đoàn xe;độc lập;độc đáo
đối diện;đối mặt;đối ngoại;đối phó;đối tác;đối thoại;đối tượng;đội bóng;đội hình;đội ngũ;đội tuyển;đồi núi;đồng bào;đồng bộ;đồng chí;đồng đội;đồng hành;đồng lòng;đồng thời;đồng thuận;đồng ý;động cơ
động đất;động lực;động thái;động tác;động vật;động viên;đơn giản;đơn vị;đơn thuần;đơn thư;đường biển;đường bộ;đường dây;đường lối;đường phố;đường sá;được mùa
gắn bó;gắn kết;gia đình;gia nhập;gia tăng;giá cả;giá trị;giao dịch;giao lưu;giao nhận;giao thông;giao tiếp;giao thừa;giao ban;giáo dục;giáo viên;giải đáp;giải pháp;giải phóng;giải quyết;giải thưởng;giảm nghèo
giám đốc;giám khảo;giám sát;giành giật;giới hạn;giới thiệu;giới trẻ;giúp đỡ;giữ gìn;giữ vững;góp phần;góp ý;hạ tầng;hà nội;hài hòa;hải đảo;hải sản;hải phòng;hải quan;hàn gắn;hàn quốc
hạn chế;hạn hán;hành chính;hành động;hành khách;hành quân;hành trình;hành vi;hàng hải;hàng hóa;hàng không;hàng năm;hạnh phúc;hào hùng;hậu cần;hậu quả;hậu thuẫn;hệ quả;hệ thống;hi sinh;hiện đại;hiện nay;hiện thực
hiến pháp;hiệu lực;hiệu quả;hiệu trưởng;hiểu biết;hiểu rõ;hình ảnh;hình thành;hình thức;hòa bình;hoa kỳ;hoàn cảnh;hoàn chỉnh;hoàn thành;hoàn thiện;hoàng sa;hoạch định;hoạt động;học sinh;học tập;học viên;học viện;hỏi đáp
hội đàm;hội đồng;hội nghị;hội nhập;hội thảo;hội viên;hỗ trợ;hồ sơ;hợp đồng;hợp lý;hợp pháp;hợp tác;hung hãn;hùng mạnh;huấn luyện;huy động;hướng dẫn;hướng tới;hữu nghị;hưởng ứng
in ấn;ít nhất;kéo dài;kế hoạch;kế thừa;kế tiếp;kết cục;kết hợp;kết luận;kết nghĩa;kết nối;kết quả;kết thúc;khả năng;khai mạc;khai thác;khái niệm;khám bệnh;khám chữa;kháng chiến;khách mời;khách quan;khẩn trương
khắc phục;khẳng định;khen thưởng;khí hậu;khí tượng;khí thế;khiêm tốn;kho tàng;khó khăn;khoa học;khoa trương;khoảng cách;khối lượng;khôi phục;không chỉ;không có;không được;không gian;không khí;không ngừng;không những;không phải;không thể
khu vực;khuyến khích;kiểm soát;kiểm tra;kiểm điểm;kiên cường;kiên định;kiên quyết;kiên trì;kiến nghị;kiến thức;kiến trúc;kinh doanh;kinh nghiệm;kinh phí;kinh tế;kịp thời;kỷ cương;kỷ luật;kỷ niệm;kỹ năng;kỹ sư;kỹ thuật;ký kết;ký túc xá;kỳ họp;kỳ vọng
lạc hậu;lãnh đạo;lãnh hải;lãnh sự;lãnh thổ;lao động;lào cai;lắng nghe;lập trường;lâm nghiệp;liên hệ;liên hợp;liên hoan;liên kết;liên lạc;liên quan;liên tục;linh hoạt;lĩnh vực;lòng tin;lợi dụng;lợi ích;lũ lụt;lũ quét;luật pháp;luật sư
luyện tập;luyện kim;lực lượng;lương thực;lượng thông tin;lượng mưa;lưu động;lưu niệm;lưu trữ;lưu ý;lý do;lý luận;lý tưởng;mạng lưới;mạng xã hội;mạnh mẽ;mâu thuẫn;máy bay;máy bơm;máy móc;máy tính;mặt bằng;mặt trận;mẫu mực;mật độ;mất mát
miền bắc;miền nam;miền núi;miền trung;minh bạch;minh chứng;môi trường;mối quan hệ;mong muốn;mọi người;mô hình;mở rộng;mục đích;mục tiêu;mưa lũ;mưu sinh;nam bộ;nạn nhân;nạn đói;năm nay;năng lực;năng lượng;năng động;nâng cao;nâng cấp;nền tảng;nếp sống
ngân hàng;ngân sách;ngành nghề;ngày càng;ngày nay;nghề nghiệp;nghệ sĩ;nghệ thuật;nghị định;nghị quyết;nghị viện;nghĩa vụ;nghiêm ngặt;nghiêm túc;nghiên cứu;ngoài ra;ngoại giao;ngoại ngữ;ngôi nhà;nguồn gốc;nguồn lực;nguồn nhân lực;nguy cơ;nguy hiểm;nguyên nhân;nguyên tắc;nguyện vọng;người dân;người lính;người thân
nhà báo;nhà máy;nhà nước;nhà ở;nhà trường;nhà văn;nhanh chóng;nhân cách;nhân chứng;nhân dân;nhân dịp;nhân đạo;nhân loại;nhân lực;nhân quyền;nhân sự;nhân tố;nhân văn;nhân vật;nhân viên;nhất là;nhất quán;nhất trí;nhập ngũ;nhập khẩu;nhật bản;nhận định;nhận thức;nhận xét
nhiều năm;nhiệm kỳ;nhiệm vụ;nhiệt tình;nhu cầu;nhuần nhuyễn;nông dân;nông nghiệp;nông thôn;nổi bật;nỗ lực;nội bộ;nội dung;nội lực;nội vụ;núi rừng;nước bạn;nước ngoài;nước ta;nữ quân nhân;ổn định;phạm vi;phán quyết;phản ánh;phản biện;phản động;phản hồi;phản ứng
phát biểu;phát động;phát hiện;phát huy;phát sinh;phát thanh;phát triển;pháp lý;pháp luật;pháp quyền;phân bổ;phân công;phân loại;phân tích;phân phối;phấn đấu;phẩm chất;phi công;phi pháp;phiên họp;phim tài liệu;phong cảnh;phong cách;phong phú;phong trào;phóng sự;phóng viên;phòng bệnh;phòng chống;phòng dịch;phòng họp;phòng khám;phòng ngừa;phòng ngủ;phòng thủ;phòng tránh
phối hợp;phổ biến;phổ cập;phó thủ tướng;phụ nữ;phụ trách;phục hồi;phục vụ;phức tạp;phường xã;phương án;phương châm;phương hướng;phương pháp;phương thức;phương tiện
quá trình;quả cảm;quan chức;quan điểm;quan hệ;quan niệm;quan sát;quan tâm;quan trắc;quan trọng;quan tài;quản lý;quán triệt;quảng bá;quảng nam;quảng ninh;quảng trị;quảng trường;quần chúng;quần đảo;quân dân;quân đội;quân sự
quốc ca;quốc doanh;quốc gia;quốc hội;quốc khánh;quốc lộ;quốc ngữ;quốc tế;quốc tịch;quốc vương;quy chế;quy định;quy hoạch;quy luật;quy mô;quy tắc;quy trình;quyền hạn;quyền lợi;quyền lực;quyết định;quyết liệt;quyết tâm;quyết thắng
ra quân;ra sức;rà soát;ranh giới;rèn luyện;rộng rãi;rừng phòng hộ;sai lầm;sai phạm;sản phẩm;sản xuất;sáng kiến;sáng suốt;sáng tác;sáng tạo;sắc phục;sắp xếp;sâu rộng;sâu sắc;sinh hoạt;sinh sống;sinh viên;so với;song phương;số lượng;số liệu
sơ cứu;sơ kết;sơ tán;sử dụng;sự cố;sự kiện;sự nghiệp;sự thật;sự việc;sức ép;sức khỏe;sức mạnh;suy nghĩ;suy thoái;tác chiến;tác dụng;tác động;tác giả;tác hại;tác phẩm;tác phong;tai nạn;tài chính;tài liệu;tài năng;tài nguyên;tài sản;tái thiết
tạm thời;tạo điều kiện;tàu cá;tàu thuyền;tăng cường;tăng gia;tăng trưởng;tâm huyết;tâm lý;tâm trạng;tấm gương;tập hợp;tập đoàn;tập luyện;tập quán;tập thể;tập trung;tất cả;tên lửa;tên tuổi;thách thức;thái độ;thái bình;thái nguyên;tham dự;tham gia;tham khảo;tham quan;tham nhũng;tham vọng
thành công;thành lập;thành lũy;thành phần;thành phố;thành tích;thành tựu;thành viên;thanh niên;thanh tra;thảm họa;thảo luận;tháo gỡ;thay đổi;thăm hỏi;thăm dò;thắng lợi;thắt chặt;thẩm định;thẩm quyền;thận trọng;thật sự;thấu hiểu;thế giới;thế hệ;thế lực;thế mạnh;thể dục;thể hiện;thể lực;thể thao;thể chế;thi đấu;thi đua;thi hành;thị trấn;thị trường;thị xã;thí điểm;thí sinh
thích ứng;thiên nhiên;thiên tai;thiếu tá;thiết bị;thiết thực;thiết yếu;thiệt hại;thoái hóa;thống nhất;thông báo;thông điệp;thông qua;thông thạo;thông tin;thông tấn;thời bình;thời cơ;thời điểm;thời gian;thời tiết;thu hút;thu hồi;thu nhập;thủ đô;thủ đoạn;thủ tục;thủ tướng;thủ trưởng;thủ phạm;thuận lợi;thuật ngữ;thúc đẩy;thuyết phục;thuyết trình;thủy lợi;thủy sản;thực chất;thực hành;thực hiện;thực lực;thực phẩm;thực tế;thực tiễn;thực trạng;thương binh;thương mại;thương tích;thường niên;thường xuyên;thượng tá
tiên phong;tiên tiến;tiến bộ;tiến độ;tiến hành;tiến sĩ;tiền đề;tiền lương;tiềm lực;tiềm năng;tiếp cận;tiếp nhận;tiếp tục;tiếp xúc;tiếp đón;tiếp tế;tiêu biểu;tiêu chí;tiêu chuẩn;tiêu cực;tiêu diệt;tiêu dùng;tin học;tin tức;tin tưởng;tín nhiệm;tính chất;tính mạng;tính toán;tinh gọn;tinh nhuệ;tinh thần;tinh thông;tình cảm;tình hình;tình huống;tình nguyện;tình trạng;toàn bộ;toàn cầu;toàn cảnh;toàn diện;toàn quốc;toàn quyền;toàn thể;toàn vẹn;tòa án;tọa đàm
tổ chức;tổ quốc;tổ tiên;tội phạm;tố cáo;tố giác;tối đa;tôn giáo;tôn trọng;tôn vinh;tồn tại;tổn thất;tổng hợp;tổng kết;tổng thống;tổng thể;tốt nghiệp;tốt đẹp;trách nhiệm;trại giam;trạm y tế;trang bị;trang nghiêm;trang phục;trang trí;trang trọng;tranh chấp;tranh cử;tranh luận;tranh thủ;trao đổi;trao tặng;trao quyền;trau dồi;trẻ em;trên cơ sở;triển khai;triển lãm;triều tiên;triệt để;trí tuệ;trí thức;trình bày;trình độ;trong sạch;trọng điểm;trọng tâm;trọng yếu;trợ cấp;trợ giúp;trung bình;trung đông;trung quốc;trung tâm;trung thành;trung ương;trung thực;truyền thống;truyền thông;trúng cử;trường hợp;trường học;trường sa;trưởng ban;trưởng đoàn;trưởng phòng;trưởng thành
tuân thủ;tuần tra;tuổi trẻ;tuyên bố;tuyên dương;tuyên truyền;tuyển chọn;tuyển dụng;tuyển quân;tuyển sinh;tuyệt đối;tuyệt mật;tư duy;tư lệnh;tư liệu;tư nhân;tư pháp;tư tưởng;tư vấn;tử vong;từng bước;tự do;tự giác;tự hào;tự lực;tự nguyện;tự nhiên;tương lai;tương tự;tượng đài;tướng lĩnh;ủng hộ;ứng cử;ứng dụng;ứng phó;ứng xử;ưu điểm;ưu thế;ưu tiên;ưu tú;uy tín;uy hiếp;ủy quyền;ủy viên
vai trò;văn bản;văn hóa;văn nghệ;văn minh;văn kiện;vận chuyển;vận dụng;vận động;vận hành;vận hội;vận mệnh;vận tải;vật chất;vật liệu;vật tư;vấn đề;vẻ vang;vệ sinh;vi phạm;vị thế;vị trí;vĩnh viễn;việc làm;viễn thông;viên chức;viên mãn;viện trợ;vinh dự;vinh quang;vô tuyến;vũ khí;vũ trang;vụ án;vụ việc;vui mừng;vùng biển;vùng cao;vùng sâu;vùng trời;vùng xa;vững chắc;vững mạnh;vững vàng;vượt qua;xã hội;xã viên;xác định;xác minh;xác lập;xanh sạch;xâm hại;xâm lược;xâm nhập;xây dựng;xem xét;xét duyệt;xóa bỏ;xóa đói;xu hướng;xu thế;xuất hiện;xuất khẩu;xuất sắc;xuất phát;xuất ngũ;xúc phạm;xung đột;xung kích;xung quanh;xử lý;xứng đáng;y bác sĩ;y học;y tế;ý chí;ý kiến;ý nghĩa;ý thức;yêu cầu;yêu nước;yên tâm;yếu tố
"""


@lru_cache(maxsize=1)
def common_words() -> frozenset[str]:
    """Return the match keys of the words.

    >>> "nạn nhân" in common_words()
    True
    """
    return frozenset(match_key(word) for line in _WORDS.split("\n") for word in line.split(";") if word)
