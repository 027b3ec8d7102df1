"""Keys and tokens: what opens, what does not any more, and what never did."""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from pytest_httpserver import HTTPServer

from deployment.auth.google import IAP_HEADER, google_tokens, iap_tokens
from deployment.auth.jwt import Tokens
from deployment.auth.keys import Keys
from deployment.auth.principal import authenticate
from deployment.documents import Documents, Entry, FirestoreDocuments, SqliteDocuments
from deployment.refusals import Refused
from recsys_agent.services import firestore_client
from tools.errors import UsageError

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)
ISSUER, AUDIENCE = "https://login.example", "recsys"


@pytest.fixture(params=["sqlite", "firestore"])
def documents(request: pytest.FixtureRequest, tmp_path: Path, firestore_emulator: str) -> Documents:
    if request.param == "sqlite":
        return SqliteDocuments(tmp_path / "server.db")
    return FirestoreDocuments(firestore_client(f"firestore://test-{uuid4().hex[:8]}"))


def bearer(token: str) -> dict[str, str]:
    return {"authorization": f"Bearer {token}"}


# -- documents


def test_records_are_kept_created_once_added_up_and_deleted(documents: Documents) -> None:
    soon = datetime.now(UTC) + timedelta(hours=1)
    assert documents.get("a", "x/1 é") is None
    assert documents.create("a", "x/1 é", {"n": 1})
    assert not documents.create("a", "x/1 é", {"n": 2})
    documents.put("b", "x/1 é", {"n": 3})
    for _ in range(3):
        documents.add("sums", "day", {"calls": 2, "tokens": 5}, expires_at=soon)
    assert documents.get("sums", "day") == {"calls": 6, "tokens": 15}
    assert documents.all("a") == {"x/1 é": {"n": 1}}
    documents.delete("a", "x/1 é")
    assert documents.all("a") == {}
    assert documents.get("b", "x/1 é") == {"n": 3}


def test_what_has_expired_is_not_there_and_can_be_created_again(documents: Documents) -> None:
    past = datetime.now(UTC) - timedelta(seconds=1)
    documents.put("a", "old", {"n": 1}, expires_at=past)
    assert documents.get("a", "old") is None
    assert documents.all("a") == {}
    assert documents.create("a", "old", {"n": 2})


def test_records_that_belong_together_are_kept_all_or_none(documents: Documents) -> None:
    assert documents.create_together([Entry("a", "1", {"n": 1}), Entry("b", "1", {"n": 2})])
    assert not documents.create_together([Entry("c", "1", {"n": 3}), Entry("b", "1", {"n": 4})])
    assert documents.get("b", "1") == {"n": 2}
    assert documents.get("c", "1") is None


# -- keys


async def test_a_key_opens_for_its_user_until_it_is_revoked(documents: Documents) -> None:
    keys = Keys(documents)
    key = keys.add("user", "ana")
    assert (await authenticate([keys], bearer(key))).user_id == "ana"
    keys.revoke(key.split("_")[1])
    with pytest.raises(Refused, match="not valid") as refused:
        await authenticate([keys], bearer(key))
    assert refused.value.status == 401


async def test_of_a_key_only_a_hash_is_kept(tmp_path: Path) -> None:
    keys = Keys(SqliteDocuments(tmp_path / "server.db"))
    secret = keys.add("user", "ana").split("_", 2)[2]
    assert all(secret.encode() not in file.read_bytes() for file in tmp_path.iterdir())
    assert secret not in json.dumps(keys.list())
    assert "hash" not in json.dumps(keys.list())


async def test_a_rotated_key_opens_with_both_secrets_until_the_overlap_ends(tmp_path: Path) -> None:
    now = [NOW]
    keys = Keys(SqliteDocuments(tmp_path / "server.db"), clock=lambda: now[0])
    old = keys.add("server", "toys")
    new = keys.rotate(old.split("_")[1], overlap=timedelta(hours=1))
    headers = {"x-shopper-id": "ana"}
    for key in (old, new):
        assert (await authenticate([keys], bearer(key) | headers)).user_id == "toys:ana"
    now[0] += timedelta(hours=1)
    assert (await authenticate([keys], bearer(new) | headers)).user_id == "toys:ana"
    with pytest.raises(Refused, match="not valid"):
        await authenticate([keys], bearer(old) | headers)


@pytest.mark.parametrize("token", ["", "rk", "rk_", "rk__", "rk_../x_y", "rk_0000_", "rk_\udcff_x", "other"])
async def test_what_is_no_key_is_nobody(tmp_path: Path, token: str) -> None:
    with pytest.raises(Refused) as refused:
        await authenticate([Keys(SqliteDocuments(tmp_path / "server.db"))], bearer(token))
    assert refused.value.status == 401


