"""Which forms of a word find which, language by language; sentences are our own."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ploughshare.errors import PloughshareError
from ploughshare.lexicon.fold import fold
from ploughshare.lexicon.load import LANGUAGES
from ploughshare.searching.query import parse, sought
from ploughshare.searching.snippet import found_in, snippet
from ploughshare.searching.words import bare, term_of, terms, words_of

#: Every form of a group finds every other.
FORMS = {
    "en": [
        ["report", "reports", "Reporting", "reported"],
        ["weapon", "weapons"],
        ["meeting", "meetings"],
        ["convene", "convened", "convening"],
        ["policy", "policies"],
        ["State", "States", "States’", "State's"],
    ],
    "fr": [
        ["sécurité", "securite", "SÉCURITÉ"],
        ["désarmement", "desarmement"],
        ["État", "etats", "ÉTATS", "l’État", "d'états"],
        ["demande", "demandé", "demandée", "demander"],
        ["nucléaire", "nucleaires"],
        ["mondial", "mondiale", "mondiaux"],
        ["l’Assemblée", "assemblee"],
        ["œuvre", "oeuvres"],
    ],
    "es": [
        ["nación", "naciones", "nacion"],
        ["arma", "armas"],
        ["nuclear", "nucleares"],
        ["informe", "informes"],
        ["reunión", "reuniones", "reunion"],
        ["resolución", "resoluciones", "resolucion"],
        ["país", "países", "pais"],
    ],
    "ru": [
        ["оружие", "оружия", "оружием", "оружию"],
        ["государство", "государства", "государств", "государствам"],
        ["доклад", "доклада", "доклады", "докладов"],
        ["отчёт", "отчет", "отчета", "отчётов"],
        ["ядерное", "ядерного", "ядерных", "ядерным"],
        ["безопасность", "безопасности"],
    ],
    "ar": [
        ["الأمن", "أمن", "بالأمن", "وللأمن", "للأمن", "والأمن", "أَمْن"],
        ["نووية", "النووية", "نووي", "والنووية", "نَوَوِيَّة"],
        ["الأسلحة", "أسلحة", "بأسلحة", "للأسلحة", "وأسلحة", "أسلحتها"],
        ["تقرير", "التقرير", "تقريرا", "تقريره", "بتقرير", "وتقريرها", "تـقـريـر"],
        ["الدول", "دول", "والدول", "للدول", "دولة"],
        ["قرار", "القرارات", "قراراتها", "بقرارها", "وقرارات", "لقراراتها"],
        ["وكالة", "الوكالة", "للوكالة", "بوكالة", "والوكالات"],
        ["لجنة", "اللجنة", "للجنة"],
        ["ألغام", "الألغام", "بالألغام"],
        ["التزام", "الالتزامات", "بالتزاماتها", "التزاماتها"],
    ],
}
#: (question, text that holds it)
CHINESE = [
    ("裁军", "核裁军会议"),
    ("裁", "裁军"),
    ("军", "裁军"),
    ("会议", "裁军会议的报告"),
    ("核裁军会议", "关于核裁军会议，"),
    ("79", "第79届"),
]
#: (question, text that does not)
OTHERS = [
    ("zh", "军会", "裁军，会议"),
    ("zh", "军裁", "裁军"),
    ("en", "ploughs", "shares"),
    ("en", '"small arms"', "arms that are small"),
    ("ar", "سلام", "سلاح"),
    ("ru", "мир", "меры"),
]


def holds(question: str, text: str, language: str) -> bool:
    def accents(word: str) -> tuple[str, ...]:
        return tuple({term_of(w.word, language) for w in words_of(fold(text).text, language) if bare(w.word) == word})

    asked = sought(parse(question), language, accents)
    return asked is not None and bool(found_in(text, asked.runs, language))


@pytest.mark.parametrize(("language", "group"), [(language, group) for language in FORMS for group in FORMS[language]])
def test_every_form_finds_every_other(language: str, group: list[str]) -> None:
    missed = [(one, other) for one in group for other in group if not holds(one, other, language)]
    assert not missed


@pytest.mark.parametrize(("question", "text"), CHINESE)
def test_chinese_words_of_one_character_and_more(question: str, text: str) -> None:
    assert holds(question, text, "zh")


@pytest.mark.parametrize(("language", "question", "text"), OTHERS)
def test_what_is_another_word_is_not_found(language: str, question: str, text: str) -> None:
    assert not holds(question, text, language)


@given(st.text(max_size=200), st.sampled_from(LANGUAGES))
def test_terms_lie_in_their_text_and_in_order(text: str, language: str) -> None:
    found = terms(text, language)
    assert all(0 <= term.start < term.stop <= len(text) for term in found)
    assert [term.start for term in found] == sorted(term.start for term in found)


@given(st.text(max_size=600), st.text(max_size=40), st.sampled_from(LANGUAGES))
def test_marks_give_the_text_back(text: str, question: str, language: str) -> None:
    try:
        asked = sought(parse(question), language)
    except PloughshareError:
        asked = None
    runs = asked.runs if asked else ()
    assert snippet(text, runs, language, whole=True).words == text
    cut = snippet(text, runs, language)
    assert cut.words in text
    assert cut.before == (not text.startswith(cut.words)) or cut.words in text[1:]
    assert cut.before or cut.after or cut.words == text


@given(st.text(alphabet=st.characters(categories=("L", "Nd")), min_size=1, max_size=30), st.sampled_from(LANGUAGES))
def test_a_word_finds_itself(word: str, language: str) -> None:
    if terms(word, language):
        assert holds(f'"{word}"', word, language)
