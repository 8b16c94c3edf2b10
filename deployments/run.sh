#!/usr/bin/env bash
# Runs the whole system, in containers or as processes of this machine. See `run.sh help`.
set -euo pipefail

root=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.." && pwd)
run_dir=$(mkdir -p "${RUN_DIR:-$root/.run}" && cd "${RUN_DIR:-$root/.run}" && pwd)
callers_umask=$(umask)
gateway_port=${GATEWAY_PORT:-8080}
redis_port='' store_port=''
all_services=(chat match user uploader)

# shellcheck source-path=SCRIPTDIR source=lib/common.sh
. "$root/deployments/lib/common.sh"
# shellcheck source-path=SCRIPTDIR source=lib/processes.sh
. "$root/deployments/lib/processes.sh"
# shellcheck source-path=SCRIPTDIR source=lib/install.sh
. "$root/deployments/lib/install.sh"
# shellcheck source-path=SCRIPTDIR source=lib/build.sh
. "$root/deployments/lib/build.sh"
# shellcheck source-path=SCRIPTDIR source=lib/parts.sh
. "$root/deployments/lib/parts.sh"
# shellcheck source-path=SCRIPTDIR source=lib/compose.sh
. "$root/deployments/lib/compose.sh"
# shellcheck source-path=SCRIPTDIR source=lib/test.sh
. "$root/deployments/lib/test.sh"

help() {
  cat <<'HELP'
Usage: run.sh <verb>

  run [--detach] [--compose | --processes]
                     builds what is not built, starts everything and prints one URL; Ctrl-C stops it
                     (--detach: returns once all is ready, and leaves it running). In containers by Docker Compose where
                     an engine is there, else as processes of this machine
  stop               stops everything that run started, and nothing else
  status             one line per process or container, ready or not; fails unless all are ready
  logs [name]        the last lines of all logs or of one (chat, match-1, user, uploader, gateway, store, redis),
                     and what comes, when it writes to a terminal
  redis [command…]   redis-cli on the running system
  upgrade [service…] puts new containers in the place of those that run, of all services or of these, one after the other, with
                     RANDOMCHAT_VERSION and the settings of now; nobody loses a message
  compose <command…> docker compose on the running system, as in: run.sh compose up --detach --no-recreate --scale chat=3
  dev <service>      the other parts as processes, and chat, match, user or uploader in Quarkus' dev mode with live
                     reload, behind the gateway, which then serves web/ as it lies there
  test [arguments]   the whole build with all its tests; arguments go to Maven
  test --long [n]    the same with the long fault suite: n minutes (60) of faults in any mixture, scale measured;
                     -Dfaults.seed=… repeats a run

Environment:

  GATEWAY_PORT=8080                          where the gateway listens; GATEWAY_HOST=127.0.0.1: for this machine only
  CHAT_REPLICAS=1, MATCH_REPLICAS=1          processes of a service
  GATEWAY_RATE_LIMIT=off                     no per-visitor limits, for load tests
  RUN_DIR=<clone>/.run                       everything that is written: data, logs, secrets; a second folder (and a
                                             second GATEWAY_PORT) makes a second, separate system
  REDIS_ADDRS, S3_ENDPOINT                   when set, these are used, and no own Redis or store is started
  RANDOMCHAT_VERSION, RANDOMCHAT_IMAGES      with Compose: released images of that version and registry, as v1.2.3 and
                                             ghcr.io/OWNER/random-chat; when not set, images are built from this folder
  TLS_CERTIFICATE, TLS_KEY                   with Compose: PEM files; HTTPS on GATEWAY_TLS_PORT (443), and GATEWAY_PORT (80) redirects
  ACME_DOMAIN, ACME_EMAIL                    with Compose: the same with a certificate by ACME for that name
  RUN_BUILD=off                              takes what is built as it is, however old
  JAVA_OPTS                                  added for every service
  JAVA_HOME                                  a JDK of 25 or newer; otherwise one is looked for

All variables of the configuration table in README.md go through to the services, but for HTTP_PORT, HTTP_HOST and
MANAGEMENT_PORT, which run.sh chooses.
HELP
}

prepare_folder() {
  umask 077
  chmod 700 "$run_dir"
  mkdir -p "$run_dir/processes" "$run_dir/logs"
}

