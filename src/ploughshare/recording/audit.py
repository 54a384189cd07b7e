"""The audit of a whole log, our own or anybody's: everything that can be checked from the folder alone, and what it comes to."""

from __future__ import annotations

import os
import time
from contextlib import suppress
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from ploughshare.errors import RecordError
from ploughshare.recording import checkpoint as checkpoints
from ploughshare.recording import entry
from ploughshare.recording import policy as policies
from ploughshare.recording.checkpoint import Checkpoint
from ploughshare.recording.findings import Audit, Progress
from ploughshare.recording.log import POLICY, SCHEMA, Log
from ploughshare.recording.mirror import open_log
from ploughshare.recording.note import Note, VerifierKey
from ploughshare.recording.policy import Policy
from ploughshare.recording.retrace import Retrace
from ploughshare.recording.signatures import MANY, bad_signatures
from ploughshare.recording.store import Record


def audit(
    folder: Path,
    *,
    static: bool = False,
    policy: Policy | None = None,
    key: VerifierKey | None = None,
    pinned: Note | None = None,
    workers: int | None = None,
    progress: Progress = lambda _stage, _count: None,
) -> Audit:
    """Does everything in this log fit together, and did those sign it who say so?

    ``policy`` or ``key`` is what the reader trusts; without both, the log's own header is believed about its key. ``pinned``
    is an earlier checkpoint that the log must still lead to. ``static`` audits the static files of a record instead of its
    database. Raises RecordError if there is no log to audit.
    """
    with open_log(folder, static=static, examine=False) as log:
        result = Audit(folder, workers=workers or os.cpu_count() or 1)
        started = time.perf_counter()
        try:
            result.size = log.size
            header, body = log.header()
        except RecordError as error:
            result.found("HEADER_BAD", 0, error.what)
            return result
        result.origin = body.origin
        result.key = key or (policy.logs[0] if policy and policy.logs else header.author)
        result.key_given = key is not None or bool(policy and policy.logs)
        if header.author not in ((policy.logs if policy else ()) or (result.key,)):
            result.found("HEADER_BAD", 0, f"the log's key in its header, {header.author}, is not the one that was given")
        trusted = policy or _own_policy(result, log, body)
        _check_file(result, folder / SCHEMA, body.schema_sha256)
        malformed = Retrace(result, log).run(_checkpoints(result, log, trusted, pinned), progress)
        result.seconds["tree and chain"] = time.perf_counter() - started
        _signatures(result, log, malformed, progress)
    return result


# -- what is signed -----------------------------------------------------------------------------------------------------------
def _own_policy(result: Audit, log: Log, header: entry.Header) -> Policy:
    """The policy that the header names by its digest, from the file beside the log."""
    logs = (result.key,) if result.key else ()
    default = f"log {header.log}\nquorum none\n".encode()
    path = log.folder / POLICY
    data = path.read_bytes() if path.exists() else default
    if sha256(data).hexdigest() == header.policy_sha256:
        with suppress(RecordError):
            # Whose witnesses they are, the log says; which key is the log's, the reader does.
            return replace(policies.parse(data), logs=logs)
    if path.exists():
        result.found("FILE_CHANGED", None, f"{POLICY} is not the file whose digest stands in the header")
    else:
        result.found("POLICY_MISSING", None, "the policy that the header names is not here; it can be given")
    return policies.trusting(*logs)


def _check_file(result: Audit, path: Path, digest: str) -> None:
    if path.exists() and sha256(path.read_bytes()).hexdigest() != digest:
        result.found("FILE_CHANGED", None, f"{path.name} is not the file whose digest stands in the header")


def _checkpoints(result: Audit, log: Log, policy: Policy, pinned: Note | None) -> list[tuple[Checkpoint, Note]]:
    """The states that the tree must have had, the newest first. Only what the log signed is among them."""
    key = result.key
    signed = _latest(result, log)
    if key is None or signed is None:
        return []
    try:
        verdict = policy.judge(signed)
    except RecordError as error:
        result.found("CHECKPOINT_BAD", None, f"the checkpoint does not hold: {error.what}")
        return []
    result.checkpoint, result.witnesses = verdict.checkpoint, verdict.witnesses
    if verdict.checkpoint.origin != result.origin:
        result.found("CHECKPOINT_BAD", None, f"the checkpoint is of {verdict.checkpoint.origin}, the header of {result.origin}")
    if not verdict.met:
        names = ", ".join(verdict.witnesses) or "nobody"
        result.found("QUORUM_NOT_MET", None, f"the policy asks for more witnesses: cosigned by {names}")
    if verdict.checkpoint.size > result.size:
        what = f"{verdict.checkpoint.size} entries were signed, and {result.size} are here"
        result.found("ENTRIES_LOST", None, what)
    states = [(verdict.checkpoint, signed)]
    earlier = [note for _, note in log.checkpoints()] if isinstance(log, Record) else []
    for older in [*earlier, *([pinned] if pinned else [])]:
        try:
            states.append((checkpoints.verify(older, verdict.log), older))
        except RecordError as error:
            result.found("CHECKPOINT_BAD", None, f"an earlier checkpoint does not hold: {error.what}")
    if isinstance(log, Record) and (published := log.published()) is not None:
        # It may lag behind the database, and be damaged: it is written anew. Ahead of it, an old copy was put back.
        with suppress(RecordError):
            states.append((checkpoints.verify(published, verdict.log), published))
    return states


def _latest(result: Audit, log: Log) -> Note | None:
    try:
        signed = log.latest()
    except RecordError as error:
        result.found("CHECKPOINT_BAD", None, f"the checkpoint cannot be read: {error.what}")
        return None
    if signed is None:
        result.found("NO_CHECKPOINT", None, "no checkpoint was ever signed: nothing vouches for the tree")
    return signed


# -- who signed the entries ---------------------------------------------------------------------------------------------------
def _signatures(result: Audit, log: Log, malformed: set[int], progress: Progress) -> None:
    started = time.perf_counter()
    if result.size < MANY:
        result.workers = 1
    try:
        for index, what in bad_signatures(log, malformed, result.workers, progress):
            result.found("SIGNATURE_BAD", index, what)
    except RecordError as error:
        if "DAMAGED" not in result.counts:
            result.found("DAMAGED", None, error.what)
    result.seconds["signatures"] = time.perf_counter() - started
