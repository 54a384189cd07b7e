"""A structure is completed in the order in which a person reads it, so that "ibid." looks back to the note before."""

from ploughshare.model.resolution import Footnote, Paragraph
from ploughshare.parsing import parse
from ploughshare.parsing.complete import complete, reading_order
from ploughshare.parsing.structure import structure
from ploughshare.reading.plain import read

SOURCE = (
    "99/901. Bees\n\nThe General Assembly,\n\nRecalling the report,\u00b9 its annex\u00b2 and resolution 98/27,\n\n"
    "1. Takes note of the report and requests the Secretary-General:\n\n(a) To count the hives;\n\n"
    "(b) To write the numbers in a book;\u00b3\n\n"
    "2. Decides to meet.\n\n\u00b9 A/98/133.\n\n\u00b2 Ibid., annex.\n\n\u00b3 See resolution 55/2.\n"
)


def test_verbs_and_citations_are_filled_in() -> None:
    found = parse(read(SOURCE.encode(), "x.txt", "en"))
    verbs = {p.id: [verb.force for verb in p.verbs] for p in found.paragraphs}
    assert verbs == {"pp1": ["state"], "op1": ["state", "request"], "op1.a": [], "op1.b": [], "op2": ["decide"]}
    assert [(c.paragraph, c.target) for c in found.citations] == [("pp1", "A/RES/98/27")]
    assert [[c.target for c in note.citations] for note in found.footnotes] == [["A/98/133"], ["A/98/133"], ["A/RES/55/2"]]


def test_spans_of_citations_and_verbs_point_into_the_input() -> None:
    found = parse(read(SOURCE.encode(), "x.txt", "en"))
    for citation in (*found.citations, *(c for note in found.footnotes for c in note.citations if c.text)):
        assert SOURCE[citation.span.start : citation.span.stop] == citation.text
    for paragraph in found.paragraphs:
        for verb in paragraph.verbs:
            span = paragraph.offsets.span(verb.start, verb.stop)
            assert SOURCE[span.start : span.stop] == verb.text


def test_notes_are_read_after_the_paragraph_that_first_refers_to_them_and_in_their_own_order() -> None:
    resolution = structure(read(SOURCE.encode(), "x.txt", "en"))
    order = [entry.id if isinstance(entry, Paragraph) else f"note {entry.mark}" for entry in reading_order(resolution)]
    assert order == ["pp1", "note 1", "note 2", "op1", "op1.a", "op1.b", "note 3", "op2"]
    assert all(isinstance(entry, Paragraph | Footnote) for entry in reading_order(resolution))


def test_completing_twice_changes_nothing() -> None:
    once = parse(read(SOURCE.encode(), "x.txt", "en"))
    assert complete(once) == once
