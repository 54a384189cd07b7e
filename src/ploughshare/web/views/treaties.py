"""The treaties, and one of them: who joined, a map of tiles by regional group, and when it enters into force."""

from __future__ import annotations

from ploughshare.errors import UnknownError
from ploughshare.model.treaty import TreatyStanding
from ploughshare.publishing.standing import treaty_in_short, treaty_to_json
from ploughshare.tracking.states import folded
from ploughshare.tracking.terms import all_terms, terms_of
from ploughshare.tracking.treaties import by_group, names
from ploughshare.tracking.treaties import treaty as treaty_of

from ..page import MissingError, Page, Visit
from ..pictures import tiles


def treaties(visit: Visit) -> Page:
    """All treaties."""
    _ = visit.tongue
    found = [standing_of(visit, code) for code in all_terms()]
    short = [treaty_in_short(each) for each in found]
    columns = ("code", "title", "opened", "in_force", "signatories", "parties", "data_to")
    return Page(
        "treaties",
        "treaties",
        _("Treaties"),
        {"treaties": found},
        lambda: short,
        lambda: (columns, [[one[column] for column in columns] for one in short]),
        under="treaties",
    )


def treaty(visit: Visit, code: str) -> Page:
    """One treaty."""
    _ = visit.tongue
    try:
        terms = terms_of(code)
    except UnknownError:
        known = [(each, f"treaties/{each}") for each in all_terms()]
        raise MissingError(_("No treaty has this code."), known) from None
    if terms.code != code:
        raise MissingError(_("No treaty has this code."), [(terms.code, f"treaties/{terms.code}")])
    found = standing_of(visit, code)
    places = {"party": _("party"), "signatory": _("signed, not joined"), "outside": _("neither signed nor joined")}
    groups = []
    for group, members in by_group(found.states).items():
        name = _.standing["groups"].get(group, _.standing["labels"]["no_group"])
        count = sum(each.place == "party" for each in members)
        ordered = sorted(members, key=lambda each: folded(each.state.name(visit.language)))
        said = [(each.state.iso3, f"{each.state.name(visit.language)}: {places[each.place]}", each.place) for each in ordered]
        groups.append((name, count, len(members), said))
    data = treaty_to_json(found)
    return Page(
        "treaty",
        f"treaties/{code}",
        f"{code}: {terms.title}",
        {
            "found": found,
            "terms": terms,
            "groups": groups,
            "picture": tiles([(f"{name}  {count} / {total}", said) for name, count, total, said in groups]),
            "places": places,
            "missing": names(found.force.missing, visit.language) if found.force else [],
            "rows": sorted(found.states, key=lambda each: folded(each.state.name(visit.language))),
            "beyond": visit.day > terms.data_to,
        },
        lambda: data,
        lambda: (
            ("iso3", "name", "group", "place", "signed", "joined", "action", "in_force", "left"),
            [
                (
                    each.state.iso3,
                    each.state.name(visit.language),
                    each.state.group,
                    each.place,
                    each.signed,
                    each.joined and each.joined.date,
                    each.joined and each.joined.kind,
                    each.in_force,
                    each.left,
                )
                for each in found.states
            ],
        ),
        under="treaties",
    )


def standing_of(visit: Visit, code: str) -> TreatyStanding:
    """A treaty on the day of the visit."""
    found: TreatyStanding = visit.keep(f"treaty {code}", lambda: treaty_of(code, visit.day, visit.library.folder))
    return found
