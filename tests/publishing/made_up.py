"""A resolution nobody adopted, with every construct that the written forms know, in each of the six languages."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import Any

from ploughshare.model.mandate import Evidence, Extraction, Mandate, Unread
from ploughshare.model.resolution import Footnote, Heading, Meeting, Paragraph, Report, Resolution, Step, Subject, Vote
from ploughshare.model.text import Anchor, Box, Line, Offsets, Place, Source, Span
from ploughshare.parsing.complete import complete

LANGUAGES = ("ar", "en", "es", "fr", "ru", "zh")
NOWHERE = Offsets((0,), (0,))

# Of each language: enacting words, a preambular and an operative opening, a word, its comma, colon and full stop.
_WORDS = {
    "ar": ("إن الجمعية العامة،", "إذ تشير إلى القرار 62/21", "تطلب إلى الأمين العام", "الجسر", "،", ":", "."),
    "en": (
        "The General Assembly,",
        "Recalling its resolution 62/21",
        "Requests the Secretary-General",
        "the bridge",
        ",",
        ":",
        ".",
    ),
    "es": ("La Asamblea General,", "Recordando su resolución 62/21", "Solicita al Secretario General", "el puente", ",", ":", "."),
    "fr": ("L’Assemblée générale,", "Rappelant sa résolution 62/21", "Prie le Secrétaire général", "le pont", ",", " :", "."),
    "ru": ("Генеральная Ассамблея,", "ссылаясь на свою резолюцию 62/21", "просит Генерального секретаря", "мост", ",", ":", "."),
    "zh": ("大会，", "回顾其第62/21号决议", "请秘书长", "桥梁", "，", "：", "。"),
}


def made_up(language: str = "en") -> Resolution:
    """Preamble with points, parts, headings, points in points, closing words, annexes, footnotes of all kinds, a vote."""
    enacting, recalling, requests, bridge, comma, colon, stop = _WORDS[language]

    def paragraph(name: str, number: str | None, text: str, *marks: tuple[int, str], closing: str = "") -> Paragraph:
        kind = (
            "annex"
            if name.startswith("annex")
            else "preambular"
            if "pp" in name.split(".")[0:2][-1] or name.startswith("pp")
            else "operative"
        )
        anchors = tuple(Anchor(position, mark) for position, mark in marks)
        return Paragraph(name, kind, number, text, NOWHERE, (), anchors, closing)  # type: ignore[arg-type]

    ask = f"{requests} {bridge}{stop}"
    introduction = f"{requests} {bridge}{colon}"
    paragraphs = (
        paragraph("pp1", None, f"{recalling}{comma}", (len(recalling), "1")),
        paragraph("pp2", None, f"{recalling}{colon}", closing=f"{bridge}{comma}"),
        paragraph("pp2.a", "a", f"{bridge}{comma}", (len(bridge), "2")),
        paragraph("pp2.b", "b", f"{bridge} & <{bridge}>{comma}"),
        paragraph("op1", "1", ask, (0, "*")),
        paragraph("op2", "2", introduction, (4, "1"), (len(introduction) + 1 + len(bridge), "3"), closing=f"{bridge}{stop}"),
        paragraph("op2.a", "a", f"{bridge}{colon}"),
        paragraph("op2.a.i", "i", f"{bridge};"),
        paragraph("op2.a.ii", "ii", f"{bridge};", (len(bridge), "*")),
        paragraph("op2.b", "b", f"{bridge}{stop}"),
        paragraph("op2-2", "2", ask),
        paragraph("op4", None, ask),
        paragraph("sA.pp1", None, f"{recalling}{comma}"),
        paragraph("sA.op1", "1", ask),
        paragraph("sA.op1.a", None, f"{bridge}{stop}"),
        paragraph("sB.op1", "1", ask),
        paragraph("sB.op2", "2", ""),
        paragraph("annex1.1", None, f"{bridge}{stop}", (0, "4")),
        paragraph("annex1.2", "1", f"{bridge}{stop}"),
        paragraph("annex2.1", None, f"{bridge}{stop}"),
    )
    notes = [
        ("1", "A/79/408, 62/21."),
        ("2", f"{bridge}{stop}"),
        ("*", "A/79/93."),
        ("3", "A/79/94."),
        ("*", "1 & 2 < 3"),
        ("4", "A/1."),
    ]
    notes += [("5", bridge), ("6", bridge), ("7", bridge), ("8", bridge), ("9", bridge)]
    headings = (
        Heading(bridge, "pp2", Span(0, 0), 2),
        Heading(bridge, "op2.b", Span(0, 0), 3),
        Heading(f"{bridge} I", "sA.pp1", Span(0, 0), 1),
        Heading(f"{bridge} A", "sA.pp1", Span(0, 0), 1, "A"),
        Heading("", "sB.op1", Span(0, 0), 1, "B"),
        Heading(bridge, "annex1.2", Span(0, 0), 2),
        Heading(bridge, None, Span(0, 0), 1),
    )
    states = (
        "Antigua and Barbuda",
        "Ardenia (on behalf of Belmark, Corvania and others)",
        "Bosnia and Herzegovina",
        "Dorland",
        "Yland and Zland",
    )
    steps = (
        Step("draftResolution", "2044-10-14", "A/C.1/99/L.61", states),
        Step("draftResolutionAdditionalSponsors", None, None, ("Trinidad and Tobago",)),
        Step("recommendedForAdoption", "2044-11-11", "A/99/409", (), "77"),
        Step("adopted", "2044-12-09", "A/99/PV.44 (Resumption 1)"),
    )
    subjects = (
        Subject("DISARMAMENT & <PEACE>", "http://metadata.un.org/thesaurus/1001290", "UNBIS Thesaurus"),
        Subject("Bridges (2044)", "", "DHLAUTH"),
    )
    return complete(
        Resolution(
            source=Source("made-up.txt", "0" * 64, "plain", "utf-8", 1),
            language=language,
            symbol="A/RES/99/902",
            body="GA",
            session=99,
            title=f"{bridge} & <{bridge}>",
            agenda_item="97 (zz)",
            agenda_title=f'{bridge} "{bridge}"',
            adopted="2044-12-09",
            distributed="2044-12-16",
            report=Report("A/99/409", 77, "GA-C1"),
            meeting=Meeting(44, resumed=True),
            enacting=enacting,
            paragraphs=paragraphs,
            footnotes=tuple(Footnote(mark, text, NOWHERE) for mark, text in notes),
            citations=(),
            headings=headings,
            annexes=(f"{bridge} I", f"{bridge} II"),
            loose_anchors=(("title", "5"), ("enacting", "6"), ("heading", "7"), ("closing", "8")),
            vote=Vote("adoptedRecordedVote", ("ARDENIA", "BELMARK"), (), ("CÔTE D’OR",), (2, None, 1)),
            sponsors=states,
            workflow=steps,
            subjects=subjects,
        )
    )


def bare() -> Resolution:
    """As little as a resolution can say."""
    full = made_up("en")
    one = Paragraph("op1", "operative", None, "Decides to meet.", NOWHERE)
    return complete(Resolution(full.source, "en", None, None, None, None, None, None, None, None, None, None, None, (one,), (), ()))


def asked(resolution: Resolution) -> Extraction:
    """What the made-up resolution might ask: each form of due date, details, every way a paragraph may be read."""
    dues: tuple[dict[str, Any] | None, ...] = (
        {"session": 100},
        {"sessions": [100, 101], "body": "HRC"},
        {"date": "2045-06-30"},
        {"year": 2045},
        {"years": [2045, 2047]},
        {"every": "year", "on": "09-26"},
        {"every": "2 years", "from": {"session": 99}},
        {"event": "RevCon-NPT-2045"},
        {"within": "30 days"},
        {"until": {"year": 2050}},
        None,
    )
    mandates = tuple(
        Mandate(
            f"{resolution.symbol}#op1!submit-report" + (f".{place}" if place > 1 else ""),
            "op1",
            "request",
            ("SG", "UNODA"),
            "submit-report",
            ("GA",),
            due,
            Evidence(Span(3, 9), "a-rule"),
            {"count": 3, "places": ["here", "there"], "subject": "bridges & <dams>"},
        )
        for place, due in enumerate(dues, 1)
    )
    return Extraction(mandates, ("op2", "op4"), (Unread("sA.op1", "no rule <reads> it"),))


def on_paper(resolution: Resolution) -> Resolution:
    """The same as if it had been read from a page."""
    lines = (Line(0, 5, Place(1, Box(10, 20, 30, 40))), Line(5, 400, Place(1, Box(10, 50.5, 30, 60))))
    return replace(resolution, lines=lines)


def said(resolution: Resolution) -> dict[str, Any]:
    """All that a resolution says: everything but where it was read."""

    def strip(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: strip(inner) for key, inner in value.items() if key not in ("offsets", "span")}
        return [strip(inner) for inner in value] if isinstance(value, list | tuple) else value

    fields = asdict(resolution)
    for name in ("source", "lines"):
        del fields[name]
    stripped: dict[str, Any] = strip(fields)
    return stripped
