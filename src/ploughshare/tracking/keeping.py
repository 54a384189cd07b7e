"""Documents into a library and out of it again, with all that follows from them: the verbs ``add`` and ``rebuild``."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from pathlib import Path

from ploughshare.library.library import Added, Library

from .settle import settled


def add(
    library: Library,
    paths: Iterable[str | Path],
    *,
    language: str | None = None,
    jobs: int = 1,
    told: Callable[[Added], None] | None = None,
) -> list[Added]:
    """Take files and folders of resolutions into a library: what became of each file, in the order of their names.

    What is in the library already changes nothing; a file that is none is told with the reason (``why``), and the others are
    in. ``told`` hears of each as soon as its original and its entry are on the disk.

    >>> import tempfile
    >>> text = "79/301. Ploughs\\n\\nThe General Assembly,\\n\\nRecalling its resolution 78/1 of 5 December 2023,\\n\\n"
    >>> text += "Requests the Secretary-General to report to it at its eightieth session."
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     _ = Path(folder, "ploughs.txt").write_text(text)
    ...     library = Library.open(Path(folder, "library"), create=True)
    ...     [(one.symbol, one.new) for one in add(library, [Path(folder, "ploughs.txt")])]
    [('A/RES/79/301', True)]
    """
    files = [file for path in paths for file in _files(Path(path))]
    found: list[Added] = []

    def tell(added: Added) -> None:
        found.append(added)
        if told:
            told(added)

    library.add([(file, file.name) for file in files], language=language, jobs=jobs, told=tell)
    settled(library)
    return found


def rebuild(folder: str | Path, *, jobs: int = 1, progress: Callable[[int, int], None] | None = None) -> Library:
    """The library of a folder with everything derived anew from its originals and its record; the same comes out.

    ``progress`` hears how many of how many entries are done. The old tables are used until the new ones are whole.
    """
    return settled(Library.rebuild(Path(folder), jobs=jobs, progress=progress))


def adrift(library: Library) -> list[tuple[str, str]]:
    """Acts of the record that name a mandate which the texts, as they are read now, do not hold: (act, mandate).

    Nothing is lost: the act stays, and answers again when a better reading finds the mandate. Until then a person should look.
    """
    settled(library)
    rows = library.database.rows(
        "SELECT act, undertaking FROM answer JOIN act ON act.id = answer.act "
        "LEFT JOIN undertaking ON undertaking.id = answer.undertaking WHERE entry IS NOT NULL AND withdrawn IS NULL "
        "AND undertaking.id IS NULL AND instr(answer.undertaking, '#') > 0 ORDER BY entry"
    )
    return [(act, mandate) for act, mandate in rows]


def _files(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    walked = sorted((Path(folder), sorted(names)) for folder, _, names in os.walk(path))
    return [folder / name for folder, names in walked for name in names if not name.startswith(".")]
