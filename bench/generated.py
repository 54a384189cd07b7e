"""Input that nobody would write by hand: large, deep and many, made of the specimen's own words."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

TEXT = Path(__file__).resolve().parents[1] / "specimen" / "text" / "specimen.en.txt"
HEAD = "99/901. A specimen\n\nThe General Assembly,\n\nRecalling its resolution 98/1,\n\n"
ASK = "Requests the Secretary-General to submit a report to the General Assembly at its one hundredth session;"


def hostile() -> Iterator[tuple[str, bytes]]:
    """(name, bytes) of inputs in which anything that takes quadratic time would be seen."""
    specimen = TEXT.read_text(encoding="utf-8")
    body = specimen[specimen.index("Recalling") :]
    yield "50 MB of text", (HEAD + body * (50_000_000 // len(body))).encode()
    yield "100,000 paragraphs", (HEAD + "\n\n".join(f"{n}. {ASK}" for n in range(1, 100_001))).encode()
    yield "a line of 10 MB", (HEAD + "1. Requests " + "the Secretary-General to report, and to " * 250_000).encode()
    yield "a line of 10 MB of symbols", (HEAD + "1. Recalls resolutions " + "55/33 D, A/79/93/Add.1, 12/1 and " * 300_000).encode()
    yield "10,000 nested lists (HTML)", b"<html><body><p>The General Assembly,</p>" + b"<ol><li>a" * 10_000 + b"</li></ol>" * 10_000
    yield (
        "10,000 nested sub-paragraphs",
        (HEAD + "\n".join(f"{'(a)' if n % 2 else '(i)'} to report;" for n in range(10_000))).encode(),
    )
    yield (
        "100,000 footnotes",
        (
            HEAD
            + "\n\n".join(f"{n}. Recalls the report;[{n}]" for n in range(1, 100_001))
            + "".join(f"\n\n[{n}] A/79/{n}." for n in range(1, 100_001))
        ).encode(),
    )
    yield (
        "a line of 10 MB in Chinese",
        (
            "99/901. \u6837\u672c\n\n\u5927\u4f1a\uff0c\n\n1. \u8bf7"
            + "\u79d8\u4e66\u957f\u63d0\u51fa\u62a5\u544a\uff0c\u5e76" * 400_000
        ).encode(),
    )
