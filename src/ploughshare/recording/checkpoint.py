"""Checkpoints: what a log and its witnesses sign – its origin, its size and its root (C2SP tlog-checkpoint).

The root stands for every entry before it; so a checkpoint is all that anybody must keep to find out later that history was
rewritten.
"""

from __future__ import annotations

import base64
from dataclasses import dataclass

from ploughshare.errors import RecordError
from ploughshare.recording import merkle, note
from ploughshare.recording.note import Note, Signer, VerifierKey

#: First lines of other things that keys of ours sign: no log may call itself so, or one signature would serve for another.
RESERVED = ("cosignature/v1", "ploughshare/entry/v1", "subtree/v1")


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The state of a log: who it is, how many entries, and the root over them."""

    origin: str
    size: int
    root: bytes

    def text(self) -> bytes:
        """The three lines that are signed. We write no further lines: nobody could audit them.

        >>> print(Checkpoint("example.org/log", 0, merkle.EMPTY).text().decode(), end="")
        example.org/log
        0
        47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=
        """
        check_origin(self.origin)
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n".encode()


def check_origin(origin: str) -> str:
    """The origin, if a log may call itself so. The log's key has the same name, so the rules of names hold."""
    if origin in RESERVED:
        raise RecordError(f"no log can be called {origin}", advice="take a name like example.org/record")
    return note.check_name(origin)


def parse(text: bytes) -> Checkpoint:
    """What does the text of a note say as a checkpoint? Further lines are tolerated and passed over."""
    lines = text.decode("utf-8", "replace").split("\n")
    if len(lines) < 4 or not all(lines[:-1]) or lines[-1]:
        raise RecordError("this is not a checkpoint", advice="a checkpoint has the lines origin, size and root")
    origin, size, root = lines[:3]
    if not (size.isascii() and size.isdigit()) or (size[0] == "0" and size != "0") or len(size) > 19 or int(size) > merkle.LARGEST:
        raise RecordError(f"the size in the checkpoint is no number: {size[:30]!r}")
    hash_ = note.unbase64(root, "the root in the checkpoint")
    if len(hash_) != merkle.HASH:
        raise RecordError("the root in the checkpoint is not 32 bytes long")
    return Checkpoint(origin, int(size), hash_)


def sign(checkpoint: Checkpoint, log: Signer) -> Note:
    """The checkpoint signed by the log itself, whose key has the log's name."""
    if log.name != checkpoint.origin:
        raise RecordError(f"the key of {log.name} cannot sign for the log {checkpoint.origin}")
    return note.sign(checkpoint.text(), log)


def verify(signed: Note, log: VerifierKey) -> Checkpoint:
    """The checkpoint in a note, if the log signed it and calls itself by its key's name. Raises RecordError else."""
    note.verify(signed, [log])
    checkpoint = parse(signed.text)
    if checkpoint.origin != log.name:
        raise RecordError(f"the checkpoint is of {checkpoint.origin}, and the key is that of {log.name}")
    return checkpoint


def cosign(signed: Note, witness: Signer, time: int) -> Note:
    """The note with the cosignature of a witness. What the witness must check first is in ``witness``."""
    if witness.type != note.COSIGNATURE:
        raise RecordError("this is not the key of a witness", where=witness.name, advice="make one with key new --witness")
    parse(signed.text)
    return signed.joined([witness.line(signed.text, time)])
