"""Leading verbs of a paragraph: what a reader relies on, in six languages."""

from __future__ import annotations

import json
from collections import Counter
from functools import cache
from pathlib import PurePath

import pytest

from ploughshare.lexicon.load import LANGUAGES
from ploughshare.model.resolution import Kind, Paragraph
from ploughshare.parsing.verbs import opens, verbs_of
from ploughshare.reading import akn
from tests.shared import SHARED, needs_shared

READ = [
    # -- one verb, additive words apart --------------------------------------------------------------------------------
    ("en", "Requests the Registrar to write;", "Requests:request:request"),
    ("en", "Once again strongly urges all members to attend;", "Once again strongly urges:urge:call"),
    ("en", "Calls, in this regard, upon all members to attend;", "Calls, in this regard, upon:call upon:call"),
    ("en", "Expresses its deep concern at the drought;", "Expresses its deep concern:express concern:state"),
    ("en", "Takes note with appreciation of the report;", "Takes note with appreciation:take note:state"),
    ("en", "In this regard, requests the Registrar to write;", "requests:request:request"),
    ("fr", "Prie de nouveau le greffier d’écrire ;", "Prie de nouveau:request:request"),
    ("fr", "Se félicite également de l’ouverture du pont ;", "Se félicite également:welcome:state"),
    ("fr", "S’engage à planter des arbres ;", "S’engage:commit:state"),
    ("es", "Acoge con beneplácito también la apertura del puente;", "Acoge con beneplácito también:welcome:state"),
    ("ru", "вновь настоятельно призывает всех членов явиться;", "вновь настоятельно призывает:urge:call"),
    ("ru", "с удовлетворением отмечает также открытие моста;", "с удовлетворением отмечает также:welcome:state"),
    ("ar", "تطلب أيضا إلى الأمين أن يكتب؛", "تطلب أيضا:request:request"),
    ("ar", "تعيد أيضا تأكيد قواعد الدار؛", "تعيد أيضا تأكيد:reaffirm:state"),
    ("zh", "又请书记官致函全体会员；", "又请:request:request"),
    ("zh", "赞赏地注意到志愿者的工作；", "赞赏地注意到:note:state"),
    ("zh", "在这方面，请书记官致函全体会员；", "请:request:request"),
    # -- what the verb repeats decides its force -----------------------------------------------------------------------
    ("en", "Reiterates its request to the Registrar to write;", "Reiterates its request:request:request"),
    ("en", "Reiterates its call upon all members to attend;", "Reiterates its call:call upon:call"),
    ("en", "Reiterates its invitation to all members;", "Reiterates its invitation:invite:encourage"),
    ("en", "Reaffirms its decision to meet in June;", "Reaffirms its decision:decide:decide"),
    ("en", "Reiterates its support for the volunteers;", "Reiterates:reiterate:state"),
    ("en", "Reaffirms its commitment to the house;", "Reaffirms:reaffirm:state"),
    ("en", "Renews its commitment to the house;", "Renews its commitment:reaffirm:state"),
    ("fr", "Réitère sa demande au greffier ;", "Réitère sa demande:request:request"),
    ("fr", "Renouvelle l’invitation faite aux membres ;", "Renouvelle l’invitation:invite:encourage"),
    ("es", "Reitera su llamamiento para que se abra el puente;", "Reitera su llamamiento:call for:call"),
    ("ru", "повторяет свой призыв ко всем членам явиться;", "повторяет свой призыв:call upon:call"),
    ("ar", "تكرر تأكيد طلبها إلى الأمين أن يكتب؛", "تكرر تأكيد طلبها:request:request"),
    ("zh", "再次请书记官致函全体会员；", "再次请:request:request"),
    ("zh", "重申承诺植树；", "重申:reaffirm:state"),
    # -- the words that follow decide between two meanings ----------------------------------------------------------------
    ("es", "Pide al Secretario General que escriba;", "Pide:request:request"),
    ("es", "Pide que se abra el puente;", "Pide:call for:call"),
    ("ar", "تدعو إلى فتح الجسر؛", "تدعو:call for:call"),
    ("ar", "تدعو الدول الأعضاء إلى الحضور؛", "تدعو:invite:encourage"),
    ("fr", "Appelle l’attention des membres sur la lettre ;", "Appelle l’attention:draw attention:state"),
    ("fr", "Appelle à l’ouverture du pont ;", "Appelle:call for:call"),
    ("zh", "宣布五月五日为国际日；", "宣布:proclaim:decide"),
    ("zh", "宣布海洋不属于任何人；", "宣布:declare:state"),
    # -- a phrase in two parts --------------------------------------------------------------------------------------------
    ("zh", "对志愿者的工作表示感谢；", "对:express appreciation:state"),
    ("ru", "обращается ко всем членам с призывом явиться;", "обращается:appeal:call"),
    ("ru", "обращается к секретарю с просьбой написать;", "обращается:request:request"),
    # -- further verbs ----------------------------------------------------------------------------------------------------
    ("en", "Notes the report, and further requests a reply;", "Notes:note:state further requests:request:request"),
    ("en", "Welcomes and encourages the work;", "Welcomes:welcome:state encourages:encourage:encourage"),
    ("en", "Notes A, and, as a first step, invites B to come;", "Notes:note:state invites:invite:encourage"),
    ("en", "Notes A, welcomes B and urges C to come;", "Notes:note:state welcomes:welcome:state urges:urge:call"),
    ("en", "Having read the report, decides to meet;", "decides:decide:decide"),
    ("fr", "Note le rapport et prie le greffier d’y répondre ;", "Note:note:state prie:request:request"),
    ("fr", "Salue les membres et les encourage à écrire ;", "Salue:welcome:state encourage:encourage:encourage"),
    ("fr", "Salue le greffier et l’invite à écrire ;", "Salue:welcome:state invite:invite:encourage"),
    ("es", "Toma nota del informe e insta a los miembros a leerlo;", "Toma nota:take note:state insta:urge:call"),
    ("es", "Saluda a los miembros y los alienta a escribir;", "Saluda:welcome:state alienta:encourage:encourage"),
    ("ru", "отмечает доклад и в этой связи просит ответить;", "отмечает:note:state просит:request:request"),
    ("ru", "приветствует и поощряет труд добровольцев;", "приветствует:welcome:state поощряет:encourage:encourage"),
    ("ar", "تلاحظ التقرير، وتطلب إلى الأمين أن يرد؛", "تلاحظ:note:state تطلب:request:request"),
    ("ar", "تلاحظ التقرير، وفي هذا الصدد تشجع الأعضاء على الرد؛", "تلاحظ:note:state تشجع:encourage:encourage"),
    ("ar", "ترحب بالدول وتدعوها إلى الحضور؛", "ترحب:welcome:state تدعوها:invite:encourage"),
    ("ar", "يحيط علما بالتقرير ويطلب إلى الأمين أن يرد؛", "يحيط علما:take note:state يطلب:request:request"),
    ("zh", "注意到报告，并请书记官答复；", "注意到:note:state 请:request:request"),
    ("zh", "注意到报告，还鼓励会员出席；", "注意到:note:state 还鼓励:encourage:encourage"),
    ("zh", "欢迎并鼓励志愿者的工作；", "欢迎:welcome:state 鼓励:encourage:encourage"),
    ("zh", "敦促会员开会，并为此，请书记官写信；", "敦促:urge:call 请:request:request"),
    # -- not verbs of the adopting body ----------------------------------------------------------------------------------
    ("en", "Recalls its resolution, in which it requested a reply and the Chair encourages members;", "Recalls:recall:state"),
    ("en", "Recalls a letter which calls upon members to reply and encourages them to write;", "Recalls:recall:state"),
    ("en", "Decides to meet if the Council so decides and the Conference requests it;", "Decides:decide:decide"),
    ("en", "Notes the letters received, requests for help and appeals;", "Notes:note:state"),
    ("en", "Notes that the bridge, which stands, holds and remains safe;", "Notes:note:state"),
    ("fr", "Rappelle sa résolution, dans laquelle elle a prié le greffier d’écrire ;", "Rappelle:recall:state"),
    ("fr", "Prend note de la lettre et de la demande du greffier ;", "Prend note:take note:state"),
    ("fr", "Prend note de la lettre qui invite les membres et encourage les lecteurs ;", "Prend note:take note:state"),
    ("es", "Recuerda su resolución, en la que solicitó al secretario que escribiera;", "Recuerda:recall:state"),
    ("es", "Toma nota de la carta y la condena de la ciudad;", "Toma nota:take note:state"),
    ("ru", "напоминает о резолюции, в которой она просила секретаря написать;", "напоминает:recall:state"),
    ("ru", "отмечает доклад, который призывает членов и просит ответить;", "отмечает:note:state"),
    ("ar", "تشير إلى قرارها الذي طلبت فيه إلى الأمين أن يكتب؛", "تشير:recall:state"),
    ("ar", "تقرر إنشاء لجنة، ويعين الأمين أعضاءها؛", "تقرر:decide:decide"),
    ("zh", "回顾决议，其中请书记官写信；", "回顾:recall:state"),
    ("zh", "注意到会员的请求和建议；", "注意到:note:state"),
    ("zh", "促请会员响应这一呼吁，支持志愿者；", "促请:call upon:call"),
    ("zh", "注意到审议大会强调耐心，并请会员写信；", "注意到:note:state"),
]  # fmt: skip

