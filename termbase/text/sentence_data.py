"""Word lists behind :mod:`termbase.text.sentences`: abbreviations, labels, function words.

The lists are the project's own, drawn from military, administrative and press usage of both
languages. Letter case counts, because *No.* and *no.*, *Art.* and *art.* differ.
"""

from __future__ import annotations

BEFORE_NAME = frozenset(
    """
    TP Tp Thp Tx TX TT QL ĐT TL GS TS PGS Pgs Gs Ts ThS Ths THS ThS BS Bs BSCK BSCKI BSCKII CKI CKII BSNT KS Ks
    KTS CN LS Ls NSND NSƯT NGND NGƯT NNC NCS TSKH ĐD DS Ds SV HS Đ/c đ/c Đ/C đc Đc TM KT TUQ Tt T/m
    K/t T/l Nxb NXB Sđd Xb ông Ô
    Mr Mrs Ms Mx Dr Drs Prof Assoc Asst Gen Lt Col Maj Capt Cpt Cpl Sgt Pte Pvt Brig Adm Cdr Cmdr
    Comdr Cmd Sen Snr Sr Rev Hon Gov Rep Pres St Mt Ft Messrs Mme Mlle Amb Atty Supt Insp Det Fr
    Eng MSc BSc Ph.D PhD M.A B.A M.Sc B.Sc M.D D.Sc Th.S Th.s H.E Dep Vice-Adm Comr Sgt.Maj Lieut
    Ph Ng Th Kh Com Comm Ens Ofc Col.Gen R.Adm V.Adm
    """.split()
)
"""Never the end of a sentence: titles, offices and place words that stand before a name."""

NEVER = frozenset("www WWW Www e.g i.e eg ie cf viz vs incl excl Incl vd Vd v.d VD ex Cf tức".split()) - {"tức", "ex"}
"""Never the end of a sentence: words that announce what follows."""

BEFORE_NUMBER = frozenset(
    """
    tr Tr trg No Nos no nos Nr Art Arts art Sec Secs sec Fig Figs fig figs Vol Vols vol vols p pp P pg
    ch Ch chap Chap para paras Para Ex App Apt Bldg Rm Tel tel Fax Ext ext approx Approx ca c No Bn Regt Bde
    Div Coy Sqn Reg Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec est Est No. t T q h ph km ver Ver v
    Iss iss eq Eq ref Ref refs Clause cl Cl Op op ed eds Ed Eds trans Trans rev gr Gr kl Đt đt
    Ca Res Concl Dir Circ ft oz lb yd min max avg QK QĐ SĐ LĐ TrĐ Km KM
    """.split()
)
"""An abbreviation when a number, a Roman numeral or a single letter follows, else a plain word."""

MAY_END = frozenset(
    """
    Jr Inc Ltd Co Corp Bros Dept Govt Univ Assn Ave Blvd Rd U.S U.K U.N E.U U.S.A U.A.E U.S.S.R D.C
    N.Y L.A P.R.C R.O.K DPR Ph.D al ibid Ibid cit T.Ư T.W Vol a.k.a
    Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec Cty Ctcp
    """.split()
)
"""Ends a sentence only when the next word is one that opens sentences."""

LIST_END = frozenset("etc vv v.v V.v".split())
"""Closes an enumeration; ends the sentence too when a capital follows."""

CLOCK = frozenset("a.m p.m am pm A.M P.M AM PM".split())
"""Ends a sentence unless a day, month or zone follows."""

AFTER_CLOCK = frozenset(
    """
    Monday Tuesday Wednesday Thursday Friday Saturday Sunday Mon Tue Wed Thu Fri Sat Sun January
    February March April May June July August September October November December Jan Feb Mar Apr Jun
    Jul Aug Sep Sept Oct Nov Dec Hanoi Vietnam Viet Eastern Pacific Central EST EDT GMT UTC PST ICT CET
    """.split()
)

OPENERS = frozenset(
    """
    The This That These Those It Its He She They We You His Her Their Our There Here In On At By For
    From With To After Before When While If As Although However But And So Then Thus Therefore
    Moreover Furthermore Meanwhile Besides Also Since Until During Under Over Both All Each Every
    Some Many Most Several No Not What Why How Who Where Which Nevertheless Accordingly Yet One Two
    Another Such According Following Despite Because Once Only Even Let Please Do Did Does Is Are Was
    Thank Thanks
    Were Will Would Can Could Should Nobody Everybody Everyone Somebody Someone Nothing Everything
    Các Những Mỗi Mọi Đây Đó Khi Nếu Tuy Theo Sau Trước Trong Ngoài Trên Dưới Tại Từ Đến Vì Do Để Với Về
    Nhưng Và Mặc Bên Cùng Nhờ Song Đồng Ngoài Hiện Hôm Ngày Sáng Chiều Tối Năm Tháng Bởi Qua Như Cả Một
    Chúng Tôi Họ Nó Ta Đặc Đồng Bên Bằng Thực Tiếp Ngay Còn Phải Không Đã Được Cũng Có Lúc Nay Vậy
    Tất Đơn Kết Nhiều Buổi Cuộc Cán Ông Người Vụ Hội Mọi Ai
    """.split()
)
"""Capitalised words that rarely belong to a name and so show that a new sentence began."""

NEVER_NAMES = frozenset("The This These Those It Its They His Their Our".split())
"""Openers that are never part of a name, so that even a rank before them ends the sentence: "a Sr. Col. His unit"."""

SPEAKERS = frozenset("He She They We It Họ Nó Tôi Chúng".split())
"""Openers that may also say who spoke."""

LABELS = frozenset(
    word.strip()
    for word in """
    điều, khoản, điểm, chương, mục, tiểu mục, phần, bài, bảng, hình, ảnh, biểu, biểu mẫu, mẫu, phụ lục, bước, câu,
    câu hỏi, tập, quyển, sơ đồ, ví dụ, đề, chú thích, lưu ý,
    article, chapter, section, part, clause, item, table, figure, fig., annex, appendix, step, lesson, unit,
    question, example, photo, chart, schedule, form, volume, book, note, paragraph, rule, principle
    """.split(",")
)
"""Words that with a number and a full stop label what follows: "Điều 5. Phạm vi", "Table 2. Units"."""

HANGING = frozenset(
    """
    của và các những với cho trong về tại là để do bởi từ đến theo được bị mà hoặc hay như khi nhằm vào
    thuộc trên dưới giữa cùng một mỗi mọi gồm ở ra bằng nếu vì nên đã đang sẽ không rất qua
    of the and to in for with a an by on at from or that which as is are was were be its their his her
    our into between under over than but not this these those has have had will would should
    """.split()
)
"""Words that cannot end a heading: a line that ends in one goes on in the next."""

REPORTING = frozenset(
    """
    nói hỏi đáp kể biết chia khẳng nhấn trả hô reo thốt bảo nhắc cười phát tâm gọi hét
    said says asked asks replied shouted added stated affirmed noted stressed shared answered told
    exclaimed cried called explained
    """.split()
)
"""Verbs of speech that may follow a quotation with a name between."""

DOMAIN_ENDINGS = frozenset(
    """
    com org net vn gov edu info html htm txt doc docx pdf xls xlsx jpg png csv xml json ppt pptx zip rar js py
    mp3 mp4 tmx tbx exe
    """.split()
)
"""What follows the dot of a web address or file name."""
