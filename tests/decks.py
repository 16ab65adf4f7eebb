"""A small deck with a slide of every kind, for the tests of the files that decks are written to.

`deck()` is plain and harmless; `hostile_deck()` holds texts that a workbook may bring; `long_deck()` holds long ones.
Its figures need no warehouse. `numbers(deck)` are the printed texts that each file has to show.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from ntm.formatting import Format
from ntm.reports.deck.model import Cell, Chart, Deck, Figure, Sentence, Series, Slide, Table
from tests import map_sheets

DAY = date(2022, 12, 31)
SOURCE = "Biểu tiêu chí các huyện gửi"
FORMAT = Format("vi")
COLORS = ("#8EC1E6", "#2878B5", "#0B3C5D", "#E69F00")
DISTRICTS = (
    "Thành phố Vị Thanh", "Thành phố Ngã Bảy", "Thị xã Long Mỹ", "Huyện Vị Thuỷ", "Huyện Long Mỹ", "Huyện Phụng Hiệp",
    "Huyện Châu Thành", "Huyện Châu Thành A",
)  # fmt: skip
SOURCES = ("Ngân sách trung ương", "Ngân sách địa phương", "Vốn lồng ghép", "Tín dụng", "Doanh nghiệp", "Cộng đồng")
NEED = (170909, 217034, 149056, 5589382, 16928, 116296)
"""Hậu Giang's need of 2022, in million đồng, from six sources; together 6.259.605."""

FORMULA = '=HYPERLINK("http://x.example","bấm vào đây")'
MARKUP = "<script>document.hacked = 1</script><b>đậm</b> & \"ngoặc\" 'đơn'"
RIGHT_TO_LEFT = "Xã \u202egnort ƶ\u202c tên đảo"
CONTROL = "Xã \x00\x07\x1b[31mđỏ\x0b\x0c\ufffe\uffff hết"
SURROGATE = "Xã \ud800 lẻ"
LONG_WORD = "Dàilắm" * 60
DECOMPOSED = "Xa\u0303 Vi\u0323 Ta\u0302n"
"""'Xã Vị Tân' with its marks as characters of their own."""
TYPST = '#read("/etc/passwd") $x^2$ *đậm* _nghiêng_ @nhãn \\n'
SHEET_MARKUP = "<r>Xã & phường</r>"
"""What a library that writes workbooks takes for markup of its own."""
HOSTILE = (
    SHEET_MARKUP,
    FORMULA,
    MARKUP,
    RIGHT_TO_LEFT,
    CONTROL,
    SURROGATE,
    LONG_WORD,
    DECOMPOSED,
    TYPST,
    "+1+1",
    "-2",
    "@SUM(A1)",
)
LONG = (
    "Ban Chỉ đạo các chương trình mục tiêu quốc gia tỉnh đề nghị các huyện, thị xã, thành phố rà soát từng tiêu chí của"
    " từng xã, báo cáo bằng văn bản trước ngày 15 hằng tháng và gửi kèm biểu số liệu có ký tên, đóng dấu theo quy định."
)


def cells(count: int, path: str = "2022/TC_Huyện Vị Thuỷ_12.xlsx", sheet: str = "Biểu 01") -> tuple[Cell, ...]:
    return tuple(Cell(path, sheet, f"E{row}") for row in range(7, 7 + count))


def number(key: str, value: float | None, decimals: int = 0, count: int = 2, ending: str = "") -> Figure:
    text = FORMAT.number(value, decimals) + (ending if value is not None else "")
    return Figure(key, value, text, f"Định nghĩa của {key}", cells(count))


def sentence(key: str, text: str, **figures: Figure) -> Sentence:
    return Sentence(key, text.format(**{name: one.text for name, one in figures.items()}), tuple(figures.values()))


def slide(key: str, title: str, section: str = "results", **parts: Any) -> Slide:
    return replace(Slide(f"{section}.{key}", section, title, DAY, SOURCE), **parts)


def bar_slide() -> Slide:
    """Three sentences and bars with whole numbers; one is unknown."""
    ntm, nang_cao, communes = (
        number("results.ntm", 37, count=40),
        number("results.nang_cao", 7),
        number("results.n", 51),
    )
    share = number("results.ntm_pct", 72.549, 1, ending="%")
    kieu_mau = Figure("results.kieu_mau", None, "–", "Số xã giữ chuẩn kiểu mẫu ngày 31/12/2022")
    said = (
        sentence("results.a", "{ntm}/{communes} xã giữ chuẩn NTM ({share}).", ntm=ntm, communes=communes, share=share),
        sentence("results.b", "{nang_cao} xã giữ chuẩn NTM nâng cao.", nang_cao=nang_cao),
        sentence("results.c", "Số xã giữ chuẩn NTM kiểu mẫu chưa rõ ({kieu_mau}).", kieu_mau=kieu_mau),
    )
    bars = Chart(
        "results.standards", "bar", "Số xã giữ từng chuẩn", "xã", ("Đạt chuẩn NTM", "NTM nâng cao", "NTM kiểu mẫu"),
        (Series("Số xã", (ntm, nang_cao, kieu_mau), COLORS[1]),), goal=number("results.goal", 38), goal_name="Mục tiêu",
    )  # fmt: skip
    notes = ("Số liệu do Văn phòng Điều phối đối chiếu.",)
    return slide("standing", "37/51 xã giữ chuẩn NTM (72,5%)", sentences=said, chart=bars, notes=notes)


