#!/bin/sh
# Runs the gateway in a container, from /tmp, with the variables of render.sh. A certificate that comes or changes is taken up
# within a minute, and no socket ends for it.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
out=/tmp/gateway

certificate() { cksum "$GATEWAY_TLS_CERTIFICATE" "$GATEWAY_TLS_KEY" 2>/dev/null || true; }

watch() {
  known=$(certificate)
  while sleep 30; do
    now=$(certificate)
    [ "$now" != "$known" ] || continue
    known=$now
    "$here/render.sh" "$out" && nginx -t -q -p "$out" -c nginx.conf -e /dev/stderr && kill -HUP "$1"
  done
}

rm -f "$out/none.sock" # of a gateway that was killed
"$here/render.sh" "$out"
[ -z "${GATEWAY_TLS_CERTIFICATE:-}" ] || watch $$ &
exec nginx -p "$out" -c nginx.conf -e /dev/stderr
