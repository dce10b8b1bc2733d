"""Articles about the armed forces, made from sentence pairs written for songngu, with the beads that are right.

Every pair has places for units, names, figures and dates. Articles are shuffled from them; then sentences
are merged, split, deleted on one side or inserted, as the noise says.
"""

from __future__ import annotations

import random

from align_data import Document, Noise

PLACES = [
    "Hà Giang",
    "Cà Mau",
    "Quảng Ninh",
    "Đắk Lắk",
    "Nghệ An",
    "Lào Cai",
    "Cần Thơ",
    "Khánh Hòa",
    "Sơn La",
    "Bình Phước",
]
NAMES = [
    "Nguyễn Văn Bình",
    "Trần Thị Hoa",
    "Lê Hữu Phước",
    "Phạm Quốc Việt",
    "Hoàng Đình Sơn",
    "Vũ Thanh Hải",
    "Đỗ Minh Đức",
]
UNITS = [("Trung đoàn {n}", "Regiment {n}"), ("Lữ đoàn {n}", "Brigade {n}"), ("Sư đoàn {n}", "Division {n}"),
         ("Tiểu đoàn {n}", "Battalion {n}"), ("Đồn Biên phòng {place}", "{place_en} Border Guard Station")]  # fmt: skip
RANKS = [
    ("Đại tá", "Colonel"),
    ("Thượng tá", "Senior Lieutenant Colonel"),
    ("Thiếu tướng", "Major General"),
    ("Trung tá", "Lieutenant Colonel"),
]

PAIRS = [
    ("Sáng {day}-{month}, {unit} tổ chức bắn đạn thật tại {place}", "On the morning of {month_en} {day}, {unit_en} held a live-fire shoot in {place_en}"),
    ("{rank} {name} dự và chủ trì buổi lễ", "{rank_en} {name_en} attended and chaired the ceremony"),
    ("Kết quả kiểm tra có {pct}% đạt khá, giỏi", "In the tests {pct}% of the results were good or excellent"),
    ("Đơn vị đã giúp dân thu hoạch {big} héc-ta lúa", "The unit helped people harvest {big} hectares of rice"),
    ("Mưa lớn làm ngập {small} xã, {big} hộ phải di dời", "Heavy rain flooded {small} communes and {big} households had to move"),
    ("Lực lượng cứu hộ làm việc suốt đêm", "Rescue forces worked through the night"),
    ("Không có thiệt hại về người", "There was no loss of life"),
    ("Các đơn vị duy trì nghiêm chế độ trực sẵn sàng chiến đấu", "Units strictly keep up their combat readiness duty"),
    ("Cán bộ, chiến sĩ luôn gắn bó với nhân dân địa phương", "Officers and soldiers always stay close to local people"),
    ("Ông {name}, trưởng thôn, cho biết bà con rất tin tưởng bộ đội", "Mr. {name_en}, the village head, said that villagers trust the soldiers a lot"),
    ("Nhiều gia đình đã được tặng nhà mới", "Many families were given new houses"),
    ("Kinh phí xây dựng là {dec} tỷ đồng", "The cost of construction was {dec_en} billion VND"),
    ("Công tác huấn luyện có nhiều đổi mới về nội dung và phương pháp", "Training has been renewed a great deal in content and method"),
    ("Bộ đội làm chủ vũ khí, trang bị mới", "Troops have mastered new weapons and equipment"),
    ("Trong năm, {unit} đã tổ chức {small} cuộc diễn tập", "During the year {unit_en} held {small} exercises"),
    ("Đảng ủy ra nghị quyết lãnh đạo nhiệm vụ năm 2025", "The Party committee issued a resolution to lead the tasks of 2025"),
    ("Hội nghị đã nghe {small} ý kiến phát biểu", "The conference heard {small} speeches"),
    ("Phát biểu tại hội nghị, {rank} {name} nhấn mạnh vai trò của người chỉ huy", "Speaking at the conference, {rank_en} {name_en} stressed the role of commanders"),
    ("Ông yêu cầu các cơ quan tiếp tục đổi mới phong cách làm việc", "He asked agencies to go on renewing their style of work"),
    ("Thời tiết trên biển rất xấu, sóng cao {small} mét", "The weather at sea was very bad, with waves {small} metres high"),
    ("Tàu cá mang số hiệu {code} bị hỏng máy", "Fishing boat {code} had an engine failure"),
    ("Trên tàu có {small} ngư dân", "There were {small} fishermen aboard"),
    ("Sau {small} giờ tìm kiếm, tất cả đã được cứu", "After {small} hours of searching, all of them were rescued"),
    ("Bác sĩ quân y khám bệnh, cấp thuốc miễn phí cho {big} người dân", "Military doctors examined {big} people and gave them free medicine"),
    ("Con đường mới giúp trẻ em đến trường dễ dàng hơn", "The new road makes it easier for children to get to school"),
    ("Trước đây, bản chưa có điện", "In the past the village had no electricity"),
    ("Nay hơn {pct}% số hộ đã có nước sạch", "Now more than {pct}% of households have clean water"),
    ("Ngày {day}-{month}-2024, Chủ tịch nước trao tặng đơn vị Huân chương", "On {month_en} {day}, 2024 the State President awarded the unit an Order"),
    ("Phong trào thi đua được mọi người hưởng ứng", "Everyone answered the call of the emulation movement"),
    ("Thanh niên lên đường nhập ngũ trong niềm vui của gia đình", "Young people left for military service to the joy of their families"),
    ("Chị {name} có con trai đang tại ngũ", "Ms. {name_en} has a son in service"),
    ("Cuộc sống nơi biên giới còn nhiều khó khăn", "Life on the border is still hard in many ways"),
    ("Mỗi tuần, bộ đội tuần tra {small} lần dọc đường biên", "Every week soldiers patrol the border line {small} times"),
    ("Năm nay, chỉ tiêu tuyển quân hoàn thành 100%", "This year the recruitment target was fully met, at 100%"),
    ("Việc chuyển đổi số được đẩy mạnh ở tất cả các cấp", "Digital transformation is being stepped up at all levels"),
    ("Phần mềm mới rút ngắn thời gian xử lý văn bản", "New software shortens the time it takes to process documents"),
    ("Các nước trong khu vực cùng tham gia diễn đàn", "Countries of the region took part in the forum together"),
    ("Hai bên nhất trí mở rộng hợp tác đào tạo", "Both sides agreed to expand cooperation in training"),
    ("Đoàn đại biểu đã thăm {unit} tại {place}", "The delegation visited {unit_en} in {place_en}"),
    ("Lịch sử của đơn vị gắn liền với nhiều chiến thắng", "The history of the unit is bound up with many victories"),
    ("Các cựu chiến binh kể lại những trận đánh ác liệt", "Veterans told of fierce battles"),
    ("Bữa ăn của chiến sĩ được cải thiện rõ rệt", "Soldiers' meals have improved markedly"),
    ("Vườn rau, ao cá của đơn vị cho thu nhập {big} triệu đồng", "The unit's vegetable gardens and fish ponds brought in {big} million VND"),
    ("Đó là cách làm hay cần nhân rộng", "It is a good practice that should be spread"),
    ("Kỷ luật nghiêm minh tạo nên sức mạnh", "Strict discipline makes for strength"),
    ("Thư viện có {big} cuốn sách", "The library has {big} books"),
    ("Buổi tối, bộ đội đọc báo, xem truyền hình, chơi thể thao", "In the evening the soldiers read newspapers, watch television and play sports"),
    ("Nhiều sáng kiến kỹ thuật đã được áp dụng vào thực tế", "Many technical initiatives have been put into practice"),
]  # fmt: skip

