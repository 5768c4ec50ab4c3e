"""A webhook is taken for the platform's if it is signed, of this moment, about this content, and ours."""

from __future__ import annotations

import json
from base64 import urlsafe_b64encode
from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

jwt = pytest.importorskip("jwt", reason="PyJWT says what is a good token")

from flowc.serve.signed import SECONDS, SignatureError, Signer, body_hashes, faults, query_hashes, verify  # noqa: E402

SECRET, OLD = "a-signature-secret-" * 4, "an-older-signature-secret-" * 3
SIGNER = Signer((SECRET.encode(), OLD.encode()), frozenset({"abcd1234"}), frozenset({"app-1", "app-2"}))
NOW = 1_800_000_000.0
BODY = b'{"dtmf":{"digits":"1","timed_out":false},"conversation_uuid":"CON-1"}'
HASH = sha256(BODY).hexdigest()
GOOD: dict[str, object] = {
    "iat": int(NOW),
    "jti": "id-1",
    "iss": "Vonage",
    "payload_hash": HASH,
    "api_key": "abcd1234",
    "application_id": "app-1",
}


def token(
    secret: str = SECRET, algorithm: str = "HS256", headers: dict[str, object] | None = None, **changed: object
) -> str:
    claims = {key: value for key, value in {**GOOD, **changed}.items() if value is not None}
    return str(jwt.encode(claims, secret, algorithm=algorithm, headers=headers))


def takes(authorization: str, body: bytes = BODY, now: float = NOW) -> bool:
    try:
        verify(SIGNER, authorization.encode(), body_hashes(body), now)
    except SignatureError:
        return False
    return True


GOOD_TOKENS = {
    "as it is": token(),
    "with an older secret": token(OLD),
    "of another of our applications": token(application_id="app-2"),
    "299 seconds old": token(iat=int(NOW) - 299),
    "299 seconds early": token(iat=int(NOW) + 299),
    "with time as a decimal": token(iat=NOW + 0.5),
    "that expires later": token(exp=int(NOW) + 60),
    "with a hash in capitals": token(payload_hash=HASH.upper()),
}

BAD_TOKENS = {
    "of a list of applications": token(application_id=["app-1"]),
    "of an account by a list": token(api_key=["abcd1234"]),
    "with another secret": token("x" * 64),
    "signed with HS512": token("x" * 64, "HS512"),
    "with our secret and HS512": jwt.encode(GOOD, SECRET, algorithm="HS512"),
    "with our secret and HS384": jwt.encode(GOOD, SECRET, algorithm="HS384"),
    "not signed": jwt.encode(GOOD, "", algorithm="none"),
    "ten years old": token(iat=int(NOW) - 315_360_000),
    "301 seconds old": token(iat=int(NOW) - 301),
    "301 seconds early": token(iat=int(NOW) + 301),
    "without a time": token(iat=None),
    "with a text for a time": token(iat=None, **{"iat ": 1}),
    "that has expired": token(exp=int(NOW) - 1),
    "that does not hold yet": token(nbf=int(NOW) + 4000),
    "for another body": token(payload_hash=sha256(b"{}").hexdigest()),
    "for no body": token(payload_hash=None),
    "of another account": token(api_key="ffff0000"),
    "of no account": token(api_key=None),
    "of another application": token(application_id="app-3"),
    "of no application": token(application_id=None),
    "without an id": token(jti=None),
    "with an empty id": token(jti=""),
    "with what has to be understood": token(headers={"crit": ["exp"]}),
    "with a body that is not encoded": token(headers={"b64": False}),
}


@pytest.mark.parametrize("name", GOOD_TOKENS)
def test_a_token_is_taken(name: str) -> None:
    assert takes(f"Bearer {GOOD_TOKENS[name]}")


@pytest.mark.parametrize("name", BAD_TOKENS)
def test_a_token_is_refused(name: str) -> None:
    assert not takes(f"Bearer {BAD_TOKENS[name]}")


def test_rs256_is_refused_with_our_secret_as_its_public_key() -> None:
    head = urlsafe_b64encode(b'{"alg":"RS256","typ":"JWT"}').rstrip(b"=").decode()
    _, body, signature = token().split(".")
    assert not takes(f"Bearer {head}.{body}.{signature}")


