"""The UN's own XML, in the shapes it comes in and with its defects, gives the resolution that is printed."""

from __future__ import annotations

import json
import os
from typing import Any

import pytest

from ploughshare.errors import NotAResolutionError, PloughshareError, UnreadableError
from ploughshare.model.resolution import Footnote, Meeting, Paragraph, Report, Resolution
from ploughshare.reading import akn
from ploughshare.reading.akn_meta import agenda_item, split_names
from tests.shared import SHARED, needs_shared

SOAK = bool(os.environ.get("PLOUGHSHARE_SOAK"))
NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
FORMULA = '<formula name="enactingFormula"><p>The General Assembly,</p></formula>'
PREAMBLE = f'{FORMULA}<container name="Recalling"><p><span class="italic">Recalling</span> its resolution 62/21,</p></container>'
CLOSING = (
    '<p><inline name="adoptionMeeting" title="55th">55th plenary meeting</inline><eol/>'
    '<docDate date="2044-12-24">24 December 2044</docDate></p>'
)
COVER = (
    '<coverPage><p><docNumber refersTo="#symbol">A/RES/99/240</docNumber></p>'
    '<p><docDate date="2044-12-30" refersTo="#dateOfIssuance">30 December 2044</docDate></p>'
    '<p><session refersTo="#generalAssembly" value="98">Ninety-ninth session</session></p>'
    '<p><inline name="agenda item">Agenda item 98 (oo)</inline></p><p><inline name="agenda item name">Bridges</inline></p>'
    "<p><docTitle>Resolution adopted by the General Assembly</docTitle></p>"
    '<p><docProponent refersTo="#firstCommittee">[on the report of the First Committee '
    '(<inline name="originating document">A/99/408, para. 114</inline>)]</docProponent></p></coverPage>'
)


def document(
    body: str,
    *,
    preamble: str = PREAMBLE,
    cover: str = COVER,
    meta: str = "",
    attached: str = "",
    language: str = "eng",
    closing: str = CLOSING,
    namespace: str = NAMESPACE,
) -> bytes:
    """A file as the UN writes them, made of these parts."""
    work = "/akn/un/statement/deliberation/unga/2044-12-24/99-240/"
    return (
        f'<akomaNtoso xmlns="{namespace}" xmlns:akn4un="http://un.org/akn4un"><!-- made up --><statement name="resolution"><meta>'
        f'<identification source="#x"><FRBRWork><FRBRthis value="{work}!main/"/><FRBRuri value="{work}"/>'
        '<FRBRdate date="2044-12-24" name="adoption"/><FRBRauthor href="ga" as="author"/><FRBRcountry value="un"/></FRBRWork>'
        f'<FRBRExpression><FRBRthis value="{work}{language}@!main/"/><FRBRuri value="{work}{language}@/"/>'
        f'<FRBRdate date="2044-12-30" name="publication"/><FRBRlanguage language="{language}"/>'
        f"</FRBRExpression></identification>{meta}</meta>"
        f"{cover}<preface><p><docNumber>99/240.</docNumber> <docTitle>Bridges</docTitle></p></preface>"
        f"{f'<preamble>{preamble}</preamble>' if preamble else ''}<mainBody>{body}</mainBody>"
        f"<conclusions>{closing}</conclusions>{attached}</statement></akomaNtoso>"
    ).encode()


def para(number: str, words: str) -> str:
    """An operative paragraph; identifiers never follow the printed number, and stand twice."""
    return f'<paragraph eId="para_77" class="SingleTxt"><num>{number}</num><content><p>{words}</p></content></paragraph>'


def read(data: bytes) -> Resolution:
    return akn.read(data, "made-up.xml")


def texts(resolution: Resolution) -> dict[str, str]:
    return {paragraph.id: paragraph.text for paragraph in resolution.paragraphs}


ENDS = para("2.", "Decides to go on.")


