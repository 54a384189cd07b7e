"""What a text is made of: symbol, title, dates, paragraphs with the same identifiers in every language and script."""

import tomllib
from pathlib import Path

import pytest

from ploughshare.errors import NotAResolutionError
from ploughshare.model.resolution import Heading, Meeting, Report, Resolution
from ploughshare.model.text import Anchor, Block, Offsets, Source, Text
from ploughshare.parsing.structure import structure
from ploughshare.reading.plain import read


def parsed(source: str, language: str = "en", name: str = "x.txt") -> Resolution:
    return structure(read(source.encode(), name, language))


def ids(source: str, language: str = "en") -> list[str]:
    return [paragraph.id for paragraph in parsed(source, language).paragraphs]


COVERS: dict[str, str] = tomllib.loads(Path(__file__).with_name("covers.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("language", COVERS)
def test_covers_say_the_same_in_every_language(language: str) -> None:
    found = parsed(COVERS[language], language)
    assert (found.symbol, found.body, found.session) == ("A/RES/99/901", "GA", 99)
    assert (found.adopted, found.distributed) == ("2044-05-03", "2044-05-09")
    assert found.agenda_item == "98 (oo)"
    assert found.agenda_title is not None
    assert found.agenda_title.endswith(("and bridges", "et ponts", "y puentes", "и мосты", "和桥梁", "والجسور"))
    assert found.title in ("Bees", "Abeilles", "Abejas", "Пчелы", "蜜蜂", "النحل")
    assert found.report == Report("A/99/401", 7, "GA-C1")
    assert found.meeting == Meeting(12, True)
    assert found.enacting is not None
    assert [paragraph.id for paragraph in found.paragraphs] == ["pp1", "op1"]


LISTS = {
    "en": ("1. Requests:", "(a) One:", "(i) In town;", "(ii) In fields;", "(b) Two;", "2. Decides."),
    "fr": ("1. Demande :", "a) Un :", "i) En ville ;", "ii) Aux champs ;", "b) Deux ;", "2. Décide."),
    "es": ("1. Solicita:", "a) Uno:", "i) En la ciudad;", "ii) En el campo;", "b) Dos;", "2. Decide."),
    "ru": ("1. просит:", "а) одно:", "i) в городе;", "ii) в поле;", "b) другое;", "2. постановляет."),
    "zh": ("一、请：", "(一) 其一：", "㈠ 城里；", "㈡ 田里；", "(二) 其二；", "二、决定。"),
    "ar": ("١ - تطلب:", "(أ) أولا:", "‘1’ في المدينة؛", "‘2’ في الحقول؛", "(ب) ثانيا؛", "٢ - تقرر."),
}
ENACTING = {
    "en": "The General Assembly,",
    "fr": "L’Assemblée générale,",
    "es": "La Asamblea General,",
    "ru": "Генеральная Ассамблея,",
    "zh": "大会，",
    "ar": "إن الجمعية العامة،",
}


@pytest.mark.parametrize("language", LISTS)
def test_letters_and_numerals_count_by_position_in_every_script(language: str) -> None:
    found = parsed("\n\n".join((ENACTING[language], *LISTS[language])), language)
    assert [p.id for p in found.paragraphs] == ["op1", "op1.a", "op1.a.i", "op1.a.ii", "op1.b", "op2"]
    assert found.paragraphs[0].number in ("1", "١", "一")
    assert not any(p.text.startswith(("(", ")", "1", "a)", "а)", "㈠", "一")) for p in found.paragraphs)


def test_a_letter_i_after_h_is_a_letter_and_below_a_it_is_a_numeral() -> None:
    letters = "".join(f"({letter}) Point;\n\n" for letter in "abcdefghij")
    assert ids(f"The General Assembly,\n\n1. Requests:\n\n{letters}2. Decides.")[9] == "op1.i"
    below = "(a) One:\n\n(i) In town;\n\n(ii) In fields;\n\n(b) Two;\n\n"
    assert ids(f"The General Assembly,\n\n1. Requests:\n\n{below}2. Decides.")[1:5] == ["op1.a", "op1.a.i", "op1.a.ii", "op1.b"]


def test_a_numeral_may_follow_the_letter_h_too() -> None:
    letters = "".join(f"({letter}) Point;\n\n" for letter in "abcdefg")
    source = f"The General Assembly,\n\n1. Requests:\n\n{letters}(h) Point:\n\n(i) In town;\n\n(ii) In fields;\n\n2. Decides."
    assert ids(source)[8:11] == ["op1.h", "op1.h.i", "op1.h.ii"]


def test_cyrillic_letters_in_latin_and_in_cyrillic_lists() -> None:
    latin = "а) раз;\n\nb) два;\n\nс) три;\n\nd) четыре;\n\n"
    cyrillic = "а) раз;\n\nб) два;\n\nв) три;\n\nг) четыре;\n\n"
    for points in (latin, cyrillic):
        assert ids(f"Генеральная Ассамблея,\n\n1. просит:\n\n{points}2. постановляет.", "ru")[1:5] == [
            "op1.a",
            "op1.b",
            "op1.c",
            "op1.d",
        ]


def test_spanish_lists_may_count_the_letter_with_a_tilde() -> None:
    for alphabet in ("abcdefghijklmnop", "abcdefghijklmnñop"):
        points = "".join(f"{letter}) Punto;\n\n" for letter in alphabet)
        found = ids(f"La Asamblea General,\n\n1. Solicita:\n\n{points}2. Decide.", "es")[1:-1]
        assert found == [f"op1.{letter}" for letter in "abcdefghijklmnopq"[: len(alphabet)]]


def test_words_after_the_points_belong_to_the_paragraph() -> None:
    found = parsed(
        "The General Assembly,\n\n1. Requests the keepers:\n\n(a) To count;\n\n(b) To write;\n\nand to rest;\n\n2. Decides."
    )
    assert [(p.id, p.closing) for p in found.paragraphs] == [("op1", "and to rest;"), ("op1.a", ""), ("op1.b", ""), ("op2", "")]


def test_a_paragraph_whose_words_begin_with_its_first_point() -> None:
    found = parsed("The General Assembly,\n\n1. (a) Requests honey;\n\n(b) Requests wax;\n\n2. Decides.")
    assert [(p.id, p.text) for p in found.paragraphs[:3]] == [("op1", ""), ("op1.a", "Requests honey;"), ("op1.b", "Requests wax;")]


def test_lettered_parts_with_their_own_preambles() -> None:
    source = (
        "99/901. Gardening\n\nA\n\nBEES\n\nThe General Assembly,\n\nNoting honey,\n\n1. Requests more;\n\n"
        "2. Decides.\n\n12th plenary meeting\n3 May 2044\n\n"
        "B\n\nBRIDGES\n\nThe General Assembly,\n\nNoting rivers,\n\n1. Requests bridges.\n\n12th plenary meeting\n3 May 2044\n"
    )
    found = parsed(source)
    assert [p.id for p in found.paragraphs] == ["sA.pp1", "sA.op1", "sA.op2", "sB.pp1", "sB.op1"]
    assert [(h.text, h.part, h.before) for h in found.headings] == [("BEES", "A", "sA.pp1"), ("BRIDGES", "B", "sB.pp1")]
    assert (found.symbol, found.title) == ("A/RES/99/901", "Gardening")


def test_roman_parts_are_told_from_roman_headings_by_their_numbers() -> None:
    parts = (
        "99/901. X\n\nThe General Assembly,\n\nNoting honey,\n\nI\n\nBees\n\n1. Requests;\n\n2. Decides;\n\nII\n\n"
        "Bridges\n\n1. Requests.\n"
    )
    assert ids(parts) == ["pp1", "sI.op1", "sI.op2", "sII.op1"]
    headings = parts.replace("1. Requests.", "3. Requests.")
    assert ids(headings) == ["pp1", "op1", "op2", "op3"]
    assert parsed(headings).headings == (
        Heading("Bees", "op1", parsed(headings).headings[0].span, 1, "I"),
        Heading("Bridges", "op3", parsed(headings).headings[1].span, 1, "II"),
    )


def test_a_single_letter_under_the_title_belongs_to_the_symbol() -> None:
    found = parsed("99/283. Pattern of bees\n\nB\n\nThe General Assembly,\n\n1. Requests;\n\n2. Decides.\n")
    assert found.symbol == "A/RES/99/283 B"
    assert [p.id for p in found.paragraphs] == ["op1", "op2"]


def test_a_single_operative_paragraph_has_no_number() -> None:
    found = parsed(
        "99/901. X\n\nThe General Assembly,\n\nRecalling honey,\n\nNoting bees,\n\nDecides to meet in May.\n\n3 May 2044\n"
    )
    assert [(p.id, p.kind, p.number) for p in found.paragraphs] == [
        ("pp1", "preambular", None),
        ("pp2", "preambular", None),
        ("op1", "operative", None),
    ]


def test_old_texts_run_on_after_the_name_of_the_body() -> None:
    found = parsed(
        "99 (I). Flag\n\nThe General Assembly decides that the flag shall be blue.\n\n2nd plenary meeting,\n20 May 1946.\n"
    )
    assert (found.symbol, found.session, found.enacting) == ("A/RES/99(I)", 1, "The General Assembly")
    assert [(p.id, p.text) for p in found.paragraphs] == [("op1", "decides that the flag shall be blue.")]
    assert (found.adopted, found.meeting) == ("1946-05-20", Meeting(2))


def test_numbers_that_skip_or_stand_twice_lose_nothing() -> None:
    found = ids("The General Assembly,\n\n1. Requests;\n\n2. Requests;\n\n2. Requests;\n\n5. Requests;\n\n6. Decides.\n")
    assert found == ["op1", "op2", "op2-2", "op5", "op6"]


def test_a_list_in_digits_is_told_from_a_part_by_what_follows() -> None:
    begun = "The General Assembly,\n\n1. Requests;\n\n2. Requests;\n\n3. Decides that:\n\n1. Bees fly;\n\n2. Bees rest;\n\n"
    assert ids(f"{begun}4. Requests.\n") == ["op1", "op2", "op3", "op3.1", "op3.2", "op4"]
    assert ids(begun) == ["op1", "op2", "op3", "s2.op1", "s2.op2"]


def test_a_paragraph_that_has_lost_its_number_keeps_its_place() -> None:
    assert ids("The General Assembly,\n\n1. Requests;\n\nRequests more;\n\n3. Decides.\n") == ["op1", "op2", "op3"]


def test_nothing_in_an_annex_is_operative() -> None:
    source = (
        "99/901. X\n\nThe General Assembly,\n\n1. Adopts the plan annexed hereto;\n\n2. Decides.\n\n"
        "12th plenary meeting\n3 May 2044\n\n"
        "Annex\n\nPlan of bees\n\nI. Aims\n\n1. The plan has two aims.\n\n2. Requests honey.\n"
    )
    found = parsed(source)
    assert [(p.id, p.kind) for p in found.paragraphs] == [
        ("op1", "operative"),
        ("op2", "operative"),
        ("annex1.1", "annex"),
        ("annex1.2", "annex"),
    ]
    assert found.annexes == ("Annex Plan of bees",)


@pytest.mark.parametrize(
    ("source", "symbol", "session"),
    [
        ("2373 (XXII). Treaty\n\nThe General Assembly,\n\n1. Requests;\n\n2. Decides.", "A/RES/2373(XXII)", 22),
        ("S-10/2. Final text\n\nThe General Assembly,\n\n1. Requests;\n\n2. Decides.", "A/RES/S-10/2", None),
        ("ES-11/1. Peace\n\nThe General Assembly,\n\n1. Requests;\n\n2. Decides.", "A/RES/ES-11/1", None),
        ("75/101 A-B. Pens\n\nThe General Assembly,\n\n1. Requests;\n\n2. Decides.", "A/RES/75/101 A-B", 75),
        ("Resolution 1540 (2004)\n\nThe Security Council,\n\n1. Decides;\n\n2. Calls upon all.", "S/RES/1540(2004)", None),
        ("2018/5. Villages\n\nThe Economic and Social Council,\n\n1. Requests;\n\n2. Decides.", "E/RES/2018/5", None),
        ("33/10. Water\n\nThe Human Rights Council,\n\n1. Requests;\n\n2. Decides.", "A/HRC/RES/33/10", 33),
        ("79/518. Bees\n\nAt its 12th plenary meeting, on 3 May 2044, the General Assembly decided to meet.", "A/DEC/79/518", 79),
        ("Decision 79/518\n\nAt its 12th plenary meeting, the General Assembly decided to meet.", "A/DEC/79/518", 79),
    ],
)
def test_symbols_are_made_from_titles_of_every_body_and_age(source: str, symbol: str, session: int | None) -> None:
    found = parsed(source)
    assert (found.symbol, found.session) == (symbol, session)


def test_the_security_council_names_its_meeting_on_the_cover() -> None:
    found = parsed(
        "Resolution 1540 (2004)\n\nAdopted by the Security Council at its 4956th meeting, on 28 April 2004\n\n"
        "The Security Council,\n\n"
        "Recalling honey,\n\n1. Decides to remain seized of the matter.\n"
    )
    assert (found.meeting, found.adopted, found.title) == (Meeting(4956), "2004-04-28", None)


def test_a_decision_says_its_meeting_and_date_in_its_first_words() -> None:
    found = parsed("79/518. Bees\n\nAt its 12th plenary meeting, on 3 May 2044, the General Assembly decided to meet in June.\n")
    assert (found.meeting, found.adopted) == (Meeting(12), "2044-05-03")
    assert [(p.id, p.kind) for p in found.paragraphs] == [("op1", "operative")]


def test_drafts_have_titles_too() -> None:
    found = parsed(
        "A/C.1/99/L.1\n\nNinety-ninth session\nFirst Committee\nAgenda item 95\nGardening\n"
        "Atlantis: draft resolution\nBees of\nthe north\n"
        "The General Assembly,\n\n1. Requests;\n\n2. Decides.\n"
    )
    assert (found.symbol, found.session, found.title) == ("A/C.1/99/L.1", 99, "Bees of the north")
    assert (found.agenda_item, found.agenda_title, found.adopted) == ("95", "Gardening", None)


def test_a_body_that_the_lexicon_does_not_know_speaks_too() -> None:
    found = parsed("7 (IV). Village wells\n\nThe Regional Council of Wells,\n\nRecalling honey,\n\n1. Requests;\n\n2. Decides.\n")
    assert (found.enacting, found.title) == ("The Regional Council of Wells,", "Village wells")
    assert [p.id for p in found.paragraphs] == ["pp1", "op1", "op2"]


def test_a_text_without_title_and_cover_reads() -> None:
    found = parsed("1. Requests the keepers to count;\n\n2. Decides to meet.\n")
    assert (found.symbol, [p.id for p in found.paragraphs]) == (None, ["op1", "op2"])


def test_of_several_resolutions_on_a_page_the_one_the_file_is_named_after_is_read() -> None:
    page = "".join(
        f"99/{number}. Title {number}\n\nThe General Assembly,\n\n1. Requests;\n\n2. Decides.\n\n3 May 2044\n\n"
        for number in (901, 902)
    )
    assert parsed(page).title == "Title 901"
    assert parsed(page, name="A_RES_99_902.txt").title == "Title 902"
    assert len(parsed(page).paragraphs) == 2


def test_footnotes_belong_to_their_paragraphs_or_to_what_else_bears_their_mark() -> None:
    found = parsed(
        "99/901. Bees\u00b9\n\nThe General Assembly,\u00b2\n\nNoting honey,\u00b3\n\n1. Requests.\n\n\u00b9 A.\n\n"
        "\u00b2 B.\n\n\u00b3 C.\n"
    )
    assert [(p.id, p.marks) for p in found.paragraphs] == [("pp1", ("3",)), ("op1", ())]
    assert found.loose_anchors == (("title", "1"), ("enacting", "2"))
    assert [note.mark for note in found.footnotes] == ["1", "2", "3"]


def test_blocks_of_any_reader_will_do() -> None:
    words = ["The General Assembly,", "1. Requests honey;", "2. Decides."]
    blocks = tuple(
        Block(text, Offsets((0,), (place * 100,)), anchors=(Anchor(5, "1"),) if place == 1 else ())
        for place, text in enumerate(words)
    )
    found = structure(Text(Source("x.docx", "", "docx"), "en", " " * 300, blocks))
    assert [(p.id, p.text, p.anchors) for p in found.paragraphs] == [
        ("op1", "Requests honey;", (Anchor(2, "1"),)),
        ("op2", "Decides.", ()),
    ]
    assert found.paragraphs[0].span == (103, 118)


@pytest.mark.parametrize(
    "source",
    ["Dear reader,\n\nthe bees are well.\n", "99 bottles of honey\n\nand 3 bridges", "Bees.\n\n1. Bees fly.\n\n2. Bees rest.\n"],
)
def test_what_is_no_resolution_is_refused_with_one_sentence(source: str) -> None:
    with pytest.raises(NotAResolutionError) as refused:
        parsed(source)
    assert "\n" not in str(refused.value)
    assert str(refused.value).startswith("x.txt: ")
