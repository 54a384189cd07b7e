"""What the record says of declarations and of joint draws: the shapes of its entries. No field takes free text of an inventory."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec

from ploughshare.recording.entry import Body, register

Hash = Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{64}$")]
#: The name of a declaration or of a draw: a code, no sentence.
Name = Annotated[str, msgspec.Meta(pattern="^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$")]
Code = Annotated[str, msgspec.Meta(pattern="^[A-Za-z0-9][A-Za-z0-9./-]{0,31}$")]
Moment = Annotated[str, msgspec.Meta(pattern="^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$")]
Party = Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
#: 2026, 2026-03 or 2026-03-01: what the declaration is for.
Period = Annotated[str, msgspec.Meta(pattern="^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$")]
Count = Annotated[int, msgspec.Meta(ge=1, le=2**32 - 1)]


class Statement(Body, frozen=True, forbid_unknown_fields=True):
    """What is public of a declaration: who commits to how many slots under which root. All nine fields are written always."""

    type: Literal["escrow-commitment"]
    v: Literal[1]
    declaration_id: Name
    declarant: Party
    schema_sha256: Hash
    n_slots: Count
    root: Hash
    alg: Literal["sha256"]
    supersedes: Name | None


class DeclarationBody(Body, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A declaration is committed to. Of one declarant there is one for each period and kind; ``open_by`` promises the opening."""

    statement: Statement
    period: Period
    kind: Literal["initial", "update", "evidence"]
    open_by: Moment | None = None


class OpeningBody(Body, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """The declarant opens fields of one slot under a root, perhaps in answer to a challenge (the number of its entry)."""

    root: Hash
    disclosure: dict[str, Any]
    challenge: Annotated[int, msgspec.Meta(ge=0)] | None = None


class ChallengeBody(Body, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Somebody asks the declarant to open the slot of an item, or one at a place, before a time. One of the two is named."""

    declaration_id: Name
    deadline: Moment
    uid: Code | None = None
    site: Code | None = None


class SeedBody(Body, frozen=True, forbid_unknown_fields=True):
    """One side of a joint draw commits to its seed: over which inventory, how many of how many, and what holds if a side fails."""

    draw: Name
    side: Literal["host", "inspector"]
    commitment: Hash
    inventory_root: Hash
    population: Count
    sample: Count
    reveal_by: Moment
    fallback: Literal["inspector-chooses", "draw-again"]


class RevealBody(Body, frozen=True, forbid_unknown_fields=True):
    """One side of a joint draw reveals its seed."""

    draw: Name
    side: Literal["host", "inspector"]
    seed: Hash


class FallbackBody(Body, frozen=True, forbid_unknown_fields=True):
    """A draw came to nothing, and what was agreed for that case is applied: what the inspector chose, or a new draw."""

    draw: Name
    code: Literal["SEED_MISMATCH", "SEED_WITHHELD"]
    applied: Literal["inspector-chooses", "draw-again"]
    selected: Annotated[tuple[Annotated[int, msgspec.Meta(ge=0)], ...], msgspec.Meta(max_length=8000)] = ()


register("declaration", DeclarationBody)
register("opening", OpeningBody)
register("challenge", ChallengeBody)
register("draw-seed", SeedBody)
register("draw-reveal", RevealBody)
register("draw-fallback", FallbackBody)