PREAMBLE = [
    ("en", "Recalling also its resolutions,", "Recalling also:recall:state"),
    ("en", "Deeply concerned at the drought, and noting the letter,", "Deeply concerned:express concern:state noting:note:state"),
    ("en", "Calling upon members to attend,", "Calling upon:call upon:state"),
    ("fr", "Consciente également de l’âge du pont,", "Consciente également:be aware:state"),
    ("es", "Teniendo presente el precio del papel,", "Teniendo presente:take into account:state"),
    ("ru", "будучи глубоко убеждена, что мост надежен,", "будучи глубоко убеждена:be convinced:state"),
    ("ar", "وإذ تشير أيضا إلى قرارها،", "وإذ تشير أيضا:recall:state"),
    ("ar", "واقتناعا منها بمتانة الجسر،", "واقتناعا منها:be convinced:state"),
    ("zh", "又回顾五月的会议，", "又回顾:recall:state"),
    ("zh", "促请会员出席，", "促请:call upon:state"),
]

NONE = [
    ("en", "Nuclear-weapon States to make further efforts;"),
    ("en", "To request the Registrar to write, and to encourage members to reply;"),
    ("en", "Requests for help from members;"),
    ("en", "The bridge stands, and requests nothing;"),
    ("fr", "Prier le greffier d’écrire et encourager les membres ;"),
    ("es", "Solicitar al secretario que escriba;"),
    ("ru", "просить секретаря написать;"),
    ("ar", "أن تطلب إلى الأمين أن يكتب؛"),
    ("zh", "核武器国家进一步努力；"),
    ("en", ""),
    ("zh", "；；；"),
]


