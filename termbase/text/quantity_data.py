"""Units, currencies and counted words that number finders know."""

from __future__ import annotations

import re
from fractions import Fraction
from functools import lru_cache

_CURRENCIES = {
    "VND": {
        "vi": r"(?:đồng(?!\s+(?:chí|bào|đội|minh|hương|nghiệp|bằng|thời|phục|ruộng|lúa|muối|cỏ|hồ|đô|"
        r"hóa|hoá|hành|lòng|loạt|"
        r"tâm|khởi|quê|nát|dạng|tính|bộ|tác|nội|ý|thuận|cấp|diễn|sự|hao|trục|thau|đều))(?:\s+Việt\s+Nam)?(?!\w)|VNĐ(?!\w)|VND(?!\w)|₫|đ(?![\w/]))",
        "en": r"(?:VND(?!\w)|₫|VNĐ(?!\w)|(?:Vietnam(?:ese)?\s+)?dongs?(?!\w)|đồng(?!\w))",
    },
    "USD": {
        "vi": r"(?:USD(?!\w)|(?:đô|đôla|dollar)(?:[\s-]la)?(?:\s+(?:Mỹ|la\s+Mỹ))?(?!\w)|\$)",
        "en": r"(?:USD(?!\w)|(?:US|U\.S\.|American)?\s?dollars?(?!\w)|bucks(?!\w))",
    },
    "EUR": {"vi": r"(?:EUR(?:O)?(?!\w)|(?:đồng\s+)?(?:euro|ơ[\s-]?rô)(?!\w)|€)", "en": r"(?:EUR(?!\w)|euros?(?!\w)|€)"},
    "GBP": {
        "vi": r"(?:GBP(?!\w)|bảng\s+Anh(?!\w)|£)",
        "en": r"(?:GBP(?!\w)|pounds?\s+sterling(?!\w)|British\s+pounds?(?!\w)|(?<=illion )pounds(?!\w))",
    },
    "RUB": {"vi": r"(?:RUB|rúp)(?!\w)", "en": r"(?:RUB|rou?bles?)(?!\w)"},
    "KRW": {"vi": r"(?:KRW|won)(?!\w)", "en": r"(?:KRW|(?:South\s+)?Korean\s+won|(?<=illion )won)(?!\w)"},
    "THB": {"vi": r"(?:THB|bạt\s+Thái)(?!\w)", "en": r"(?:THB|(?:Thai\s+)?baht)(?!\w)"},
    "LAK": {"vi": r"(?:LAK|kíp\s+Lào)(?!\w)", "en": r"(?:LAK|(?:Lao\s+)?kip)(?!\w)"},
    "JPY": {"vi": r"(?:JPY(?!\w)|(?:yên|yen)(?:\s+Nhật)?(?!\w))", "en": r"(?:JPY(?!\w)|(?:Japanese\s+)?yen(?!\w))"},
    "CNY": {
        "vi": r"(?:CNY|RMB|NDT|(?:đồng\s+)?nhân\s+dân\s+tệ|tệ(?!\s+nạn))(?!\w)",
        "en": r"(?:CNY|RMB|(?:Chinese\s+)?yuan)(?!\w)",
    },
}
_SIGNS = {
    "$": "USD",
    "US$": "USD",
    "US $": "USD",
    "€": "EUR",
    "£": "GBP",
    "¥": "JPY",
    "VNĐ": "VND",
    "₫": "VND",
    "pounds": "GBP",
    "won": "KRW",
}
MONEY_PATTERNS = {lang: [names[lang] for names in _CURRENCIES.values()] for lang in ("vi", "en")}


@lru_cache(maxsize=1024)
def currency_of(text: str) -> str:
    """Return the ISO 4217 code of a currency word or sign of either language, or ``""``.

    >>> currency_of(" đồng"), currency_of("US$"), currency_of("dollars")
    ('VND', 'USD', 'USD')
    """
    bare = text.strip(" \t\u00a0-")
    if bare in _SIGNS:
        return _SIGNS[bare]
    if not bare:
        return ""
    for code, names in _CURRENCIES.items():
        if any(re.fullmatch(pattern, bare, re.IGNORECASE) for pattern in names.values()):
            return code
    return ""


