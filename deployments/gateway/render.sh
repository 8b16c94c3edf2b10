#!/bin/sh
# Makes a folder that nginx can run from:
#
#   CHAT_UPSTREAMS=127.0.0.1:5001,127.0.0.1:5011 GATEWAY_PORT=8081 deployments/gateway/render.sh /tmp/gateway
#   nginx -p /tmp/gateway -c nginx.conf -e logs/error.log        # stays in the foreground; `-t` at its end only checks
#
# Plain sh, sed and find, so that it also works in a small container. What is set from outside:
#
#   GATEWAY_HOST, GATEWAY_PORT        0.0.0.0, 8080            where it listens
#   GATEWAY_TLS_CERTIFICATE, _KEY     none                     PEM files; then GATEWAY_PORT redirects to GATEWAY_TLS_PORT. As long as
#                                                              one of them does not exist, TLS is not served: render again once it does
#   GATEWAY_TLS_PORT                  8443
#   GATEWAY_TLS_PUBLIC_PORT           443                      what browsers know that port as
#   GATEWAY_ACME_FOLDER               none                     what is in it is served under /.well-known/acme-challenge/
#   CHAT_UPSTREAMS                    127.0.0.1:5001           host:port of each replica, separated by commas or spaces
#   MATCH_UPSTREAMS                   127.0.0.1:5002
#   UPLOADER_UPSTREAMS                127.0.0.1:5003
#   USER_UPSTREAMS                    127.0.0.1:5004
#   GATEWAY_RESOLVER                  none                     a DNS server, or `system`: then each of these is one name, asked for again
#                                                              and again, and all its addresses are replicas
#   S3_ENDPOINT, S3_BUCKET            http://localhost:9000, myfilebucket; the store is asked under this host
#   S3_UPSTREAM                       the host:port of S3_ENDPOINT; where the store is reached, if that differs
#   S3_PUBLIC_ENDPOINT                none; a store that browsers reach by themselves, which the page may then talk to
#   MAX_UPLOAD_SIZE_BYTE              67108864
#   TRUSTED_PROXIES                   none; CIDRs whose X-Forwarded-* are believed
#   GATEWAY_RATE_LIMIT                on; off for load tests
#   GATEWAY_WORKERS                   auto
#   GATEWAY_USER                      when root: the worker's user, who must be able to read the folder (root)
#   GATEWAY_ACCESS_LOG, _ERROR_LOG    logs/access.log, logs/error.log; /dev/stdout and stderr in a container
#   GATEWAY_WEB                       the repository's web folder, copied
#   GATEWAY_WEB_LIVE                  off; on serves that folder itself, so that a change shows at once
set -eu

here=$(cd "$(dirname "$0")" && pwd)
[ $# -eq 1 ] || { sed -n '2,/^set/s/^# \{0,1\}//p' "$0" >&2; exit 2; }
out=$1

fail() {
  echo "gateway: $*" >&2
  exit 1
}

host=${GATEWAY_HOST:-0.0.0.0}
port=${GATEWAY_PORT:-8080}
tls_port=${GATEWAY_TLS_PORT:-8443}
tls_public_port=${GATEWAY_TLS_PUBLIC_PORT:-443}
bucket=${S3_BUCKET:-myfilebucket}
endpoint=${S3_ENDPOINT:-http://localhost:9000}
upload=${MAX_UPLOAD_SIZE_BYTE:-67108864}
web=${GATEWAY_WEB:-$here/../../web}

# name, value, largest
check_number() {
  case $2 in '' | *[!0-9]* | 0* | ?????????????*) fail "$1 must be a number from 1 to $3, not '$2'" ;; esac
  [ "$2" -le "$3" ] || fail "$1 must be a number from 1 to $3, not '$2'"
}
check_number GATEWAY_PORT "$port" 65535
check_number GATEWAY_TLS_PORT "$tls_port" 65535
check_number GATEWAY_TLS_PUBLIC_PORT "$tls_public_port" 65535
check_number MAX_UPLOAD_SIZE_BYTE "$upload" 999999999999
case $bucket in *[!a-z0-9.-]* | [.-]* | ? | ?? | api | files | test | css) fail "S3_BUCKET must be a bucket's name that is no path of ours, not '$bucket'" ;; esac
case $endpoint in
  http://?*) store_scheme=http store_port=80 ;;
  https://?*) store_scheme=https store_port=443 ;;
  *) fail "S3_ENDPOINT must be an http or https URL, not '$endpoint'" ;;
