"""Calls WeChat through the API proxy, with nothing but Python's standard library (3.8 and newer). Only to
open a token it needs the package `cryptography`, since the library has no AES-GCM.

  PROXY=https://….tencentscf.com CLIENT=crm SECRET=… python3 fuwuhao.py GET /cgi-bin/menu/get
  … python3 fuwuhao.py POST /cgi-bin/message/custom/send '{"touser": …}' order-4711
  … python3 fuwuhao.py --token     takes the token, has the proxy confirm it, and shows until when it is good
  python3 fuwuhao.py --vector      signs the vector of docs/proxy.md; needs no proxy
"""

import base64
import hashlib
import hmac
import json
import os
import re
import secrets
import sys
import time
from http.client import HTTPException
from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import HTTPRedirectHandler, Request, build_opener


class ProxyError(Exception):
    """Why there is no answer. `code` is `wechat` if WeChat answered with an errcode."""

    def __init__(self, code, message, status=0, errcode=None, details=None):
        super().__init__(message)
        self.code, self.status, self.errcode, self.details = code, status, errcode, details or {}


class NoRedirect(HTTPRedirectHandler):
    """A redirected request would take its proof to another host."""

    def redirect_request(self, *_):
        return None


class Proxy:
    def __init__(self, url, client, secret, timeout=20):
        if not re.match(r"https?://[^/?#]+[^?#]*\Z", url) or re.search(r"/v1/*$", url):
            raise ProxyError("invalid", "PROXY must be the https:// address of api-proxy, without /v1.")
        if not client:
            raise ProxyError("invalid", "CLIENT is empty: pass the id that `proxy-client add` was given.")
        if not re.match(r"[\w-]{43}\Z", secret, re.ASCII):
            raise ProxyError("invalid", "SECRET must be the 43 characters that `proxy-client add` showed.")
        self.url, self.client, self.secret, self.timeout = url.rstrip("/"), client, secret, timeout

    def call(self, method, path, query=None, json_body=None, key=None):
        """Gives what WeChat answers: a dict, or the bytes of a file. A call that is tried again needs its old key."""
        body = b"" if json_body is None else json.dumps(json_body, ensure_ascii=False).encode()
        return self.send(method, "/v1" + path, query, body, key)[0]

    def token(self):
        """The account's token and its end (seconds since the epoch). Keep it until a minute before its end."""
        return self.open(*self.send("GET", "/v1/token"))

    def reject_token(self, token):
        """For a token that WeChat refused (40001, 40014, 42001): the one that is good."""
        body = json.dumps({"proof": self.hmac("fuwuhao v1 proof " + token)}).encode()
        return self.open(*self.send("POST", "/v1/token/reject", body=body))

    def open(self, answer, nonce):
        try:
            from cryptography.hazmat.primitives.ciphers.aead import AESGCM
        except ImportError as error:
            raise ProxyError("invalid", "A token is opened by AES-GCM: pip install cryptography") from error
        sealed = base64.urlsafe_b64decode(answer["sealed"] + "=" * (-len(answer["sealed"]) % 4))
        # HKDF-SHA256 for the one block of 32 bytes that a key needs.
        material = hmac.new(self.client.encode(), self.secret.encode(), hashlib.sha256).digest()
        key = hmac.new(material, b"fuwuhao v1 seal\x01", hashlib.sha256).digest()
        context = f"fuwuhao v1 token {self.client} {nonce}".encode()
        return AESGCM(key).decrypt(sealed[:12], sealed[12:], context).decode(), answer["expiresAt"]

    def send(self, method, path, query=None, body=b"", key=None):
        nonce = secrets.token_hex(16)
        search, content_type = canonical(query or {}), "application/json" if body else ""
        key = key or ("" if method == "GET" else nonce)
        proof = self.proof(int(time.time()), nonce, method, path, search, key, content_type, body)
        request = Request(self.url + path + ("?" + search if search else ""), method=method, data=body or None)
        request.add_header("x-fuwuhao-auth", proof)
        if key:
            request.add_header("idempotency-key", key)
        if body:
            request.add_header("content-type", content_type)
        try:
            answer = build_opener(NoRedirect).open(request, timeout=self.timeout)
        except HTTPError as refusal:
            answer = refusal
        except (OSError, HTTPException) as error:
            raise ProxyError("network", f"The proxy could not be reached: {error}") from error
        with answer:
            try:
                content = answer.read()
            except (OSError, HTTPException) as error:
                raise ProxyError("network", f"The answer broke off: {error}") from error
            return self.read(answer.status, answer.headers, content, nonce), nonce

    def read(self, status, headers, content, nonce):
        """Believes only what the proxy signed for this very request."""
        media_type, disposition = headers.get("content-type", ""), headers.get("content-disposition", "")
        signature = self.answer_signature(nonce, status, media_type, disposition, content)
        is_ours = hmac.compare_digest(headers.get("fuwuhao-signature", "").encode(), signature.encode())
        if status != 200:
            raise refused(status, content)
        if not is_ours:
            raise ProxyError("unauthentic", "The answer is not signed by the proxy: something changed it.", status)
        if disposition or not re.search(r"json|text/(plain|html)", media_type, re.IGNORECASE):
            return content
        try:
            answer = json.loads(content)
        except ValueError as error:
            raise ProxyError("upstream", "WeChat answered something that is no JSON.", status) from error
        base = answer.get("base_resp", {})
        errcode = int(answer.get("errcode", base.get("ret", 0)))
        if errcode:
            message = f"WeChat answered {errcode} {answer.get('errmsg', base.get('err_msg', ''))}"
            raise ProxyError("wechat", message, status, errcode)
        return answer

    def proof(self, timestamp, nonce, method, path, search, key, content_type, body):
        lines = ("fuwuhao", "v2", self.client, str(timestamp), nonce, f"{method} {path}", search, key, content_type)
        return f"v2 {self.client} {timestamp} {nonce} {self.hmac(*lines, sha256(body))}"

    def answer_signature(self, nonce, status, media_type, disposition, content):
        bare = media_type.split(";")[0].strip().lower()
        lines = ("fuwuhao", "v2 answer", self.client, nonce, str(status), bare, disposition)
        return f"v2 {self.hmac(*lines, sha256(content))}"

    def hmac(self, *lines):
        return hmac.new(self.secret.encode(), "\n".join(lines).encode(), hashlib.sha256).hexdigest()