_UNITS: tuple[tuple[str, Fraction | int, str, str], ...] = (
    (
        "km/h",
        1,
        r"km\s?/\s?h(?!\w)|km\s?/\s?giờ(?!\w)|km\s+(?:một|mỗi)\s+giờ(?!\w)|(?:ki-?lô-?mét|cây\s+số)\s*/\s*giờ",
        r"km\s?/\s?h(?:r|our)?(?!\w)|kph(?!\w)|kmph(?!\w)|(?:kilomet(?:re|er)s?|km)[\s-](?:per|an)[\s-]hour",
    ),
    (
        "nmi/h",
        1,
        r"hải\s+l[ýí]\s*/\s*(?:giờ|h)(?!\w)|hải\s+l[ýí]\s+(?:một|mỗi)\s+giờ(?!\w)",
        r"knots?(?!\w)|nautical\s+miles\s+(?:per|an)\s+hour(?!\w)|kts?(?!\w)",
    ),
    ("m/s", 1, r"m/s(?!\w)", r"m/s(?!\w)|met(?:re|er)s?\s+per\s+second"),
    (
        "m2",
        10**6,
        r"km2(?!\w)|km²|km\s?vuông(?!\w)|ki-?lô-?mét\s+vuông(?!\w)",
        r"km2(?!\w)|km²|sq\.?\s?km(?!\w)|square[\s-]kilomet(?:re|er)s?(?!\w)|square\s+km(?!\w)",
    ),
    ("m2", 10**4, r"ha(?!\w)|héc-?\s?ta(?!\w)|hecta(?!\w)|hécta(?!\w)", r"ha(?!\w)|hectares?(?!\w)"),
    (
        "m2",
        1,
        r"m2(?!\w)|m²|mét\s+vuông(?!\w)",
        r"m2(?!\w)|m²|sq\.?\s?m(?!\w)|square[\s-]met(?:re|er)s?(?!\w)|square\s+m(?!\w)",
    ),
    (
        "m3",
        1,
        r"m3(?!\w)|m³|mét\s+khối(?!\w)|khối(?=\s+(?:nước|đất|cát|bê|đá))",
        r"m3(?!\w)|m³|cubic[\s-]met(?:re|er)s?(?!\w)",
    ),
    (
        "m",
        1000,
        r"km(?![\w/²])|ki-?lô-?\s?mét(?!\w)|kilômét(?!\w)|cây\s+số(?!\w)",
        r"km(?![\w/²])|kms(?!\w)|kilomet(?:re|er)s?(?!\w)",
    ),
    (
        "m",
        Fraction(1, 1000),
        r"mm(?!\w)|mi-?li-?mét(?!\w)|(?:ly|li)(?!\w|\s+(?:nước|cà|rượu|bia|sữa|trà|chè|kỳ|dị|tán|khai|hôn|tâm|lai))",
        r"mm(?!\w)|millimet(?:re|er)s?(?!\w)",
    ),
    ("m", Fraction(1, 100), r"cm(?!\w)|xăng-?ti-?mét(?!\w)", r"cm(?!\w)|centimet(?:re|er)s?(?!\w)"),
    ("nmi", 1, r"hải\s+lý(?!\w)|hải\s+lí(?!\w)", r"nautical[\s-]miles?(?!\w)|nm(?!\w)|nmi(?!\w)"),
    ("mi/h", 1, r"dặm\s*/\s*(?:giờ|h)(?!\w)", r"mph(?!\w)|miles?\s+(?:per|an)\s+hour(?!\w)"),
    ("mi", 1, r"dặm(?!\w)", r"miles?(?!\w)"),
    ("m", 1, r"m(?![\w/²³'’])|mét(?!\w)", r"m(?![\w/²³'’])|met(?:re|er)s?(?!\w)"),
    ("kg", 1000, r"tấn(?!\w)", r"(?:metric\s+)?tonnes?(?!\w)|(?:metric\s+)?tons?(?!\w)"),
    ("kg", 100, r"tạ(?!\w)", r"quintals?(?!\w)"),
    ("kg", 10, r"yến(?!\w)", r"(?!)"),
    ("kg", Fraction(1, 10), r"lạng(?!\w)", r"hectograms?(?!\w)"),
    (
        "kg",
        1,
        r"kg(?!\w)|ki-?lô-?\s?gam(?!\w)|kilôgam(?!\w)|cân(?=\s+(?:gạo|thịt|muối))",
        r"kgs?(?!\w)|kilograms?(?!\w)|kilogrammes?(?!\w)|kilos?(?!\w|[\s-](?:[\d\x00]|class))",
    ),
    ("kg", Fraction(1, 1000), r"gam(?!\w)|gram(?!\w)|g(?!\w)", r"grams?(?!\w)|grammes?(?!\w)|g(?!\w)"),
    ("l", 1, r"lít(?!\w)|l(?!\w)", r"lit(?:re|er)s?(?!\w)|l(?!\w)"),
    ("l", Fraction(1, 1000), r"ml(?!\w)|mi-?li-?lít(?!\w)", r"ml(?!\w)|millilit(?:re|er)s?(?!\w)"),
    ("°C", 1, r"(?:°|º|độ\s?)\s?C(?!\w)", r"(?:°|º)\s?C(?!\w)|degrees?\s+(?:Celsius|centigrade|C)(?!\w)"),
    ("°", 1, r"độ(?!\w)|°", r"degrees?(?!\w)|°"),
    ("MW", 1, r"MW(?!\w)", r"MW(?!\w)|megawatts?(?!\w)"),
    ("kW", 1, r"kW(?!\w)", r"kW(?!\w)|kilowatts?(?!\w)"),
    ("kV", 1, r"kV(?!\w)", r"kV(?!\w)|kilovolts?(?!\w)"),
    ("TB", 1, r"TB(?!\w)", r"TB(?!\w)|terabytes?(?!\w)"),
    ("GB", 1, r"GB(?!\w)", r"GB(?!\w)|gigabytes?(?!\w)"),
    ("MB", 1, r"MB(?!\w)", r"MB(?!\w)|megabytes?(?!\w)"),
    ("h", 1, r"giờ(?!\w)|tiếng(?:\s+đồng\s+hồ)?(?!\w)|h(?!\w)", r"hours?(?!\w)|hrs?(?!\w)"),
    ("min", 1, r"phút(?!\w)", r"minutes?(?!\w)|mins?(?!\w)"),
    ("s", 1, r"giây(?!\w)", r"seconds?(?!\w)|secs?(?!\w)"),
    ("d", 1, r"ngày(?!\s+\d+\s*[-/]|\w)", r"days?(?!\w)"),
    ("wk", 1, r"tuần(?!\w|\s+(?:tra|tự|hoàn|dương))", r"weeks?(?!\w)"),
    ("mo", 1, r"tháng(?!\w|\s+\d(?!\d?\s+(?:ngày|tuần)(?!\w)))", r"months?(?!\w)"),
    ("yr", 1, r"năm(?!\w|\s+\d(?!\d?\s+tháng(?!\w)))", r"years?(?![\w]|[\s-]old)"),
    ("decade", 1, r"thập\s+(?:kỷ|niên|kỉ)(?!\w)", r"decades?(?!\w)"),
    ("century", 1, r"thế\s+k[ỷỉ](?!\w)", r"(?:century|centuries)(?!\w)"),
)
UNIT_PATTERNS = {"vi": [vi for _, _, vi, _ in _UNITS], "en": [en for _, _, _, en in _UNITS]}
_BY_LANGUAGE = {
    lang: [
        (name, factor, re.compile(f"(?:{patterns[lang == 'en']})", re.IGNORECASE if lang == "en" else 0))
        for name, factor, *patterns in _UNITS
    ]
    for lang in ("vi", "en")
}


