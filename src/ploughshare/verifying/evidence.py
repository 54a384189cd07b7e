"""Evidence that can be redacted: a file is committed to in segments when it is taken, and released with some of them withheld.

A segment is a field of a declaration with one slot; its value is its bytes in base64. What the host withholds later, its
commitment still stands for: nobody can exchange it, and nobody can read it. No plain digest of the file is ever made: with it,
a segment of few possible contents could be guessed.
"""

from __future__ import annotations

import base64
import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ploughshare.errors import DeclarationError, RecordError
from ploughshare.lexicon.load import load
from ploughshare.recording import canon, note
from ploughshare.verifying.declaration import Anchored
from ploughshare.verifying.disclosure import Disclosure, Hidden, read, verify_disclosure
from ploughshare.verifying.entries import Statement
from ploughshare.verifying.vault import Chance, Vault, commit_rows

SEGMENT = 64 * 1024
#: A file of evidence is held in memory, and as base64.
LARGEST = 256 * 2**20
_REGION = re.compile("[a-z][a-z0-9_]{0,31}")


@dataclass(frozen=True, slots=True)
class Region:
    """A named part of a file, from a byte to before another."""

    name: str
    start: int
    stop: int


@dataclass(frozen=True, slots=True)
class Release:
    """What the host lets out of a file: the segments, and a reason code for each that is withheld."""

    disclosure: Disclosure
    withheld: Mapping[str, str]

    def __bytes__(self) -> bytes:
        return canon.encode({"disclosure": self.disclosure.plain(), "withheld": dict(self.withheld)})


@dataclass(frozen=True, slots=True)
class Released:
    """A release that belongs to what was committed to: the segments in order, ``None`` where one is withheld."""

    segments: tuple[tuple[str, bytes | None], ...]
    withheld: Mapping[str, str]

    @property
    def words(self) -> str:
        """How much is missing, and why."""
        reasons = ", ".join(sorted(set(self.withheld.values())))
        count = f"{len(self.withheld)} of {len(self.segments)} segments withheld by the host"
        return f"{count} ({reasons})" if reasons else count

    def content(self) -> bytes:
        """The file as far as it was released; a withheld segment leaves nothing, not even its length."""
        return b"".join(data for _, data in self.segments if data is not None)


def cut(size: int, regions: Sequence[Region] = ()) -> list[Region]:
    """Into which segments is a file of this size cut? Into 64 KiB each; or into the regions, and what lies between them.

    >>> [region.name for region in cut(100, [Region("face", 10, 20)])]
    ['segment_0', 'face', 'segment_2']
    """
    if not regions:
        count = max(1, -(-size // SEGMENT))
        return [Region(f"segment_{number}", number * SEGMENT, min(size, (number + 1) * SEGMENT)) for number in range(count)]
    found: list[Region] = []
    at = 0
    for region in sorted(regions, key=lambda one: one.start):
        if not _REGION.fullmatch(region.name) or region.name.startswith("segment_") or not at <= region.start < region.stop <= size:
            what = f"region {list(regions).index(region) + 1} has no name of a-z, 0-9 and _, overlaps another, or leaves the file"
            raise DeclarationError(what, code="BAD_REGION", advice=f"the file has {size} bytes")
        if at < region.start:
            found.append(Region(f"segment_{len(found)}", at, region.start))
        found.append(region)
        at = region.stop
    if at < size:
        found.append(Region(f"segment_{len(found)}", at, size))
    if len({region.name for region in found}) < len(found):
        raise DeclarationError("two regions have one name", code="BAD_REGION")
    return found


def commit_file(
    data: bytes, *, declaration_id: str, declarant: str, regions: Sequence[Region] = (), rng: Chance = secrets
) -> tuple[Statement, Vault]:
    """Commit to a file when it is taken, before anybody reviews it: its statement for the record, its vault for the host."""
    if len(data) > LARGEST:
        raise DeclarationError("the file is too large", code="TOO_LARGE", advice="cut it into files of less than 256 MB")
    parts = cut(len(data), regions)
    row = tuple(base64.b64encode(data[part.start : part.stop]).decode() for part in parts)
    return commit_rows([row], tuple(part.name for part in parts), [0], declaration_id, declarant, None, rng)


def release(vault: Vault, withheld: Mapping[str, str]) -> Release:
    """Let a file out with these segments withheld, each for a reason of the list (else UNKNOWN_REASON)."""
    reasons = load("declarations")["reasons"]
    for name, reason in withheld.items():
        if reason not in reasons:
            what = f"the reason for {name if name in vault.schema else 'a segment'} is not on the list"
            raise DeclarationError(what, code="UNKNOWN_REASON", advice=f"reasons are {', '.join(reasons)}")
        if name not in vault.schema:
            raise DeclarationError("a segment to withhold is none of the file", code="SCHEMA_MISMATCH", advice="see declare redact")
    return Release(vault.disclose(0, [name for name in vault.schema if name not in withheld]), dict(withheld))


def parse(data: bytes) -> Release:
    """What release is in this file? Raises MALFORMED."""
    try:
        value: Any = canon.read(data)
        if set(value) != {"disclosure", "withheld"} or not all(isinstance(reason, str) for reason in value["withheld"].values()):
            raise ValueError
        return Release(read(value["disclosure"]), value["withheld"])
    except (RecordError, TypeError, ValueError, AttributeError):
        raise DeclarationError("this is not a release of evidence", advice="declare redact writes one") from None


def verify_release(anchored: Anchored, release: Release) -> Released:
    """Is what was released part of the file that was committed to, and is a reason given for all that is withheld?"""
    if anchored.kind != "evidence":
        raise DeclarationError("the declaration is not one of evidence", code="WRONG_DECLARATION")
    found = verify_disclosure(anchored, release.disclosure)
    if set(found.hidden) != set(release.withheld) or not set(release.withheld.values()) <= set(load("declarations")["reasons"]):
        raise DeclarationError("not every segment that is withheld has a reason of the list", code="UNKNOWN_REASON")
    segments: list[tuple[str, bytes | None]] = []
    for one in release.disclosure.fields:
        if isinstance(one, Hidden):
            segments.append((one.name, None))
        else:
            try:
                segments.append((one.name, note.unbase64(one.value, "a segment")))
            except (RecordError, TypeError, AttributeError):
                raise DeclarationError("a segment is not base64", code="NOT_IN_COMMITMENT") from None
    return Released(tuple(segments), release.withheld)