def column_slide() -> Slide:
    """Columns of three series over two days with decimals, no sentence, and a goal."""
    series = tuple(
        Series(name, tuple(number(f"criteria.{at}_{year}", value, 1) for year, value in enumerate(values, 2021)), color)
        for at, (name, values, color) in enumerate(
            (("Bình quân tiêu chí", (16.9, 17.5), COLORS[0]), ("Kế hoạch", (17.2, 18.2), COLORS[3]))
        )
    )
    columns = Chart(
        "criteria.mean", "column", "Bình quân tiêu chí mỗi xã", "tiêu chí/xã", ("31/12/2021", "31/12/2022"), series, 1,
        goal=number("criteria.goal", 18.2, 1), goal_name="Mục tiêu",
    )  # fmt: skip
    said = (sentence("criteria.a", "Bình quân {a} tiêu chí mỗi xã.", a=series[0].figures[1] or number("x", None)),)
    return slide("mean", "Bình quân 17,5 tiêu chí mỗi xã", "criteria", sentences=said, chart=columns)


def stacked_slide(kind: str = "stacked_bar") -> Slide:
    """Stacked classes of the districts' communes, with a zero and an unknown district."""
    counts = ((4, 0, 1), (4, 1, 0), (5, 2, 2), (9, 0, 0), (6, 1, 0), (11, 1, 0), (7, 1, 0), None)
    series = tuple(
        Series(
            name,
            tuple(
                number(f"criteria.{kind}{at}.{place}", held[at]) if held else None for place, held in enumerate(counts)
            ),
            color,
        )
        for at, (name, color) in enumerate(zip(("Dưới 15", "15 đến 18", "Đủ 19"), COLORS, strict=False))
    )
    stacked = Chart(f"criteria.{kind}", kind, "Số xã theo số tiêu chí đạt", "xã", DISTRICTS, series)  # type: ignore[arg-type]
    return slide(kind, "Mỗi huyện có bao nhiêu xã ở từng nhóm tiêu chí", "criteria", chart=stacked)


def line_slide() -> Slide:
    """Two lines over twelve months, one of them with unknown months, in large whole numbers."""
    months = tuple(f"{month:02}/2022" for month in range(1, 13))
    this = (0, 12500, None, 98100, 187400, 310250, None, 455000, 502300, 618000, 700000, 833219)
    last = tuple(60000 * month for month in range(12))
    series = tuple(
        Series(name, tuple(number(f"funding.{name}.{at}", value) for at, value in enumerate(values)), color)
        for name, values, color in (("Năm 2022", this, COLORS[2]), ("Năm 2021", last, COLORS[3]))
    )
    lines = Chart(
        "funding.paid",
        "line",
        "Giải ngân lũy kế",
        "triệu đồng",
        months,
        series,
        goal=number("funding.goal", 900000),
        goal_name="Vốn đã giao",
    )
    return slide("paid", "Đến 31/12/2022 đã giải ngân 833.219 triệu đồng", "funding", chart=lines)


def money_slide() -> Slide:
    """Six large amounts in bars and in one sentence."""
    amounts = tuple(number(f"funding.need_{at}", value) for at, value in enumerate(NEED))
    total = number("funding.need", sum(NEED), count=6)
    said = (sentence("funding.a", "Nhu cầu vốn năm 2022 là {total} triệu đồng.", total=total),)
    bars = Chart(
        "funding.need", "bar", "Nhu cầu vốn theo nguồn", "triệu đồng", SOURCES, (Series("Nhu cầu", amounts, COLORS[1]),)
    )
    return slide("need", "Nhu cầu vốn năm 2022 là 6.259.605 triệu đồng", "funding", sentences=said, chart=bars)


