"""Common Vietnamese words of several syllables that meet terms at their edges.

They serve only to see that the letters of a term may belong to other words ("cứu *nạn nhân*"); words
that are terms themselves need not stand here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from termbase.text.keys import match_key

_WORDS = """
ai cập;an cư;an giang;an khang;an nghỉ;an nhàn;an toàn;an tâm;an ủi;anh dũng;anh em;anh hùng;ban hành;ban ngày
ban đêm;ban đầu;biên soạn;biến đổi;biến động;biểu dương;biểu hiện;biểu quyết;biểu tượng;biện pháp;buôn bán;buôn lậu
buổi sáng;bà con;bài báo;bài học;bàn bạc;bàn giao;bác hồ;bác sĩ;báo chí;báo cáo;báo giới;báo hiệu;báo tin;bãi biển
bão lũ;bê tông;bên cạnh;bình minh;bình thường;bí mật;bí quyết;bóng đá;bước đầu;bạo lực;bản chất;bản làng;bản lĩnh
bản thân;bản tin;bản đồ;bảng điện;bảo hiểm;bảo tàng;bảo tồn;bảo đảm;bất cứ;bất ngờ;bầu cử;bắt buộc;bắt giữ;bắt đầu
bằng cách;bằng khen;bền vững;bệnh nhân;bệnh viện;bồi dưỡng;bổ nhiệm;bổ sung;bổn phận;bộ lạc;bộ môn;bộ mặt;bộ ngành
bộ phận;bộ quần áo;bộ sách;bộ sưu tập;bộ trưởng;bức ảnh;cam go;cam kết;cao bằng;cao cấp;cao nguyên;cao su;cao điểm
cao đẳng;cha mẹ;chi phí;chi tiêu;chi tiết;chia sẻ;chiếm đóng;chiến công;chiến dịch;chiến lược;chiến sĩ;chiến thuật
chiến thắng;chiến tranh;chiến trường;chuyên cần;chuyên gia;chuyên môn;chuyến bay;chuyển biến;chuyển giao;chuyển đổi
chuẩn bị;chuẩn mực;chân dung;chân thành;chính danh;chính diện;chính khách;chính quy;chính quyền;chính sách;chính sự
chính thức;chính trường;chính trị;chính xác;chính đáng;chú trọng;chú ý;chăm lo;chăm sóc;chương trình;chấn chỉnh
chấp hành;chấp nhận;chất lượng;chất vấn;chất độc;chặt chẽ;chỉ ra;chỉ rõ;chỉ số;chỉ tiêu;chỉ trích;chỉ đạo;chống lại
chống phá;chủ nghĩa;chủ nhiệm;chủ nhà;chủ nhật;chủ quan;chủ quyền;chủ trì;chủ trương;chủ tàu;chủ tịch;chủ tọa
chủ yếu;chủ đề;chủ động;chức danh;chức năng;chức sắc;chức trách;chức vụ;chứng kiến;chứng minh;cung cấp;cuộc sống
cuộc thi;cá nhân;các bon;cách mạng;cách thức;cán bộ;cát bà;cân bằng;cân đối;câu chuyện;câu hỏi;có thể;công an
công bằng;công bố;công chúng;công dân;công khai;công lao;công nghiệp;công nghệ;công nhân;công nhận;công sức
công trình;công ty;công tác;công viên;công đoàn;căn cứ;căn phòng;cơ bản;cơ cấu;cơ hội;cơ quan;cơ sở;cơ thể;cơ động
cư dân;cư trú;cường quốc;cải cách;cải thiện;cải tiến;cảm nhận;cảm xúc;cảm ơn;cảnh báo;cảnh giác;cảnh quan;cảnh sát
cảnh vật;cấp bách;cấp cứu;cấp phát;cấp thiết;cần cù;cần thiết;cố gắng;cố vấn;cốt lõi;cộng hòa;cộng đồng;cờ vua
củng cố;cứu chữa;cứu giúp;cứu trợ;cứu viện;danh dự;danh hiệu;danh sách;di sản;di tích;dinh dưỡng;diễn biến;diễn giả
diễn ra;diễn tập;diễn viên;diễn đàn;doanh nghiệp;doanh nhân;doanh thu;du lịch;duy trì;dành cho;dáng vẻ;dân ca
dân chủ;dân cư;dân gian;dân quê;dân sinh;dân số;dân sự;dân trí;dân tình;dân tộc;dân vận;dâng hương;dã ngoại
dũng cảm;dư luận;dạy học;dịch bệnh;dịch vụ;dự báo;dự báo viên;dự kiến;dự thảo;dự án;gia nhập;gia tăng;gia đình
giao ban;giao dịch;giao lưu;giao nhận;giao thông;giao thừa;giao tiếp;giành giật;giá cả;giá trị;giám khảo;giám sát
giám đốc;giáo dục;giáo viên;giúp đỡ;giải pháp;giải phóng;giải quyết;giải thưởng;giải đáp;giảm nghèo;giới hạn
giới thiệu;giới trẻ;giữ gìn;giữ vững;góp phần;góp ý;gắn bó;gắn kết;hi sinh;hiến pháp;hiểu biết;hiểu rõ;hiện nay
hiện thực;hiện đại;hiệu lực;hiệu quả;hiệu trưởng;hoa kỳ;hoàn chỉnh;hoàn cảnh;hoàn thiện;hoàn thành;hoàng sa
hoạch định;hoạt động;hung hãn;huy động;huấn luyện;huấn luyện viên;hà nội;hài hòa;hàn gắn;hàn quốc;hàng hóa;hàng hải
hàng không;hàng năm;hành chính;hành khách;hành quân;hành trình;hành vi;hành động;hào hùng;hình thành;hình thức
hình ảnh;hòa bình;hùng mạnh;hướng dẫn;hướng tới;hưởng ứng;hạ tầng;hạn chế;hạn hán;hạnh phúc;hải phòng;hải quan
hải sản;hải đảo;hậu cần;hậu quả;hậu thuẫn;hệ quả;hệ thống;học sinh;học tập;học viên;học viện;hỏi đáp;hồ sơ;hỗ trợ
hội nghị;hội nhập;hội thảo;hội viên;hội đàm;hội đồng;hợp lý;hợp pháp;hợp tác;hợp đồng;hữu nghị;in ấn;khai mạc
khai thác;khen thưởng;khiêm tốn;kho tàng;khoa học;khoa trương;khoảng cách;khu vực;khuyến khích;khách mời;khách quan
khái niệm;khám bệnh;khám chữa;kháng chiến;khí hậu;khí thế;khí tượng;khó khăn;khôi phục;không chỉ;không có
không gian;không khí;không ngừng;không những;không phải;không thể;không được;khả năng;khẩn trương;khắc phục
khẳng định;khối lượng;kinh doanh;kinh nghiệm;kinh phí;kinh tế;kiên cường;kiên quyết;kiên trì;kiên định;kiến nghị
kiến thức;kiến trúc;kiểm soát;kiểm tra;kiểm điểm;kéo dài;ký kết;ký túc xá;kế hoạch;kế thừa;kế tiếp;kết cục;kết hợp
kết luận;kết nghĩa;kết nối;kết quả;kết thúc;kịp thời;kỳ họp;kỳ vọng;kỷ cương;kỷ luật;kỷ niệm;kỹ năng;kỹ sư;kỹ thuật
lao động;linh hoạt;liên hoan;liên hệ;liên hợp;liên kết;liên lạc;liên quan;liên tục;luyện kim;luyện tập;luật pháp
luật sư;lào cai;lâm nghiệp;lãnh hải;lãnh sự;lãnh thổ;lãnh đạo;lòng tin;lý do;lý luận;lý tưởng;lĩnh vực;lũ lụt
lũ quét;lưu niệm;lưu trữ;lưu ý;lưu động;lương thực;lượng mưa;lượng thông tin;lạc hậu;lập trường;lắng nghe;lợi dụng
lợi ích;lực lượng;minh bạch;minh chứng;miền bắc;miền nam;miền núi;miền trung;mong muốn;máy bay;máy bơm;máy móc
máy tính;mâu thuẫn;mô hình;môi trường;mưa lũ;mưu sinh;mạng lưới;mạng xã hội;mạnh mẽ;mất mát;mẫu mực;mật độ;mặt bằng
mặt trận;mọi người;mối quan hệ;mở rộng;mục tiêu;mục đích;nam bộ;nghiêm ngặt;nghiêm túc;nghiên cứu;nghĩa vụ
nghề nghiệp;nghệ sĩ;nghệ thuật;nghị quyết;nghị viện;nghị định;ngoài ra;ngoại giao;ngoại ngữ;nguy cơ;nguy hiểm
nguyên nhân;nguyên tắc;nguyện vọng;nguồn gốc;nguồn lực;nguồn nhân lực;ngành nghề;ngày càng;ngày nay;ngân hàng
ngân sách;ngôi nhà;người dân;người lính;người thân;nhanh chóng;nhiều năm;nhiệm kỳ;nhiệm vụ;nhiệt tình;nhu cầu
nhuần nhuyễn;nhà báo;nhà máy;nhà nước;nhà trường;nhà văn;nhà ở;nhân chứng;nhân cách;nhân dân;nhân dịp;nhân loại
nhân lực;nhân quyền;nhân sự;nhân tố;nhân viên;nhân văn;nhân vật;nhân đạo;nhất là;nhất quán;nhất trí;nhận thức
nhận xét;nhận định;nhập khẩu;nhập ngũ;nhật bản;nâng cao;nâng cấp;nông dân;nông nghiệp;nông thôn;núi rừng;năm nay
năng lượng;năng lực;năng động;nước bạn;nước ngoài;nước ta;nạn nhân;nạn đói;nếp sống;nền tảng;nổi bật;nỗ lực;nội bộ
nội dung;nội lực;nội vụ;nữ quân nhân;phi công;phi pháp;phim tài liệu;phiên họp;phong cách;phong cảnh;phong phú
phong trào;phán quyết;pháp luật;pháp lý;pháp quyền;phát biểu;phát hiện;phát huy;phát sinh;phát thanh
phát thanh viên;phát triển;phát động;phân bổ;phân công;phân loại;phân phối;phân tích;phòng bệnh;phòng chống
phòng dịch;phòng họp;phòng khám;phòng ngủ;phòng ngừa;phòng thủ;phòng tránh;phó thủ tướng;phóng sự;phóng viên
phương châm;phương hướng;phương pháp;phương thức;phương tiện;phương án;phường xã;phạm vi;phản biện;phản hồi
phản ánh;phản động;phản ứng;phấn đấu;phẩm chất;phối hợp;phổ biến;phổ cập;phụ nữ;phụ trách;phục hồi;phục vụ;phức tạp
quan chức;quan hệ;quan niệm;quan sát;quan trắc;quan trọng;quan tài;quan tâm;quan điểm;quy chế;quy hoạch;quy luật
quy mô;quy trình;quy tắc;quy định;quyết liệt;quyết thắng;quyết tâm;quyết định;quyền hạn;quyền lợi;quyền lực
quá trình;quán triệt;quân dân;quân nhu;quân số;quân sự;quân đội;quả cảm;quản lý;quảng bá;quảng nam;quảng ninh
quảng trường;quảng trị;quần chúng;quần đảo;quốc ca;quốc doanh;quốc gia;quốc hội;quốc khánh;quốc lộ;quốc ngữ;quốc tế
quốc tịch;quốc vương;ra quân;ra sức;ranh giới;rà soát;rèn luyện;rộng rãi;rừng phòng hộ;sai lầm;sai phạm;sinh hoạt
sinh sống;sinh viên;so với;song phương;suy nghĩ;suy thoái;sáng kiến;sáng suốt;sáng tác;sáng tạo;sâu rộng;sâu sắc
sơ cứu;sơ kết;sơ tán;sản phẩm;sản xuất;sắc phục;sắp xếp;số liệu;số lượng;sức khỏe;sức mạnh;sức ép;sử dụng;sự cố
sự kiện;sự nghiệp;sự thật;sự việc;tai nạn;tham dự;tham gia;tham khảo;tham nhũng;tham quan;tham vọng;thanh niên
thanh tra;thay đổi;thi hành;thi đua;thi đấu;thiên nhiên;thiên tai;thiết bị;thiết thực;thiết yếu;thiếu tá;thiệt hại
thoái hóa;thu hút;thu hồi;thu nhập;thuyết phục;thuyết trình;thuận lợi;thuật ngữ;thành công;thành lũy;thành lập
thành phần;thành phố;thành tích;thành tựu;thành viên;thách thức;thái bình;thái nguyên;thái độ;tháo gỡ;thí sinh
thí điểm;thích ứng;thông báo;thông qua;thông thạo;thông tin;thông tấn;thông điệp;thúc đẩy;thăm dò;thăm hỏi
thương binh;thương mại;thương tích;thường niên;thường xuyên;thượng tá;thảm họa;thảo luận;thấu hiểu;thẩm quyền
thẩm định;thận trọng;thật sự;thắng lợi;thắt chặt;thế giới;thế hệ;thế lực;thế mạnh;thể chế;thể dục;thể hiện;thể lực
thể thao;thị trường;thị trấn;thị xã;thống nhất;thời bình;thời cơ;thời gian;thời tiết;thời điểm;thủ phạm;thủ trưởng
thủ tướng;thủ tục;thủ đoạn;thủ đô;thủy lợi;thủy sản;thực chất;thực hiện;thực hành;thực lực;thực phẩm;thực tiễn
thực trạng;thực tế;tin học;tin tưởng;tin tức;tinh gọn;tinh nhuệ;tinh thông;tinh thần;tiên phong;tiên tiến;tiêu biểu
tiêu chuẩn;tiêu chí;tiêu cực;tiêu diệt;tiêu dùng;tiến bộ;tiến hành;tiến sĩ;tiến độ;tiếp cận;tiếp nhận;tiếp tế
tiếp tục;tiếp xúc;tiếp đón;tiềm lực;tiềm năng;tiền lương;tiền đề;toàn bộ;toàn cảnh;toàn cầu;toàn diện;toàn quyền
toàn quốc;toàn thể;toàn vẹn;trang bị;trang nghiêm;trang phục;trang trí;trang trọng;tranh chấp;tranh cử;tranh luận
tranh thủ;trao quyền;trao tặng;trao đổi;trau dồi;triều tiên;triển khai;triển lãm;triệt để;trong sạch;trung bình
trung quốc;trung thành;trung thực;trung tâm;trung đông;trung ương;truyền thông;truyền thống;trách nhiệm;trên cơ sở
trình bày;trình độ;trí thức;trí tuệ;trúng cử;trường học;trường hợp;trường sa;trưởng ban;trưởng phòng;trưởng thành
trưởng đoàn;trại giam;trạm y tế;trẻ em;trọng tâm;trọng yếu;trọng điểm;trợ cấp;trợ giúp;tuyên bố;tuyên dương
tuyên truyền;tuyển chọn;tuyển dụng;tuyển quân;tuyển sinh;tuyệt mật;tuyệt đối;tuân thủ;tuần tra;tuổi trẻ;tài chính
tài liệu;tài nguyên;tài năng;tài sản;tàu cá;tàu thuyền;tác chiến;tác dụng;tác giả;tác hại;tác phong;tác phẩm
tác động;tái thiết;tâm huyết;tâm lý;tâm trạng;tên lửa;tên tuổi;tình cảm;tình huống;tình hình;tình nguyện
tình nguyện viên;tình trạng;tín nhiệm;tính chất;tính mạng;tính toán;tòa án;tôn giáo;tôn trọng;tôn vinh;tăng cường
tăng gia;tăng trưởng;tư duy;tư liệu;tư lệnh;tư nhân;tư pháp;tư tưởng;tư vấn;tương lai;tương tự;tướng lĩnh;tượng đài
tạm thời;tạo điều kiện;tấm gương;tất cả;tập hợp;tập luyện;tập quán;tập thể;tập trung;tập đoàn;tọa đàm;tố cáo
tố giác;tối đa;tốt nghiệp;tốt đẹp;tồn tại;tổ chức;tổ quốc;tổ tiên;tổn thất;tổng hợp;tổng kết;tổng thể;tổng thống
tội phạm;từng bước;tử vong;tự do;tự giác;tự hào;tự lực;tự nguyện;tự nhiên;uy hiếp;uy tín;vai trò;vi phạm;vinh dự
vinh quang;viên chức;viên mãn;viễn thông;việc làm;viện trợ;vui mừng;vô tuyến;vùng biển;vùng cao;vùng sâu;vùng trời
vùng xa;văn bản;văn hóa;văn kiện;văn minh;văn nghệ;vĩnh viễn;vũ khí;vũ trang;vượt qua;vấn đề;vận chuyển;vận dụng
vận hành;vận hội;vận mệnh;vận tải;vận động;vận động viên;vật chất;vật liệu;vật tư;vẻ vang;vệ sinh;vị thế;vị trí
vụ việc;vụ án;vững chắc;vững mạnh;vững vàng;xanh sạch;xem xét;xu hướng;xu thế;xung kích;xung quanh;xung đột
xuất hiện;xuất khẩu;xuất ngũ;xuất phát;xuất sắc;xác lập;xác minh;xác định;xâm hại;xâm lược;xâm nhập;xây dựng;xã hội
xã viên;xét duyệt;xóa bỏ;xóa đói;xúc phạm;xứng đáng;xử lý;y bác sĩ;y học;y tế;yên tâm;yêu cầu;yêu nước;yếu tố
án mạng;áp dụng;áp lực;âm mưu;ân cần;ít nhất;ý chí;ý kiến;ý nghĩa;ý thức;đa dạng;đau thương;điều chỉnh;điều hành
điều kiện;điều lệ;điều tra;điều trị;điểm báo;điểm danh;đoàn kết;đoàn thể;đoàn viên;đoàn xe;đàm phán;đào tạo
đám cháy;đáng kể;đánh giá;đáp ứng;đơn giản;đơn thuần;đơn thư;đơn vị;đường biển;đường bộ;đường dây;đường lối
đường phố;đường sá;được mùa;đại biểu;đại diện;đại dịch;đại học;đại lý;đại sứ;đại tướng;đạo diễn;đạo lý;đạo đức
đảm bảo;đảm nhiệm;đảm đang;đất liền;đất nước;đất đai;đấu giá;đấu thầu;đấu tranh;đầu tiên;đầu tư;đầy đủ;đẩy mạnh
đặc biệt;đặc sắc;đặc điểm;đề cao;đề cập;đề nghị;đề tài;đề xuất;đề án;địa bàn;địa chỉ;địa phương;địa điểm;định hướng
định kỳ;đối diện;đối mặt;đối ngoại;đối phó;đối thoại;đối tác;đối tượng;đồi núi;đồng bào;đồng bộ;đồng chí;đồng hành
đồng lòng;đồng thuận;đồng thời;đồng ý;đồng đội;độc lập;độc đáo;đội bóng;đội hình;đội ngũ;đội tuyển;động cơ;động lực
động thái;động tác;động viên;động vật;động đất;ưu thế;ưu tiên;ưu tú;ưu điểm;ảnh hưởng;ấm no;ổn định;ủng hộ;ủy quyền
ủy viên;ứng cử;ứng dụng;ứng phó;ứng xử
bão hòa;bản địa;căn bản;nguyên bản;phiên bản;kịch bản;xuất bản;huy chương;gác lại;kho báu;tài khoản;điều khoản
chìa khóa;luật lệ;lốc xoáy;pháo hoa;pháo đài;phường hội;trụ sở;công sở;sở hữu;sở trường;sở thích;sở dĩ;trực tiếp
gián tiếp;tiếp theo;tiếp thu;liên tiếp;nối tiếp;tiếp nối;tiếp sức;tiếp viện;tiếp diễn;tiếp giáp;tỉnh táo;thức tỉnh
hợp tác xã;xã giao;điều động;điều khiển;điều phối;điều dưỡng;điều hòa;điều đó;điều này;điều gì;nhược điểm
khuyết điểm;điểm tựa;điểm cao;điểm nóng;điểm đến;điểm nhấn;chấm điểm;tiêu điểm;tâm điểm;đảo chính;đảo lộn;khóa luận
lũ lượt;quận công
quan họ;luận văn;luận án;tăng tốc;tăng trưởng;tăng gia;ủy quyền;ủy thác;ủy nhiệm;lửa trại;mưu lược;trưởng thôn;phó mặc
số hóa;sự vật;sự sống;quân bài;quân cờ;phòng ốc;phòng thí nghiệm;động tác;động vật;động viên;động từ;cảnh báo;đối thủ
đối diện;đối lập;đối thoại;thủ công;thủ thuật;thủ khoa;chính phủ;chính kiến;chính nghĩa;trị liệu;công chức;công viên
công thức;công chứng;bộ mặt;bộ lọc;bộ tộc;tộc người;chủng tộc;chủng loại;sản lượng;sản vật;viện trợ;viện phí;viện dẫn
"""

_FREE = """
ai anh ăn ấy bà ba bác bài bám bản bàn bạn bay báo bắc bắn bằng bắt bé bè bên bền bị biết biển bỏ bóng bốn bố bơi bớt
bởi bờ bụi buổi bước bữa cả cá các cái cách cao càng căng cắt cầm cần câu cầu cấp cây cha chạy chậm chân chất chặt
chật chỉ chị chia chim chín chính cho chó chọn chống chỗ chồng chờ chợ chơi chú chủ chúng chuyện chuyến chưa chứ chữ
chương có coi con còn cô công cơm cùng củ của cũng cuốn cuộc cuối cứ cửa cứu da dài dám dành dạy dân dần dẫn dâng dễ
dọc dòng dùng dừng dưới dựa dự dựng đã đang đánh đau đặc đặt đâu đầu đầy đất đấy đẹp đem đen đèn đêm đề để đến đều đi
đích điểm điện đó đỏ đọc đón đói đóng đông đồi đội đổi đỗ đồng đủ đúng đưa đứa đứng được đường em gái gạo gặp gần ghi
ghế gì giá già giải giao giáp giày giấy giết gió giỏi giờ giúp giữ giữa gồm gọi góc gốc hai hàng hãy hay hát hằng hết
hiểu họ hỏi họp hoa hoặc học hòn hồ hơn hội hôm huyện hướng in ít kẻ kém kéo kể kêu khách khác khắp khi khiến kho khó
khoa khỏe khói khô khổ không khu kia kỳ kỹ là lạ lại lái làm làng lãi lành lau lâm lần lâu lấy lên lính lo loài loại
lòng lỗi lớn lớp lời lợi lũ lúa lúc luôn lửa lưng má mà mai mang mãi may máy màu mặc mặt mẹ mất mấy mình mọi món mong
mỏi môn một mới mời mở mua mùa mục mũ mũi muốn mưa mức mừng mười mương mượn nam nào này nay năm nắm nắng nặng nên nếu
nằm nấu ngã ngay ngày ngắn nghe nghèo nghề nghỉ nghĩ ngoài ngon ngồi ngủ người nguồn nhà nhanh nhau nhảy nhằm nhất nhẹ
nhiều nhìn nhỏ nhóm nhớ như nhưng những nó nói nóng nổi nỗi nơi núi nước nữa ở ông phá phải phần phép phía phí phòng
phố phó phút phường qua quá quán quanh quân quay quê quen quyển ra rau rằng rất rẻ riêng rồi rộng rơi rời rừng ruộng
sách sai sang sàng sáng sáu sau sạch sắp sân sâu sẽ sinh so số sông sống súng suối suốt sức sửa tai tại tàu tay tăng
tắt tập tất tây tên thay tháng thành thăm thắng thấp thật thấy theo thêm thế thì thi thích thiếu thịt thôi thôn thơ
thời thuốc thuộc thuyền thứ thử thư tỉnh tìm tin tình to toàn tôi tốt tới trai trái trại trăm trang tranh trao trạm
trận trẻ trên trong tròn trông trồng trời trúng trước trưởng trường từ từng tuổi tuy tuần tự tức tướng tỷ uống và vai
vay vàng vào vẫn vậy về vẻ vì việc viện viết vỏ vòng vô vợ với vui vụ vùng vừa vững vườn vượt xa xã xe xem xin xong
xóm xuân xuống xưa xử y yêu yếu
"""
"""Syllables that are words by themselves; *khí*, *cường* or *nạn* are hardly ever left alone."""


_BEFORE = re.compile(r"([^\W\d_]{1,7}) \Z")
_AFTER = re.compile(r" ([^\W\d_]{1,7})(?![^\W_])")
_SYLLABLES = re.compile(r"[^\W\d_]+(?= [^\W\d_])")
BOTH_MEANT = frozenset(("bão lũ", "phường xã", "tiếp đón", "trưởng đoàn"))
"""Words whose parts keep their own sense."""


def swallowed(text: str, start: int, end: int) -> bool:
    """Whether the syllable ``text[start:end]`` is a part of a common word: *tiếp* in "tiếp tục".

    ``text`` is normal; both syllables of the word stand in one line with one space between.

    >>> swallowed("tiếp tục đón tiếp", 0, 4), swallowed("tiếp tục đón tiếp", 13, 17)
    (True, False)
    """
    before, after = _BEFORE.search(text, max(0, start - 9), start), _AFTER.match(text, end)
    own = text[start:end]
    pairs = [f"{before.group(1)} {own}"] if before else []
    if after:
        pairs.append(f"{own} {after.group(1)}")
    return any(_is_one_word(pair) for pair in pairs)


def common_pairs(text: str) -> Iterator[tuple[int, int]]:
    """Yield the spans of the common words of two syllables in a normal text.

    >>> list(common_pairs("đã tiếp tục"))
    [(3, 11)]
    """
    for syllable in _SYLLABLES.finditer(text):
        after = _AFTER.match(text, syllable.end())
        if after and _is_one_word(f"{syllable.group()} {after.group(1)}"):
            yield syllable.start(), after.end()


@lru_cache(maxsize=1)
def free_syllables() -> frozenset[str]:
    """Return the match keys of the commonest syllables that are words by themselves.

    >>> "không" in free_syllables(), "khí" in free_syllables()
    (True, False)
    """
    return frozenset(map(match_key, _FREE.split()))


# The pairs around syllables that are terms recur in every text.
@lru_cache(maxsize=1 << 14)
def _is_one_word(pair: str) -> bool:
    key = match_key(pair)
    return key in common_words() and key not in BOTH_MEANT


@lru_cache(maxsize=1)
def common_words() -> frozenset[str]:
    """Return the match keys of the words.

    >>> "nạn nhân" in common_words()
    True
    """
    return frozenset(match_key(word) for line in _WORDS.split("\n") for word in line.split(";") if word)