esac
case ${GATEWAY_TLS_CERTIFICATE:+1}${GATEWAY_TLS_KEY:+1} in 1) fail "GATEWAY_TLS_CERTIFICATE and GATEWAY_TLS_KEY go together" ;; esac
[ -d "$web" ] || fail "there is no folder $web to serve"

# The authority of a URL, without a port that goes without saying: the Host its signer used.
store_host=${endpoint#*://}
store_host=${store_host%%/*}
case $store_host in *[!A-Za-z0-9.:_-]*) fail "S3_ENDPOINT must be an http or https URL, not '$endpoint'" ;; esac
store_host=${store_host%:"$store_port"}
case $store_host in
  *:*) store_upstream=$store_host ;;
  *) store_upstream=$store_host:$store_port ;;
esac

store_source=
if [ -n "${S3_PUBLIC_ENDPOINT:-}" ]; then
  store_source=" $(printf %s "$S3_PUBLIC_ENDPOINT" | sed -n 's|^\(https\{0,1\}://[A-Za-z0-9.:_-]*\).*|\1|p')"
  [ "$store_source" != " " ] || fail "S3_PUBLIC_ENDPOINT must be an http or https URL, not '$S3_PUBLIC_ENDPOINT'"
fi

user_line=
[ "$(id -u)" != 0 ] || user_line="user ${GATEWAY_USER:-root};"

# Known to every sh that is met in practice.
# shellcheck disable=SC3045
nofile=$(ulimit -Hn)
if [ "$nofile" = unlimited ] || [ "$nofile" -gt 16384 ]; then nofile=16384; fi

# The $ below are nginx's.
# shellcheck disable=SC2016
if [ "${GATEWAY_RATE_LIMIT:-on}" = off ]; then
  visitor='    default "";'
else
  # One visitor owns a whole IPv6 /64.
  visitor='    default $binary_remote_addr;\
    "~*^(?<ipv6_net>[0-9a-f]+:[0-9a-f]+:[0-9a-f]+:[0-9a-f]+):" $ipv6_net;'
fi

mkdir -p "$out/temp" "$out/logs" "$out/pages"
rm -rf "$out/www"
if [ "${GATEWAY_WEB_LIVE:-off}" = on ]; then
  web_root=$(cd "$web" && pwd)
else
  # What a browser needs, nothing else of the folder. Copied to where the worker may read: a clone may lie under a closed home.
  web_root=www
  mkdir -p "$out/www"
  (cd "$web" && find . -type d \( -name test -o -name node_modules -o -name '.?*' \) -prune -o -type f ! -name '.*' \
    \( -name '*.html' -o -name '*.css' -o -name '*.js' -o -name '*.mjs' -o -name '*.svg' -o -name '*.png' -o -name '*.jpg' \
    -o -name '*.webp' -o -name '*.ico' -o -name '*.woff2' -o -name '*.txt' -o -name '*.webmanifest' \) -print) |
    while IFS= read -r file; do
      mkdir -p "$out/www/$(dirname "$file")"
      cp -p "$web/$file" "$out/www/$file"
    done
  chmod -R a+rX "$out/www"
fi
cp "$here/404.html" "$out/pages/404.html"
chmod -R a+rX "$out/pages"

# For the right side of a sed command that uses | as its border.
quoted() { printf %s "$1" | sed 's/[\\&|]/\\&/g'; }

# Until there is something to speak TLS with, a socket that nobody asks.
{
  if [ -z "${GATEWAY_TLS_CERTIFICATE:-}" ]; then
    printf 'listen %s:%s default_server backlog=4096;\ninclude acme.conf;\n' "$host" "$port"
  elif [ -f "$GATEWAY_TLS_CERTIFICATE" ] && [ -f "$GATEWAY_TLS_KEY" ]; then
    printf 'listen %s:%s ssl default_server backlog=4096;\n' "$host" "$tls_port"
    printf 'ssl_certificate "%s";\nssl_certificate_key "%s";\n' "$GATEWAY_TLS_CERTIFICATE" "$GATEWAY_TLS_KEY"
    printf 'ssl_protocols TLSv1.2 TLSv1.3;\nssl_session_cache shared:tls:10m;\nssl_session_timeout 1h;\nssl_session_tickets off;\n'
  else
    printf 'listen "unix:%s/none.sock";\n' "$(cd "$out" && pwd)"
  fi
} >"$out/listen.conf"
# shellcheck disable=SC2016
{
  if [ -n "${GATEWAY_TLS_CERTIFICATE:-}" ]; then
    printf 'server {\n  listen %s:%s default_server backlog=4096;\n  server_name _;\n  include acme.conf;\n' "$host" "$port"
    suffix=:$tls_public_port
    [ "$tls_public_port" != 443 ] || suffix=
    printf '  location / {\n    return 308 https://$host%s$request_uri;\n  }\n}\n' "$suffix"
  fi
} >"$out/plain.conf"
{
  [ -z "${GATEWAY_ACME_FOLDER:-}" ] ||
    printf 'location ^~ /.well-known/acme-challenge/ {\n  default_type text/plain;\n  alias "%s/";\n}\n' "$GATEWAY_ACME_FOLDER"
} >"$out/acme.conf"

check_address() {
  case $1 in *[!A-Za-z0-9.:_\[\]-]* | *: | :* | *[!0-9:]*:*[!0-9]) fail "an upstream must be host:port, not '$1'" ;; *:*) ;; *) fail "an upstream must be host:port, not '$1'" ;; esac
}

# The $ below are nginx's too.
# shellcheck disable=SC2016
# One group of servers, and what proxy_pass calls it: name, servers, a further line, what is said of each server.
listed() {
  printf 'map "" $to_%s {\n  default %s;\n}\nupstream %s {\n  zone %s 128k;\n' "$1" "$1" "$1" "$1"
  [ -z "$3" ] || printf '  %s\n' "$3"
  for server in $(printf %s "$2" | tr ',' ' '); do
    check_address "$server"
    printf '  server %s %s;\n' "$server" "$4"
  done
  printf '  keepalive 32;\n  keepalive_timeout 20s;\n}\n'
}

# shellcheck disable=SC2016
# The same by a name. nginx asks for its addresses while it works, and takes one by chance, then the others.
named() {
  check_address "$2"
  name=$2
  case $name in *.*) ;; *) name=${2%:*}$cluster_domain:${2##*:} ;; esac
  printf 'map "" $to_%s {\n  default %s;\n}\n' "$1" "$name"
}

upstream() {
  if [ -n "${GATEWAY_RESOLVER:-}" ]; then named "$1" "$2"; else listed "$@"; fi
}

# A full or draining replica says 503 to an upgrade and must go on getting its REST calls: so sockets have groups of their own,
# in which no 503 ever counts as a failure of the replica.
# shellcheck disable=SC2016
{
  if [ -n "${GATEWAY_RESOLVER:-}" ]; then
    cluster_domain='' servers=$GATEWAY_RESOLVER
    if [ "$GATEWAY_RESOLVER" = system ]; then
      servers=$(sed -n 's/^nameserver[[:space:]]*\([0-9.]*\)[[:space:]]*$/\1/p; s/^nameserver[[:space:]]*\([0-9a-f:]*:[0-9a-f:]*\)[[:space:]]*$/[\1]/p' /etc/resolv.conf | tr '\n' ' ')
      # nginx does not read the search list, and in Kubernetes a Service is found by it.
      cluster_domain=$(sed -n 's/^search[[:space:]]\{1,\}\([^[:space:]]*\.svc\.[^[:space:]]*\).*/.\1/p' /etc/resolv.conf)
    fi
    case $servers in '' | *[!A-Za-z0-9.:\[\]\ -]*) fail "GATEWAY_RESOLVER must be the address of a DNS server, or system, not '$GATEWAY_RESOLVER'" ;; esac
    printf 'resolver %s valid=2s;\nresolver_timeout 2s;\n' "$servers"
  fi
  upstream chat "${CHAT_UPSTREAMS:-127.0.0.1:5001}" '' 'max_fails=3 fail_timeout=3s'
  upstream chat_sockets "${CHAT_UPSTREAMS:-127.0.0.1:5001}" 'least_conn;' max_fails=0
  upstream match "${MATCH_UPSTREAMS:-127.0.0.1:5002}" '' 'max_fails=3 fail_timeout=3s'
  upstream match_sockets "${MATCH_UPSTREAMS:-127.0.0.1:5002}" 'least_conn;' max_fails=0
  upstream uploader "${UPLOADER_UPSTREAMS:-127.0.0.1:5003}" '' 'max_fails=3 fail_timeout=3s'
  upstream user "${USER_UPSTREAMS:-127.0.0.1:5004}" '' 'max_fails=3 fail_timeout=3s'
  upstream store "${S3_UPSTREAM:-$store_upstream}" '' max_fails=0
} >"$out/upstreams.conf"