def said(text: str, language: str, kind: Kind = "operative") -> str:
    return " ".join(f"{verb.text}:{verb.lemma}:{verb.force}" for verb in verbs_of(text, language, kind))


@pytest.mark.parametrize(("language", "text", "expected"), READ)
def test_an_operative_paragraph(language: str, text: str, expected: str) -> None:
    assert said(text, language) == expected


@pytest.mark.parametrize(("language", "text", "expected"), PREAMBLE)
def test_in_the_preamble_every_force_is_state(language: str, text: str, expected: str) -> None:
    assert said(text, language, "preambular") == expected


@pytest.mark.parametrize(("language", "text"), NONE)
def test_what_has_no_verb_of_its_own_gives_none(language: str, text: str) -> None:
    assert verbs_of(text, language, "operative") == ()


def test_an_annex_has_none() -> None:
    assert verbs_of("Requests the Registrar to write;", "en", "annex") == ()


def test_an_item_that_an_introduction_asks_for_has_none_where_the_form_does_not_tell() -> None:
    assert verbs_of("支持志愿者；", "zh", "operative", introduced=True) == ()
    assert verbs_of("Requests the Registrar to write;", "en", "operative", introduced=True) != ()


@pytest.mark.parametrize(("language", "text", "expected"), [*READ, *PREAMBLE])
def test_a_verb_is_the_characters_at_its_place(language: str, text: str, expected: str) -> None:
    kind: Kind = "preambular" if (language, text, expected) in PREAMBLE else "operative"
    for verb in verbs_of(text, language, kind):
        assert text[verb.start : verb.stop] == verb.text


def test_spelling_does_not_matter() -> None:
    assert said("REQUESTS\u00a0the Registrar to write", "en") == "REQUESTS:request:request"
    assert said("S'engage à écrire", "fr") == "S'engage:commit:state"
    assert [verb.lemma for verb in verbs_of("تَطْلُب إلى الأمين أن يكتب، وتـــهيب بالدول", "ar", "operative")] == [
        "request",
        "call upon",
    ]
    assert said("“Requests the Registrar to write”", "en") == "Requests:request:request"


