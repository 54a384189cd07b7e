"""The PDF reader: what stands on paper becomes whole paragraphs and footnotes, in every script."""

from __future__ import annotations

import random
import re
import time
from contextlib import suppress
from pathlib import Path

import pytest
from lxml import etree

from ploughshare.errors import UnreadableError
from ploughshare.model.text import Text, places
from ploughshare.reading.pdf import read
from tests.reading.paper import Letter, Paper, length, wrapped
from tests.shared import SHARED, needs_shared

BROKEN = Path(__file__).resolve().parents[1] / "broken"
ROOM = 340
LEFT, INDENT = 120, 24


def told(paper: Paper, language: str | None = None) -> Text:
    text = read(paper.data(), "paper.pdf", language)
    check(text)
    return text


def texts(text: Text) -> list[str]:
    return [block.text for block in text.blocks if block.kind == "text"]


def notes(text: Text) -> dict[str | None, str]:
    return {block.mark: block.text for block in text.blocks if block.kind == "note"}


def check(text: Text) -> None:
    """Every character of every block stands in the decoded text where its offset says, but for blanks that join rows."""
    for block in text.blocks:
        for place, char in enumerate(block.text):
            assert char in (" ", text.decoded[block.offsets.at(place)])
        assert not re.search(r"^ | $|  |[\t\r\n]", block.text)
        assert all(0 <= anchor.position <= len(block.text) for anchor in block.anchors)
    for before, after in zip(text.lines, text.lines[1:], strict=False):
        assert before.stop < after.start
    for line in text.lines:
        assert "\n" not in text.decoded[line.start : line.stop]


def paragraph(
    paper: Paper, y: float, text: str, *, size: float = 10, gap: float = 6, number: str = "", left: float = LEFT
) -> float:
    """A paragraph as the United Nations set it: the first line set in, a number before it; gives where the next one stands."""
    lines = wrapped(text, ROOM, size, INDENT + (24 if number else 0))
    paper.put(left + INDENT, y, number, size)
    paper.put(left + INDENT + (24 if number else 0), y, lines[0], size)
    for line in lines[1:]:
        y -= 1.2 * size
        paper.put(left, y, line, size)
    return y - 1.2 * size - gap


GARDEN = (
    "Recalling the letter of the gardener and the many answers that it was given in the long winter before the bridge was built",
    "Noting that the gate of the garden has not been mended, and that the mice have found the way to the cellar of the mill,",
    "Bearing in mind the bread, the salt and the wool of the town",
)
ACTS = (
    "Asks the miller to open the sluice of the upper pond whenever the water of the river stands higher than the old stone;",
    "Decides to meet again under the lime tree when the apples are ripe, and to hear what the miller has done about the sluice.",
)


def letter() -> Paper:
    """Two pages with all that stands around a text: cover, running head, page and job numbers, bar code, footnotes."""
    paper = Paper()
    paper.put(120, 734, "United Villages", 14)
    paper.put(480, 735, "V/RES/12/3", 12)
    paper.put(120, 705, "Village Council", 18, bold=True)
    paper.put(400, 705, "Distr.: General")
    paper.put(400, 693, "9 May 2021")
    paper.lines(60, 570, ["Twelfth session", "Item 5 (b)", "Gates, fences and other things that are", "in the way of a walk"])
    paper.lines(120, 510, ["Resolution adopted by the Village", "Council on 2 May 2021"], 14, 17, bold=True)
    paper.put(120, 470, "[on the report of the Gate Committee (V/12/40, para. 7)]")
    paper.put(84, 450, "12/3.", 12, bold=True)
    paper.lines(120, 450, ["The gate of the garden and the", "mice in the cellar"], 12, 14, bold=True)
    paper.put(144, 415, "The Village Council,")
    y = 397.0
    for text in GARDEN[:2]:
        y = paragraph(paper, y, text)
    first = wrapped(GARDEN[2] + ",", ROOM, 10, INDENT)[0]
    x = paper.put(144, y, first)
    paper.put(x, y + 3.5, "1", 6.5)
    paper.put(x + 3, y, " and")
    paper.put(120, 100, "__________________", 8)
    paper.put(117, 90, "1", 5.5)
    paper.put(124, 87, "See V/11/8 and the letter", 8.5)
    paper.put(65, 44, "21-04321 (E)")
    paper.put(65, 30, "*2104321*", 12)
    paper.turn()
    paper.put(60, 733, "V/RES/12/3", 8.5)
    paper.put(400, 733, "The gate of the garden", 8.5)
    paper.put(120, 700, "of all the hamlets that lie around it,")
    y = paragraph(paper, 682, ACTS[0], number="1.")
    y = paragraph(paper, y, ACTS[1], number="2.")
    paper.put(400, y - 6, "3rd meeting")
    paper.put(410, y - 18, "2 May 2021")
    paper.rule(120, 260, 100)
    paper.put(124, 87, "that came with it.", 8.5)
    paper.put(117, 80, "2", 5.5)
    paper.put(124, 77, "A second note.", 8.5)
    paper.put(60, 37, "2/2", 8.5)
    paper.put(520, 38, "21-04321", 7)
    return paper


