"""Keys and tokens: what opens, what does not any more, and what never did."""

from __future__ import annotations

import asyncio
import json
import socket
import time
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from pytest_httpserver import HTTPServer

from deployment.auth.google import IAP_HEADER, google_tokens, iap_tokens
from deployment.auth.issuer import IssuerKeys
from deployment.auth.keys import Keys
from deployment.auth.principal import authenticate
from deployment.auth.tokens import Tokens
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


def test_what_was_taken_away_is_not_brought_back_by_who_would_replace_it(documents: Documents) -> None:
    documents.put("a", "x/1 é", {"n": 1, "old": 1})
    assert documents.replace("a", "x/1 é", {"n": 2})
    assert documents.all("a") == {"x/1 é": {"n": 2}}
    documents.delete("a", "x/1 é")
    assert not documents.replace("a", "x/1 é", {"n": 3})
    assert documents.all("a") == {}


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


def _public(key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey) -> dict[str, Any]:
    if isinstance(key, rsa.RSAPrivateKey):
        return json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(key.public_key()))
    return json.loads(jwt.algorithms.ECAlgorithm.to_jwk(key.public_key()))


class Issuer:
    """Somebody who signs tokens, with the public keys on a loopback server."""

    def __init__(self, server: HTTPServer) -> None:
        self.key, self.ec = rsa.generate_private_key(65537, 2048), ec.generate_private_key(ec.SECP256R1())
        self.publish(server, {"k1": self.key, "e1": self.ec})
        self.url = server.url_for("/jwks")

    def publish(self, server: HTTPServer, keys: Mapping[str, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey]) -> None:
        """From now on these keys, and no others."""
        server.clear()
        told = [{**_public(key), "kid": kid, "use": "sig"} for kid, key in keys.items()]
        server.expect_request("/jwks").respond_with_json({"keys": told})

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


async def test_an_issuers_new_key_opens_at_once_and_a_withdrawn_one_not_any_more(
    issuer: Issuer, tokens: Tokens, httpserver: HTTPServer
) -> None:
    old = issuer.token()
    assert (await authenticate([tokens], bearer(old))).user_id == "ana"
    new = rsa.generate_private_key(65537, 2048)
    issuer.publish(httpserver, {"k2": new})
    assert (await authenticate([tokens], bearer(issuer.token(new, kid="k2")))).user_id == "ana"
    with pytest.raises(Refused) as refused:
        await authenticate([tokens], bearer(old))
    assert refused.value.status == 401


async def test_made_up_key_ids_make_us_ask_the_issuer_a_few_times_only(
    issuer: Issuer, tokens: Tokens, httpserver: HTTPServer
) -> None:
    for n in range(20):
        with pytest.raises(Refused):
            await authenticate([tokens], bearer(issuer.token(kid=f"x{n}")))
    assert len(httpserver.log) <= 4


@pytest.mark.parametrize(
    ("status", "body"),
    [(200, "<html>"), (200, "[]"), (200, '{"keys": []}'), (500, "{}"), (302, ""), (200, "[" * 99_999)],
)
async def test_an_issuer_that_answers_no_keys_is_a_503_to_its_tokens(
    issuer: Issuer, tokens: Tokens, httpserver: HTTPServer, status: int, body: str
) -> None:
    httpserver.clear()
    httpserver.expect_request("/jwks").respond_with_data(body, status)
    for _ in range(3):
        with pytest.raises(Refused) as refused:
            await authenticate([tokens], bearer(issuer.token()))
        assert refused.value.status == 503
    assert len(httpserver.log) <= 1  # nobody waits for it again right after


async def test_many_tokens_of_an_issuer_that_hangs_wait_together_and_hold_nobody_else_up(
    issuer: Issuer, tokens: Tokens, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("deployment.auth.issuer.FETCH_TIMEOUT_S", 60.0)
    keys = Keys(SqliteDocuments(tmp_path / "server.db"))
    key = keys.add("user", "bob")
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}/jwks"
        hanging = Tokens(issuers=[ISSUER], audience=AUDIENCE, jwks_url=url, credential="jwt")
        flood = [asyncio.create_task(authenticate([hanging], bearer(issuer.token()))) for _ in range(50)]
        await asyncio.sleep(0)
        assert (await authenticate([keys, hanging], bearer(key))).user_id == "bob"
        assert not any(task.done() for task in flood)
        (await asyncio.to_thread(silent.accept))[0].close()
        answers = await asyncio.gather(*flood, return_exceptions=True)
        assert [answer.status for answer in answers if isinstance(answer, Refused)] == [503] * 50
        silent.setblocking(False)
        with pytest.raises(BlockingIOError):  # one look for all
            silent.accept()
        monkeypatch.setattr("deployment.auth.issuer.FETCH_TIMEOUT_S", 0.1)
        hanging = Tokens(issuers=[ISSUER], audience=AUDIENCE, jwks_url=url, credential="jwt")
        with pytest.raises(Refused, match="cannot be fetched"):
            await authenticate([hanging], bearer(issuer.token()))


async def test_known_keys_serve_on_for_an_hour_while_the_issuer_is_away(issuer: Issuer, httpserver: HTTPServer) -> None:
    now = [0.0]
    keys = IssuerKeys(issuer.url, lambda: now[0])
    assert await keys.find("k1")
    httpserver.clear()
    httpserver.expect_request("/jwks").respond_with_data("", 503)
    now[0] += 3_599
    assert await keys.find("k1")
    now[0] += 2
    with pytest.raises(Refused) as refused:
        await keys.find("k1")
    assert refused.value.status == 503
