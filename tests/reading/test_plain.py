"""Plain text and Markdown: whole paragraphs and footnotes come out, and every character of them can be traced."""

import pytest

from ploughshare.errors import UnreadableError
from ploughshare.model.text import Block, Text
from ploughshare.reading.plain import read

HEAD = "99/901. Bees\n\nThe General Assembly,\n\n"


def text_of(source: str, language: str = "en") -> Text:
    return read(source.encode(), "x.txt", language)


def paragraphs(source: str, language: str = "en") -> list[str]:
    return [block.text for block in text_of(source, language).blocks if block.kind == "text"]


def notes(source: str, language: str = "en") -> dict[str | None, str]:
    return {block.mark: block.text for block in text_of(source, language).blocks if block.kind == "note"}


def marks(block: Block) -> list[tuple[str, str]]:
    """Each mark with the word before it."""
    return [(block.text[: anchor.position].split()[-1], anchor.mark) for anchor in block.anchors]


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("\u00b9", "\u00b2"),
        ("<sup>1</sup>", "<sup>2</sup>"),
        ("[1]", "[2]"),
        ("[^1]", "[^2]"),
        ("$^{1}$", "$^{2}$"),
        (" 1/", " 2/"),
        ("\n1\n", "\n2\n"),
    ],
)
def test_marks_of_footnotes_are_taken_out_and_kept_as_anchors(one: str, two: str) -> None:
    source = (
        f"{HEAD}Recalling the report{one} on hives and the note,{two}\n\n1. Requests honey.\n\n"
        f"{one.strip()} A/98/1.\n\n{two.strip()} A/98/2.\n"
    )
    blocks = text_of(source).blocks
    recalling = next(block for block in blocks if block.text.startswith("Recalling"))
    assert recalling.text == "Recalling the report on hives and the note,"
    assert marks(recalling) == [("report", "1"), ("note,", "2")]
    assert notes(source) == {"1": "A/98/1.", "2": "A/98/2."}


def test_arabic_sets_marks_in_brackets_and_leaves_them_empty_before_the_footnote() -> None:
    source = "99/901 النحل\n\nإن الجمعية العامة،\n\n1 - تحيط علما بالتقرير(\u00b9)؛\n\n\u00b9 () A/98/1.\n"
    [operative] = [block for block in text_of(source, "ar").blocks if block.text.startswith("1 -")]
    assert operative.text.endswith("بالتقرير؛")
    assert [anchor.mark for anchor in operative.anchors] == ["1"]
    assert notes(source, "ar") == {"1": "A/98/1."}


def test_a_mark_alone_on_its_line_refers_in_the_middle_of_a_text_and_opens_a_footnote_after_an_empty_line() -> None:
    source = (
        "99/901. 蜂\n\n 大会， \n\n 回顾养蜂人去年提出的关于蜂房的报告，\n1 \n其中谈到蜂蜜， \n\n"
        " 注意到农村的许多村庄都养蜂，\n2 \n \n\n 1． 请秘书长向大会提出报告。 \n\n        \n1\n A/98/1。 \n2\n A/98/2。 \n"
    )
    blocks = text_of(source, "zh").blocks
    recalling = next(block for block in blocks if block.text.startswith("回顾"))
    assert recalling.text.endswith("报告，其中谈到蜂蜜，")
    assert [anchor.mark for anchor in recalling.anchors] == ["1"]
    assert notes(source, "zh") == {"1": "A/98/1。", "2": "A/98/2。"}


def test_square_metres_are_no_footnotes() -> None:
    source = f"{HEAD}1. Requests 20 km\u00b2 of meadow\u00b9 and a hive.\n\n\u00b9 A/98/1.\n"
    operative = next(block for block in text_of(source).blocks if block.text.startswith("1."))
    assert operative.text == "1. Requests 20 km\u00b2 of meadow and a hive."
    assert [anchor.mark for anchor in operative.anchors] == ["1"]


def test_a_page_break_in_a_paragraph_leaves_no_trace() -> None:
    source = (
        f"{HEAD}Recalling the report of the keepers,\u00b9 which names\n\n\u00b9 A/98/1.\n\n\n\nmany hives,\n\n1. Requests\n\n"
        "honey that names many flowers.\n"
    )
    assert paragraphs(source)[2] == "Recalling the report of the keepers, which names many hives,"


def test_a_page_break_after_a_comma_is_told_from_the_end_of_a_paragraph() -> None:
    source = (
        f"{HEAD}Recalling the report,\u00b9\n\n\u00b9 A/98/1.\n\n\n\nwhich names hives,\n\n\n\nNoting honey,\n\n1. Requests more.\n"
    )
    assert paragraphs(source)[2:4] == ["Recalling the report, which names hives,", "Noting honey,"]


def test_a_word_that_a_page_break_cut_is_whole_again() -> None:
    source = (
        f"{HEAD}Recalling the negotiations of May,\n\nConvinced that any n\n\n\u00b9 A/98/1.\n\n\n\n"
        "egotiations on the\n\n\n\nmany hives will be short,\n\n1. Requests many hives.\n"
    )
    assert "Convinced that any negotiations on the many hives will be short," in paragraphs(source)


def test_french_elisions_that_a_page_break_cut_are_whole_again() -> None:
    source = (
        "99/901. Abeilles\n\nL’Assemblée générale,\n\nRappelant l’\n\n\u00b9 A/98/1.\n\n\n\nœuvre accomplie,\n\n"
        "1. Demande du miel.\n"
    )
    assert "Rappelant l’œuvre accomplie," in paragraphs(source, "fr")


def test_chinese_lines_are_joined_without_a_blank() -> None:
    assert "1. 请秘书长报告。" in paragraphs("大会，\n\n1. 请秘书\n\n\n\n长报告。\n", "zh")