def test_cover_lines_are_blocks_of_their_own() -> None:
    assert texts(told(letter()))[:12] == [
        "United Villages",
        "V/RES/12/3",
        "Village Council",
        "Distr.: General",
        "9 May 2021",
        "Twelfth session",
        "Item 5 (b)",
        "Gates, fences and other things that are in the way of a walk",
        "Resolution adopted by the Village Council on 2 May 2021",
        "[on the report of the Gate Committee (V/12/40, para. 7)]",
        "12/3. The gate of the garden and the mice in the cellar",
        "The Village Council,",
    ]


def test_paragraphs_go_on_over_the_page_and_furniture_is_left_out() -> None:
    assert texts(told(letter()))[12:] == [
        *GARDEN[:2],
        GARDEN[2] + ", and of all the hamlets that lie around it,",
        "1. " + ACTS[0],
        "2. " + ACTS[1],
        "3rd meeting",
        "2 May 2021",
    ]


def test_footnotes_are_whole_and_anchored() -> None:
    text = told(letter())
    assert notes(text) == {"1": "See V/11/8 and the letter that came with it.", "2": "A second note."}
    (block,) = (block for block in text.blocks if block.anchors)
    assert [(anchor.mark, block.text[: anchor.position]) for anchor in block.anchors] == [("1", GARDEN[2] + ",")]


def test_decoded_holds_all_of_it_and_lines_say_where() -> None:
    text = told(letter())
    assert "*2104321*" in text.decoded
    assert "2/2" in text.decoded
    assert text.decoded.count("\f") == 2
    start = text.decoded.index("1. Asks the miller")
    (place,) = places(text.lines, type(text.blocks[0].offsets.span(0, 1))(start, start + 3))
    assert place.page == 2
    assert place.box.left == pytest.approx(144, abs=1)
    assert place.box.bottom < 682 < place.box.top


def test_source_names_the_file_and_its_digest() -> None:
    text = told(letter())
    assert (text.source.name, text.source.format, len(text.source.digest), text.language) == ("paper.pdf", "pdf", 64, "en")
    assert text.source.size == len(letter().data())


def test_a_language_that_is_given_is_not_guessed() -> None:
    assert told(letter(), "fr").language == "fr"


def page_of(lines: list[str], *, x: float = 100, y: float = 700, pitch: float = 12) -> Paper:
    paper = Paper()
    paper.lines(x, y, lines, pitch=pitch)
    return paper


def test_hyphens_of_words_that_have_them_stay() -> None:
    text = told(
        page_of(["The town asks for a weapon-free hall and for a weapon-", "free market, and it will have them both next year."])
    )
    assert texts(text) == [
        "The town asks for a weapon-free hall and for a weapon-free market, and it will have them both next year."
    ]