MONTHS = "January February March April May June July August September October November December".split()


def _filled(random_: random.Random) -> tuple[str, str]:
    vi, en = random_.choice(PAIRS)
    place, name, month = random_.choice(PLACES), random_.choice(NAMES), random_.randrange(12)
    number = random_.randrange(2, 900)
    unit = random_.choice(UNITS)
    rank = random_.choice(RANKS)
    fills = {
        "place": place, "place_en": plain(place), "name": name, "name_en": plain(name), "n": number,
        "day": random_.randrange(1, 29), "month": month + 1, "month_en": MONTHS[month], "pct": random_.randrange(60, 100),
        "small": random_.randrange(3, 40), "big": random_.randrange(100, 999), "rank": rank[0], "rank_en": rank[1],
        "dec": f"{number // 10},{number % 10}", "dec_en": f"{number // 10}.{number % 10}",
        "code": f"QN-{random_.randrange(10000, 99999)}",
    }  # fmt: skip
    fills["unit"], fills["unit_en"] = unit[0].format(**fills), unit[1].format(**fills)
    return vi.format(**fills), en.format(**fills)


def plain(text: str) -> str:
    """Return a name as English papers print it, without marks."""
    import unicodedata

    bare = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    return bare.replace("đ", "d").replace("Đ", "D")


def article(pairs: int, noise: Noise, *, seed: int) -> Document:
    """Return an article of about ``pairs`` beads."""
    random_ = random.Random(seed)
    vi: list[str] = []
    en: list[str] = []
    beads = []
    while len(beads) < pairs:
        one, other = _filled(random_), _filled(random_)
        kind = random_.random()
        if kind < noise.unpaired:
            first, second = ([one[0] + "."], []) if random_.random() < 0.5 else ([], [one[1] + "."])
        elif kind < noise.unpaired + noise.merged / 2:
            first, second = [f"{one[0]}, {_low(other[0])}."], [f"{one[1]}.", f"{other[1]}."]
        elif kind < noise.unpaired + noise.merged:
            first, second = [f"{one[0]}.", f"{other[0]}."], [f"{one[1]}, and {_low(other[1])}."]
        else:
            first, second = [one[0] + "."], [one[1] + "."]
        beads.append((tuple(range(len(vi), len(vi) + len(first))), tuple(range(len(en), len(en) + len(second)))))
        vi += first
        en += second
    return Document(vi, en, beads)


def _low(text: str) -> str:
    return text[0].lower() + text[1:]
