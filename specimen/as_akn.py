"""Specimen → Akoma Ntoso, in the shape of the files that the United Nations publish.

Their ways are kept: identifiers that do not follow the printed numbers, a tab before the words, empty elements written in full,
a placeholder date in the workflow, and in some languages inner lists beside the point that they belong to, or headings
without sections.
"""

from __future__ import annotations

import re
import tomllib
from html import escape

from .content import HERE, Item, Run, Runs, Specimen, bare, template

_VERB = {"ar": "bold italic", "zh": "bold"}
#: What a mention links to, whatever the language writes around it; as in the official files the letter of "55/33 D" is left out.
_LINKS = (
    (r"\b(?:A|NPT)/[\w./]*\d(?: \((?:Parts?|Vol\.) [IVX and]+\))?", "{}"),
    (r"(?<!\w)\w{1,2}-10/2\b", "A/RES/S-10/2"),
    (r"\b9[5-8]/3\d\d\b|\b55/33\b|\b50/245\b", "A/RES/{}"),
    (r"\b98/571\b|\b34/401\b", "A/DEC/{}"),
    (r"\b2373 ?\([^)]+\)", "A/RES/2373(XXII)"),
    (r"\b1540 ?\(2004\)", "S/RES/1540(2004)"),
    (r"\b33/10\b|\b45/8\b", "A/HRC/RES/{}"),
    (r"\b2018/5\b", "E/RES/{}"),
)
_MENTION = re.compile("|".join(f"({pattern})" for pattern, _ in _LINKS))
_NAMESPACES = (
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
    'xsi:schemaLocation="http://docs.oasis-open.org/legaldocml/ns/akn/3.0 '
    'http://docs.oasis-open.org/legaldocml/akn-core/v1.0/os/part2-specs/schemas/akomantoso30.xsd" '
    'xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0" xmlns:html="http://www.w3.org/1999/xhtml" xmlns:akn4un="http://un.org/akn4un"'
)
_WORK = "/akn/un/statement/deliberation/unga/2044-12-09/99-901"
#: Languages whose files put an inner list beside its point, not into it.
_BESIDE = ("en", "ru", "zh")
#: Languages whose files have no sections.
_UNDIVIDED = ("ar", "es")


def write(specimen: Specimen) -> bytes:
    """The file of one language."""
    return "\n".join((*_opening(specimen), *_cover(specimen), *_preamble(specimen), *_main(specimen), *_end(specimen), "")).encode()


def _opening(specimen: Specimen) -> list[str]:
    record = tomllib.loads((HERE / "source" / "record.toml").read_text(encoding="utf-8"))
    keywords = [
        f'        <keyword value="{name}" href="http://metadata.un.org/thesaurus/{number}" '
        f'showAs="{name}" dictionary="UNBIS Thesaurus"></keyword>'
        for name, number in record["subjects"].items()
    ]
    agenda = record["agenda"]
    keywords.append(
        f'        <keyword refersTo="agenda" value="{agenda["value"]}" showAs="{agenda["title"]}" '
        f'shortForm="{agenda["heading"]}" dictionary="{agenda["document"]}"></keyword>'
    )
    steps = []
    for step in record["step"]:
        document = f'as="{step["document"]}" ' if "document" in step else ""
        refers = f'refersTo="{step["refers_to"]}" ' if "refers_to" in step else ""
        steps.append(
            f'        <step date="{step["date"]}" outcome="{step["outcome"]}" {document}by="{step.get("by", "")}" {refers}/>'
        )
    counts: list[str] = []
    for side, names in record["votes"].items():
        counts += [f'            <count value="{len(names)}" refersTo="{side}">', "              <akn4un:voters>"]
        counts += [f'                <organization refersTo="memberState">{name}</organization>' for name in names]
        counts += ["              </akn4un:voters>", "            </count>"]
    references = []
    for element, entries in record["references"].items():
        for entry in entries:
            attributes = " ".join(f'{name}="{value}"' for name, value in entry.items())
            references.append(f"        <{element} {attributes}></{element}>")
    return [
        f"<akomaNtoso {_NAMESPACES}>",
        f"  <!--{bare(specimen.notes['1'])}-->",
        '  <statement name="resolution">',
        "    <meta>",
        *_identification("      ", "!main", f"{_WORK}/{specimen.iso}@"),
        '      <classification source="DHLAUTH">',
        *keywords,
        "      </classification>",
        '      <workflow source="#un">',
        *steps,
        "      </workflow>",
        '      <analysis source="#un">',
        "        <parliamentary>",
        '          <voting outcome="adoptedRecordedVote">',
        *counts,
        "          </voting>",
        "        </parliamentary>",
        "      </analysis>",
        '      <references source="#DGACM">',
        *references,
        "      </references>",
        '      <presentation source="#un">',
        "        <akn4un:footerFirstPage>",
        "          <akn4un:footerFirstPageLeft>",
        "            <akn4un:internalCode>",
        f'              <docketNumber refersTo="#publicationJobNumber">{specimen.cover["job"]}</docketNumber>',
        '              <img alt="bar code" class="barCode" src=""></img>',
        "            </akn4un:internalCode>",
        "          </akn4un:footerFirstPageLeft>",
        "        </akn4un:footerFirstPage>",
        "      </presentation>",
        "    </meta>",
    ]


