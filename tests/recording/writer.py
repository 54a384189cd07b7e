"""A process that writes to a record until it is stopped; it says each index only once ``add`` has returned.

``python -m tests.recording.writer FOLDER NAME COUNT [BYTES]``: entries by the author anna, a checkpoint now and then; with
BYTES, no file may grow past that size, as on a full disk.
"""

import resource
import sys
from pathlib import Path

from ploughshare.errors import RecordError
from ploughshare.recording.store import Record
from tests.recording.made_up import ANNA, LOG


def say(line: str) -> None:
    """A line that is out at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main(folder: str, name: str, count: str, largest: str = "") -> None:
    """Write, and say what was written."""
    with Record.open(Path(folder)) as record:
        if largest:
            resource.setrlimit(resource.RLIMIT_FSIZE, (int(largest), int(largest)))
        for number in range(int(count)):
            batch = [("note", {"text": f"{name} {number} {part} " + "x" * 300}) for part in range(1 + number % 4)]
            try:
                added = record.add(batch, ANNA)
                if number % 8 == 7:
                    record.checkpoint(LOG)
            except RecordError as error:
                say(f"refused: {error}")
                return
            for index, (_, body) in zip(added, batch, strict=True):
                say(f"{index}\t{body['text']}")


if __name__ == "__main__":
    main(*sys.argv[1:])
