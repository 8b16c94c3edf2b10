# shellcheck shell=bash
# Words, numbers and small questions that every other file uses.

say() { printf '%s\n' "$*"; }

# Ends the script; what was started is stopped by the EXIT trap of `run`.
fail() {
  printf 'run.sh: %s\n' "$*" >&2
  exit 1
}

# Seconds. Without a process, which could outlive this one.
exec {silence}<> <(:)
pause() { read -r -t "$1" -u "$silence" || true; }

# Is a TCP port of this machine taken?
port_taken() { (: <>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# Sets REPLY to a free port below those that the system gives to outgoing connections.
taken_ports=' '
pick_port() {
  local attempt
  for attempt in {1..200}; do
    REPLY=$((20000 + (RANDOM * 32768 + RANDOM + attempt) % 12000))
    case $taken_ports in *" $REPLY "*) continue ;; esac
    port_taken "$REPLY" && continue
    taken_ports+="$REPLY "
    return 0
  done
  fail "no free port was found between 20000 and 31999"
}

check_count() {
  case $2 in '' | *[!0-9]* | 0* | ???*) fail "$1 must be a number from 1 to 99, not '$2'" ;; esac
}

# The status of a GET of http://127.0.0.1:<port><path>, or 000. No curl, so that nothing more has to be installed.
http_status() {
  local line
  line=$({
    exec 3<>"/dev/tcp/127.0.0.1/$1" || exit 0
    printf 'GET %s HTTP/1.0\r\nHost: localhost:%s\r\nConnection: close\r\n\r\n' "$2" "$1" >&3
    IFS= read -r -t 3 line <&3 && printf %s "$line"
  } 2>/dev/null) || true
  line=${line#HTTP/1.? }
  case $line in [1-5][0-9][0-9]*) printf %s "${line:0:3}" ;; *) printf 000 ;; esac
}

random_hex() { od -An -v -N"$1" -tx1 /dev/urandom | tr -d ' \n'; }

# Secrets are made once and stay, so that what Redis and the store hold stays readable. The caller's own ones win.
load_secrets() {
  local name
  if [ ! -f "$run_dir/secrets" ]; then
    for name in JWT_SECRET REDIS_PASSWORD S3_ACCESS_KEY S3_SECRET_KEY; do
      printf '%s=%s\n' "$name" "$(random_hex 32)"
    done >"$run_dir/secrets.new"
    mv "$run_dir/secrets.new" "$run_dir/secrets"
  fi
  chmod 600 "$run_dir/secrets"
}

secret() { sed -n "s/^$1=//p" "$run_dir/secrets"; }