def test_a_footnote_goes_on_at_the_foot_of_the_next_page() -> None:
    source = (
        f"{HEAD}Recalling the report,\u00b9\n\n_______________\n\u00b9 See the long note of the keepers of\n\f\n"
        "1. Requests honey from all keepers and\n\n_______________\nthe northern hives, page 3.\n\f\nfrom their friends.\n"
    )
    assert notes(source) == {"1": "See the long note of the keepers of the northern hives, page 3."}
    assert "1. Requests honey from all keepers and from their friends." in paragraphs(source)


def test_plain_numbers_under_a_rule_are_footnotes_and_their_marks_are_found() -> None:
    source = (
        f"{HEAD}Recalling the report on hives,1 which names many,\nNoting the rules of 19902 on honey,\n1. Requests honey.\n"
        "__________________\n1 A/98/1.\n2 A/98/2.\n"
    )
    blocks = {block.text: [anchor.mark for anchor in block.anchors] for block in text_of(source).blocks}
    assert blocks["Recalling the report on hives, which names many,"] == ["1"]
    assert blocks["Noting the rules of 1990 on honey,"] == ["2"]
    assert notes(source) == {"1": "A/98/1.", "2": "A/98/2."}


def test_running_heads_page_numbers_and_job_numbers_are_left_out() -> None:
    source = (
        "United Nations A/RES/99/901\n44-24134 (E)\n*4424134*\n99/901. Bees and the\nbridges\n\n"
        "The General Assembly,\n\n1. Requests honey from all\n\n"
        "44-24134 1/2\n\f\nA/RES/99/901\nBees and the bridges\n\nkeepers;\n\n- 2 -\n\nPage 3\n\n2. Decides to meet.\n"
    )
    assert paragraphs(source)[-2:] == ["1. Requests honey from all keepers;", "2. Decides to meet."]


def test_a_line_of_the_last_paragraph_that_says_the_title_is_no_running_head() -> None:
    wrapped = (
        "99/901. Bees and bridges of the north\n\nThe General Assembly,\n\n"
        "1. Requests all keepers in the north and in the south to\n"
        "send honey to the library before the end of the year, and\n\n2/2\n\n"
        "to include in its agenda the item that is entitled and named\n"
        "Bees and bridges of the north\nand to send the library what it still may need.\n"
    )
    assert paragraphs(wrapped)[-1].endswith("named Bees and bridges of the north and to send the library what it still may need.")


def test_markdown_is_read_without_its_signs() -> None:
    source = (
        "## Ninety-ninth session\n\n## 99/901. Bees\n\n*The General Assembly,*\n\n"
        "**Recalling** its resolution [98/27](#) and _honey_,\n\n---\n\n"
        "1\\. **Requests** the keepers to count [hives (all)](https://example.org/a_(b)) &amp; bees in `x_y_z`\\*;\n"
    )
    assert paragraphs(source) == [
        "Ninety-ninth session",
        "99/901. Bees",
        "The General Assembly,",
        "Recalling its resolution 98/27 and honey,",
        "1. Requests the keepers to count hives (all) & bees in `x_y_z`*;",
    ]


def test_every_character_can_be_traced() -> None:
    source = (
        "99/901. Bees\r\n\r\nThe\u00a0General Assembly,\r\n\r\n**Recalling**  the report,\u00b9 which names\r\n\r\n"
        "\u00b9 See  A/98/1.\r\n\r\n\r\n\r\n"
        "many\u200b hives &amp; bees,\r\n\r\n1. Requests [honey](#).\r\n"
    )
    text = text_of(source)
    assert text.decoded == source
    for block in text.blocks:
        for place, letter in enumerate(block.text):
            span = block.offsets.span(place, place + 1)
            found = text.decoded[span.start : span.stop]
            # A blank may have been written by the reader, an entity stands for its sign; all else is as it was.
            assert letter == found or letter == " " or found == "&", (block.text, place)


def test_spans_of_paragraphs_hold_their_words() -> None:
    text = text_of(f"{HEAD}1. Requests honey from\n\n\u00b9 A/98/1.\n\n\n\nall keepers;\n")
    block = next(block for block in text.blocks if block.text.startswith("1."))
    start = block.text.index("all keepers")
    span = block.offsets.span(start, start + len("all keepers"))
    assert text.decoded[span.start : span.stop] == "all keepers"


def test_sources_say_what_they_are() -> None:
    source = read(HEAD.encode("utf-16"), "x.txt").source
    assert (source.name, source.format, source.encoding, source.size) == ("x.txt", "text", "utf-16-le", len(HEAD.encode("utf-16")))
    assert len(source.digest) == 64


@pytest.mark.parametrize("data", [b"", b" \n\t", b"\x00\x01\x02\x03" * 40])
def test_what_is_no_text_is_refused_with_one_sentence(data: bytes) -> None:
    with pytest.raises(UnreadableError) as refused:
        read(data, "x.txt", "en")
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    "source",
    [
        HEAD + "1. Requests " + "word " * 200_000,
        HEAD + "1. Requests " + "[a](" * 50_000,
        HEAD + "1. Requests " + "*" * 200_000,
        HEAD + "1. Requests " + " " * 300_000 + "x.",
        HEAD + "\n" * 300_000 + "1. Requests honey.",
        HEAD + "\n\n\n\n".join(["egotiations of any n"] * 10_000),
        HEAD + "\n\n".join(f"{number}. Requests hive {number};" for number in range(1, 10_000)),
    ],
    ids=["line", "brackets", "stars", "blanks", "newlines", "cuts", "paragraphs"],
)
def test_large_and_odd_texts_end_in_seconds(source: str) -> None:
    assert text_of(source).blocks