# One run at a time for each folder. The lock is held while this script lives, and by nothing that it starts.
take_lock() {
  need setsid flock
  exec 9>"$run_dir/lock"
  flock -n 9 || fail "it runs already, or is just being started (http://localhost:$(running 1)); 'run.sh stop' stops it"
  if any_alive || in_containers; then
    fail "it runs already (http://localhost:$(running 1)); 'run.sh stop' stops it"
  fi
  rm -f "$run_dir"/processes/*
  record run $$ 0 0
}

# Runs a verb that lasts in a shell of its own, which starts things and is killed at any moment. This one does nothing but
# wait for the end of that, and then stops what was started: a shell that is busy may miss a Ctrl-C, or die of it.
lasting() {
  local worker status=0 told='' patience=3
  take_lock
  trap 'told=130' INT
  trap 'told=143' TERM HUP
  "$@" <&0 &
  worker=$!
  while kill -0 "$worker" 2>/dev/null; do
    # Again and again: it ignores this while it starts a process.
    [ -z "$told" ] || kill -TERM "$worker" 2>/dev/null || true
    pause 0.1
  done
  wait "$worker" && status=0 || status=$?
  if [ "$status" = 0 ] && [ -n "$detach" ]; then
    rm -f "$run_dir/processes/run"
    return
  fi
  # Asked a second time, it waits for nobody any more.
  trap 'hurry=1' INT TERM HUP
  if [ -f "$run_dir/processes/gateway" ] || in_containers; then # there may be users
    say "Stopping …"
    patience=$(running_patience)
  fi
  stop_all "$patience"
  rm -f "$run_dir/processes/run"
  exit "${told:-$status}"
}

# What `run` and `dev` have in common. $1: the service that is not started, as Maven will run it.
start_all() {
  local dev=${1:-} service replica started=() names=() build_parts=()
  check_count CHAT_REPLICAS "${CHAT_REPLICAS:=1}"
  check_count MATCH_REPLICAS "${MATCH_REPLICAS:=1}"
  check_gateway_port "${dev:+dev }${dev:-run}"
  # shellcheck source=/dev/null
  . "$root/deployments/jdk.sh" || exit 1
  need nginx
  cd "$run_dir" # Quarkus reads a .env and a config/ of the folder that it starts in.
  prepare_settings
  write_running
  [ -z "$redis_port" ] || need_redis
  for service in "${all_services[@]}"; do [ "$service" = "$dev" ] || build_parts+=("$service"); done
  [ -z "$store_port" ] || build_parts+=(s3)
  build "${build_parts[@]}"

  [ -z "$redis_port" ] || start_redis
  [ -z "$store_port" ] || { start_store && started+=(store); }
  for service in "${build_parts[@]}"; do
    names=("$service")
    case $service in
      s3) continue ;;
      chat) mapfile -t names < <(seq -f 'chat-%g' "$CHAT_REPLICAS") ;;
      match) mapfile -t names < <(seq -f 'match-%g' "$MATCH_REPLICAS") ;;
    esac
    for replica in "${names[@]}"; do
      start_service "$replica" "$service"
      started+=("$replica")
    done
  done
  wait_until_ready 120 "${started[@]}"
}

detach='' how=''
read_choices() {
  while [ $# -gt 0 ]; do
    case $1 in --detach) detach=1 ;; --compose | --processes) how=$1 ;; *) fail "run knows no '$1'" ;; esac
    shift
  done
  if [ -z "$how" ]; then
    how=--processes
    ! engine_is_there || how=--compose
  elif [ "$how" = --compose ]; then
    engine_is_there || fail "Docker with Compose is not there, or may not be used by $(id -un)"
  fi
  if [ "$how" = --compose ] && [ -n "${TLS_CERTIFICATE:-}${TLS_KEY:-}${ACME_DOMAIN:-}" ]; then
    gateway_port=${GATEWAY_PORT:-80}
  fi
}

verb_run() {
  if [ "$how" = --compose ]; then
    check_gateway_port run
    compose_run
    while [ -z "$detach" ] && kill -0 $$ 2>/dev/null; do pause 2; done
    return
  fi
  start_all
  start_gateway
  wait_for_the_door
  say "Random Chat is ready: http://localhost:$gateway_port"
  [ -n "$detach" ] || watch
}

check_gateway_port() {
  case $gateway_port in '' | *[!0-9]* | 0* | ??????*) fail "GATEWAY_PORT must be a port, not '$gateway_port'" ;; esac
  if port_taken "$gateway_port"; then
    fail "port $gateway_port is in use; choose another: GATEWAY_PORT=8081 run.sh $1"
  fi
}

# As long as the shell that waits for this one. A part that dies is named once; the others go on, as they must be able to.
watch() {
  local name file dead=' '
  while kill -0 $$ 2>/dev/null; do
    for name in $(recorded); do
      case $dead in *" $name "*) continue ;; esac
      if ! is_alive "$name" && [ -f "$run_dir/processes/$name" ]; then
        say "$name has ended; see $run_dir/logs/$name.log"
        dead+="$name "
      fi
    done
    # Logs are bounded: what is written in append mode goes on at the start.
    for file in "$run_dir"/logs/*.log; do
      if [ "$(stat -c %s "$file" 2>/dev/null || echo 0)" -gt $((64 << 20)) ]; then : >"$file"; fi
    done
    pause 2
  done
}

verb_stop() {
  if [ -z "$(recorded)" ] && ! in_containers; then
    say "Nothing is running."
    return
  fi
  # The one that started it all also ends it, and says so in its terminal.
  signal_process TERM run
  while is_alive run; do pause 0.2; done
  stop_all "$(running_patience)"
  rm -f "$run_dir"/processes/*
  say "Stopped."
}

verb_status() {
  local name state all=0 any=''
  if in_containers; then
    compose_status
    return
  fi
  for name in $(recorded); do
    [ "$name" != run ] || continue
    any=1
    read_record "$name"
    state='not ready'
    if ! is_alive "$name"; then
      state=ended
    elif is_ready "$name"; then
      state=ready
    fi
    [ "$state" = ready ] || all=1
    printf '%-12s pid %-8s port %-6s %s\n' "$name" "$its_pid" "$its_port" "$state"
  done
  [ -n "$any" ] || { say "Nothing is running."; return 1; }
  return "$all"
}

verb_logs() {
  local file files=()
  if in_containers; then
    compose_logs "$@"
    return
  fi
  for file in "$run_dir"/logs/*.log; do
    case ${file##*/} in "${1:-}".log | "${1:-}"-*.log) files+=("$file") ;; esac
    [ -n "${1:-}" ] || [ ! -f "$file" ] || files+=("$file")
  done
  [ ${#files[@]} -gt 0 ] || fail "there is no log${1:+ of $1}"
  if [ -t 1 ]; then
    exec tail -n 200 -F "${files[@]}"
  fi
  exec tail -n 200 "${files[@]}"
}

verb_redis() {
  local address
  if in_containers; then
    compose_redis "$@"
    return
  fi
  address=$(running_redis)
  [ -n "$address" ] || fail "nothing is running"
  need redis-cli
  export REDISCLI_AUTH
  REDISCLI_AUTH=$(running_redis_password)
  [ -n "$REDISCLI_AUTH" ] || unset REDISCLI_AUTH
  exec redis-cli -h "${address%:*}" -p "${address##*:}" "$@"
}

verb_upgrade() {
  in_containers || fail "nothing runs in containers"
  # shellcheck source=/dev/null
  [ -n "${RANDOMCHAT_VERSION:-}" ] || . "$root/deployments/jdk.sh" || exit 1
  gateway_port=${GATEWAY_PORT:-$(running 1)}
  compose_upgrade "$@"
}

verb_compose() {
  in_containers || fail "nothing runs in containers"
  compose "$@"
}

verb_dev() {
  local service=${1:-} port normal
  case $service in
    chat) normal=5001 ;;
    match) normal=5002 ;;
    uploader) normal=5003 ;;
    user) normal=5004 ;;
    *) fail "dev needs a service: chat, match, user or uploader" ;;
  esac
  for port in "$normal" $((normal + 1000)); do
    ! port_taken "$port" || fail "port $port is in use; $service needs it in dev mode"
  done
  export GATEWAY_WEB_LIVE=on
  start_all "$service"
  need mvn
  dev_maven
  umask "$callers_umask"
  # With this terminal's keys.
  HTTP_PORT=$normal MANAGEMENT_PORT=$((normal + 1000)) "$REPLY" -B -ntp -f "$root/pom.xml" -Dspotless.check.skip=true -Dquarkus.analytics.disabled=true \
    -pl "$service-service" -am compile quarkus:dev <&0 9>&- &
  record "$service" $! "$normal" $((normal + 1000))
  start_gateway
  wait_until_ready 30 gateway
  say "http://localhost:$gateway_port, as soon as $service listens"
  read_record "$service"
  wait "$its_pid"
}

verb_test() {
  # shellcheck source=/dev/null
  . "$root/deployments/jdk.sh" || exit 1
  run_tests "$@"
}

verb=${1:-help}
[ $# -eq 0 ] || shift
case $verb in
  run | dev)
    prepare_folder
    [ "$verb" = dev ] || read_choices "$@"
    lasting "verb_$verb" "$@"
    ;;
  stop | status | logs | redis | upgrade | compose | test)
    prepare_folder
    "verb_$verb" "$@"
    ;;
  help | -h | --help) help ;;
  *)
    help >&2
    fail "there is no verb '$verb'"
    ;;
esac
