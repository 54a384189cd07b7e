"""The signatures of all entries of a log, checked on all cores if there are many."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice

from ploughshare.errors import RecordError
from ploughshare.recording import entry
from ploughshare.recording.findings import Progress
from ploughshare.recording.log import Log

#: Entries that a worker checks at a time, and from how many on workers are worth their start.
CHUNK, MANY = 1000, 4000
#: Chunks that wait for each worker.
WAITING = 4

Chunk = list[tuple[int, bytes]]
Bad = list[tuple[int, str]]


def bad_signatures(log: Log, skip: set[int], workers: int, progress: Progress) -> Iterator[tuple[int, str]]:
    """Which entries were not signed by those they name? Gives index and reason; entries of ``skip`` are no entries at all."""
    chunks = _chunks(log, skip)
    for bad in _pooled(chunks, workers, progress) if workers > 1 else map(_check, chunks):
        yield from bad


def _chunks(log: Log, skip: set[int]) -> Iterator[Chunk]:
    entries = ((index, raw) for index, raw in enumerate(log.entries()) if index not in skip)
    while chunk := list(islice(entries, CHUNK)):
        yield chunk


def _check(chunk: Chunk) -> Bad:
    bad = []
    for index, raw in chunk:
        try:
            entry.check_signature(raw)
        except RecordError as error:
            bad.append((index, error.what))
    return bad


def _pooled(chunks: Iterator[Chunk], workers: int, progress: Progress) -> Iterator[Bad]:
    """The same on several cores. The workers are given the bytes: a database must not be used across a fork."""
    waiting: deque[Future[Bad]] = deque()
    done = 0
    with ProcessPoolExecutor(workers) as pool:
        try:
            while True:
                for chunk in islice(chunks, workers * WAITING - len(waiting)):
                    waiting.append(pool.submit(_check, chunk))
                if not waiting:
                    return
                yield waiting.popleft().result()
                done += CHUNK
                progress("signatures", done)
        except BrokenProcessPool:
            raise RecordError(
                "a process that checked signatures was ended", advice="it may need more memory than there is"
            ) from None