@pytest.mark.parametrize("name", ["", "toys:ana", "a/b", "..", "a b", "x" * 129, "__x__"])
def test_a_name_that_would_break_out_of_its_place_gets_no_key(tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError, match="cannot be used"):
        Keys(SqliteDocuments(tmp_path / "server.db")).add("user", name)


# -- tokens


class Issuer:
    """Somebody who signs tokens, with the public keys on a loopback server."""

    def __init__(self, server: HTTPServer) -> None:
        self.key, self.kid = rsa.generate_private_key(65537, 2048), "k1"
        self.ec = ec.generate_private_key(ec.SECP256R1())
        public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key()))
        public_ec = json.loads(jwt.algorithms.ECAlgorithm.to_jwk(self.ec.public_key()))
        keys = [{**public, "kid": "k1", "use": "sig"}, {**public_ec, "kid": "e1", "use": "sig"}]
        server.expect_request("/jwks").respond_with_json({"keys": keys})
        self.url = server.url_for("/jwks")

    def token(self, key: Any = None, algorithm: str = "RS256", kid: str = "k1", **claims: Any) -> str:
        now = int(time.time())
        said = {"iss": ISSUER, "aud": AUDIENCE, "sub": "ana", "iat": now, "exp": now + 300} | claims
        return jwt.encode(
            {k: v for k, v in said.items() if v is not None},
            self.key if key is None else key,
            algorithm,
            headers={"kid": kid},
        )


@pytest.fixture
def issuer(httpserver: HTTPServer) -> Issuer:
    return Issuer(httpserver)


@pytest.fixture
def tokens(issuer: Issuer) -> Tokens:
    return Tokens(issuers=[ISSUER], audience=AUDIENCE, jwks_url=issuer.url, credential="jwt")


async def test_a_token_of_the_issuer_is_its_subject(issuer: Issuer, tokens: Tokens) -> None:
    assert (await authenticate([tokens], bearer(issuer.token()))).user_id == "ana"
    assert (await authenticate([tokens], bearer(issuer.token(sub="auth0|1")))).user_id == "auth0|1"
    assert (await authenticate([tokens], bearer(issuer.token(issuer.ec, "ES256", "e1")))).user_id == "ana"


async def test_any_other_token_is_nobody(issuer: Issuer, tokens: Tokens) -> None:
    past, stranger = int(time.time()) - 3600, rsa.generate_private_key(65537, 2048)
    bad = {
        "expired": issuer.token(exp=past),
        "not yet": issuer.token(nbf=int(time.time()) + 3600),
        "another audience": issuer.token(aud="other"),
        "another issuer": issuer.token(iss="https://evil.example"),
        "no end": issuer.token(exp=None),
        "no subject": issuer.token(sub=None),
        "signed by a stranger": issuer.token(stranger),
        "an unknown key": issuer.token(kid="k9"),
        "not signed": issuer.token("", "none"),
        "signed with the public key's text": issuer.token("x" * 32, "HS256"),
        "a shop's namespace as subject": issuer.token(sub="toys:ana"),
        "a path as subject": issuer.token(sub="../bob"),
        "rubbish": "a.b.c",
    }
    for what, token in bad.items():
        with pytest.raises(Refused) as refused:
            await authenticate([tokens], bearer(token))
        assert refused.value.status == 401, what


async def test_a_token_acts_for_nobody_else(issuer: Issuer, tokens: Tokens) -> None:
    with pytest.raises(Refused) as refused:
        await authenticate([tokens], bearer(issuer.token()) | {"x-shopper-id": "bob"})
    assert refused.value.status == 403


async def test_a_google_account_is_one_user_by_oidc_and_by_iap(issuer: Issuer) -> None:
    methods = [google_tokens(AUDIENCE, issuer.url), iap_tokens("/projects/1/x", issuer.url)]
    oidc = issuer.token(iss="https://accounts.google.com", sub="1234")
    iap = issuer.token(
        issuer.ec,
        "ES256",
        "e1",
        iss="https://cloud.google.com/iap",
        aud="/projects/1/x",
        sub="accounts.google.com:1234",
    )
    assert (await authenticate(methods, bearer(oidc))).user_id == "google-1234"
    assert (await authenticate(methods, {IAP_HEADER: iap})).user_id == "google-1234"
    with pytest.raises(Refused):
        await authenticate(methods, {IAP_HEADER: oidc})
    with pytest.raises(Refused):
        await authenticate(methods, {"x-goog-authenticated-user-email": "accounts.google.com:ana@example.com"})


async def test_an_issuer_whose_keys_cannot_be_fetched_is_a_503(issuer: Issuer) -> None:
    tokens = Tokens(issuers=[ISSUER], audience=AUDIENCE, jwks_url="http://127.0.0.1:9/jwks", credential="jwt")
    with pytest.raises(Refused) as refused:
        await authenticate([tokens], bearer(issuer.token()))
    assert refused.value.status == 503
