#!/usr/bin/env bash
# Calls WeChat through the proxy with nothing but curl and openssl.
#
#   PROXY=https://….tencentscf.com CLIENT=crm SECRET=… examples/call-proxy.sh GET /v1/cgi-bin/menu/get
#   … examples/call-proxy.sh POST /v1/cgi-bin/message/custom/send '' @message.json
#
# method, path, query (sorted by name, percent-encoded), body (@file, or the text itself)
# KEY=… gives the idempotency key of a call that must be made once, however often it is tried.
set -euo pipefail
method=$1 path=$2 query=${3:-} body=${4:-}

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
case $body in @*) cat "${body#@}" ;; *) printf %s "$body" ;; esac >"$folder/body"

sha256() { openssl dgst -sha256 -r | cut -d' ' -f1; }

# HMAC-SHA256 of the standard input. `openssl dgst -hmac` would take the secret on its command line,
# which every user of the machine can read; the shell's own printf has none.
hmac() {
  local i code byte inner='' outer=''
  for ((i = 0; i < 64; i++)); do
    code=0
    if ((i < ${#SECRET})); then printf -v code %d "'${SECRET:i:1}"; fi
    printf -v byte '\\x%02x' $((code ^ 0x36)) && inner+=$byte
    printf -v byte '\\x%02x' $((code ^ 0x5c)) && outer+=$byte
  done
  { printf "$outer" && { printf "$inner" && cat; } | openssl dgst -sha256 -binary; } | sha256
}

timestamp=$(date +%s)
nonce=$(openssl rand -hex 16)
key=${KEY:-$nonce}
type=${body:+application/json}
signature=$(printf 'fuwuhao\nv2\n%s\n%s\n%s\n%s %s\n%s\n%s\n%s\n%s' \
  "$CLIENT" "$timestamp" "$nonce" "$method" "$path" "$query" "$key" "$type" \
  "$(sha256 <"$folder/body")" | hmac)

{
  echo "x-fuwuhao-auth: v2 $CLIENT $timestamp $nonce $signature"
  echo "idempotency-key: $key"
  if [ -n "$type" ]; then echo "content-type: $type"; fi
} >"$folder/request"
status=$(curl -sS -X "$method" "$PROXY$path${query:+?$query}" -H @"$folder/request" \
  ${body:+--data-binary @"$folder/body"} -D "$folder/head" -o "$folder/answer" -w '%{http_code}')

# The answer is the proxy's own, and to this request, if it is signed with the same secret.
header() { { grep -i "^$1:" "$folder/head" || true; } | head -n 1 | cut -d: -f2- | sed 's/^ *//; s/[[:space:]]*$//'; }
media=$(header content-type | cut -d';' -f1 | tr '[:upper:]' '[:lower:]')
touch "$folder/answer"
expected=$(printf 'fuwuhao\nv2 answer\n%s\n%s\n%s\n%s\n%s\n%s' "$CLIENT" "$nonce" "$status" "$media" \
  "$(header content-disposition)" "$(sha256 <"$folder/answer")" | hmac)
cat "$folder/answer"
if [ "$status" = 200 ] && [ "$(header fuwuhao-signature)" != "v2 $expected" ]; then
  echo 'The answer is not signed by the proxy: something between has changed it.' >&2
  exit 1
fi
