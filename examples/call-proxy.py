"""Calls WeChat through the proxy with nothing but Python's standard library.

  PROXY=https://….tencentscf.com CLIENT=crm SECRET=… python3 examples/call-proxy.py GET /v1/cgi-bin/menu/get
  … python3 examples/call-proxy.py POST /v1/cgi-bin/message/custom/send '{"touser": …}'
"""

import hashlib
import hmac
import os
import secrets
import sys
import time
from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import Request, urlopen

PROXY, CLIENT, SECRET = (os.environ[name] for name in ("PROXY", "CLIENT", "SECRET"))


def sign(*lines: str) -> str:
    return hmac.new(SECRET.encode(), "\n".join(lines).encode(), hashlib.sha256).hexdigest()


def call(method, path, query=None, body=b"", key=None):
    """Gives the status and the bytes of the answer. A call that is tried again needs the same key."""
    timestamp, nonce = str(int(time.time())), secrets.token_hex(16)
    pairs = sorted(f"{quote(name, safe='~')}={quote(value, safe='~')}" for name, value in (query or {}).items())
    search, key = "&".join(pairs), key or nonce
    content_type = "application/json" if body else ""
    signature = sign(
        *("fuwuhao", "v2", CLIENT, timestamp, nonce, f"{method} {path}", search, key, content_type),
        hashlib.sha256(body).hexdigest(),
    )
    request = Request(f"{PROXY}{path}{'?' + search if search else ''}", method=method, data=body or None)
    request.add_header("x-fuwuhao-auth", f"v2 {CLIENT} {timestamp} {nonce} {signature}")
    request.add_header("idempotency-key", key)
    if body:
        request.add_header("content-type", content_type)
    try:
        answer = urlopen(request, timeout=20)
    except HTTPError as refusal:
        answer = refusal
    content = answer.read()
    media_type = answer.headers.get("content-type", "").split(";")[0].strip().lower()
    disposition = answer.headers.get("content-disposition", "")
    expected = sign(
        *("fuwuhao", "v2 answer", CLIENT, nonce, str(answer.status), media_type, disposition),
        hashlib.sha256(content).hexdigest(),
    )
    is_ours = hmac.compare_digest(answer.headers.get("fuwuhao-signature", ""), f"v2 {expected}")
    if answer.status == 200 and not is_ours:
        raise RuntimeError("The answer is not signed by the proxy: something between has changed it.")
    return answer.status, content


if __name__ == "__main__":
    status, content = call(*sys.argv[1:3], body="".join(sys.argv[3:4]).encode())
    sys.stdout.write(content.decode() + "\n")
    sys.exit(0 if status == 200 else 1)