def test_words_that_a_program_broke_are_whole_again() -> None:
    lines = [
        "The baker of the village writes to the miller about the infor-",
        "mation on flour, for the miller of the valley had sent the ba-",
        "ker no word of it, and the people of the village and of the val-",
        "ley were hungry and had no information on flour of their own.",
    ]
    whole = (
        "The baker of the village writes to the miller about the information on flour, for the miller of the valley had sent the "
        "baker no word of it, and the people of the village and of the valley were hungry and had no information on flour of "
        "their own."
    )
    assert texts(told(page_of(lines))) == [whole]


def test_spans_over_a_line_end_keep_their_hyphen_and_have_no_blank() -> None:
    text = told(page_of(["The mill stood still in the years 1995\u2013", "2000 and the miller lived on the bread of others."]))
    assert texts(text) == ["The mill stood still in the years 1995\u20132000 and the miller lived on the bread of others."]


def test_ligatures_old_forms_and_blanks_are_written_out() -> None:
    letters: list[Letter] = ["\ufb01", *"eld of the\u00a0", "o", "\ufb03", *"ce\u00ad"]
    paper = Paper()
    paper.put(100, 700, letters)
    assert texts(told(paper, "en"))[0].rstrip("-") == "field of the office"


def test_blanks_that_are_only_wide_letters_are_none() -> None:
    paper = Paper()
    x = paper.put(100, 700, "The agreement on the implementatio")
    paper.put(x + 1.1, 700, "n of the plan")  # set apart by hand, by a tenth of the type
    assert texts(told(paper)) == ["The agreement on the implementation of the plan"]


def test_letters_set_apart_are_one_word() -> None:
    paper = Paper()
    paper.put(100, 700, "V i e n n a", 12, bold=True)
    paper.put(100, 660, "The council met there in the summer and in the winter.")
    assert texts(told(paper))[0] == "Vienna"


def test_words_printed_twice_to_look_bold_are_read_once() -> None:
    paper = Paper()
    for shift in (0.0, 0.3):
        paper.put(100 + shift, 700, "Calls upon")
    paper.put(160, 700, "the town to mend the gate")
    assert texts(told(paper)) == ["Calls upon the town to mend the gate"]


def test_sub_paragraphs_and_headings_stand_alone() -> None:
    paper = Paper()
    y = paragraph(
        paper,
        700,
        "Asks all the millers of the valley, when the water is high and the night is dark and the owls sleep:",
        number="1.",
    )
    y = paragraph(
        paper,
        y,
        "To open the sluice and to ring the bell of the mill so that the people by the river hear it in time;",
        number="(a)",
    )
    y = paragraph(paper, y, "To shut it again;", number="(b)")
    paper.put(LEFT, y - 6, "What the bakers do", bold=True)
    paragraph(paper, y - 26, "Asks the bakers to bake bread.", number="2.")
    assert [text[:11] for text in texts(told(paper))] == ["1. Asks all", "(a) To open", "(b) To shut", "What the ba", "2. Asks the"]


def test_hanging_numbers() -> None:
    paper = Paper()
    y = 700.0
    for number, act in enumerate(ACTS * 3, 1):
        paper.put(100, y, f"{number}.")
        y = paper.lines(124, y, wrapped(act, ROOM)) - 5
    assert texts(told(paper)) == [f"{number}. {act}" for number, act in enumerate(ACTS * 3, 1)]


def test_paragraphs_without_indents_or_gaps() -> None:
    paper = Paper()
    y = 700.0
    for text in (*GARDEN[:2], *ACTS) * 2:
        y = paper.lines(100, y, wrapped(text, ROOM)) - 7
    assert texts(told(paper)) == [*GARDEN[:2], *ACTS] * 2


def columns(first: list[str], second: list[str]) -> Paper:
    paper = Paper()
    paper.put(60, 760, "Book of the valley", 8)
    paper.put(500, 760, "17", 8)
    for x, column in ((60, first), (320, second)):
        y = 720.0
        for text in column:
            lines = wrapped(text, 230, 10, 12)
            paper.put(x + 12, y, lines[0])
            y = paper.lines(x, y - 12, lines[1:])
    return paper