def table_slide(count: int = 8) -> Slide:
    """A table of districts: words, figures, an unknown figure and an empty place."""
    rows = tuple(
        (
            name,
            number(f"results.communes.{at}", 4 + at),
            number(f"results.ntm.{at}", 3 + at if at != 2 else None),
            number(f"results.pct.{at}", 100 * (3 + at) / (4 + at), 1, ending="%") if at != 3 else None,
        )
        for at, name in enumerate(DISTRICTS[:count])
    )
    head = ("Huyện", "Số xã", "Đạt chuẩn NTM", "Tỷ lệ")
    made = Table("results.districts", head, rows, "Chưa tính phường và thị trấn.")
    said = (sentence("results.d", "{n} huyện có số liệu.", n=number("results.told", count - 1)),)
    return slide("districts", "Kết quả của từng huyện", sentences=said, table=made)


def map_slide() -> Slide:
    return slide("map", "Tỉnh Hậu Giang có 5/7 xã từ 15 tiêu chí", sheet=map_sheets.sheet())


def missing_slide() -> Slide:
    return slide("missing", "Nợ đọng xây dựng cơ bản", "arrears", missing="Chưa có biểu nợ đọng nào đến 31/12/2022.")


def text_slide() -> Slide:
    """Sentences alone, one of them written over by a person."""
    first = sentence("tasks.a", "Còn {n} xã dưới 15 tiêu chí.", n=number("tasks.below_15", 3))
    return slide(
        "tasks", "Nhiệm vụ sáu tháng cuối năm", "tasks",
        sentences=(first, Sentence("tasks.b", "Sửa tay: giao các huyện rà soát.", is_edited=True)),
    )  # fmt: skip


def long_slide() -> Slide:
    """A long title and five long sentences beside a chart."""
    said = tuple(Sentence(f"proposals.{at}", f"{at}. {LONG}") for at in range(1, 6))
    return replace(bar_slide(), key="proposals.long", section="proposals", title=f"{LONG}", sentences=said)


def long_table_slide() -> Slide:
    rows = tuple((f"{at}. {LONG}", LONG_WORD, number(f"proposals.{at}", 1000 * at)) for at in range(1, 11))
    made = Table("proposals.table", ("Nội dung", "Từ không ngắt được", "Triệu đồng"), rows, LONG)
    return slide("table", "Bảng có chữ dài", "proposals", table=made)


def hostile_slides() -> tuple[Slide, ...]:
    """The hostile texts as sentence, category, series, heading, word of a table, definition, path and note."""
    said = tuple(Sentence(f"tasks.h{at}", text) for at, text in enumerate(HOSTILE[:5]))
    more = tuple(Sentence(f"tasks.i{at}", text) for at, text in enumerate(HOSTILE[5:10]))
    figures = tuple(
        Figure(f"tasks.v{at}", at, str(at), text, (Cell(text, text, "A1"),)) for at, text in enumerate(HOSTILE)
    )
    chart = Chart("tasks.chart", "bar", MARKUP, FORMULA, HOSTILE, (Series(FORMULA, figures, COLORS[0]),))
    rows = tuple((text, one) for text, one in zip(HOSTILE[:10], figures, strict=False))
    table = Table("tasks.table", (FORMULA, MARKUP), rows, RIGHT_TO_LEFT)
    return (
        slide("hostile_text", FORMULA, "tasks", sentences=said, notes=HOSTILE, source=MARKUP),
        slide("hostile_more", CONTROL, "tasks", sentences=more),
        slide("hostile_chart", MARKUP, "tasks", chart=chart),
        slide("hostile_table", SURROGATE, "tasks", table=table),
        slide("hostile_missing", LONG_WORD, "tasks", missing=RIGHT_TO_LEFT + FORMULA),
    )


def plain_slides() -> tuple[Slide, ...]:
    return (
        bar_slide(), table_slide(), map_slide(), column_slide(), stacked_slide(), stacked_slide("stacked_column"),
        money_slide(), line_slide(), missing_slide(), text_slide(),
    )  # fmt: skip


def deck(slides: tuple[Slide, ...] | None = None, **changes: Any) -> Deck:
    """Return a deck of ten slides, one of each kind, or of the slides given."""
    made = Deck(
        title="Sơ kết Chương trình nông thôn mới năm 2022",
        subtitle="Tỉnh Hậu Giang",
        place="Tỉnh Hậu Giang",
        unit="93",
        as_of=DAY,
        snapshot="ntm-20230105T021500Z",
        language="vi",
        is_illustrative=True,
        slides=slides or plain_slides(),
    )
    return replace(made, **changes)


def long_deck() -> Deck:
    return deck((long_slide(), long_table_slide()))


def hostile_deck() -> Deck:
    """Return a deck whose names and titles are hostile, too."""
    return deck(hostile_slides(), title=FORMULA, subtitle=MARKUP, place=RIGHT_TO_LEFT, snapshot=CONTROL)


def numbers(made: Deck) -> set[str]:
    """Return the printed text of every figure of a deck."""
    return {one.text for one in made.figures().values()}