def test_what_the_file_says_of_the_resolution() -> None:
    resolution = read(document(para("1.", "Requests all States to meet;") + ENDS))
    assert (resolution.symbol, resolution.body, resolution.session, resolution.language) == ("A/RES/99/240", "GA", 99, "en")
    assert (resolution.title, resolution.agenda_item, resolution.agenda_title) == ("Bridges", "98 (oo)", "Bridges")
    assert (resolution.adopted, resolution.distributed) == ("2044-12-24", "2044-12-30")
    assert resolution.report == Report("A/99/408", 114, "GA-C1")
    assert resolution.meeting == Meeting(55, resumed=False)
    assert resolution.enacting == "The General Assembly,"
    assert resolution.source.format == "akn"


def test_verbs_and_citations_are_read_from_the_words() -> None:
    resolution = read(document(para("1.", "Requests all States to meet;") + ENDS))
    assert [(citation.paragraph, citation.target) for citation in resolution.citations] == [("pp1", "A/RES/62/21")]
    assert [paragraph.verbs[0].force for paragraph in resolution.paragraphs] == ["state", "request", "decide"]


ONE = {
    "pp1": "Recalling its resolution 62/21,",
    "op1": "Requests all:",
    "op1.a": "One;",
    "op1.b": "Two.",
    "op2": "Decides to go on.",
}
POINTS = "<point><num>(a)</num><content><p>One;</p></content></point><point><num>(b)</num><content><p>Two.</p></content></point>"


@pytest.mark.parametrize(
    "body",
    [
        f"<paragraph><num>1.</num><list><intro><p>Requests all:</p></intro>{POINTS}</list></paragraph>{ENDS}",
        f"<paragraph><num>1.</num><intro><p>Requests all:</p></intro>{POINTS}</paragraph>{ENDS}",
        f"<paragraph><num>\t1.</num><content><p>Requests all:</p></content>{POINTS}</paragraph>{ENDS}",
        "<paragraph><num>1.</num><content><p>Requests all:</p><blockList><item><num>(a)</num><p>One;</p></item>"
        f"<item><num>(b)</num><p>Two.</p></item></blockList></content></paragraph>{ENDS}",
        para("1.", "Requests all:") + para("(a)", "One;") + para("(b)", "Two.") + ENDS,
        "<paragraph><content><p>1.\tRequests all:</p></content></paragraph>"
        "<paragraph class='indent'><content><p>(a)\tOne;</p></content></paragraph>"
        "<paragraph class='indent'><content><p>(b) Two.</p></content></paragraph><p>2. Decides to go on.</p>",
        '<p>1. Requests all:</p><p class="indent">(a) One;</p><p class="indent">(b) Two.</p><p>2. Decides to go on.</p>',
        f'<container name="Requests">{para("1.", "Requests all:")}</container><container name="x"><p>(a) One;</p></container>'
        '<container name="y"><p>(b) Two.</p></container>'
        '<container name="Decides"><num>2.</num><p>Decides to go on.</p></container>',
        f"<section><paragraph><num>1.</num><content><p>Requests all:</p></content></paragraph>{para('(a)', 'One;')}"
        f"{para('(b)', 'Two.')}</section>{ENDS}<paragraph><num></num><content><p></p></content></paragraph>",
    ],
    ids=["list", "intro", "points-after-content", "block-list", "flat", "numbers-in-words", "loose-lines", "containers", "section"],
)
def test_the_same_paragraphs_in_every_shape(body: str) -> None:
    assert texts(read(document(body))) == ONE


@pytest.mark.parametrize(
    ("preamble", "body"),
    [
        ("", f'{FORMULA}<crossHeading refersTo="#preamble">Recalling the past,</crossHeading><p>Noting the present,</p>'),
        ("", f"{FORMULA}<p>Recalling the past,</p><p>Noting the present,</p>"),
        (
            "",
            f'{FORMULA}<container name="a"><p>Recalling the past,</p></container>'
            '<container name="b"><p>Noting the present,</p></container>',
        ),
        (FORMULA, "<p>Recalling the past,</p><p>Noting the present,</p>"),
        ("<p>The General Assembly,</p><p>Recalling the past,</p><p>Noting the present,</p>", ""),
        (
            f"{FORMULA}<recitals><recital><p>Recalling the past,</p></recital>"
            "<recital><p>Noting the present,</p></recital></recitals>",
            "",
        ),
    ],
    ids=["cross-heading", "lines", "containers", "half", "all-lines", "recitals"],
)
def test_the_preamble_wherever_it_stands(preamble: str, body: str) -> None:
    resolution = read(document(body + para("1.", "Requests all States to meet;") + ENDS, preamble=preamble))
    assert resolution.enacting == "The General Assembly,"
    assert list(texts(resolution)) == ["pp1", "pp2", "op1", "op2"]


