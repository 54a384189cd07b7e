"""Key files: a private key that only its owner can read, sealed with a passphrase unless told otherwise.

A key file is one line of canonical JSON. The seed is sealed with ChaCha20-Poly1305 under a key that scrypt makes from the
passphrase; the public key is sealed with it, so that neither can be exchanged.
"""

from __future__ import annotations

import base64
import os
import secrets
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from ploughshare.errors import RecordError
from ploughshare.recording import canon, note
from ploughshare.recording.note import Signer, VerifierKey

#: Cost of scrypt: 64 MB and some tenths of a second. A file that asks for far more is refused.
COST, BLOCK, PARALLEL = 2**16, 8, 1
MOST_COST = 2**20
FORMAT = "ploughshare-key"
VARIABLE = "PLOUGHSHARE_PASSPHRASE"
LARGEST = 10_000


def find_passphrase(file: Path | None, ask: Callable[[], str]) -> str:
    """The passphrase: from a file if one is named, else from PLOUGHSHARE_PASSPHRASE, else by asking."""
    if file is not None:
        try:
            found = file.read_bytes()[:LARGEST].decode().rstrip("\r\n")
        except (OSError, UnicodeDecodeError) as error:
            raise RecordError(f"the passphrase cannot be read: {error}", where=str(file)) from None
    else:
        found = os.environ.get(VARIABLE) or ask()
    if not found:
        raise RecordError("the passphrase is empty", advice=f"give one, or set {VARIABLE}")
    return found


def save(path: Path, signer: Signer, passphrase: str | None) -> None:
    """Write a key to a new file that only its owner can read. ``None`` writes it unsealed: for a library's own key.

    Raises RecordError if there is a file already: a key that is overwritten is lost for ever.
    """
    content: dict[str, Any] = {"format": FORMAT, "v": 1, "vkey": str(signer.key)}
    seed = signer.private.private_bytes_raw()
    if passphrase is None:
        content["seed"] = _text(seed)
    else:
        salt, nonce = secrets.token_bytes(16), secrets.token_bytes(12)
        sealed = ChaCha20Poly1305(_stretched(passphrase, salt, COST)).encrypt(nonce, seed, str(signer.key).encode())
        content |= {"kdf": "scrypt", "n": COST, "nonce": _text(nonce), "salt": _text(salt), "sealed": _text(sealed)}
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise RecordError("there is a file already", where=str(path), advice="name another; a key is never overwritten") from None
    except OSError as error:
        raise RecordError(f"the key cannot be written ({error.strerror})", where=str(path)) from None
    with os.fdopen(file, "wb") as out:
        out.write(canon.encode(content) + b"\n")
        out.flush()
        os.fsync(out.fileno())


def public(path: Path) -> VerifierKey:
    """The public key in a key file; no passphrase is needed."""
    return note.vkey(_content(path)["vkey"])


def sealed(path: Path) -> bool:
    """Does the key need a passphrase?"""
    return "seed" not in _content(path)


def load(path: Path, passphrase: Callable[[], str]) -> Signer:
    """The private key in a file. ``passphrase`` is called only if the key is sealed.

    Raises RecordError for a wrong passphrase, a file that others can read, or one that is no key.
    """
    content = _content(path)
    key = note.vkey(content["vkey"])
    if os.name == "posix" and path.stat().st_mode & 0o077:
        raise RecordError("others can read this key", where=str(path), advice=f"chmod 600 {path}; if they may have, make a new one")
    try:
        seed = _unbase64(content["seed"]) if "seed" in content else _opened(content, passphrase())
    except InvalidTag:
        raise RecordError("the passphrase is wrong, or the file was changed", where=str(path)) from None
    except (KeyError, TypeError):
        raise RecordError("this is not a whole key file", where=str(path)) from None
    signer = Signer.from_seed(key.name, key.type, seed) if len(seed) == 32 else None
    if signer is None or signer.key != key:
        raise RecordError("the private key in the file does not belong to its public key", where=str(path))
    return signer


def _content(path: Path) -> dict[str, Any]:
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST)
    except OSError as error:
        raise RecordError(f"the key cannot be read ({error.strerror})", where=str(path), advice="key new makes one") from None
    try:
        content = canon.read(data)
    except RecordError as error:
        raise RecordError(f"this is not a key file: {error.what}", where=str(path)) from None
    if not isinstance(content, dict) or content.get("format") != FORMAT or not isinstance(content.get("vkey"), str):
        raise RecordError("this is not a key file", where=str(path), advice="key new makes one")
    if content.get("v") != 1:
        raise RecordError("the key file is of another version", where=str(path))
    return content


def _opened(content: dict[str, Any], passphrase: str) -> bytes:
    cost = content["n"]
    if content["kdf"] != "scrypt" or type(cost) is not int or not 2 <= cost <= MOST_COST or cost & (cost - 1):
        raise TypeError
    opening = _stretched(passphrase, _unbase64(content["salt"]), cost)
    nonce = _unbase64(content["nonce"])
    if len(nonce) != 12:
        raise TypeError
    return ChaCha20Poly1305(opening).decrypt(nonce, _unbase64(content["sealed"]), content["vkey"].encode())


def _stretched(passphrase: str, salt: bytes, cost: int) -> bytes:
    # The same words typed on two systems may be spelled in two forms of Unicode.
    words = unicodedata.normalize("NFC", passphrase).encode("utf-8", "surrogatepass")
    return Scrypt(salt=salt, length=32, n=cost, r=BLOCK, p=PARALLEL).derive(words)


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _unbase64(text: Any) -> bytes:
    if not isinstance(text, str):
        raise TypeError
    return note.unbase64(text, "a part of the key file")
