#!/usr/bin/env bash
# Calls WeChat through the proxy with nothing but curl and openssl.
#
#   PROXY=https://….tencentscf.com CLIENT=crm SECRET=… examples/call-proxy.sh GET /v1/cgi-bin/menu/get
#   … examples/call-proxy.sh POST /v1/cgi-bin/message/custom/send '' @message.json
#
# method, path, query (sorted by name, percent-encoded), body (@file, or the text itself)
set -euo pipefail
method=$1 path=$2 query=${3:-} body=${4:-}

file=$(mktemp)
trap 'rm -f "$file"' EXIT
case $body in @*) cat "${body#@}" ;; *) printf %s "$body" ;; esac >"$file"

timestamp=$(date +%s)
nonce=$(openssl rand -hex 16)
digest=$(openssl dgst -sha256 -r "$file" | cut -d' ' -f1)
signature=$(printf 'fuwuhao\nv1\n%s\n%s\n%s\n%s %s\n%s\n%s' \
  "$CLIENT" "$timestamp" "$nonce" "$method" "$path" "$query" "$digest" |
  openssl dgst -sha256 -hmac "$SECRET" -r | cut -d' ' -f1)

curl -sS -X "$method" "$PROXY$path${query:+?$query}" \
  -H "x-fuwuhao-auth: v1 $CLIENT $timestamp $nonce $signature" \
  -H "idempotency-key: $nonce" \
  ${body:+-H 'content-type: application/json' --data-binary @"$file"}