def test_points_in_points_and_the_words_after_them() -> None:
    deep = "".join(f"<point><num>{num}</num><content><p>Deep;</p></content></point>" for num in ("(i)", "(ii)"))
    inner = "<point><num>(a)</num><content><p>One:</p></content></point>"
    body = f"<paragraph><num>1.</num><list><intro><p>Requests:</p></intro>{inner}<sublist>{deep}</sublist>"
    body += "<point><num>(b)</num><content><p>Two;</p></content></point><wrapUp><p>and to report;</p></wrapUp></list></paragraph>"
    resolution = read(document(body + ENDS))
    assert list(texts(resolution)) == ["pp1", "op1", "op1.a", "op1.a.i", "op1.a.ii", "op1.b", "op2"]
    assert resolution.paragraphs[1].closing == "and to report;"


@pytest.mark.parametrize(
    ("language", "numbers"),
    [
        ("eng", ["1.", "(a)", "(i)", "(ii)", "(b)"]),
        ("fra", ["1.", "a)", "i)", "ii)", "b)"]),
        ("rus", ["1.", "а)", "i)", "ii)", "b)"]),  # a Cyrillic letter, then a Latin one
        ("zho", ["1.", "(a)", "㈠", "㈡", "(b)"]),
        ("ara", ["1 -", "(أ)", "’1‘", "’2‘", "(ب)"]),
    ],
)
def test_numbers_count_by_place_in_every_script(language: str, numbers: list[str]) -> None:
    words = ["Requests:", "Reporting:", "once;", "twice;", "Ends."]
    body = "".join(para(number, text) for number, text in zip(numbers, words, strict=True)) + para("2 -", "Decides.")
    assert list(texts(read(document(body, language=language)))) == ["pp1", "op1", "op1.a", "op1.a.i", "op1.a.ii", "op1.b", "op2"]


def test_points_without_numbers_count_too() -> None:
    points = "<point><content><p>One;</p></content></point><point><content><p>\u2022 Two.</p></content></point>"
    body = f"<paragraph><num>1.</num><list><intro><p>Requests all:</p></intro>{points}</list></paragraph>"
    for more in (ENDS, f"<crossHeading>Ways</crossHeading>{ENDS}"):
        resolution = read(document(body + more))
        assert texts(resolution) == ONE
        assert [paragraph.number for paragraph in resolution.paragraphs] == [None, "1", None, None, "2"]


def test_a_single_operative_paragraph_needs_no_number() -> None:
    resolution = read(document("<paragraph><content><p>Decides to meet.</p></content></paragraph>"))
    assert [(paragraph.id, paragraph.number) for paragraph in resolution.paragraphs] == [("pp1", None), ("op1", None)]


@pytest.mark.parametrize(
    "body",
    [
        f"<part><num>A</num><heading>Ways</heading>{para('1.', 'Requests all to go;')}{ENDS}</part>"
        f"<part><num>B</num><heading>Means</heading>{para('1.', 'Invites all to come;')}{ENDS}</part>",
        f"<crossHeading>A</crossHeading><crossHeading>Ways</crossHeading>{para('1.', 'Requests all to go;')}{ENDS}"
        f"<crossHeading>B</crossHeading><crossHeading>Means</crossHeading>{para('1.', 'Invites all to come;')}{ENDS}",
    ],
    ids=["parts", "headings"],
)
def test_lettered_parts_come_first_in_identifiers(body: str) -> None:
    resolution = read(document(body))
    assert list(texts(resolution)) == ["pp1", "sA.op1", "sA.op2", "sB.op1", "sB.op2"]
    assert [(heading.text, heading.part, heading.before) for heading in resolution.headings] == [
        ("Ways", "A", "sA.op1"),
        ("Means", "B", "sB.op1"),
    ]


