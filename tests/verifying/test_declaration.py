"""Declarations: the vectors, everything that must be impossible, and bits that are flipped."""

import itertools
import json
import subprocess
import sys
from hashlib import sha256
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ploughshare.errors import DeclarationError, PloughshareError
from ploughshare.lexicon.load import load
from ploughshare.recording import canon, policy, proof
from ploughshare.verifying import commitment, declaration, disclosure, vault
from ploughshare.verifying.declaration import Anchored
from ploughshare.verifying.entries import DeclarationBody
from tests.verifying import second_reader
from tests.verifying.made_up import HOST, NAME, POLICY, SCHEMA, VECTOR, anchored, at, committed, record, strings, witnessed

STATEMENT, VAULT = committed()
ITEM = {"kind": "item", "uid": "EX-1", "site": "Site-A", "status": "stored"}


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Anchored:
    """The statement of the vector on a witnessed record."""
    return anchored(tmp_path_factory.mktemp("held") / "record", STATEMENT)


def code_of(held: Anchored, value: Any) -> str:
    with pytest.raises(DeclarationError) as caught:
        disclosure.verify_disclosure(held, disclosure.read(value))
    return caught.value.code


# -- vectors -------------------------------------------------------------------------------------------------------------------
def test_commit_gives_the_statement_of_the_vector() -> None:
    assert declaration.canonical(STATEMENT).decode() == VECTOR["statement_canonical"]
    assert STATEMENT.root == VECTOR["root"]
    assert declaration.read_statement(VECTOR["statement"]) == STATEMENT


def test_every_commitment_and_record_root_of_the_vector() -> None:
    for slot, expected in enumerate(VECTOR["field_commitments"]):
        hidden = [one["commitment"] for one in VAULT.disclose(slot, []).plain()["fields"]]
        assert hidden == expected
        assert commitment.record_root([bytes.fromhex(one) for one in expected]).hex() == VECTOR["record_roots"][slot]


def test_the_disclosure_of_the_vector(held: Anchored) -> None:
    assert VAULT.disclose(3, ["uid", "site"]).plain() == VECTOR["disclosure_ok"]
    found = disclosure.verify_disclosure(held, disclosure.read(VECTOR["disclosure_ok"]))
    assert (dict(found.values), found.hidden) == ({"uid": "EX-0003", "site": "Site-B"}, ("kind", "status"))


@pytest.mark.parametrize("wrong", VECTOR["disclosures_reject"], ids=lambda one: str(one["name"]))
def test_what_the_vector_refuses(held: Anchored, wrong: dict[str, Any]) -> None:
    with pytest.raises(DeclarationError) as caught:
        disclosure.verify_disclosure(held, disclosure.read(wrong["disclosure"]))
    assert caught.value.code == wrong["expect"]
    assert not any(value in str(caught.value) for value in ("EX-0003", "EX-0009", "Site-B"))


def test_the_full_opening_of_the_vector(held: Anchored) -> None:
    whole = [VAULT.disclose(slot, SCHEMA) for slot in range(8)]
    found = disclosure.verify_full_opening(held, whole)
    assert (found.counts, found.duplicates, found.codes) == (VECTOR["full_opening_counts"], (), ())
    for some in (whole[:-1], [*whole, whole[0]], [*whole[:-1], VAULT.disclose(7, ["kind"])]):
        with pytest.raises(DeclarationError) as caught:
            disclosure.verify_full_opening(held, some)
        assert caught.value.code == "INCOMPLETE_OPENING"


# -- must be impossible --------------------------------------------------------------------------------------------------------
def test_a_value_cannot_be_guessed_from_its_commitment() -> None:
    demo = VECTOR["low_entropy_demo"]
    unsalted = [one for one in demo["candidates"] if sha256(f"site={one}".encode()).hexdigest() == demo["unsalted_hash_of_site"]]
    assert unsalted == ["Site-B"]
    bound = commitment.binding(NAME, 3, "site")
    for salt in (bytes(32), bytes([255]) * 32, sha256(NAME.encode()).digest()):
        guesses = [commitment.commit_value(salt, bound, canon.encode(one)).hex() for one in demo["candidates"]]
        assert demo["salted_commitment"] not in guesses
    assert VAULT.disclose(3, []).plain()["fields"][2]["commitment"] == demo["salted_commitment"]


def test_a_disclosure_holds_nothing_that_is_hidden() -> None:
    for count in range(len(SCHEMA) + 1):
        for shown in itertools.combinations(SCHEMA, count):
            data = bytes(VAULT.disclose(3, shown)).decode()
            for name, value in VECTOR["records"][3].items():
                salt = sha256(f"TEST-ONLY salt|{NAME}|3|{name}".encode()).hexdigest()
                assert (salt in data) == (name in shown)
                assert (f'"{value}"' in data) == (name in shown)


