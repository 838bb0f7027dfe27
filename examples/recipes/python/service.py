"""A service on Flask and Authlib. With KEY_FILE it signs with a key (class standard), with CLIENT_SECRET it holds a secret (class legacy)."""

import os
import secrets
from pathlib import Path

from authlib.integrations.base_client import OAuthError
from authlib.integrations.flask_client import OAuth
from authlib.oauth2.rfc7523 import PrivateKeyJWT, private_key_jwt_sign
from flask import Flask, jsonify, redirect, session
from joserfc.errors import JoseError
from joserfc.jwk import ECKey

issuer = os.environ.get("ISSUER", "http://localhost:3000")
port = int(os.environ.get("PORT", "4180"))
address = f"http://localhost:{port}"
key_file = os.environ.get("KEY_FILE")


class ShortAssertion(PrivateKeyJWT):
    """Authlib's own names the token endpoint and lives an hour; Huwiya takes the issuer and five minutes at most."""

    def sign(self, auth, token_endpoint):
        header = {"kid": "pla-1"}
        return private_key_jwt_sign(auth.client_secret, auth.client_id, issuer, alg="ES256", header=header, expires_in=60)


def how_to_sign_in():
    if key_file is None:
        return {"client_secret": os.environ["CLIENT_SECRET"]}
    key = ECKey.import_key(Path(key_file).read_text())
    return {"client_secret": key, "client_auth_methods": [ShortAssertion()]}


app = Flask(__name__)
app.secret_key = secrets.token_bytes(32)
app.json.ensure_ascii = False
huwiya = OAuth(app).register(
    "huwiya",
    client_id="pla-library",
    server_metadata_url=f"{issuer}/.well-known/openid-configuration",
    client_kwargs={
        "scope": "openid offline_access",
        "code_challenge_method": "S256",
        "token_endpoint_auth_method": "client_secret_basic" if key_file is None else "private_key_jwt",
    },
    **how_to_sign_in(),
)

# Flask's session is signed and not sealed: the browser could read it. So it carries a number, and the tokens stay here.
people = {}


@app.get("/")
def home():
    person = people.get(session.get("number"))
    return jsonify(person["details"]) if person else "Nobody is signed in. Open /login."


@app.get("/login")
def login():
    # A refresh token needs prompt=consent. Leave offline_access and prompt out where you need none.
    return huwiya.authorize_redirect(f"{address}/callback", prompt="consent")


@app.get("/callback")
def callback():
    token = huwiya.authorize_access_token()  # compares the state, checks the signature of the ID token and its nonce
    details = read_details(token, token["userinfo"]["sub"])
    session["number"] = secrets.token_urlsafe()  # a new one at each sign-in
    people[session["number"]] = {"details": details, "token": token, "sub": token["userinfo"]["sub"]}
    return redirect("/")


@app.get("/refresh")
def refresh():
    person = people[session["number"]]
    renewed = huwiya.fetch_access_token(grant_type="refresh_token", refresh_token=person["token"]["refresh_token"])
    person["token"] = {**person["token"], **renewed}
    person["details"] = read_details(renewed, person["sub"])
    return redirect("/")


@app.get("/logout")
def logout():
    person = people.pop(session.pop("number", None), None)
    if person is None:
        return redirect("/")
    return huwiya.logout_redirect(post_logout_redirect_uri=f"{address}/", id_token_hint=person["token"]["id_token"])


@app.errorhandler(OAuthError)
@app.errorhandler(JoseError)
def refused(error):
    # The person refused, or the answer is not to be believed. The words are those of docs/guides/agency.md.
    return f"The sign-in did not succeed: {error.error}", 403


def read_details(token, subject):
    details = huwiya.userinfo(token=token)
    if details["sub"] != subject:
        raise OAuthError("another_person")
    return details


if __name__ == "__main__":
    app.run(host="127.0.0.1", port=port)
