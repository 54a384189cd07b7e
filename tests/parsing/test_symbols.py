"""A symbol that is printed is read back as the same symbol, whatever blanks, brackets and small letters it was printed with."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ploughshare.errors import PloughshareError, SymbolError
from ploughshare.parsing.symbols import Symbol, canonical, find_symbols, parse_symbol, session_of, year_of

FORMS = [
    # as printed, canonical, kind, session, year, number
    ("A/RES/80/29", "A/RES/80/29", "RES", 80, None, "29"),
    ("A/RES/75/101A-B", "A/RES/75/101 A-B", "RES", 75, None, "101"),
    ("A/RES/46/36[L]", "A/RES/46/36 L", "RES", 46, None, "36"),
    ("a/res/46/36l", "A/RES/46/36 L", "RES", 46, None, "36"),
    ("A/RES/S-10/2", "A/RES/S-10/2", "RES", None, None, "2"),
    ("A/RES/ES-11/1", "A/RES/ES-11/1", "RES", None, None, "1"),
    ("A/RES/2373 (XXII)", "A/RES/2373(XXII)", "RES", 22, None, "2373"),
    ("A/RES/3472(XXX)B", "A/RES/3472(XXX) B", "RES", 30, None, "3472"),
    ("A/DEC/79/518", "A/DEC/79/518", "DEC", 79, None, "518"),
    ("A/C.1/79/L.74/Rev.1", "A/C.1/79/L.74/Rev.1", "L", 79, None, "74"),
    ("A/C.1/79/PV.27", "A/C.1/79/PV.27", "PV", 79, None, "27"),
    ("A/79/408/Add.1", "A/79/408/Add.1", None, 79, None, "408"),
    ("A/45/372/Corr.1", "A/45/372/Corr.1", None, 45, None, "372"),
    ("A/520/Rev.20", "A/520/Rev.20", None, None, None, "520"),
    ("A/S-12/32", "A/S-12/32", None, None, None, "32"),
    ("A/59/2005", "A/59/2005", None, 59, None, "2005"),
    ("A/CONF.229/2017/8", "A/CONF.229/2017/8", None, None, 2017, "8"),
    ("A/CN.10/2023/CRP.1", "A/CN.10/2023/CRP.1", "CRP", None, 2023, "1"),
    ("A/HRC/RES/33/10", "A/HRC/RES/33/10", "RES", 33, None, "10"),
    ("S/RES/1540 (2004)", "S/RES/1540(2004)", "RES", None, 2004, "1540"),
    ("S/PRST/1996/17", "S/PRST/1996/17", "PRST", None, 1996, "17"),
    ("E/RES/2018/5", "E/RES/2018/5", "RES", None, 2018, "5"),
    ("E/CN.4/Sub.2/2001/1", "E/CN.4/Sub.2/2001/1", None, None, 2001, "1"),
    ("CD/8/Rev.9", "CD/8/Rev.9", None, None, None, "8"),
    ("NPT/CONF.2010/50(Vol.I)", "NPT/CONF.2010/50 (Vol. I)", None, None, 2010, "50"),
    ("NPT/CONF.2000/28 (Parts I–IV)", "NPT/CONF.2000/28 (Parts I-IV)", None, None, 2000, "28"),
    ("NPT/CONF.2000/28(PARTSI-II)", "NPT/CONF.2000/28 (Parts I-II)", None, None, 2000, "28"),
    ("NPT/CONF.2000/28 (Parts I y II)/Corr.1", "NPT/CONF.2000/28 (Parts I and II)/Corr.1", None, None, 2000, "28"),
    ("NPT/CONF.2000/28(Parts I和II)", "NPT/CONF.2000/28 (Parts I and II)", None, None, 2000, "28"),
    ("NPT/CONF.2020/PC.I/WP.13", "NPT/CONF.2020/PC.I/WP.13", "WP", None, 2020, "13"),
    ("ICCD/COP(14)/23/Add.1", "ICCD/COP(14)/23/Add.1", None, None, None, "23"),
    ("GC(68)/RES/9", "GC(68)/RES/9", "RES", None, None, "9"),
    ("UNEP/EA.4/Res.15", "UNEP/EA.4/Res.15", "RES", None, None, "15"),
    ("\u0410/79/93", "A/79/93", None, 79, None, "93"),  # a Cyrillic A
    ("A/79/93*", "A/79/93", None, 79, None, "93"),
]


@pytest.mark.parametrize(("printed", "text", "kind", "session", "year", "number"), FORMS)
def test_forms(printed: str, text: str, kind: str | None, session: int | None, year: int | None, number: str) -> None:
    symbol = parse_symbol(printed)
    assert (symbol.text, symbol.kind, symbol.session, symbol.year, symbol.number) == (text, kind, session, year, number)
    assert str(symbol) == canonical(printed) == text
    assert (session_of(printed), year_of(symbol)) == (session, year)
    assert canonical(text) == text


def test_a_star_is_kept_and_is_no_part_of_the_identity() -> None:
    starred, plain = parse_symbol("A/79/93*"), parse_symbol("A/79/93")
    assert starred.reissued
    assert not plain.reissued
    assert starred.key == plain.key


def test_additions_go_on_from_the_document() -> None:
    report = parse_symbol("A/69/154")
    assert report.with_suffix("Add.1").text == "A/69/154/Add.1"
    assert report.with_suffix("Add.1").with_suffix("corr. 2").text == "A/69/154/Add.1/Corr.2"
    assert parse_symbol("A/69/154/Add.1/Corr.2").base == report
    assert parse_symbol("NPT/CONF.1995/32 (Part I)").with_suffix("Corr.2").text == "NPT/CONF.1995/32 (Part I)/Corr.2"


@pytest.mark.parametrize(
    "text", ["", "A/", "A", "and/or", "62/21", "HIV/AIDS", "A/RES", "http://example.org/a/1", "A/79/93 and more", "A/" * 400]
)
def test_what_is_no_symbol_is_refused_in_one_clear_sentence(text: str) -> None:
    with pytest.raises(SymbolError) as caught:
        parse_symbol(text)
    assert isinstance(caught.value, PloughshareError)
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 300


def test_symbols_are_found_in_running_text() -> None:
    text = "See A/79/93, NPT/CONF.2010/50 (Vol. I) and (A/C.1/79/L.74/Rev.1). Open 24/7, HIV/AIDS and/or 3/4; S/RES/1540 (2004)."
    assert [(text[found.start : found.stop], found.symbol.text) for found in find_symbols(text)] == [
        ("A/79/93", "A/79/93"),
        ("NPT/CONF.2010/50 (Vol. I)", "NPT/CONF.2010/50 (Vol. I)"),
        ("A/C.1/79/L.74/Rev.1", "A/C.1/79/L.74/Rev.1"),
        ("S/RES/1540 (2004)", "S/RES/1540(2004)"),
    ]


sessions = st.integers(1, 199).map(str)
numbers = st.integers(1, 9999).map(str)
romans = st.sampled_from(["I", "XV", "XXII", "XXX"])
letters = st.sampled_from(["", "A", "D", "AA", "A-B"]).filter(lambda letter: letter != "AA")
suffixes = st.lists(
    st.tuples(st.sampled_from(["Add", "Corr", "Rev", "Amend"]), st.integers(1, 99)).map(lambda s: f"{s[0]}.{s[1]}"), max_size=3
)
volumes = st.sampled_from(["", "Vol. I", "Vol. II", "Part IV", "Parts I-III", "Parts I and II", "Parts I & II"])
resolutions = st.one_of(
    st.tuples(st.just("A"), st.just("RES"), sessions, numbers),
    st.tuples(st.just("A"), st.just("DEC"), sessions, numbers),
    st.tuples(st.just("A"), st.just("HRC"), st.just("RES"), sessions, numbers),
    st.tuples(st.just("A"), st.just("RES"), st.tuples(numbers, romans).map(lambda n: f"{n[0]}({n[1]})")),
    st.tuples(st.just("S"), st.just("RES"), st.tuples(numbers, st.integers(1946, 2099)).map(lambda n: f"{n[0]}({n[1]})")),
)
documents = st.one_of(
    st.tuples(st.just("A"), sessions, numbers),
    st.tuples(st.just("A"), st.sampled_from(["C.1", "C.6"]), sessions, st.sampled_from(["L.1", "PV.27", "INF.2", "CRP.3"])),
    st.tuples(st.sampled_from(["A", "NPT", "BWC", "CCW"]), st.integers(1, 2099).map(lambda n: f"CONF.{n}"), numbers),
    st.tuples(st.sampled_from(["CD", "TD", "S", "E"]), st.integers(1946, 2099).map(str), numbers),
)
symbols = st.one_of(
    st.builds(Symbol, resolutions, letter=letters, suffixes=suffixes.map(tuple), reissued=st.just(False)),
    st.builds(Symbol, documents, volume=volumes, suffixes=suffixes.map(tuple), reissued=st.just(False)),
)


@settings(deadline=None)
@given(symbols)
def test_what_is_printed_is_read_back(symbol: Symbol) -> None:
    assert parse_symbol(symbol.text) == symbol
    assert parse_symbol(symbol.text + "*").key == symbol.key
    ((start, stop, found),) = find_symbols(f"({symbol.text});")
    assert (start, stop, found) == (1, 1 + len(symbol.text), symbol)


@settings(deadline=None)
@given(st.text(alphabet="A/S.RECD-1290()[]* IVXaé第\u0410", max_size=40))
def test_any_text_is_a_symbol_or_refused(text: str) -> None:
    try:
        symbol = parse_symbol(text)
    except SymbolError:
        return
    assert parse_symbol(symbol.text).key == symbol.key
    assert symbol.segments
    assert (symbol.session or 1) > 0
