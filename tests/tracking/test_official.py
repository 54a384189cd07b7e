"""Official resolutions of six sessions: statuses, links and agendas that were checked by reading, and figures over all."""

import json
import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from ploughshare.library.library import Added, Library
from ploughshare.tracking.agenda import Agenda, agenda
from ploughshare.tracking.readout import agenda_keys
from ploughshare.tracking.series import title_key
from ploughshare.tracking.standing import status
from ploughshare.tracking.symbols import place_of

from ..shared import SHARED, needs_shared

pytestmark = needs_shared

OFFICIAL = SHARED / "corpus" / "official"
CHECKED = tomllib.loads((Path(__file__).parent / "official.toml").read_text("utf-8"))
ON: date = CHECKED["on"]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    library = Library.open(tmp_path_factory.mktemp("official") / "library", create=True)
    files = [(path, f"{path.parent.name}/{path.name}") for path in sorted((OFFICIAL / "akn").glob("*/*.xml"))]
    told: list[Added] = []
    library.add(files, jobs=2, told=told.append)
    assert [added.why for added in told if added.why] == []
    yield library
    library.close()


def test_statuses_are_those_that_reading_finds(library: Library) -> None:
    found = {}
    for standing in status(library, None, ON):
        asked, told = standing.undertaking, standing.status
        if asked.id in CHECKED["statuses"]:
            anew = [reason.values["by"] for reason in told.reasons if reason.name == "anew"]
            found[asked.id] = [told.state, told.acts[-1].id if told.acts else anew[0] if anew else ""]
    assert len(CHECKED["statuses"]) >= 60
    assert found == CHECKED["statuses"]


def test_every_act_that_is_read_out_of_a_text_was_read_by_a_person(library: Library) -> None:
    status(library, None, ON)
    read = library.database.rows("SELECT id, body FROM act WHERE entry IS NULL")
    assert {identifier: sorted(json.loads(body)["answers"]) for identifier, body in read} == {
        identifier: sorted(answers) for identifier, answers in CHECKED["links"].items()
    }


def test_dated_mandates_of_past_sessions_have_a_status(library: Library) -> None:
    states = [
        standing.status.state
        for standing in status(library, None, ON)
        if standing.undertaking.due and (place := place_of(standing.undertaking.symbol)) and 75 <= place.session <= 78
    ]
    assert len(states) > 100
    assert sum(state != "unknown" for state in states) >= 0.9 * len(states)


def lines(found: Agenda) -> dict[str, str]:
    """Paragraph → the title it ordered."""
    told = {paragraph: item.title for item in found.items for paragraph in item.ordered_by}
    return told | {paragraph: line.title for item in found.items for line in item.subitems for paragraph in line.ordered_by}


@pytest.mark.parametrize("session", sorted(CHECKED["agenda"]))
def test_an_agenda_holds_what_was_ordered_for_it_under_its_title(library: Library, session: str) -> None:
    found = agenda(library, int(session), language="en", on=ON)
    assert sorted(lines(found)) == CHECKED["agenda"][session]
    assert found.unnamed == ()
    for paragraph, title in lines(found).items():
        symbol, _, identifier = paragraph.partition("#")
        words = library.database.value(
            "SELECT words FROM paragraph JOIN text ON text.id = paragraph.text WHERE symbol = ? AND paragraph.id = ? "
            "AND language = 'en'",
            (symbol, identifier),
        )
        assert title_key(title) in title_key(words)


def test_the_items_of_session_80_are_those_under_which_it_adopted_resolutions(library: Library) -> None:
    really = set()
    for line in (OFFICIAL / "metadata" / "80.jsonl").read_text("utf-8").splitlines():
        adopted = json.loads(line)
        really |= agenda_keys(adopted["agenda_item_name"], adopted["title"])
    found = lines(agenda(library, 80, language="en", on=ON))
    # Ordered, and no resolution was adopted under them.
    assert {paragraph for paragraph, title in found.items() if title_key(title) not in really} == {
        "A/RES/79/22#op6",
        "A/RES/79/238#op11",
    }