@pytest.mark.parametrize(
    ("language", "text", "answer"),
    [
        ("en", "Recalling the meeting,", True),
        ("en", "Also requests the Registrar to write", True),
        ("en", "recalling the meeting,", False),
        ("en", "Member States and the Registrar", False),
        ("fr", "Consciente de l’âge du pont", True),
        ("fr", "consciente de l’âge du pont", False),
        ("es", "Teniendo presente el precio", True),
        ("es", "los Estados Miembros", False),
        ("ru", "ссылаясь на встречу", True),
        ("ru", "на встречу в мае", False),
        ("ar", "وإذ تشير إلى الاجتماع", True),
        ("ar", "الدول الأعضاء", False),
        ("zh", "又回顾会议", True),
        ("zh", "会员国的意见", False),
        ("en", "", False),
    ],
)
def test_opens(language: str, text: str, answer: bool) -> None:
    assert opens(text, language) is answer


@pytest.mark.parametrize(
    ("language", "part"),
    [
        ("en", "and requests "), ("en", ", also"), ("en", "Reiterates its "), ("fr", "et lance "), ("es", "y señala "),
        ("ru", "и обращается "), ("zh", "并对"), ("zh", "，确认"), ("zh", "对表"), ("zh", "并审议大会强调"), ("ar", " وتكرر"),
    ],
)  # fmt: skip
def test_a_hostile_line_is_read_to_the_end(language: str, part: str) -> None:
    text = {"en": "Notes ", "fr": "Note ", "es": "Observa ", "ru": "отмечает ", "zh": "注意到", "ar": "تلاحظ "}[
        language
    ] + part * 20_000
    assert verbs_of(text, language, "operative")
    assert opens(text, language)


# -- official texts -------------------------------------------------------------------------------------------------------
@cache
def official_texts(language: str) -> dict[str, dict[str, Paragraph]]:
    """The official texts: their paragraphs by their ids."""
    paths = sorted((SHARED / "corpus/official/akn" / language).glob("*.xml"))
    return {
        path.stem: {paragraph.id: paragraph for paragraph in akn.read(path.read_bytes(), path.name).paragraphs} for path in paths
    }


def squeeze(text: str) -> str:
    return "".join(text.split()).replace("\u2011", "-").casefold()


@needs_shared
@pytest.mark.shared
@pytest.mark.parametrize("language", LANGUAGES)
def test_leading_verbs_of_official_texts(language: str) -> None:
    right = asked = 0
    for entry in json.loads((SHARED / f"corpus/official/labels.{language}.json").read_text("utf-8")):
        paragraphs = official_texts(language)[PurePath(entry["file"]).stem]
        for name, wanted in entry["verbs"].items():
            if wanted and name in paragraphs:
                verbs = paragraphs[name].verbs
                got, want = squeeze(verbs[0].text) if verbs else "", squeeze(wanted)
                asked += 1
                right += bool(got) and (got.startswith(want) or want.startswith(got))
    assert asked > 1900
    assert right / asked >= 0.99


@needs_shared
@pytest.mark.shared
def test_forces_of_the_fourteen() -> None:
    asked = right = 0
    for entry in json.loads((SHARED / "gold/mandates.json").read_text("utf-8")):
        paragraphs = official_texts("en")[PurePath(entry["file"]).stem]
        for name, forces in entry["forces"].items():
            asked += 1
            right += [verb.force for verb in paragraphs[name].verbs] == forces
    assert asked > 140
    assert right / asked >= 0.97


@needs_shared
@pytest.mark.shared
def test_the_same_paragraph_asks_in_all_languages_or_in_none() -> None:
    asks: dict[tuple[str, str], Counter[bool]] = {}
    for language in LANGUAGES:
        for name, paragraphs in official_texts(language).items():
            for paragraph in paragraphs.values():
                if paragraph.kind == "operative" and paragraph.verbs:
                    asks.setdefault((name, paragraph.id), Counter())[any(v.force != "state" for v in paragraph.verbs)] += 1
    compared = [counted for counted in asks.values() if counted.total() >= 4]
    assert len(compared) > 1400
    assert sum(len(counted) > 1 for counted in compared) / len(compared) <= 0.005