def test_headings_stand_before_their_paragraphs() -> None:
    body = f"<crossHeading>Ways</crossHeading>{para('1.', 'Requests all to go;')}<crossHeading>Means</crossHeading>{ENDS}"
    resolution = read(document(body))
    assert [(heading.text, heading.before) for heading in resolution.headings] == [("Ways", "op1"), ("Means", "op2")]


def test_attachments_are_annexes() -> None:
    inner = f"{para('1.', 'Meet.')}<p>Again.</p><table><tr><td><p>a</p></td><td><p>b</p></td></tr></table>"
    annex = f'<doc name="annex"><meta/><preface><p>Programme</p></preface><mainBody>{inner}</mainBody></doc>'
    attached = f"<attachments><attachment><heading>Annex</heading>{annex}</attachment></attachments>"
    resolution = read(document(para("1.", "Adopts the programme;") + ENDS, attached=attached))
    assert resolution.annexes == ("Annex Programme",)
    annexed = [(paragraph.id, paragraph.kind, paragraph.number, paragraph.text) for paragraph in resolution.paragraphs[3:]]
    assert annexed == [
        ("annex1.1", "annex", "1", "Meet."),
        ("annex1.2", "annex", None, "Again."),
        ("annex1.3", "annex", None, "a b"),
    ]


NOTE = '<authorialNote marker="{0}" placement="bottom" eId="authorialNote_{0}"><p>{1}</p></authorialNote>'


def test_footnotes_stand_where_they_are_referred_to() -> None:
    body = para(
        "1.", f"Recalls this,{NOTE.format(1, 'See A/79/1.')} that<sup>1</sup> and<noteRef marker='1' href='#x'/> 3 m<sup>2</sup>;"
    )
    body += para("2.", f"Decides<sup>(</sup>{NOTE.format(2, '<sup>2</sup> Ibid.')}<sup>)</sup> to meet the 1<sup>st</sup>.")
    resolution = read(document(body))
    first, second = resolution.paragraphs[1:]
    assert (first.text, [anchor.position for anchor in first.anchors]) == ("Recalls this, that and 3 m2;", [13, 18, 22])
    assert first.marks == ("1",)
    assert (second.text, second.anchors[0].position, second.marks) == ("Decides to meet the 1st.", 7, ("2",))
    assert [(note.mark, note.text) for note in resolution.footnotes] == [("1", "See A/79/1."), ("2", "Ibid.")]


@pytest.mark.parametrize(
    ("mark", "written", "text"),
    [
        ("2", "<sup>2</sup>\tIbid.", "Ibid."),
        ("2", "<sup></sup> Ibid.", "Ibid."),
        ("2", "\t()\tIbid.", "Ibid."),
        ("2", "(2) Ibid.", "Ibid."),
        ("*", "* Reissued.", "Reissued."),
        ("2", "2 May 2044.", "2 May 2044."),
        ("2", "(3) is meant.", "(3) is meant."),
        ("2", "(A/1).", "(A/1)."),
    ],
)
def test_a_mark_printed_again_is_no_part_of_the_note(mark: str, written: str, text: str) -> None:
    resolution = read(document(para("1.", f"Requests{NOTE.format(mark, written)} all;") + ENDS))
    assert [(note.mark, note.text) for note in resolution.footnotes] == [(mark, text)]


def test_footnotes_outside_the_paragraphs_say_where() -> None:
    preamble = PREAMBLE.replace("Assembly,<", f"Assembly,{NOTE.format('*', 'Reissued.')}<")
    assert read(document(para("1.", "Requests all;") + ENDS, preamble=preamble)).loose_anchors == (("enacting", "*"),)


