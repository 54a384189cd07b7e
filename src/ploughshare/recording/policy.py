"""Policies: whose signatures make a checkpoint good enough – the logs, the witnesses, and how many of which (C2SP tlog-policy)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ploughshare.errors import RecordError
from ploughshare.recording import checkpoint, note
from ploughshare.recording.checkpoint import Checkpoint
from ploughshare.recording.note import Note, VerifierKey

NONE = "none"
#: Far more than anybody needs; a file with more is an attack.
MOST_LINES, LARGEST = 1000, 200_000


@dataclass(frozen=True, slots=True)
class Group:
    """So many of these witnesses and groups."""

    least: int
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """A checkpoint that a known log signed, who cosigned it and when, and whether that is enough."""

    checkpoint: Checkpoint
    log: VerifierKey
    #: Name in the policy → time of the cosignature in seconds.
    witnesses: Mapping[str, int]
    met: bool


@dataclass(frozen=True, slots=True)
class Policy:
    """Logs, witnesses and groups by name, and the name of the quorum."""

    logs: tuple[VerifierKey, ...]
    witnesses: Mapping[str, VerifierKey]
    groups: Mapping[str, Group]
    quorum: str

    def judge(self, signed: Note) -> Verdict:
        """Who signed this checkpoint, and is that enough? Raises RecordError if no known log did, or a signature does not hold."""
        found = {line.key: line.time for line in note.verify(signed, [*self.logs, *self.witnesses.values()])}
        log = next((key for key in self.logs if key in found), None)
        if log is None:
            raise RecordError("no log of the policy signed this checkpoint", advice="give the key of the log")
        state = checkpoint.verify(signed, log)
        times = {name: found[key] for name, key in self.witnesses.items() if key in found}
        witnesses = {name: time for name, time in times.items() if time is not None}
        return Verdict(state, log, witnesses, self._met(set(witnesses)))

    def _met(self, present: set[str]) -> bool:
        # Groups come after their members: one pass tells them all.
        reached = set(present)
        for name, group in self.groups.items():
            if sum(member in reached for member in group.members) >= group.least:
                reached.add(name)
        return self.quorum == NONE or self.quorum in reached


def trusting(*logs: VerifierKey) -> Policy:
    """The policy that asks for the signature of one of these logs and for no witness."""
    return Policy(logs, {}, {}, NONE)


def parse(data: bytes) -> Policy:
    """What policy does this file state? Raises RecordError that names the line.

    >>> parse(b"quorum none").quorum
    'none'
    """
    if len(data) > LARGEST or data.count(b"\n") > MOST_LINES:
        raise RecordError("this is too long for a policy")
    logs: list[VerifierKey] = []
    witnesses: dict[str, VerifierKey] = {}
    groups: dict[str, Group] = {}
    quorum = None
    members: set[str] = set()
    # Names are bytes to the format: what is not UTF-8 stays as it is.
    for number, line in enumerate(data.decode("utf-8", "surrogateescape").split("\n"), 1):
        words = [word for word in line.replace("\t", " ").split(" ") if word]
        if any((c < " " and c != "\t") or c == "\x7f" for c in line):
            raise _wrong(number, "it holds control characters")
        if not words or words[0].startswith("#"):
            continue
        match words:
            case ["log", key] | ["log", key, _]:
                logs.append(_key(number, key, note.ED25519, logs))
            case ["witness", name, key] | ["witness", name, key, _]:
                _new(number, name, witnesses, groups)
                witnesses[name] = _key(number, key, note.COSIGNATURE, witnesses.values())
            case ["group", name, least, *names] if names:
                _new(number, name, witnesses, groups)
                for member in names:
                    if member not in witnesses and member not in groups:
                        raise _wrong(number, f"{member} is not defined above it")
                    if member in members:
                        raise _wrong(number, f"{member} is a member already; each counts once")
                    members.add(member)
                groups[name] = Group(_least(number, least, len(names)), tuple(names))
            case ["quorum", name]:
                if quorum is not None:
                    raise _wrong(number, "there is a quorum already")
                if name != NONE and name not in witnesses and name not in groups:
                    raise _wrong(number, f"{name} is not defined above it")
                quorum = name
            case _:
                raise _wrong(number, "it is none of log, witness, group, quorum as they are written")
    if quorum is None:
        raise RecordError("the policy has no quorum", advice="quorum none asks for no witness")
    return Policy(tuple(logs), witnesses, groups, quorum)


def _wrong(number: int, what: str) -> RecordError:
    return RecordError(what.encode("utf-8", "replace").decode(), where=f"policy, line {number}")


def _new(number: int, name: str, *known: Mapping[str, object]) -> None:
    if name == NONE or any(name in names for names in known):
        raise _wrong(number, f"the name {name} is taken")


def _key(number: int, text: str, kind: int, known: Iterable[VerifierKey]) -> VerifierKey:
    try:
        key = note.vkey(text.encode("utf-8", "replace").decode())
    except RecordError as error:
        raise _wrong(number, error.what) from None
    if key.type != kind:
        raise _wrong(number, f"the key of {key.name} is of type 0x{key.type:02x}, and 0x{kind:02x} belongs here")
    if any(other.public == key.public for other in known):
        raise _wrong(number, f"the key of {key.name} stands in the policy already")
    return key


def _least(number: int, text: str, members: int) -> int:
    if text in ("any", "all"):
        return 1 if text == "any" else members
    if not (text.isascii() and text.isdigit()) or len(text) > 4 or not 1 <= int(text) <= members:
        raise _wrong(number, f"{text} is not any, all, or a number from 1 to {members}")
    return int(text)