def test_no_string_of_the_vault_is_public() -> None:
    """Property (iv): statement, hidden disclosures, errors and repr say nothing of the inventory."""
    secret = strings([list(one.values()) for one in VECTOR["records"]])
    public = [declaration.canonical(STATEMENT).decode(), repr(VAULT), str(VAULT)]
    public += [bytes(VAULT.disclose(slot, [])).decode() for slot in range(8)]
    for ask in (lambda: VAULT.slot_of("EX-9"), lambda: VAULT.disclose(9, []), lambda: VAULT.disclose(1, ["mass"])):
        with pytest.raises(DeclarationError) as caught:
            ask()
        public.append(str(caught.value))
    assert not [text for text in secret for page in public if text in page]
    assert "EX-9" not in "".join(public)


def test_a_salt_is_never_used_twice() -> None:
    class Stuck:
        def token_bytes(self, nbytes: int, /) -> bytes:
            return bytes(nbytes)

        def randbelow(self, exclusive_upper_bound: int, /) -> int:
            return 0

    with pytest.raises(DeclarationError) as caught:
        vault.commit([ITEM], SCHEMA, 2, declaration_id="d", declarant="Urania", rng=Stuck())
    assert caught.value.code == "SALT_REUSED"
    one, two = (vault.commit([ITEM], SCHEMA, 4, declaration_id="d", declarant="Urania")[0].root for _ in range(2))
    assert one != two


def test_nothing_is_verified_without_a_witnessed_checkpoint(tmp_path: Path) -> None:
    with record(tmp_path / "record") as log:
        (index,) = log.add([("declaration", DeclarationBody(STATEMENT, "2026", "initial"))], HOST, at(1))
        log.checkpoint(log_key())
        for trust in (policy.parse(POLICY), policy.trusting(log.key())):
            with pytest.raises(DeclarationError) as caught:
                declaration.anchor(proof.prove(log, index), trust)
            assert caught.value.code == "QUORUM_NOT_MET"
        witnessed(log)
        assert declaration.anchor(proof.prove(log, index), policy.parse(POLICY)).statement == STATEMENT
        with pytest.raises(DeclarationError):
            declaration.anchor(proof.prove(log, 0), policy.parse(POLICY))


def log_key() -> Any:
    from tests.verifying.made_up import LOG

    return LOG


def test_a_void_slot_cannot_become_an_item(held: Anchored) -> None:
    void = VAULT.disclose(2, SCHEMA).plain()
    assert disclosure.verify_disclosure(held, disclosure.read(void)).values["kind"] == "void"
    forged = json.loads(json.dumps(void))
    forged["fields"][0]["value"], forged["fields"][1]["value"] = "item", "EX-0006"
    assert code_of(held, forged) == "NOT_IN_COMMITMENT"
    assert code_of(held, {**VAULT.disclose(0, SCHEMA).plain(), "slot": 2}) == "NOT_IN_COMMITMENT"
    assert code_of(held, {**VAULT.disclose(0, SCHEMA).plain(), "slot": 8}) == "NOT_IN_COMMITMENT"


def test_what_was_committed_to_against_the_list_is_not_shown(tmp_path: Path) -> None:
    """Another program may commit to free text; ours does not show it."""
    rows: list[tuple[str, ...]] = [
        ("item", "EX-1", "Site-A", "secret words"),
        ("item", "EX-1", "Site-A", "stored"),
        ("void", "X", "", ""),
    ]
    statement, opened = vault.commit_rows(rows, SCHEMA, [0, 1, 2], NAME, "Urania", None)
    held = anchored(tmp_path / "record", statement)
    assert code_of(held, opened.disclose(0, ["status"]).plain()) == "FIELD_NOT_ALLOWED"
    assert (
        code_of(held, vault.commit_rows(rows, SCHEMA, [0, 1, 2], NAME, "Urania", None)[1].disclose(1, SCHEMA).plain())
        == "NOT_IN_COMMITMENT"
    )
    rows[0] = rows[1]
    statement, opened = vault.commit_rows(rows, SCHEMA, [0, 1, 2], NAME, "Urania", None)
    held = anchored(tmp_path / "again", statement)
    found = disclosure.verify_full_opening(held, [opened.disclose(slot, SCHEMA) for slot in range(3)])
    assert (found.duplicates, found.not_void, found.codes) == (("EX-1",), (2,), ("DUPLICATE_UID", "VOID_NOT_EMPTY"))


