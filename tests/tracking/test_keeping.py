"""Documents in, everything derived anew, and acts whose mandate is gone."""

from pathlib import Path

from ploughshare.library.entries import ActBody
from ploughshare.library.library import Added, Library
from ploughshare.tracking import acts
from ploughshare.tracking.keeping import add, adrift, rebuild

from ..made_up import shelve, text

MEETINGS = "Requests the Secretary-General to hold three meetings in Geneva;"


def test_folders_are_walked_in_the_order_of_names(tmp_path: Path) -> None:
    source = tmp_path / "source"
    (source / "deep").mkdir(parents=True)
    (source / "b.txt").write_text(text("79/302", "Shares", MEETINGS))
    (source / "deep" / "a.txt").write_text(text("79/301", "Ploughs", MEETINGS))
    (source / ".hidden").write_text("nothing")
    heard: list[Added] = []
    library = Library.open(tmp_path / "library", create=True)
    found = add(library, [source], told=heard.append)
    assert [(one.name, one.symbol, one.new) for one in found] == [("b.txt", "A/RES/79/302", True), ("a.txt", "A/RES/79/301", True)]
    assert heard == found


def test_an_act_whose_mandate_a_better_reading_took_away_is_told(tmp_path: Path) -> None:
    library = shelve(tmp_path, text("79/301", "Ploughs", f"1. {MEETINGS}"))
    act = acts.record(library, ActBody("meeting-held", "2025-03-10", ("A/RES/79/301#op1!convene",)))
    assert adrift(library) == []
    # A document of a better format comes in, and its text says something else.
    page = tmp_path / "better.html"
    page.write_text(
        "<html><body><p>A/RES/79/301</p><p>79/301. Ploughs</p><p>The General Assembly,</p><p>Recalling its resolution 78/1,</p>"
        "<p>1. Requests the Secretary-General to publish a handbook.</p></body></html>"
    )
    assert [one.why for one in add(library, [page])] == [None]
    assert adrift(library) == [(act, "A/RES/79/301#op1!convene")]
    library.close()
    assert adrift(rebuild(library.folder)) == [(act, "A/RES/79/301#op1!convene")]