def test_chinese_has_no_blank_after_a_mark_and_other_words_do_not_run_together() -> None:
    words = f"请秘书长{NOTE.format(1, '第70/1号决议。')} 报告；"
    assert read(document(para("1.", words) + ENDS, language="zho")).paragraphs[1].text == "请秘书长报告；"
    words = f"Requests{NOTE.format(1, 'A/1.')}all States;"
    assert read(document(para("1.", words) + ENDS)).paragraphs[1].text == "Requests all States;"


VOTERS = "".join(f'<organization refersTo="memberState">{name}</organization>' for name in ("TURKIYE", "TÜRKİYE"))
META = f"""<classification source="#a">
<keyword value="BRIDGES" showAs="BRIDGES" href="http://metadata.un.org/thesaurus/1" dictionary="UNBIS Thesaurus"/>
<keyword refersTo="agenda" value="98oo" showAs="Bridges." dictionary="A/99/251"/>
</classification>
<workflow source="#un">
<step date="2044-10-29" outcome="draftResolution" as="A/C.1/99/L.68/Rev.1"
 by="Ardenia, Trinidad and Tobago and Yland (on behalf of A, B and C)"/>
<step date="0001-01-01" outcome="draftResolutionAdditionalSponsors" by="the Comoros"/>
<step date="2044-01-01" outcome="recommendedForAdoption" as="A/99/408" by="" refersTo="114"/>
<step date="2044-12-24" outcome="adopted" as="A/99/PV.55 (Resumption 1)" by=""/>
</workflow>
<analysis source="#un"><parliamentary><voting outcome="adoptedRecordedVote">
<count value="2" refersTo="inFavour"><akn4un:voters>{VOTERS}</akn4un:voters></count>
<count value="0" refersTo="against"/>
</voting></parliamentary></analysis>"""


def test_votes_sponsors_subjects_and_steps() -> None:
    resolution = read(document(para("1.", "Requests all;") + ENDS, meta=META))
    vote = resolution.vote
    assert vote is not None
    assert (vote.outcome, vote.in_favour, vote.counts) == ("adoptedRecordedVote", ("TURKIYE", "TÜRKİYE"), (2, 0, None))
    assert resolution.sponsors == ("Ardenia", "Trinidad and Tobago", "Yland (on behalf of A, B and C)")
    assert [subject.label for subject in resolution.subjects] == ["BRIDGES"]
    assert [step.date for step in resolution.workflow] == ["2044-10-29", None, None, "2044-12-24"]
    assert resolution.workflow[1].by == ("Comoros",)
    assert resolution.workflow[2].refers_to == "114"
    assert resolution.meeting == Meeting(55, resumed=True)


def test_what_the_cover_lacks_is_found_elsewhere() -> None:
    resolution = read(document(para("1.", "Requests all;") + ENDS, cover="", meta=META, closing=""))
    assert (resolution.symbol, resolution.session, resolution.agenda_item) == ("A/RES/99/240", 99, "98")
    assert (resolution.adopted, resolution.distributed) == ("2044-12-24", "2044-12-30")
    assert resolution.report == Report("A/99/408", 114, None)
    assert resolution.meeting == Meeting(55, resumed=True)


def test_a_committee_without_a_code_is_known_by_its_name() -> None:
    cover = COVER.replace(' refersTo="#firstCommittee"', "")
    assert read(document(para("1.", "Requests all;") + ENDS, cover=cover)).report == Report("A/99/408", 114, "GA-C1")
    draft = COVER.replace("#firstCommittee", "#noMainCommittee").replace(
        "on the report of the First Committee", "without reference"
    )
    draft = draft.replace("A/99/408, para. 114", "A/99/L.5 and A/99/L.5/Add.1")
    assert read(document(para("1.", "Requests all;") + ENDS, cover=draft)).report is None


def test_another_version_of_the_namespace_and_a_collection_round_it() -> None:
    data = document(para("1.", "Requests all;") + ENDS, namespace=NAMESPACE + "/CSD13")
    assert list(texts(read(data))) == ["pp1", "op1", "op2"]
    wrapped = data.replace(b"<statement", b'<documentCollection name="x"><meta/><collectionBody><component><statement', 1)
    wrapped = wrapped.replace(b"</statement>", b"</statement></component></collectionBody></documentCollection>")
    assert list(texts(read(wrapped))) == ["pp1", "op1", "op2"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "windows-1251", "gb18030"])
