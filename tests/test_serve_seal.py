"""What a call remembers opens where it belongs, and nowhere else."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

pytest.importorskip("cryptography", reason="seals are made with cryptography")

from flowc.serve.seal import SECONDS, Place, SealError, Seals, is_seal

KEY, NEW, OTHER = "k" * 32, "n" * 32, "o" * 32
HERE = Place("acme", "main~2", "CON-1")
NOW = 1_800_000_000.0
SEALS = Seals([KEY])


@settings(deadline=None)
@given(st.binary(max_size=2000), st.text(max_size=20))
def test_what_was_sealed_opens(data: bytes, conversation: str) -> None:
    place = HERE._replace(conversation=conversation)
    sealed = SEALS.seal(data, place, NOW)
    assert is_seal(sealed)
    assert SEALS.open(sealed, place, NOW + SECONDS) == data


@pytest.mark.parametrize(
    "elsewhere",
    [
        Place("acme", "main~2", "CON-2"),
        Place("acme", "main~3", "CON-1"),
        Place("shop", "main~2", "CON-1"),
        Place("acme", "main~2", ""),
        Place("acmemain", "~2", "CON-1"),
    ],
)
def test_it_opens_in_no_other_place_and_no_other_call(elsewhere: Place) -> None:
    with pytest.raises(SealError, match="another place or call"):
        SEALS.open(SEALS.seal(b"{}", HERE, NOW), elsewhere, NOW)


def test_it_expires() -> None:
    sealed = SEALS.seal(b"{}", HERE, NOW)
    with pytest.raises(SealError, match="expired"):
        SEALS.open(sealed, HERE, NOW + SECONDS + 1)


def test_no_character_of_it_can_be_changed() -> None:
    sealed = SEALS.seal(b'{"tier":"gold"}', HERE, NOW)
    for at, each in enumerate(sealed):
        changed = sealed[:at] + ("A" if each != "A" else "B") + sealed[at + 1 :]
        try:
            opened = SEALS.open(changed, HERE, NOW)
        except SealError:
            continue
        # the last character has bits that stand for nothing
        assert at == len(sealed) - 1
        assert opened == b'{"tier":"gold"}'


@settings(deadline=None)
@given(st.text(alphabet="ABCZabcz019-_", max_size=200))
def test_what_nobody_sealed_does_not_open(text: str) -> None:
    with pytest.raises(SealError):
        SEALS.open(text, HERE, NOW)


@pytest.mark.parametrize("text", ["", "A" * 43, "A" * 45, "A" * 44 + "=", "A" * 44 + "\n", "A" * 44 + "é", "ＡＢ" * 30])
def test_what_is_no_seal_does_not_open(text: str) -> None:
    with pytest.raises(SealError):
        SEALS.open(text, HERE, NOW)


def test_nothing_of_what_is_sealed_can_be_read() -> None:
    from base64 import urlsafe_b64decode

    sealed = SEALS.seal(b"447700900123", HERE, NOW)
    raw = urlsafe_b64decode(sealed + "=" * (-len(sealed) % 4))
    assert b"4477" not in raw
    assert b"CON" not in raw
    assert SEALS.seal(b"447700900123", HERE, NOW) != sealed


def test_the_first_key_seals_and_each_opens() -> None:
    old, both, new = Seals([KEY]), Seals([NEW, KEY]), Seals([NEW])
    assert both.open(old.seal(b"old", HERE, NOW), HERE, NOW) == b"old"
    assert new.open(both.seal(b"new", HERE, NOW), HERE, NOW) == b"new"
    with pytest.raises(SealError, match="not known"):
        new.open(old.seal(b"old", HERE, NOW), HERE, NOW)
    with pytest.raises(SealError, match="not known"):
        Seals([OTHER]).open(both.seal(b"new", HERE, NOW), HERE, NOW)


def test_what_repeats_itself_is_made_small() -> None:
    assert len(SEALS.seal(b"customer" * 1000, HERE, NOW)) < 200


def test_what_unpacks_to_too_much_does_not_open() -> None:
    with pytest.raises(SealError, match="too large"):
        SEALS.open(SEALS.seal(b"\0" * (256 * 1024 + 1), HERE, NOW), HERE, NOW)


@pytest.mark.parametrize("keys", [[], ["short"], [KEY, ""]])
def test_a_key_is_long_enough_to_be_secret(keys: list[str]) -> None:
    with pytest.raises(ValueError, match="key"):
        Seals(keys)