def test_two_columns_are_read_one_after_the_other() -> None:
    first, second = [*GARDEN[:2], *ACTS, GARDEN[1]], [*ACTS, GARDEN[0] + ".", GARDEN[1], ACTS[1]]
    said = texts(told(columns(first, second)))
    assert [text for text in said if len(text) > 20] == first + second


def test_cells_of_a_table_are_not_glued() -> None:
    paper = Paper()
    for row, cells in enumerate(
        [("Village", "Bells", "Owls"), ("Upper Mill", "three", "a few of them"), ("Lower Mill", "one", "none")]
    ):
        for column, cell in enumerate(cells):
            paper.put(100 + 150 * column, 700 - 20 * row, cell)
    paper.put(100, 620, "The table above shows the bells and the owls of the villages.")
    assert texts(told(paper)) == [
        *("Village", "Bells", "Owls", "Upper Mill", "three", "a few of them", "Lower Mill", "one", "none"),
        "The table above shows the bells and the owls of the villages.",
    ]


def test_units_and_ordinals_are_no_footnotes() -> None:
    paper = Paper()
    x = paper.put(100, 700, "The garden has 40 m")
    paper.put(x, 703.5, "2", 6.5)
    x = paper.put(x + 4, 700, " and lies on the 1")
    paper.put(x, 703.5, "st", 6.5)
    paper.put(x + 7, 700, " hill of the town.")
    text = told(paper)
    assert texts(text) == ["The garden has 40 m2 and lies on the 1st hill of the town."]
    assert not any(block.anchors for block in text.blocks)


def test_a_star_refers_to_its_note() -> None:
    paper = Paper()
    paper.put(100, 700, "The baker of the town:* draft resolution")
    paper.put(100, 660, "The council meets in the hall of the town every year.")
    paper.put(100, 100, "__________________", 8)
    paper.put(100, 88, "* On behalf of all the bakers.", 8.5)
    text = told(paper)
    assert texts(text)[0] == "The baker of the town: draft resolution"
    assert notes(text) == {"*": "On behalf of all the bakers."}
    assert [anchor.mark for anchor in text.blocks[0].anchors] == ["*"]


@pytest.mark.parametrize(("turn", "matrix"), [(90, "0 1 -1 0"), (180, "-1 0 0 -1"), (270, "0 -1 1 0")])
def test_pages_that_are_turned_when_shown(turn: int, matrix: str) -> None:
    paper = Paper(rotate=turn)
    for number, line in enumerate(("The gardener calls upon the town", "to mend the gate of the garden.")):
        x, y = 100, 500 - 12 * number
        at = {90: (612 - y, x), 180: (612 - x, 792 - y), 270: (y, 792 - x)}[turn]
        paper.put(*at, line, matrix=matrix)
    text = told(paper)
    assert texts(text) == ["The gardener calls upon the town to mend the gate of the garden."]
    box = text.lines[0].place.box
    assert box.left == pytest.approx(100, abs=1)
    assert box.bottom == pytest.approx(498, abs=1)


def test_a_table_set_sideways_and_a_note_in_the_margin() -> None:
    paper = Paper()
    for number in range(3):
        paper.put(100 + 12 * number, 100, f"Line {number} of the table of the town,", matrix="0 1 -1 0")
    assert texts(told(paper)) == [
        "Line 0 of the table of the town, Line 1 of the table of the town, Line 2 of the table of the town,"
    ]
    paper = Paper()
    paper.lines(100, 700, wrapped(GARDEN[0], ROOM))
    paper.put(40, 300, "in the margin", matrix="0 1 -1 0")
    assert texts(told(paper)) == [GARDEN[0], "in the margin"]


# Arabic. The words are made up of few letters; what matters is their order.
ALEF, LAM, MIM, HAMZA, QAF, REH, NUN = "\u0627\u0644\u0645\u0623\u0642\u0631\u0646"
UMAM = ALEF + LAM + HAMZA + MIM + MIM  # with a ligature of lam and alef
QARAR = QAF + REH + ALEF + REH