def test_encodings(encoding: str) -> None:
    text = document(para("1.", "Requests all;") + ENDS).decode()
    declared = f'<?xml version="1.0" encoding="{encoding if "-" in encoding and "sig" not in encoding else "utf-8"}"?>'
    if encoding == "gb18030":
        declared = '<?xml version="1.0" encoding="GB18030"?>'
    assert list(texts(read((declared + text).encode(encoding)))) == ["pp1", "op1", "op2"]


def assert_spans_hold(resolution: Resolution, data: bytes) -> None:
    """Each character of a paragraph or footnote stands where its map says; a blank may stand for another or for none."""
    decoded = akn.string_value(data)
    pieces: list[Paragraph | Footnote] = [*resolution.paragraphs, *resolution.footnotes]
    for piece in pieces:
        for position, character in enumerate(piece.text):
            assert character in (decoded[piece.offsets.at(position)], " "), piece
    for citation in resolution.citations:  # a footnote may stand inside
        start, stop = citation.span
        assert (decoded[start], decoded[stop - 1]) == (citation.text[0], citation.text[-1])


def test_spans_count_in_the_string_value() -> None:
    words = f"Recalls\u00a0resolution <a href='x'>62/</a>21\n   of{NOTE.format(1, ' See  A/1. ')} 2007;"
    data = document(para("1.", words) + ENDS, meta=META)
    assert_spans_hold(read(data), data)


def test_names_in_one_attribute() -> None:
    assert split_names("Chad, Antigua and Barbuda") == ("Chad", "Antigua and Barbuda")
    assert split_names("Chad and Sao Tome and Principe (on behalf of X and Y)") == (
        "Chad",
        "Sao Tome and Principe (on behalf of X and Y)",
    )
    assert split_names("submitted by the Chair of A, B and C") == ("submitted by the Chair of A, B and C",)
    assert split_names("") == ()


@pytest.mark.parametrize(
    ("text", "language", "item"),
    [
        ("Agenda item 98 (oo)", "en", "98 (oo)"),
        ("Point 98 oo) de l’ordre du jour", "fr", "98 (oo)"),
        ("Пункт 34 а) повестки дня", "ru", "34 (a)"),
        ("议程项目98(oo)", "zh", "98 (oo)"),
        ("البند 98 (س س) من جدول الأعمال", "ar", "98 (oo)"),
        ("البند \u200f\u200e100\u200e\u200f (ك) من جدول الأعمال", "ar", "100 (k)"),
        ("Agenda items 13 and 117", "en", "13, 117"),
        ("Agenda", "en", None),
    ],
)
def test_agenda_items_in_every_script(text: str, language: str, item: str | None) -> None:
    assert agenda_item(text, language) == item


BOMB = '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
GOOD = document(para("1.", "Requests all;") + ENDS).decode()


