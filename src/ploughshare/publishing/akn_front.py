"""Resolution → the front matter of Akoma Ntoso: addresses, subjects, workflow, vote, mandates, cover.

Addresses are those of the UN's own files (``/akn/un/statement/deliberation/unga/2024-12-24/79-240/zho@``); the form of the
guidelines (``un-ga``) and the symbol are aliases. What is asked stands in ``analysis/otherAnalysis``, in a namespace of ours.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Any

from lxml import etree
from lxml.etree import _Element as Element

from ploughshare.lexicon.load import load
from ploughshare.model.mandate import Extraction
from ploughshare.model.resolution import Resolution, Step, Vote
from ploughshare.reading.akn_meta import OURS, split_names

from .wording import Wording

NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
UN_NAMESPACE = "http://un.org/akn4un"
#: Of the elements that say what a resolution asks.
MANDATES = "urn:ploughshare:mandates:1"
#: The UN's own placeholder for a date that is not known.
UNKNOWN_DATE = "0001-01-01"

_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ODD = re.compile(r"[^\w.()-]+")
_SIDES = ("inFavour", "against", "abstaining")


def safe(text: str) -> str:
    """The text without characters that no XML may hold."""
    return _ILLEGAL.sub("\ufffd", text) if _ILLEGAL.search(text) else text


def put(home: Element, name: str, attributes: Mapping[str, str] | None = None, /, **more: str) -> Element:
    """A new element at the end of another."""
    return etree.SubElement(home, f"{{{NAMESPACE}}}{name}", {**(attributes or {}), **more})


def address(resolution: Resolution, *, guideline: bool = False) -> str:
    """The address of the work, whatever the language: date of adoption, then the number with hyphens."""
    codes = load("akn")
    author = codes["guideline" if guideline else "authors"].get(resolution.body) or safe(resolution.body or "un").lower()
    return f"/akn/un/statement/deliberation/{author}/{resolution.adopted or UNKNOWN_DATE}/{_number(resolution)}"


def _number(resolution: Resolution) -> str:
    symbol = resolution.symbol or ""
    start = load("akn")["symbols"].get(resolution.body, "")
    printed = symbol[len(start) :] if start and symbol.startswith(start) else symbol
    return _ODD.sub("-", safe(printed)).strip("-") or "unnumbered"


def identification(home: Element, resolution: Resolution, component: str = "main") -> None:
    """What work, in which language, marked up by whom."""
    work = address(resolution)
    expression = f"{work}/{load('akn')['codes'].get(resolution.language, 'und')}@"
    adopted, issued = resolution.adopted or UNKNOWN_DATE, resolution.distributed or UNKNOWN_DATE
    author = f"#{safe(resolution.body or 'unknown')}"
    element = put(home, "identification", source=f"#{OURS}")
    level = put(element, "FRBRWork")
    put(level, "FRBRthis", value=f"{work}/!{component}")
    put(level, "FRBRuri", value=work)
    put(level, "FRBRalias", name="guideline", value=address(resolution, guideline=True))
    if resolution.symbol:
        put(level, "FRBRalias", name="symbol", value=safe(resolution.symbol))
    put(level, "FRBRdate", date=adopted, name="adoption")
    put(level, "FRBRauthor", {"href": author, "as": "#author"})
    put(level, "FRBRcountry", value="un")
    put(level, "FRBRnumber", value=_number(resolution), showAs=safe(resolution.symbol or ""))
    level = put(element, "FRBRExpression")
    put(level, "FRBRthis", value=f"{expression}/!{component}")
    put(level, "FRBRuri", value=expression)
    put(level, "FRBRdate", date=issued, name="publication")
    put(level, "FRBRauthor", {"href": author, "as": "#issuer"})
    put(level, "FRBRlanguage", language=load("akn")["codes"].get(resolution.language, "und"))
    level = put(element, "FRBRManifestation")
    put(level, "FRBRthis", value=f"{expression}/!{component}.xml")
    put(level, "FRBRuri", value=f"{expression}.xml")
    # When it was marked up is left unsaid, so that the same resolution gives the same bytes.
    put(level, "FRBRdate", date=UNKNOWN_DATE, name="markup")
    put(level, "FRBRauthor", {"href": f"#{OURS}", "as": "#editor"})


def meta(statement: Element, resolution: Resolution, extraction: Extraction | None, eid: Callable[[str], str]) -> Element:
    """The element ``meta`` of a document, in the order of the schema."""
    element = put(statement, "meta")
    identification(element, resolution)
    if resolution.subjects:
        classification = put(element, "classification", source="#un")
        for subject in resolution.subjects:
            label = safe(subject.label)
            keyword = put(classification, "keyword", value=label, showAs=label, dictionary=safe(subject.dictionary))
            if subject.address:
                keyword.set("href", safe(subject.address))
    _workflow(element, resolution)
    if resolution.vote or extraction:
        analysis = put(element, "analysis", source=f"#{OURS}")
        if resolution.vote:
            _vote(put(analysis, "parliamentary"), resolution.vote)
        if extraction:
            _mandates(put(analysis, "otherAnalysis", source=f"#{OURS}"), extraction, eid)
    _references(element, resolution)
    return element


def _workflow(home: Element, resolution: Resolution) -> None:
    names = load("akn")["steps"]
    steps = list(resolution.workflow)
    drafts = [step for step in steps if step.outcome == names["draft"]]
    if resolution.sponsors != (drafts[-1].by if drafts else ()):
        steps.append(Step(names["sponsors"], by=resolution.sponsors))
    if not steps:
        return
    workflow = put(home, "workflow", source="#un")
    for step in steps:
        element = put(workflow, "step", date=step.date or UNKNOWN_DATE, outcome=safe(step.outcome), by=_names(step.by))
        if step.document:
            element.set("as", safe(step.document))
        if step.refers_to:
            element.set("refersTo", safe(step.refers_to))


def _names(names: tuple[str, ...]) -> str:
    """Names in one attribute, as the UN writes them; with semicolons where they could not be told apart again."""
    plain = safe(", ".join(names))
    return plain if split_names(plain) == names else safe("; ".join(names)) + ";"


def _vote(home: Element, vote: Vote) -> None:
    voting = put(home, "voting", outcome=safe(vote.outcome), eId="voting_1")
    for side, names, count in zip(_SIDES, (vote.in_favour, vote.against, vote.abstaining), vote.counts, strict=True):
        if not names and count is None:
            continue
        element = put(voting, "count", value="" if count is None else str(count), refersTo=f"#{side}", eId=f"voting_1__{side}")
        if names:
            voters = etree.SubElement(element, f"{{{UN_NAMESPACE}}}voters")
            for name in names:
                put(voters, "organization", refersTo="#memberState").text = safe(name)
    if not len(voting):
        put(voting, "quorum", value="", eId="voting_1__quorum")


def _mandates(home: Element, extraction: Extraction, eid: Callable[[str], str]) -> None:
    """What is asked: addressees and recipients by code, the due date and details as JSON, the rule that read it."""

    def add(parent: Element, element: str, /, **attributes: str) -> Element:
        return etree.SubElement(parent, f"{{{MANDATES}}}{element}", {key: safe(value) for key, value in attributes.items()})

    root = etree.SubElement(home, f"{{{MANDATES}}}mandates", nsmap={"mandates": MANDATES})
    for mandate in extraction.mandates:
        paragraph = f"#{eid(mandate.paragraph)}"
        element = add(root, "mandate", id=mandate.id, paragraph=paragraph, force=mandate.force, action=mandate.action)
        for code in mandate.addressees:
            add(element, "addressee", code=code)
        for code in mandate.recipients:
            add(element, "recipient", code=code)
        if mandate.due is not None:
            add(element, "due").text = _json(mandate.due)
        for name, value in mandate.details.items():
            add(element, "detail", name=name).text = _json(value)
        span = mandate.evidence.span
        add(element, "evidence", rule=mandate.evidence.rule, start=str(span.start), stop=str(span.stop))
    for silent in extraction.no_mandate:
        add(root, "noMandate", paragraph=f"#{eid(silent)}")
    for unread in extraction.unread:
        add(root, "unread", paragraph=f"#{eid(unread.paragraph)}", why=unread.why)


def _json(value: Any) -> str:
    return safe(json.dumps(value, ensure_ascii=False, default=dict))


def _references(home: Element, resolution: Resolution) -> None:
    references = put(home, "references", source=f"#{OURS}")
    put(references, "TLCOrganization", eId=OURS, href="/akn/ontology/organization/ploughshare", showAs="Ploughshare")
    put(references, "TLCOrganization", eId="un", href="/akn/ontology/organization/un", showAs="United Nations")
    body = safe(resolution.body or "unknown")
    organization = f"/akn/ontology/organization/un/{_ODD.sub('-', body)}"
    put(references, "TLCOrganization", eId="_".join(body.split()), href=organization, showAs=body)
    for role in ("author", "issuer", "editor"):
        put(references, "TLCRole", eId=role, href=f"/akn/ontology/role/un/{role}", showAs=role)
    for concept in ("symbol", "dateOfIssuance", "adoptionDate", "adoptionMeeting", "resolutionTitle", "memberState", *_SIDES):
        put(references, "TLCConcept", eId=concept, href=f"/akn/ontology/concept/un/{concept}", showAs=concept)
    for force in sorted({verb.force for paragraph in resolution.paragraphs for verb in paragraph.verbs}):
        put(references, "TLCConcept", eId=f"force_{force}", href=f"/akn/ontology/concept/un/force/{force}", showAs=force)


def cover(statement: Element, resolution: Resolution) -> Element | None:
    """What is printed before the paragraphs; gives the element of the title, for its footnotes."""
    labels = load("publishing", resolution.language)["labels"]
    page = etree.Element(f"{{{NAMESPACE}}}coverPage")

    def line(name: str, text: str, attributes: Mapping[str, str] | None = None) -> Element:
        element = put(put(page, "p"), name, attributes)
        element.text = safe(text)
        return element

    if resolution.symbol:
        line("docNumber", resolution.symbol, {"refersTo": "#symbol"})
    if resolution.distributed:
        line(
            "docDate",
            Wording(resolution.language).date(resolution.distributed),
            {"date": resolution.distributed, "refersTo": "#dateOfIssuance"},
        )
    if resolution.session is not None:
        line("session", f"{labels['session']} {resolution.session}", {"value": str(resolution.session)})
    if resolution.agenda_item:
        item = safe(resolution.agenda_item)
        line("inline", f"{labels['agenda_item']} {item}", {"name": "agenda item", "title": item})
    if resolution.agenda_title:
        line("inline", resolution.agenda_title, {"name": "agenda item name"})
    report = resolution.report
    if report:
        committees = {code: name for name, code in load("akn")["committees"].items()}
        committee = safe(report.committee or "noMainCommittee")
        proponent = line("docProponent", "", {"refersTo": "#" + "-".join(committees.get(committee, committee).split())})
        if report.symbol:
            put(proponent, "inline", name="originating document").text = safe(report.symbol)
        if report.paragraph is not None:
            number = put(proponent, "inline", name="paragraph", title=str(report.paragraph))
            number.text = f" {labels['paragraph_short']} {report.paragraph}"
    if len(page):
        statement.append(page)
    if resolution.title is None:
        return None
    title = put(put(put(statement, "preface"), "p"), "docTitle", refersTo="#resolutionTitle")
    title.text = safe(resolution.title)
    return title