def _identification(blank: str, part: str, expression: str) -> list[str]:
    lines = ['<identification source="#DGACM">']
    for name, this, uri, date, kind, author, role in (
        ("FRBRWork", f"{_WORK}/{part}/", f"{_WORK}/", "2044-12-09", "adoption", "ga", "author"),
        ("FRBRExpression", f"{expression}{part}/", f"{expression}/", "2044-12-16", "publication", "ga", "issuer"),
        ("FRBRManifestation", f"{expression}/{part}.xml", f"{expression}.xml", "2045-01-09", "markup", "DGACM", "editor"),
    ):
        lines += [
            f"  <{name}>",
            f'    <FRBRthis value="{this}"></FRBRthis>',
            f'    <FRBRuri value="{uri}"></FRBRuri>',
            f'    <FRBRdate date="{date}" name="{kind}"></FRBRdate>',
            f'    <FRBRauthor href="{author}" as="{role}"></FRBRauthor>',
        ]
        if name == "FRBRWork":
            lines.append('    <FRBRcountry value="un"></FRBRcountry>')
        if name == "FRBRExpression":
            lines.append(f'    <FRBRlanguage language="{expression.rsplit("/", 1)[1].rstrip("@")}"></FRBRlanguage>')
        lines.append(f"  </{name}>")
    return [blank + line for line in (*lines, "</identification>")]


def _cover(specimen: Specimen) -> list[str]:
    cover = {name: escape(text, quote=False) for name, text in specimen.cover.items()}
    report = re.sub(r"A/99/409[^)]*", lambda found: f'<inline name="originating document">{found[0]}</inline>', cover["report"])
    item = re.search(r"97 ?\(?[^) ]+(?: [^) ]+)?\)", cover["item"])
    assert item is not None
    return template("cover.xml").substitute(cover, short_item=item[0], linked_report=report).rstrip("\n").split("\n")


def _set(pieces: Runs, specimen: Specimen) -> str:
    return "".join(_run(run, specimen) for run in pieces)


def _run(run: Run, specimen: Specimen) -> str:
    if run.style == "note":
        words = _set(specimen.notes[run.text], specimen)
        blank = "\t()\t" if specimen.language == "ar" else "\t\t"
        note = (
            f'<authorialNote marker="{run.text}" placement="bottom" eId="authorialNote_{run.text}">'
            f'<p xml:space="preserve">{blank}{words}</p></authorialNote>'
        )
        return f"<sup>(</sup>{note}<sup>)</sup>" if specimen.language == "ar" else note
    words = _MENTION.sub(lambda found: _link(found, specimen.language), escape(run.text, quote=False))
    if run.style == "verb":
        return f'<span class="{_VERB.get(specimen.language, "italic")}">{words}</span>'
    if run.style == "italic":
        return f'<span class="italic">{words}</span>'
    return words


def _link(found: re.Match[str], language: str) -> str:
    target = _LINKS[int(found.lastindex or 1) - 1][1].format(found[0])
    return f'<a href="https://undocs.org/{language}/{target.replace(" ", "%20")}">{found[0]}</a>'


def _words(pieces: Runs, specimen: Specimen) -> str:
    return f'<p xml:space="preserve">\t{_set(pieces, specimen)}</p>'


def _preamble(specimen: Specimen) -> list[str]:
    lines = [
        "    <preface>",
        "      <p>",
        f"        <docNumber>{specimen.cover['number']}</docNumber>",
        '        <docTitle refersTo="#resolutionTitle">',
        f'          <span class="bold">\t{_set(specimen.title, specimen)}</span>',
        "        </docTitle>",
        "      </p>",
        "    </preface>",
        "    <preamble>",
    ]
    for place, item in enumerate(specimen.of_kind("enacting", "preambular"), 1):
        if item.kind == "enacting":
            lines += [
                '      <formula name="enactingFormula" eId="formula_1">',
                f"        {_words(item.runs, specimen)}",
                "      </formula>",
            ]
        else:
            lines += [
                f'      <container name="{item.runs[0].text}" eId="container_{place}">',
                f"        {_words(item.runs, specimen)}",
                "      </container>",
            ]
    return [*lines, "    </preamble>"]