def from_sight(*pieces: str | list[Letter]) -> list[Letter]:
    """Letters in the order in which they stand on paper from left to right, given as they are read: Arabic pieces are turned."""
    drawn: list[Letter] = []
    for piece in pieces:
        turned = list(piece)[::-1] if isinstance(piece, list) or any("\u0590" < char < "\u0700" for char in piece) else list(piece)
        drawn = [*turned, *drawn]
    return drawn


def arabic(*pieces: str | list[Letter], right: float = 500, **how: float) -> Paper:
    letters = from_sight(*pieces)
    paper = Paper()
    wide = sum(length(letter) for letter in letters if letter)
    paper.put(right - wide, 700, letters, **how)  # type: ignore[arg-type]
    return paper


def test_arabic_in_the_order_of_sight() -> None:
    assert texts(told(arabic(QARAR, " ", UMAM))) == [f"{QARAR} {UMAM}"]


def test_arabic_in_the_order_of_speech() -> None:
    paper = Paper()
    x = 500.0
    for char in f"{QARAR} {UMAM}":
        x -= length(char)
        paper.put(x, 700, char)
    assert texts(told(paper)) == [f"{QARAR} {UMAM}"]


@pytest.mark.parametrize("ligature", [LAM + HAMZA, "\ufef7"], ids=["two letters", "a form of its own"])
def test_lam_alef_is_never_turned_around(ligature: str) -> None:
    assert texts(told(arabic([ALEF, ligature, MIM, MIM], " ", QARAR))) == [f"{UMAM} {QARAR}"]


def test_forms_of_letters_are_plain_letters() -> None:
    assert texts(told(arabic(["\ufed7", "\ufeae", "\ufe8d", "\ufead"], " ", UMAM))) == [f"{QARAR} {UMAM}"]


def test_vowel_signs_follow_their_letter() -> None:
    paper = Paper()
    paper.put(480, 700, [REH, "\u064e", QAF])  # the sign stands over the letter drawn before it or after it
    paper.put(460, 700, [NUN, MIM])
    (text,) = texts(told(paper))
    assert text.replace("\u064e", "") == f"{QAF}{REH} {MIM}{NUN}"
    assert text.index("\u064e") in (1, 2)


def test_an_actual_text_is_read_in_its_own_order() -> None:
    paper = Paper()
    paper.put(400, 700, [MIM, MIM, LAM + HAMZA, ALEF], spoken=UMAM)
    assert texts(told(paper)) == [UMAM]


def test_lengthening_strokes_fall_away() -> None:
    assert texts(told(arabic([QAF, "\u0640", "\u0640", REH, ALEF, REH]))) == [QARAR]


def test_numbers_and_latin_words_are_read_from_the_left() -> None:
    assert texts(told(arabic(QARAR, " ", "A/79/133", " ", UMAM, " ", "2024", "\u060c"))) == [f"{QARAR} A/79/133 {UMAM} 2024\u060c"]
    many = [word for _ in range(6) for word in (QARAR, " ")]
    latin = arabic(*many, "Treaty Series, vol. 729, No. 10485", " ", UMAM)
    assert texts(told(latin)) == ["".join(many) + f"Treaty Series, vol. 729, No. 10485 {UMAM}"]


@pytest.mark.parametrize("brackets", ["()", ")("], ids=["as typed", "as drawn"])
def test_brackets_are_turned_by_what_stands_around_them(brackets: str) -> None:
    opened, closed = brackets[0], brackets[1]
    assert texts(told(arabic(QARAR, " ", opened, "1540", closed, " ", UMAM, " ", opened, QARAR, closed, "\u060c"))) == [
        f"{QARAR} (1540) {UMAM} ({QARAR})\u060c"
    ]