def test_a_token_may_not_name_an_algorithm_that_its_signature_is_not_of() -> None:
    _, body, signature = token().split(".")
    for written in ('{"alg":"none"}', '{"alg":"hs256"}', '{"alg":"HS256 "}', '{"alg":["HS256"]}', "[]", "{"):
        head = urlsafe_b64encode(written.encode()).rstrip(b"=").decode()
        assert not takes(f"Bearer {head}.{body}.{signature}")
        assert not takes(f"Bearer {head}.{body}.")


NO_TOKENS = [
    "",
    "Bearer",
    "Bearer ",
    token(),
    f"Basic {token()}",
    "Bearer a.b.c",
    "Bearer ..",
    "Bearer " + "a" * 9000,
    f"Bearer {token()}.x",
    f"Bearer {token()}=",
    f"Bearer {token()[:-2]}",
    f"Bearer x{token()}",
    f"Bearer {token().replace('.', '..', 1)}",
]


@pytest.mark.parametrize("authorization", NO_TOKENS)
def test_what_is_no_token_is_refused(authorization: str) -> None:
    assert not takes(authorization)


@settings(deadline=None)
@given(st.integers(0, len(BODY) - 1), st.integers(1, 255))
def test_no_byte_of_a_body_can_be_changed(at: int, by: int) -> None:
    changed = BODY[:at] + bytes([BODY[at] ^ by]) + BODY[at + 1 :]
    assert not takes(f"Bearer {GOOD_TOKENS['as it is']}", changed)


@settings(deadline=None)
@given(st.integers(0, 400), st.characters(min_codepoint=33, max_codepoint=126))
def test_a_changed_token_is_taken_only_if_pyjwt_takes_it(at: int, by: str) -> None:
    good = GOOD_TOKENS["as it is"]
    at %= len(good)
    changed = good[:at] + by + good[at + 1 :]
    if not takes(f"Bearer {changed}"):
        return
    options = {"verify_iat": False, "verify_exp": False}
    assert jwt.decode(changed, SECRET, algorithms=["HS256"], options=options) == GOOD


@settings(deadline=None)
@given(st.dictionaries(st.text(max_size=8), st.none() | st.integers() | st.text(max_size=8), max_size=4))
def test_a_token_that_pyjwt_makes_is_read(more: dict[str, object]) -> None:
    claims = {**more, **GOOD}
    claims.pop("exp", None)
    claims.pop("nbf", None)
    written = jwt.encode(claims, SECRET, algorithm="HS256")
    assert verify(SIGNER, f"Bearer {written}".encode(), [HASH], NOW) == "id-1"


def test_a_body_may_have_been_hashed_without_its_spaces() -> None:
    spaced = json.dumps(json.loads(BODY), indent=2).encode()
    assert takes(f"Bearer {GOOD_TOKENS['as it is']}", spaced)


@pytest.mark.parametrize("body", [b"", b"\xff\xfe", b"{", b"[" * 60_000, b'{"a":1e999}', b"9" * 60_000])
def test_any_body_has_a_hash(body: bytes) -> None:
    assert sha256(body).hexdigest() in [*body_hashes(body)]


def test_a_query_is_hashed_as_an_object_in_its_order() -> None:
    query = [("to", "442079460000"), ("dtmf", '{"digits":"3","timed_out":true}'), ("from", "null")]
    as_texts = '{"to":"442079460000","dtmf":"{\\"digits\\":\\"3\\",\\"timed_out\\":true}","from":"null"}'
    as_data = '{"to":"442079460000","dtmf":{"digits":"3","timed_out":true},"from":null}'
    known = [*query_hashes(query)]
    assert known == [sha256(each.encode()).hexdigest() for each in (as_texts, as_data)]
    assert set(known).isdisjoint(query_hashes(query[::-1]))


def test_a_signer_knows_whose_requests_are_ours() -> None:
    assert [*faults(SIGNER)] == []
    assert len([*faults(Signer((), frozenset(), frozenset()))]) == 3
    assert [*faults(SIGNER._replace(secrets=(b"abc",)))] != []
    assert SECRET not in repr(SIGNER)
    assert SECONDS == 300