def _main(specimen: Specimen) -> list[str]:
    lines = ["    <mainBody>"]
    items = [item for item in specimen.items if item.kind in ("operative", "closing") or item.id.startswith("heading ")]
    place, opened = 0, False
    while place < len(items):
        item = items[place]
        # The official files count paragraphs of the preamble and lists too, so the number is never the printed one.
        eid = f"para_{place + 18}"
        if item.kind == "heading":
            lines += _heading(item, place, specimen, opened=opened)
            opened = specimen.language not in _UNDIVIDED
            place += 1
            continue
        rest = place + 1
        while rest < len(items) and (items[rest].level or items[rest].kind == "closing"):
            rest += 1
        lines += [f'      <paragraph eId="{eid}" class="SingleTxt">', f"        <num>{item.number}</num>"]
        if rest == place + 1:
            lines += _content("        ", item, f"{eid}__content", specimen)
        else:
            lines += _list("        ", items[place:rest], f"{eid}_list", specimen)
        lines.append("      </paragraph>")
        place = rest
    return [*lines, *(["      </section>"] if opened else []), "    </mainBody>"]


def _heading(item: Item, place: int, specimen: Specimen, *, opened: bool) -> list[str]:
    """A heading begins a section; in some languages it is a block between the paragraphs."""
    words = _set(item.runs, specimen)
    if specimen.language in _UNDIVIDED:
        return [f'      <p class="H1">{words}</p>']
    return [*(["      </section>"] if opened else []), f'      <section eId="sec_{place}">', f"        <heading>{words}</heading>"]


def _content(blank: str, item: Item, eid: str, specimen: Specimen) -> list[str]:
    return [f'{blank}<content eId="{eid}">', f"{blank}  {_words(item.runs, specimen)}", f"{blank}</content>"]


def _list(blank: str, items: list[Item], eid: str, specimen: Specimen) -> list[str]:
    """A paragraph with its points: the introduction, the points and what follows them."""
    intro, *points = items
    lines = [
        f'{blank}<list eId="{eid}">',
        f'{blank}  <intro eId="{eid}_intro">',
        f"{blank}    {_words(intro.runs, specimen)}",
        f"{blank}  </intro>",
    ]
    lines += _points(blank + "  ", [point for point in points if point.kind != "closing"], eid, specimen)
    for closing in (point for point in points if point.kind == "closing"):
        lines += [f'{blank}  <wrapUp eId="{eid}_wrapUp">', f"{blank}    {_words(closing.runs, specimen)}", f"{blank}  </wrapUp>"]
    return [*lines, f"{blank}</list>"]


def _points(blank: str, points: list[Item], eid: str, specimen: Specimen) -> list[str]:
    lines: list[str] = []
    level = points[0].level
    for place, point in enumerate(points):
        if point.level > level:
            continue
        inner: list[Item] = []
        for later in points[place + 1 :]:
            if later.level == level:
                break
            inner.append(later)
        name = f"{eid}_point_{point.id.rsplit('.', 1)[1]}"
        lines += [f'{blank}<point eId="{name}">', f"{blank}  <num>{point.number}</num>"]
        if not inner:
            lines += [*_content(blank + "  ", point, f"{name}_content", specimen), f"{blank}</point>"]
        elif specimen.language in _BESIDE:
            lines += [
                *_content(blank + "  ", point, f"{name}_content", specimen),
                f"{blank}</point>",
                f'{blank}<sublist eId="{name}_sublist">',
            ]
            lines += [*_points(blank + "  ", inner, f"{name}_sublist", specimen), f"{blank}</sublist>"]
        else:
            lines += [*_list(blank + "  ", [point, *inner], f"{name}_list", specimen), f"{blank}</point>"]
    return lines


def _end(specimen: Specimen) -> list[str]:
    cover = specimen.cover
    annex = [item for item in specimen.items if item.id.startswith("annex1")]
    lines = [
        '    <conclusions eId="conclusions">',
        "      <p>",
        '        <event refersTo="#adoption">',
        f'          <location title="44" refersTo="#adoptionMeeting">{cover["meeting"]}</location>',
        "          <eol />",
        f'          <docDate date="2044-12-09" refersTo="#adoptionDate">{cover["adopted"]}</docDate>',
        "        </event>",
        "      </p>",
        "    </conclusions>",
        "    <attachments>",
        '      <attachment eId="attachment_1">',
        f"        <heading>{_set(annex[0].runs, specimen)}</heading>",
        '        <doc name="annex">',
        "          <meta>",
        *_identification("            ", "annex_1", f"{_WORK}/{specimen.iso}@"),
        "          </meta>",
        "          <preface>",
        f"            <p><docTitle>{_set(annex[1].runs, specimen)}</docTitle></p>",
        "          </preface>",
        "          <mainBody>",
    ]
    for item in annex[2:]:
        lines += [f'            <paragraph eId="{item.id.replace(".", "_para_")}">', f"              <num>{item.number}</num>"]
        lines += [
            *_content("              ", item, f"{item.id.replace('.', '_para_')}__content", specimen),
            "            </paragraph>",
        ]
    return [
        *lines,
        "          </mainBody>",
        "        </doc>",
        "      </attachment>",
        "    </attachments>",
        "  </statement>",
        "</akomaNtoso>",
    ]