def numbers_of_resolutions(pairs: list[tuple[str, str]], *, from_right: bool) -> Paper:
    paper = Paper()
    for row, (session, number) in enumerate(pairs):
        drawn = (session, "/", number) if from_right else (f"{session}/{number}",)
        letters = from_sight(QARAR, " ", *drawn, " ", UMAM, " ", str(1945 + int(session)), "\u060c")
        paper.put(500 - sum(length(letter) for letter in letters if letter), 700 - 14 * row, letters)
    return paper


@pytest.mark.parametrize("from_right", [False, True], ids=["Unicode", "Word"])
def test_a_session_comes_before_its_number_however_programs_lay_them_out(from_right: bool) -> None:
    pairs = [("62", "21"), ("70", "34"), ("55", "233"), ("79", "47")]
    text = " ".join(texts(told(numbers_of_resolutions(pairs, from_right=from_right))))
    assert re.findall(r"\d+/\d+", text) == [f"{session}/{number}" for session, number in pairs]


def test_spans_of_years_run_forward() -> None:
    for span in (["2025", "-", "2024"], ["2024-2025"]):
        assert "2024-2025" in texts(told(arabic(QARAR, " ", *span, " ", UMAM)))[0]


WORDS = (f"{QARAR} {UMAM} {MIM}{NUN} " * 9).strip() + "\u061b"


def from_right(paper: Paper, y: float, right: float, line: str, size: float = 10) -> float:
    """A line of Arabic that begins at ``right``; gives where it ends."""
    letters = from_sight(*re.split("( )", line))
    left = right - sum(length(letter, size) for letter in letters if letter)
    paper.put(left, y, letters, size)
    return left


def arabic_page() -> tuple[Paper, float, float]:
    """Paragraphs set in from the right, and the end of the last of their lines."""
    paper = Paper()
    y, end = 700.0, 0.0
    for _ in range(4):
        for number, line in enumerate(wrapped(WORDS, ROOM, 10, INDENT)):
            end = from_right(paper, y, 500 - (0 if number else INDENT), line)
            y -= 12
        y -= 6
    return paper, end, y + 18


def test_arabic_paragraphs_are_set_in_from_the_right() -> None:
    assert texts(told(arabic_page()[0])) == [WORDS] * 4


def test_arabic_footnotes_with_bracketed_marks() -> None:
    paper, end, y = arabic_page()
    paper.put(end - 5, y, "(")
    paper.put(end - 8, y + 3.5, "1", 6)
    paper.put(end - 13, y, ")")
    paper.rule(400, 500, 110)
    paper.put(497, 100, "1", 5.5)
    from_right(paper, 98, 494, f"{QARAR} {UMAM}", 8)
    text = told(paper)
    assert texts(text) == [WORDS] * 4
    assert [(anchor.mark, anchor.position) for anchor in text.blocks[3].anchors] == [("1", len(WORDS))]
    assert notes(text) == {"1": f"{QARAR} {UMAM}"}


def test_an_arabic_word_in_an_english_line() -> None:
    paper = Paper()
    x = paper.put(100, 700, "The village of ")
    x = paper.put(x, 700, from_sight(UMAM))
    paper.put(x, 700, " asks for a bell and for the bread of the valley.")
    assert texts(told(paper)) == [f"The village of {UMAM} asks for a bell and for the bread of the valley."]


# Chinese.
def test_chinese_lines_join_without_blanks() -> None:
    lines = [
        "\u56ed\u4e01\u5199\u4fe1\u7ed9\u6751\u5e84\u7684\u4eba\uff0c\u8bf7\u4ed6\u4eec\u4fee\u597d\u82b1\u56ed\u7684\u95e8\uff0c",
        "\u5e76\u572862/21\u53f7\u623f\u5b50\u524d\u6302\u4e0a\u949f\u3002",
    ]
    assert texts(told(page_of(lines))) == ["".join(lines)]


def test_stretched_chinese_lines_have_no_blanks() -> None:
    paper = Paper()
    x = 100.0
    for char in "\u56ed\u4e01\u5199\u4fe1\u7ed9\u6751\u5e84":
        paper.put(x, 700, char)
        x += 13
    assert texts(told(paper)) == ["\u56ed\u4e01\u5199\u4fe1\u7ed9\u6751\u5e84"]