@pytest.mark.parametrize(
    ("records", "schema", "slots", "code"),
    [
        ([{**ITEM, "mass": "SECRET"}], SCHEMA, 4, "FIELD_NOT_ALLOWED"),
        ([{**ITEM, "SECRET-4": 1}], SCHEMA, 4, "FIELD_NOT_ALLOWED"),
        ([{**ITEM, "status": "SECRET words"}], SCHEMA, 4, "FIELD_NOT_ALLOWED"),
        ([{**ITEM, "uid": 7777777}], SCHEMA, 4, "FIELD_NOT_ALLOWED"),
        ([{**ITEM, "uid": ["SECRET"]}], SCHEMA, 4, "FIELD_NOT_ALLOWED"),
        ([ITEM], ("kind", "uid", "SECRET"), 4, "FIELD_NOT_ALLOWED"),
        ([{**ITEM, "seal": "SECRET"}], SCHEMA, 4, "SCHEMA_MISMATCH"),
        ([{"kind": "item", "uid": "SECRET"}], SCHEMA, 4, "SCHEMA_MISMATCH"),
        ([ITEM], ("kind", "site"), 4, "SCHEMA_MISMATCH"),
        ([ITEM], ("kind", "uid", "uid"), 4, "SCHEMA_MISMATCH"),
        ([ITEM, {**ITEM, "site": "SECRET"}], SCHEMA, 4, "DUPLICATE_UID"),
        ([{**ITEM, "kind": "void", "site": "SECRET"}], SCHEMA, 4, "VOID_NOT_EMPTY"),
        ([ITEM, {**ITEM, "uid": "SECRET"}], SCHEMA, 1, "TOO_FEW_SLOTS"),
    ],
)
def test_refused_before_hashing_and_never_repeated(records: Any, schema: Any, slots: int, code: str) -> None:
    """S13."""

    class Untouched:
        def token_bytes(self, nbytes: int, /) -> bytes:
            raise AssertionError("something was about to be hashed")

        def randbelow(self, exclusive_upper_bound: int, /) -> int:
            raise AssertionError("an order was about to be drawn")

    with pytest.raises(DeclarationError) as caught:
        vault.commit(records, schema, slots, declaration_id="d", declarant="Urania", rng=Untouched())
    assert caught.value.code == code
    said = str(caught.value)
    assert not any(word in said for word in ("SECRET", "7777777", "mass"))


def test_the_allow_list_holds_codes_and_days_only() -> None:
    """The ethics guard: no field takes a measure, free text, or a number beyond a step."""
    for name, rule in load("declarations")["fields"].items():
        assert set(rule) - {"what"} in ({"choices"}, {"pattern"}, {"whole"})
        form = declaration.allowed()[name]
        if isinstance(form, range):
            assert name == "step"
            continue
        assert not any(form.fullmatch(text) for text in ("a b", "4.2 kg", "two words", "x" * 40, "", "1,5", "a\nb"))


# -- bits ----------------------------------------------------------------------------------------------------------------------
def test_any_bit_of_a_disclosure(held: Anchored) -> None:
    data = bytes(VAULT.disclose(3, ["uid", "site"]))
    for place, bit in itertools.product(range(len(data)), range(8)):
        changed = bytearray(data)
        changed[place] ^= 1 << bit
        with pytest.raises(DeclarationError) as caught:
            disclosure.verify_disclosure(held, disclosure.parse(bytes(changed)))
        assert "EX-0003" not in str(caught.value)


def test_any_bit_of_a_statement(held: Anchored, tmp_path: Path) -> None:
    """The entry that carries the statement is signed, and the proof ties it to the checkpoint."""
    with record(tmp_path / "record") as log:
        (index,) = log.add([("declaration", DeclarationBody(STATEMENT, "2026", "initial"))], HOST, at(1))
        witnessed(log)
        made = proof.prove(log, index)
    raw, trust = made.extra, policy.parse(POLICY)
    assert raw is not None
    for place, bit in itertools.product(range(len(raw)), range(8)):
        changed = bytearray(raw)
        changed[place] ^= 1 << bit
        with pytest.raises(PloughshareError):
            declaration.anchor(proof.Proof(made.index, made.path, made.signed, bytes(changed)), trust)


def test_any_bit_of_a_vault(tmp_path: Path) -> None:
    file = tmp_path / "urania.vault"
    statement, opened = vault.commit([ITEM], SCHEMA, 2, declaration_id="d", declarant="Urania")
    opened.save(file, "a long sentence", cost=2)
    data = file.read_bytes()
    assert b"EX-1" not in data
    assert file.stat().st_mode & 0o077 == 0
    again = vault.open_vault(file, "a long sentence")
    assert (again.statement, again.slot_of("EX-1")) == (statement, opened.slot_of("EX-1"))
    assert bytes(again.disclose(0, SCHEMA)) == bytes(opened.disclose(0, SCHEMA))
    for place in range(len(data)):
        changed = bytearray(data)
        changed[place] ^= 1 << place % 8
        file.write_bytes(bytes(changed))
        with pytest.raises(DeclarationError) as caught:
            vault.open_vault(file, "a long sentence")
        assert "EX-1" not in str(caught.value)
    for cut in (data[:-1], data + b"x", data[:100], b""):
        file.write_bytes(cut)
        with pytest.raises(DeclarationError):
            vault.open_vault(file, "a long sentence")
    file.write_bytes(data)
    with pytest.raises(DeclarationError) as caught:
        vault.open_vault(file, "another sentence")
    assert (caught.value.code, "for ever" in str(caught.value)) == ("VAULT_LOCKED", True)
    with pytest.raises(DeclarationError) as caught:
        opened.save(file, "x", cost=2)
    assert caught.value.code == "VAULT_EXISTS"
    file.chmod(0o644)
    with pytest.raises(DeclarationError, match="others can read"):
        vault.open_vault(file, "a long sentence")


