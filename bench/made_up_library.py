"""A library of made-up resolutions: subjects that come back session after session, each text recalling those before it.

Written as Akoma Ntoso, in the shape of our own files; as long as resolutions of the First Committee are on average.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from ploughshare.flow import read_mandates
from ploughshare.publishing.akn import to_akn

FIRST, LAST = 31, 80
THINGS = [
    "ploughs",
    "shares",
    "wells",
    "bridges",
    "harbours",
    "seeds",
    "looms",
    "kilns",
    "orchards",
    "mills",
    "ferries",
    "granaries",
    "lanterns",
    "anvils",
    "barrels",
]
MANNERS = ["safe", "early", "common", "lasting", "open", "regional", "shared", "careful", "public", "yearly"]
PREAMBLE = (
    "Bearing in mind that every {a} village has its own {b}, and that what is kept in good order serves longer,",
    "Noting with appreciation the work of those who turn old {b} into new ones, often without being asked to,",
    "Convinced that {a} use of {b} needs the trust of all who live near them, and time,",
    "Recognizing that small States have few people to keep account of their {b}, and that help is welcome,",
    "Welcoming the meetings held on {b} in three regions in the past year, in which many took part,",
    "Stressing that nobody should be hurt by {b} that were given up, stored or forgotten,",
)
OPERATIVE = (
    "Calls upon all States to keep an account of their {b}, and to make it public;",
    "Invites Member States to communicate to the Secretary-General their views on the {a} use of {b};",
    "Encourages States in a position to do so to provide assistance to others for the upkeep of their {b};",
    "Welcomes the progress made in the {a} exchange of {b}, and takes note of what remains;",
    "Urges States that have not yet done so to adopt national laws on {b};",
    "Requests the Secretary-General to convene two meetings in Geneva on {b};",
    "Stresses that {b} belong to those who use them;",
    "Reaffirms that {a} agreement on {b} is the best way;",
)


def ordinal(session: int) -> str:
    """The number of a session in words."""
    ones = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"]
    tens = {3: "thirt", 4: "fort", 5: "fift", 6: "sixt", 7: "sevent", 8: "eight"}
    ten, one = divmod(session, 10)
    return f"{tens[ten]}ieth" if not one else f"{tens[ten]}y-{ones[one - 1]}"


def documents(count: int) -> Iterator[tuple[str, bytes]]:
    """So many resolutions: (name, Akoma Ntoso)."""
    subjects = -(-count // (LAST - FIRST + 1))
    chance = random.Random(20)
    written = 0
    for subject in range(subjects):
        thing, manner = THINGS[subject % len(THINGS)], MANNERS[subject // len(THINGS) % len(MANNERS)]
        title = f"{manner.capitalize()} use of {thing}: question {subject + 1}"
        for session in range(FIRST, LAST + 1):
            if written == count:
                return
            written += 1
            words = _text(session, subject + 1, title, thing, manner, chance)
            reading = read_mandates(words.encode(), "made up")
            yield f"A_RES_{session}_{subject + 1}.xml", to_akn(reading.resolution, reading.extraction)


def _text(session: int, number: int, title: str, thing: str, manner: str, chance: random.Random) -> str:
    def filled(pool: tuple[str, ...], least: int) -> list[str]:
        return [sentence.format(a=manner, b=thing) for sentence in chance.sample(pool, chance.randint(least, len(pool)))]

    day = date(1945 + session, 12, 2 + number % 20)
    adopted = f"{day.day} December {day.year}"
    recalled = ", ".join(f"{n}/{number} of {day.day} December {1945 + n}" for n in range(max(FIRST, session - 6), session))
    preamble = [f"Recalling its resolutions {recalled},"] if recalled else []
    if session > FIRST:
        preamble.append(
            f"Taking note of the report of the Secretary-General submitted pursuant to resolution {session - 1}/{number},¹"
        )
    following = ordinal(session + 1)
    operative = [
        *filled(OPERATIVE, 5),
        f"Requests the Secretary-General to submit to the General Assembly at its {following} session a report on {thing};",
        f"Decides to include in the provisional agenda of its {following} session, under the item entitled “Things in use”, "
        f"the sub-item entitled “{title}”.",
    ]
    note = f"¹ A/{session}/{number + 100}.\n\n" if session > FIRST else ""
    paragraphs = "\n\n".join([*preamble, *filled(PREAMBLE, 4)])
    numbered = "\n\n".join(f"{n}. {words}" for n, words in enumerate(operative, 1))
    return (
        f"United Nations\n\nA/RES/{session}/{number}\n\nGeneral Assembly\n\n{ordinal(session).capitalize()} session\n\n"
        f"Agenda item 9 (a)\n\nThings in use: {title[0].lower()}{title[1:]}\n\n"
        f"Resolution adopted by the General Assembly on {adopted}\n\n"
        f"[on the report of the First Committee (A/{session}/9, para. 7)]\n\n{session}/{number}. {title}\n\n"
        f"The General Assembly,\n\n{paragraphs}\n\n{numbered}\n\n{note}9th plenary meeting\n\n{adopted}\n"
    )


def write(folder: Path, count: int) -> None:
    """The documents as files."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in documents(count):
        (folder / name).write_bytes(data)