# shellcheck disable=SC2016
{
  echo 'real_ip_header X-Forwarded-For;'
  echo 'real_ip_recursive on;'
  printf 'geo $realip_remote_addr $from_trusted_proxy {\n  default 0;\n'
  for cidr in $(printf %s "${TRUSTED_PROXIES:-}" | tr ',' ' '); do
    case $cidr in *[!0-9a-fA-F.:/]*) fail "TRUSTED_PROXIES must be CIDRs, not '$cidr'" ;; esac
    printf '  %s 1;\n' "$cidr"
  done
  echo '}'
  for cidr in $(printf %s "${TRUSTED_PROXIES:-}" | tr ',' ' '); do printf 'set_real_ip_from %s;\n' "$cidr"; done
} >"$out/trusted-proxies.conf"

for file in nginx problems headers object-headers proxy api socket upload store; do
  source=$here/$file.conf
  [ -f "$source" ] || source=$source.in
  sed -e "s|@USER_LINE@|$user_line|" \
    -e "s|@WORKERS@|${GATEWAY_WORKERS:-auto}|" \
    -e "s|@NOFILE@|$nofile|" \
    -e "s|@ERROR_LOG@|$(quoted "${GATEWAY_ERROR_LOG:-logs/error.log}")|" \
    -e "s|@ACCESS_LOG@|$(quoted "${GATEWAY_ACCESS_LOG:-logs/access.log}")|" \
    -e "s|@VISITOR_MAP@|$visitor|" \
    -e "s|@WEB_ROOT@|\"$(quoted "$web_root")\"|" \
    -e "s|@BUCKET_RE@|$(printf %s "$bucket" | sed 's/\./\\\\./g')|g" \
    -e "s|@BUCKET@|$bucket|g" \
    -e "s|@UPLOAD_LIMIT@|$((upload + 65536))|g" \
    -e "s|@OBJECT_LIMIT@|$upload|g" \
    -e "s|@STORE_SCHEME@|$store_scheme|g" \
    -e "s|@STORE_SOURCE@|$store_source|g" \
    -e "s|@STORE_HOST@|$store_host|" \
    -e "s|@STORE_NAME@|${store_host%%:*}|" \
    "$source" >"$out/$file.conf"
done
