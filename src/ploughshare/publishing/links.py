"""The target of a citation → where a reader finds the document."""

from __future__ import annotations

from urllib.parse import quote

_SAFE = "/()-._~"


def link(target: str, language: str) -> str:
    """The address of a cited document; a treaty or a volume keeps its code, which is no address.

    >>> link("A/RES/55/33 D", "en"), link("treaty:NPT", "fr"), link("UNTS/729/10485", "fr")
    ('https://docs.un.org/en/A/RES/55/33D', 'treaty:NPT', 'urn:UNTS/729/10485')
    """
    bare = "".join(target.split())
    if target.startswith("treaty:"):
        return "treaty:" + quote(bare[7:], safe=_SAFE)
    if target.startswith("UNTS/"):
        return "urn:" + quote(bare, safe=_SAFE)
    return f"https://docs.un.org/{language}/{quote(bare, safe=_SAFE)}"