# -- a second reader -----------------------------------------------------------------------------------------------------------
CODES = st.from_regex(r"[A-Z]{2}-[0-9]{1,6}", fullmatch=True)


@given(st.lists(CODES, unique=True, max_size=9), st.integers(0, 6), st.sets(st.sampled_from(SCHEMA)), st.data())
def test_two_readers_agree(uids: list[str], more: int, shown: set[str], data: st.DataObject) -> None:
    records = [{**ITEM, "uid": uid} for uid in uids]
    slots = max(1, len(uids) + more)
    statement, opened = vault.commit(records, SCHEMA, slots, declaration_id="d-1", declarant="Urania")
    held = Anchored(statement, "initial", HOST.key, "", "", 0, ())
    plain = msgspec.to_builtins(statement)
    slot = data.draw(st.integers(0, slots - 1))
    given = opened.disclose(slot, sorted(shown)).plain()
    found = disclosure.verify_disclosure(held, disclosure.parse(canon.encode(given)))
    assert second_reader.verify(plain, given) == dict(found.values)
    given["slot"] = (slot + 1) % (slots + 1)
    assert second_reader.verify(plain, given) is None
    assert code_of(held, given) == "NOT_IN_COMMITMENT"


def test_the_second_reader_on_the_vector() -> None:
    assert second_reader.verify(VECTOR["statement"], VECTOR["disclosure_ok"]) == {"uid": "EX-0003", "site": "Site-B"}
    for wrong in VECTOR["disclosures_reject"]:
        assert second_reader.verify(VECTOR["statement"], wrong["disclosure"]) is None


def test_the_second_reader_is_a_program_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "statement").write_bytes(declaration.canonical(STATEMENT))
    (tmp_path / "disclosure").write_bytes(bytes(VAULT.disclose(5, ["kind"])))
    arguments = [sys.executable, "-I", second_reader.__file__, str(tmp_path / "statement"), str(tmp_path / "disclosure")]
    done = subprocess.run(arguments, capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == {"kind": "void"}
    assert "ploughshare." not in Path(second_reader.__file__).read_text().replace("ploughshare/", "")


# -- what changed --------------------------------------------------------------------------------------------------------------
def test_what_changed_among_opened_fields() -> None:
    after = [{**ITEM, "uid": "EX-0003", "site": "Site-C"}, {**ITEM, "uid": "EX-0004", "site": "Site-C"}]
    statement, opened = vault.commit(after, SCHEMA, 4, declaration_id="u-2", declarant="Urania", supersedes=NAME)
    one, two = (Anchored(each, "initial", HOST.key, "", "", 0, ()) for each in (STATEMENT, statement))
    shown = [
        VAULT.disclose(VAULT.slot_of("EX-0003"), ["uid", "site"]),
        opened.disclose(opened.slot_of("EX-0003"), ["uid", "site", "status"]),
    ]
    assert disclosure.diff(one, two, shown) == [disclosure.Change("EX-0003", "site", "Site-B", "Site-C")]
    shown[0] = VAULT.disclose(VAULT.slot_of("EX-0003"), ["uid"])
    assert disclosure.diff(one, two, shown) == []


def test_what_is_no_disclosure() -> None:
    values: tuple[Any, ...] = (
        None,
        [],
        {},
        3,
        "x",
        {"declaration_id": 1},
        {**VECTOR["disclosure_ok"], "more": 1},
        {**VECTOR["disclosure_ok"], "path": "0" * 64},
    )
    for value in values:
        with pytest.raises(DeclarationError):
            disclosure.parse(canon.encode(value))
    upper = json.dumps(VECTOR["disclosure_ok"]).replace("77f5c07a", "77F5C07A").encode()
    with pytest.raises(DeclarationError):
        disclosure.parse(upper)


@given(st.binary(max_size=200))
def test_bytes_that_are_no_disclosure(data: bytes) -> None:
    with pytest.raises(DeclarationError):
        disclosure.parse(data)