def test_chinese_radicals_are_written_as_characters() -> None:
    paper = Paper()
    paper.put(100, 700, ["\u2f24", "\u4f1a", "\uff0c"])
    assert texts(told(paper)) == ["\u5927\u4f1a\uff0c"]


def test_signs_of_symbol_fonts() -> None:
    paper = Paper()
    paper.put(100, 700, ["\uf0b7", *" Bread for the birds"])
    assert texts(told(paper)) == ["\u2022 Bread for the birds"]


# What cannot be read.
PICTURE = Paper()
PICTURE.picture(0, 0, 612, 792)
HALF = Paper()
HALF.picture(0, 0, 612, 792)
HALF.turn().put(100, 700, "The council of the town asks for a bell.")
NAMELESS = Paper(named=False)
NAMELESS.put(100, 700, "The council of the town asks for a bell.")


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "the file is empty"),
        (b"The council asks.", "this is not a PDF"),
        (letter().data()[:2000], "cut off"),
        (b"%PDF-1.7\nnothing\n%%EOF", "damaged"),
        ((BROKEN / "encrypted.pdf").read_bytes(), "encrypted with a password"),
        (re.sub(rb"/Count 2/Kids\[[^]]*\]", b"/Count 0/Kids[]", letter().data()), "damaged or cut off"),
        (letter().data().replace(b"/Count 2/", b"/Count 9999/"), "page"),
        (PICTURE.data(), "pictures without text; let OCR"),
        (HALF.data(), "page 1 of the PDF is a picture without text; let OCR"),
        (Paper().data(), "no text"),
        (NAMELESS.data(), "fonts of the PDF do not say which letters they draw"),
    ],
    ids=["empty", "other", "cut off", "noise", "encrypted", "no pages", "many pages", "picture", "half", "no text", "nameless"],
)
def test_what_cannot_be_read_is_said_in_one_sentence(data: bytes, says: str) -> None:
    with pytest.raises(UnreadableError, match=re.escape(says)) as caught:
        read(data, "a.pdf")
    assert str(caught.value).startswith("a.pdf: ")
    assert "\n" not in str(caught.value)
    assert caught.value.advice


def test_a_bomb_is_not_set_off() -> None:
    import zlib

    packed = zlib.compress(b"BT /F 9 Tf (a) Tj ET " * 1_000_000, 9)
    bomb = (
        letter().data().replace(b"trailer", b"99 0 obj<</Filter/FlateDecode>>\nstream\n" + packed + b"\nendstream endobj trailer")
    )
    started = time.process_time()
    with pytest.raises(UnreadableError, match="unpacks to more than"):
        read(bomb, "a.pdf")
    assert time.process_time() - started < 2


def test_crowded_pages_end_in_seconds() -> None:
    scattered = Paper(size=(3000, 3000))
    chance = random.Random(1)
    for number in range(8000):
        scattered.put(chance.randrange(2900), chance.randrange(2900), f"{number % 10}a", 6 + number % 3)
    marks = Paper(size=(30000, 800))
    for number in range(4000):
        marks.put(7 * number, 400, "the", 8)
        marks.put(7 * number + 5, 403, "7", 4)
    piled = Paper()
    for number in range(4000):
        piled.put(100 + number * 0.1, 700, ALEF + MIM)
    started = time.process_time()
    for paper in (scattered, marks, piled):
        told(paper, "en")
    assert time.process_time() - started < 10


