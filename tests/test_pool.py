"""Many cores at work in order; a job that ends its process takes no other with it."""

import os

from ploughshare.pool import outcomes


def dies_on_two(job: int) -> str:
    if job in (7, 50):
        os._exit(9)
    return f"done {job}"


def ended(job: int) -> str:
    return f"ended {job}"


def test_a_job_that_ends_its_process_takes_no_other_with_it() -> None:
    expected = [f"ended {n}" if n in (7, 50) else f"done {n}" for n in range(60)]
    assert list(outcomes(dies_on_two, range(60), 2, ended)) == expected


def test_one_core_needs_no_other_process() -> None:
    assert list(outcomes(lambda job: f"{job} in {os.getpid()}", range(3), 1, ended)) == [f"{n} in {os.getpid()}" for n in range(3)]