@pytest.mark.parametrize(
    ("data", "kind", "words"),
    [
        (BOMB + GOOD, UnreadableError, "entities"),
        ('<!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + GOOD, UnreadableError, "entities"),
        ((BOMB + GOOD).encode("utf-16"), UnreadableError, "entities"),
        (GOOD[:900], UnreadableError, "not sound"),
        (GOOD.replace("Requests", "&nbsp;"), UnreadableError, "not sound"),
        (GOOD.encode() + b"\xff", UnreadableError, "not sound"),
        ('<?xml version="1.0" encoding="klingon"?>' + GOOD, UnreadableError, "klingon"),
        (b"\xff\xfe" + GOOD.encode("utf-16-le")[:-1], UnreadableError, "utf-16"),
        ("<recipe><p>Flour.</p></recipe>", NotAResolutionError, "<recipe>"),
        (f'<akomaNtoso xmlns="{NAMESPACE}"><judgment/></akomaNtoso>', NotAResolutionError, "<judgment>"),
        (f'<akomaNtoso xmlns="{NAMESPACE}"/>', NotAResolutionError, "nothing"),
        (f'<akomaNtoso xmlns="{NAMESPACE}"><statement><meta/></statement></akomaNtoso>', NotAResolutionError, "no paragraphs"),
        (document("", preamble=""), NotAResolutionError, "no paragraphs"),
        (document("<list>" * 900 + "<p>x</p>" + "</list>" * 900), UnreadableError, "nested"),
        (document("<list>" * 10_000 + "<p>x</p>" + "</list>" * 10_000), UnreadableError, "depth"),
    ],
    ids=lambda value: None if isinstance(value, bytes) else value[:30] if isinstance(value, str) else value.__name__,
)
def test_bad_files_give_one_sentence(data: str | bytes, kind: type[PloughshareError], words: str) -> None:
    with pytest.raises(PloughshareError) as caught:
        read(data if isinstance(data, bytes) else data.encode())
    assert type(caught.value) is kind
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)
    assert caught.value.advice


def test_a_document_type_without_entities_does_no_harm() -> None:
    assert read(('<!DOCTYPE akomaNtoso SYSTEM "file:///etc/passwd">' + GOOD).encode()).symbol == "A/RES/99/240"


@pytest.mark.parametrize(
    "body",
    [
        "".join(para(f"{number}.", "Requests all States;") for number in range(1, 10_000)),
        para("1.", "Requests all " * 200_000),
        para("1.", "Requests" + "".join(NOTE.format(number, "A/1.") + " x" for number in range(10_000))),
        "<paragraph><num>1.</num><content>" + "<p>Requests all;</p>" * 20_000 + "</content></paragraph>" + ENDS,
    ],
    ids=["paragraphs", "line", "footnotes", "lines"],
)
def test_time_grows_with_size_only(body: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(akn, "complete", lambda resolution: resolution)
    assert read(document(body)).paragraphs


@needs_shared
@pytest.mark.parametrize("language", ["ar", "en", "es", "fr", "ru", "zh"])
def test_official_files_agree_with_their_labels(language: str) -> None:
    official = SHARED / "corpus" / "official"
    labels: list[dict[str, Any]] = json.loads((official / f"labels.{language}.json").read_text(encoding="utf-8"))
    for label in labels if SOAK else labels[::9]:
        data = (official / "akn" / language / f"{label['file'].rpartition('.')[0]}.xml").read_bytes()
        resolution = read(data)
        where = f"{label['file']} in {language}"
        assert (resolution.symbol, resolution.session, resolution.adopted) == (
            label["symbol"],
            label["session"],
            label["adopted"],
        ), where
        assert sum(paragraph.kind == "preambular" for paragraph in resolution.paragraphs) == label["preambular"], where
        first: dict[str, str] = {}
        for paragraph in resolution.paragraphs:
            for mark in paragraph.marks:
                first.setdefault(mark, paragraph.id)
        assert {mark: first.get(mark) for mark in label["footnote_anchors"]} == label["footnote_anchors"], where
        if b"<sublist" not in data:  # the labels leave lists in lists out
            assert [paragraph.id for paragraph in resolution.paragraphs if paragraph.kind == "operative"] == label["operative"], (
                where
            )
            assert len(resolution.footnotes) == label["footnotes"], where
        if SOAK:
            assert_spans_hold(resolution, data)


@needs_shared
def test_official_files_give_the_same_paragraphs_by_mark_up_and_by_print(monkeypatch: pytest.MonkeyPatch) -> None:
    from ploughshare.reading import akn_structure

    monkeypatch.setattr(akn, "complete", lambda resolution: resolution)
    files = sorted((SHARED / "corpus" / "official" / "akn").glob("*/*.xml"))
    for file in files if SOAK else files[::48]:
        marked = read(file.read_bytes())
        with monkeypatch.context() as patch:
            patch.setattr(akn_structure, "_says_all", lambda pieces, labels: False)
            assert texts(read(file.read_bytes())) == texts(marked), file.name
