"""Many cores at work on many documents, in order, where one that ends its process takes no other with it."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import TypeVar

Job = TypeVar("Job")
Outcome = TypeVar("Outcome")

#: So many jobs wait for a worker at a time: enough to keep it busy, few enough to keep memory flat.
WAITING = 8


def outcomes(
    work: Callable[[Job], Outcome], jobs: Iterable[Job], workers: int, ended: Callable[[Job], Outcome]
) -> Iterator[Outcome]:
    """What ``work`` makes of each job, in the order of the jobs, on ``workers`` cores.

    ``work`` must not raise. Where a job ends its process (out of memory, a fault in a library), ``ended`` says its outcome.
    """
    if workers == 1:
        yield from map(work, jobs)
        return
    waiting = iter(jobs)
    #: Given to the pool, in order; a job stands here until its outcome is out.
    pending: deque[Job] = deque()
    while True:
        futures: deque[Future[Outcome]] = deque()
        with ProcessPoolExecutor(workers) as pool:
            try:
                while True:
                    while len(pending) < workers * WAITING and (job := next(waiting, None)) is not None:
                        pending.append(job)
                        futures.append(pool.submit(work, job))
                    if not pending:
                        return
                    outcome = futures.popleft().result()
                    pending.popleft()
                    yield outcome
            except BrokenProcessPool:
                pass  # a job ended its process, and the pool with it; which one, only a process of its own tells
        while pending:
            yield _alone(work, pending.popleft(), ended)


def _alone(work: Callable[[Job], Outcome], job: Job, ended: Callable[[Job], Outcome]) -> Outcome:
    """The outcome of a job in a process that no other shares."""
    with ProcessPoolExecutor(1) as pool:
        try:
            return pool.submit(work, job).result()
        except BrokenProcessPool:
            return ended(job)