def test_damaged_files_give_our_errors_or_a_text() -> None:
    chance = random.Random(7)
    sound = [letter().data(), arabic(QARAR, " ", "79/47", " ", UMAM).data(), PICTURE.data()]
    for turn in range(300):
        data = bytearray(sound[turn % len(sound)])
        for _ in range(chance.randrange(1, 12)):
            kind, at = chance.randrange(4), chance.randrange(len(data))
            if kind == 0:
                data[at] = chance.randrange(256)
            elif kind == 1:
                del data[at : at + chance.randrange(40)]
            elif kind == 2:
                data[at:at] = data[at : at + chance.randrange(60)]
            else:
                data[at:at] = chance.choice(
                    [b"<<", b">>", b"endobj", b" -1 ", b" 4294967296 ", b"/Kids[3 0 R]", b" 2 0 R", b"]", b"\0"]
                )
        with suppress(UnreadableError):
            check(read(bytes(data), "damaged.pdf"))


def test_handles_are_given_back() -> None:
    import psutil

    data = letter().data()
    for _ in range(30):
        read(data, "a.pdf")
    before = psutil.Process().memory_info().rss
    for _ in range(150):
        read(data, "a.pdf")
    assert psutil.Process().memory_info().rss - before < 8_000_000


# Real files, where they are.
AKN = "{http://docs.oasis-open.org/legaldocml/ns/akn/3.0}"
REAL = ("78_241", "79_32", "79_47", "79_241", "80_24", "80_33")


def bare(text: str) -> str:
    return re.sub(r"\s+", "", text).replace("\u2011", "-")


def words(element: etree._Element) -> str:
    return "".join(str(piece) for piece in element.itertext())


def official(name: str) -> tuple[list[str], list[tuple[str, str]]]:
    """The paragraphs and the footnotes of the official XML."""
    root = etree.parse(SHARED / "corpus/official/akn/en" / f"A_RES_{name}.xml").getroot()
    footnotes = []
    for note in list(root.iter(f"{AKN}authorialNote")):
        footnotes.append((note.get("marker") or "", bare(words(note))))
        parent, before = note.getparent(), note.getprevious()
        assert parent is not None
        if before is not None:
            before.tail = (before.tail or "") + (note.tail or "")
        else:
            parent.text = (parent.text or "") + (note.tail or "")
        parent.remove(note)
    paragraphs, number = [], ""
    for part in root.iter(f"{AKN}preamble", f"{AKN}mainBody"):
        for element in part.iter(f"{AKN}p", f"{AKN}num"):
            said = bare(words(element))
            if element.tag == f"{AKN}num":
                number = said
            elif said:
                paragraphs.append(number + said)
                number = ""
    return paragraphs, footnotes


@needs_shared
@pytest.mark.parametrize("name", REAL)
def test_real_files_are_like_their_xml(name: str) -> None:
    text = read((SHARED / "corpus/pdf" / f"A_RES_{name}.pdf").read_bytes(), f"{name}.pdf")
    check(text)
    paragraphs, footnotes = official(name)
    said = [bare(block) for block in texts(text)]
    assert [paragraph for paragraph in paragraphs if paragraph not in said] == []
    assert [bare(note) for note in notes(text).values()] == [note for _, note in footnotes]
    marks = [anchor.mark for block in text.blocks for anchor in block.anchors]
    assert marks == [str(number) for number in range(1, len(footnotes) + 1)]


@needs_shared
def test_a_real_scan_names_ocr() -> None:
    with pytest.raises(UnreadableError, match="OCR"):
        read((SHARED / "corpus/pdf/ru_A_RES_2758_XXVI.pdf").read_bytes(), "2758.pdf")


@needs_shared
@pytest.mark.parametrize("path", sorted((SHARED / "corpus/pdf").glob("A_C*.pdf")), ids=lambda path: path.stem)
def test_no_furniture_of_real_drafts_is_left_in_their_text(path: Path) -> None:
    text = read(path.read_bytes(), path.name)
    check(text)
    symbol = path.stem.replace("_", "/")
    assert texts(text)[:2] in (["United Nations", symbol], [symbol, "United Nations"])
    assert not [block for block in texts(text) if re.fullmatch(r"\d+/\d+|\d\d-\d{5}.*|\*\d+\*|_+", block)]
    numbers = [int(mark) for mark in notes(text) if mark and mark.isdecimal()]
    assert numbers == list(range(1, len(numbers) + 1))