def sha256(data):
    return hashlib.sha256(data).hexdigest()


def canonical(query):
    return "&".join(sorted(f"{quote(name, safe='~')}={quote(value, safe='~')}" for name, value in query.items()))


def refused(status, content):
    try:
        error = json.loads(content)["error"]
        return ProxyError(error["code"], error["message"], status, details=error.get("details"))
    except (ValueError, KeyError, TypeError):
        return ProxyError("upstream", f"HTTP {status} is not the proxy's own answer: is the URL right?", status)


def vector():
    proxy = Proxy("https://example.com", "crm", "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8")
    nonce, search = "f3a10000000000000000000000000001", canonical({"b": "文", "a": "1"})
    request = ("POST", "/v1/cgi-bin/menu/create", search, "order-4711", "application/json", b'{"button":[]}')
    print("x-fuwuhao-auth: " + proxy.proof(1767225600, nonce, *request))
    answer = ("application/json; charset=utf-8", "", b'{"errcode":0,"errmsg":"ok"}')
    print("fuwuhao-signature: " + proxy.answer_signature(nonce, 200, *answer))


def main(arguments):
    if arguments == ["--vector"]:
        return vector()
    proxy = Proxy(*(os.environ.get(name, "") for name in ("PROXY", "CLIENT", "SECRET")))
    if arguments == ["--token"]:
        token, expires_at = proxy.token()
        print(json.dumps({"expiresAt": expires_at, "isGood": proxy.reject_token(token)[0] == token}))
        return None
    if len(arguments) < 2:
        raise ProxyError("invalid", "Usage: fuwuhao.py METHOD PATH [JSON] [KEY]")
    method, path, *rest = arguments
    answer = proxy.call(method, path, None, json.loads(rest[0]) if rest else None, rest[1] if len(rest) > 1 else None)
    if isinstance(answer, bytes):
        sys.stdout.buffer.write(answer)
    else:
        print(json.dumps(answer, ensure_ascii=False))
    return None


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except ProxyError as failure:
        sys.exit(f"{failure.code}: {failure}")
