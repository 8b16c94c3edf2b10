# shellcheck shell=bash
# Processes that were started here, one record each: $run_dir/processes/<name> holds "pid start boot port management".
# `start` is the kernel's time of the process's birth and `boot` the id of this boot: together with the pid they name one
# process for ever, so that a pid that was given to somebody else is never taken for ours.

read -r boot_id </proc/sys/kernel/random/boot_id

# Sets REPLY to the time of birth; fails when there is no such process. No $(…) in here and in what is asked again and again:
# bash 5.2 chokes on a trap that becomes due while it reads one, and Ctrl-C would end in its complaint.
birth_of() {
  local stat=''
  REPLY=''
  { IFS= read -r -d '' stat <"/proc/$1/stat"; } 2>/dev/null || [ -n "$stat" ] || return 1
  # The name, in brackets, may hold anything: what counts comes after the last one.
  stat=${stat##*) }
  # shellcheck disable=SC2086
  set -- $stat
  [ "$1" != Z ] && [ "$1" != X ] && REPLY=${20}
}

# name, port, management port (0: none), command…
start_process() {
  local name=$1 port=$2 management=$3 log="$run_dir/logs/$1.log"
  shift 3
  [ ! -f "$log" ] || mv -f "$log" "$log.old"
  # A process without a record would outlive everybody.
  trap '' TERM
  # A session of its own: Ctrl-C in the terminal reaches the script alone, which then stops the parts in their order.
  { trap - TERM && exec setsid "$@" </dev/null >>"$log" 2>&1 8>&- 9>&-; } &
  record "$name" $! "$port" "$management"
  trap - TERM
}

# name, pid, port, management port
record() {
  birth_of "$2" || REPLY=gone
  printf '%s %s %s %s %s\n' "$2" "$REPLY" "$boot_id" "$3" "$4" >"$run_dir/processes/$1"
}

# Sets its_pid, its_port, its_management, its_birth and its_boot; fails when there is no record.
read_record() {
  [ -f "$run_dir/processes/$1" ] &&
    read -r its_pid its_birth its_boot its_port its_management <"$run_dir/processes/$1"
}

is_alive() {
  read_record "$1" && [ "$its_boot" = "$boot_id" ] && birth_of "$its_pid" && [ "$REPLY" = "$its_birth" ]
}

# signal, name. What was started has a group of its own, and with it go its children; `run` may share one with others.
signal_process() {
  is_alive "$2" || return 0
  { [ "$2" != run ] && kill "-$1" -- "-$its_pid"; } 2>/dev/null || kill "-$1" "$its_pid" 2>/dev/null || true
}

# Names of all records, in the order in which they are shown and stopped.
recorded() {
  local kind file
  for kind in chat match user uploader gateway store redis build run; do
    for file in "$run_dir/processes/$kind" "$run_dir/processes/$kind"-*; do
      [ -f "$file" ] && printf '%s\n' "${file##*/}"
    done
  done
  return 0
}

any_alive() {
  local name
  for name in $(recorded); do is_alive "$name" && return 0; done
  return 1
}

# Seconds of patience, names…: TERM to all at once, KILL to what is left then.
hurry=
stop_processes() {
  local patience=$1 name left deadline
  shift
  [ $# -gt 0 ] || return 0
  for name in "$@"; do signal_process TERM "$name"; done
  deadline=$((SECONDS + patience))
  while [ -z "$hurry" ] && [ "$SECONDS" -lt "$deadline" ]; do
    left=
    for name in "$@"; do if is_alive "$name"; then left=1; fi; done
    [ -n "$left" ] || break
    pause 0.1
  done
  for name in "$@"; do
    signal_process KILL "$name"
    rm -f "$run_dir/processes/$name"
  done
}

# Services first, while the gateway, the store and Redis are still there for what they have to finish. $1: their patience.
stop_all() {
  local name services=()
  stop_processes 3 build
  ! in_containers || compose_stop
  for name in $(recorded); do
    case $name in chat* | match* | user | uploader) services+=("$name") ;; esac
  done
  stop_processes "$1" "${services[@]}"
  stop_processes 5 gateway
  stop_processes 10 store
  stop_processes 10 redis
  rm -f "$run_dir/running"
}

# Does it do its work? By what only a working part can answer.
is_ready() {
  read_record "$1" || return 1
  case $1 in
    redis) [ "$(REDISCLI_AUTH=$(running_redis_password) redis-cli -h 127.0.0.1 -p "$its_port" ping 2>/dev/null)" = PONG ] ;;
    store) [ "$(http_status "$its_port" /)" != 000 ] ;;
    gateway) [ "$(http_status "$its_port" /)" = 200 ] ;;
    *) [ "$(http_status "$its_management" /q/health/ready)" = 200 ] ;;
  esac
}

# Seconds, names…: until all are ready; names the first that ended or did not make it, with the end of its log.
wait_until_ready() {
  local patience=$1 name waiting deadline
  shift
  deadline=$((SECONDS + patience))
  for name in "$@"; do
    until is_ready "$name"; do
      # Whatever died first says why, not whatever waited for it.
      for waiting in "$@"; do is_alive "$waiting" || show_failure "$waiting" "did not start"; done
      [ "$SECONDS" -lt "$deadline" ] || show_failure "$name" "was not ready within $patience s"
      pause 0.2
    done
  done
}

show_failure() {
  local log="$run_dir/logs/$1.log" cause
  # A reader wants the message; the stack trace around it is in the log.
  cause=$(sed -n 's/^Caused by: [A-Za-z0-9_.$]*: //p' "$log" 2>/dev/null | tail -n 1)
  if [ -n "$cause" ]; then
    printf '%s\n' "$cause" >&2
  else
    grep -vE '^[[:space:]]+(at |\.\.\. )' "$log" 2>/dev/null | tail -n 15 >&2 || true
  fi
  [ "$1" != gateway ] || tail -n 5 "$run_dir/logs/gateway-error.log" 2>/dev/null >&2 || true
  fail "$1 $2; see $log"
}