@lru_cache(maxsize=2048)
def unit_of(text: str, lang: str) -> tuple[str, Fraction]:
    """Return the base unit of a unit word and what one of it makes; ``("", 1)`` when unknown.

    >>> unit_of("km", "vi") == unit_of("kilometres", "en") == ("m", 1000)
    True
    """
    bare = text.strip()
    for name, factor, pattern in _BY_LANGUAGE[lang]:
        if bare and pattern.fullmatch(bare):
            return name, Fraction(factor)
    return "", Fraction(1)


_COUNTED = """
    độ C, độ F, ngón, người, đồng chí, chiến sĩ, chiến sỹ, cán bộ, sĩ quan, đảng viên, đoàn viên, hội viên, quân nhân,
    đại biểu, đơn vị, cơ quan, tỉnh, thành phố, huyện, quận, xã, phường, thôn, bản, ấp, khu, tổ, đội, nhóm,
    đoàn, lớp, khóa, khoá, cuộc, đợt, lần, lượt, cái, chiếc, con, cây, ngôi, tòa, toà, bộ, khẩu, quả, viên, tàu,
    xe, máy bay, đại đội, tiểu đoàn, tiểu đội, trung đội, trung đoàn, lữ đoàn, sư đoàn, quân đoàn, quân khu,
    quân chủng, binh chủng, lực lượng, thứ quân, cấp, ngành, nước, quốc gia, năm, tháng, tuần, ngày, đêm, giờ,
    phút, giây, thập kỷ, thế kỷ, nhiệm vụ, giải pháp, nội dung, mục tiêu, chỉ tiêu, đột phá, khâu, mặt, bước,
    vấn đề, phương án, kế hoạch, chương trình, dự án, công trình, mô hình, phong trào, nguyên tắc, tiêu chí,
    tiêu chuẩn, quan điểm, bài học, yếu tố, đảng bộ, chi bộ, tổ chức, gia đình, hộ, phần, lĩnh vực, điểm, điều,
    nghị quyết, chỉ thị, bên, phía, hướng, tuyến, mũi, cánh, sẵn sàng, tại chỗ, không sợ, chủ động, thực chất,
    xung phong, đảm đang, nhất trí, trụ cột, thế hệ, buổi, trận, chiến dịch, giai đoạn, km, mét, ha, tấn, kg,
    lít, nghìn, ngàn, triệu, tỷ, tỉ, trường, bệnh viện, trạm, đồn, tầng, ca, vùng, miền, đồng bào, học viên, vụ,
    đứa, anh em, chị em, cụ, thanh niên, học sinh, sinh viên, phóng viên, cháu, tên, toán, chốt, cứ điểm, căn
    cứ, chuyến, phát, tiếng, câu, bài, bức, tấm, lá, mảnh, hạng mục, gói, mảng, khối, cặp, ca nô, hầm, hòn,
    đảo, bãi, cụm, cửa, mặt trận, tập đoàn, hội, ban, phòng, cục, viện, nhà, nhà máy, xưởng, kho, bến, cảng, sân
    bay, trận địa, khẩu đội, xuồng, chiến hạm, thủy thủ, phi công, thương binh, liệt sĩ, anh hùng, cựu chiến
    binh, nhà báo, bác sĩ, bước đột phá, thành viên, ủy viên, cường quốc, châu lục, dân tộc, tôn giáo, ngôn ngữ,
    thứ tiếng, khu vực, mục, chương, khoản, trang, dòng, vị trí, kiến nghị, đề xuất, thách thức, nguy cơ, khó
    khăn, hạn chế, khuyết điểm, nguyên nhân, kinh nghiệm, biện pháp, ưu tiên, trọng tâm, cam kết, thỏa thuận,
    thoả thuận, hiệp định, văn kiện, văn bản, hợp đồng, chuyên đề, tham luận, ý kiến, câu hỏi, quy định, quyết
    định, tấn công, hình thức, loại, kiểu, dạng, cách, con đường, cây số, hải lý, sào, mẫu, công đất, suất, phần
    quà, huân chương, huy chương, bằng khen, danh hiệu, kỷ lục, người con, người lính, đồng nghiệp, vị tướng,
    vị, tướng, thầy, cô, em, bà, ông, ngôi sao, bàn thắng, hiệp, trận đấu, vòng
"""
COUNTED_VI = tuple(r"\s+".join(word.split()) for word in _COUNTED.split(","))
"""Patterns of the words that a lone digit word counts."""
