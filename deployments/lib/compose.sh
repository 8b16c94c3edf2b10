# shellcheck shell=bash
# The system in containers. What it was started with is in $run_dir/compose.env, so that every later call means the same;
# $run_dir/containers is there as long as it is meant to run.

compose_folder=$root/deployments/compose

engine_is_there() { docker info >/dev/null 2>&1 && docker compose version >/dev/null 2>&1; }

in_containers() { [ -f "$run_dir/containers" ]; }

# Verbs of docker compose, with the settings of the system that runs.
compose() (
  set -a
  # shellcheck source=/dev/null
  . "$run_dir/compose.env"
  exec docker compose "$@"
)

compose_prepare() {
  local name files=$compose_folder/compose.yaml profiles=redis,store
  load_secrets
  JWT_SECRET=${JWT_SECRET:-$(secret JWT_SECRET)} GATEWAY_PORT=$gateway_port
  if [ -z "${REDIS_ADDRS:-}" ]; then REDIS_PASSWORD=${REDIS_PASSWORD:-$(secret REDIS_PASSWORD)}; else profiles=${profiles#redis,}; fi
  if [ -z "${S3_ENDPOINT:-}" ]; then
    S3_ACCESS_KEY=${S3_ACCESS_KEY:-$(secret S3_ACCESS_KEY)} S3_SECRET_KEY=${S3_SECRET_KEY:-$(secret S3_SECRET_KEY)}
  else
    profiles=${profiles%store}
  fi
  if [ -n "${TLS_CERTIFICATE:-}${TLS_KEY:-}${ACME_DOMAIN:-}" ]; then files+=:$compose_folder/tls.yaml; fi
  if [ -n "${ACME_DOMAIN:-}" ]; then
    files+=:$compose_folder/acme.yaml
  elif [ -n "${TLS_CERTIFICATE:-}${TLS_KEY:-}" ]; then
    compose_certificate
  fi
  profiles=${profiles%,}
  COMPOSE_FILE=$files COMPOSE_PROFILES=$profiles${COMPOSE_PROFILES:+,$COMPOSE_PROFILES}
  COMPOSE_PROJECT_NAME=${COMPOSE_PROJECT_NAME:-$(compose_project)}
  STOP_SECONDS=$((10#$(drain_seconds) + 15))
  for name in COMPOSE_FILE COMPOSE_PROFILES COMPOSE_PROJECT_NAME $(sed -nE 's/^ +([A-Z][A-Z0-9_]+):.*/\1/p' "$compose_folder"/*.yaml) \
    $(grep -ohE '\$\{[A-Z][A-Z0-9_]+' "$compose_folder"/*.yaml | tr -d '${'); do
    [ -z "${!name+set}" ] || printf '%s=%q\n' "$name" "${!name}"
  done | sort -u >"$run_dir/compose.env.new"
  mv "$run_dir/compose.env.new" "$run_dir/compose.env"
}

# As it was called before, so that its volumes are found again; else a name for this folder alone.
compose_project() {
  sed -n 's/^COMPOSE_PROJECT_NAME=//p' "$run_dir/compose.env" 2>/dev/null | grep . || printf 'randomchat-%s' "$(printf %s "$run_dir" | cksum | cut -d' ' -f1)"
}

# Copies, for the gateway's user to read; nobody else comes into this folder.
compose_certificate() {
  [ -f "${TLS_CERTIFICATE:-}" ] && [ -f "${TLS_KEY:-}" ] || fail "TLS_CERTIFICATE and TLS_KEY must both be files"
  export TLS_FOLDER=$run_dir/tls
  install -d -m 755 "$TLS_FOLDER"
  install -m 644 "$TLS_CERTIFICATE" "$TLS_FOLDER/fullchain.pem"
  install -m 644 "$TLS_KEY" "$TLS_FOLDER/privkey.pem"
}

# Released images are pulled by who starts them; others are built here.
compose_images() {
  local image
  if [ -n "${RANDOMCHAT_VERSION:-}" ] || [ "${RUN_BUILD:-on}" = off ]; then return; fi
  build_images
  for image in gateway store; do
    compose_step docker build -q -f "$root/deployments/${image/store/s3}/Dockerfile" -t "randomchat/$image:local" \
      --build-arg "IMAGE_REVISION=$(revision)" --build-arg "JRE_IMAGE=$jre_image" ${NGINX_IMAGE:+--build-arg "NGINX_IMAGE=$NGINX_IMAGE"} "$root"
  done
}

compose_step() { build_step "$@" || { tail -n 20 "$run_dir/logs/build.log" >&2; return 1; }; }

compose_up() {
  (set -a && . "$run_dir/compose.env" && compose_step docker compose up --detach --wait --wait-timeout 240 --remove-orphans "$@") || {
    compose ps --all --format '{{.Service}} {{.Health}}' | while read -r service health; do
      [ "$health" = healthy ] || compose logs --no-log-prefix --tail 15 "$service" >&2
    done
    fail "not everything became ready"
  }
}

compose_run() {
  # shellcheck source=/dev/null
  [ -n "${RANDOMCHAT_VERSION:-}" ] || . "$root/deployments/jdk.sh" || exit 1
  compose_prepare
  compose_images
  : >"$run_dir/containers"
  write_running
  compose_up
  say "Random Chat is ready: $(compose_url)"
}

compose_url() {
  case $(compose config --format json | tr -d ' \n') in
    *'"target":8443,"published":"443"'*) echo https://localhost ;;
    *'"target":8443'*) echo "https://localhost:${GATEWAY_TLS_PORT:-443}" ;;
    *) echo "http://localhost:$(running 1)" ;;
  esac
}

compose_stop() {
  compose --profile '*' down --remove-orphans >>"$run_dir/logs/stop.log" 2>&1 || { tail -n 5 "$run_dir/logs/stop.log" >&2; fail "docker compose could not stop everything"; }
  rm -f "$run_dir/containers" "$run_dir/running"
}

compose_status() {
  local name state health all=0
  while read -r name state health; do
    case $state:$health in running:healthy | running:) health=ready ;; *) health="not ready ($state${health:+, $health})" all=1 ;; esac
    printf '%-40s %s\n' "$name" "$health"
  done < <(compose ps --all --format '{{.Name}} {{.State}} {{.Health}}')
  return "$all"
}

compose_logs() {
  if [ -t 1 ]; then set -- --follow "$@"; fi
  compose logs --tail 200 "$@"
}

compose_redis() {
  local tty=()
  [ -t 0 ] && [ -t 1 ] || tty=(-T)
  compose exec "${tty[@]}" redis redis-cli "$@"
}

# Puts new containers in the place of old ones: what is pulled or built now, with the settings of now. Names of services, or none
# for all of them.
compose_upgrade() {
  local service services=("$@") scales=()
  [ $# -gt 0 ] || services=(user uploader match chat)
  for service in "${services[@]}"; do
    case $service in user | uploader | match | chat) ;; *) fail "upgrade knows chat, match, user and uploader, not '$service'" ;; esac
  done
  compose_prepare
  if [ -n "${RANDOMCHAT_VERSION:-}" ]; then compose pull --quiet; else compose_images; fi
  for service in "${services[@]}"; do
    say "Replacing $service …"
    compose_roll "$service"
  done
  if [ $# -eq 0 ]; then
    for service in match chat; do scales+=(--scale "$service=$(compose ps --quiet "$service" | wc -l)"); done
    compose_up "${scales[@]}" # and the gateway, whose clients come again
  fi
  say "Random Chat is ready: $(compose_url)"
}

# One after the other, each only when another one is there in its place and ready: clients move to those that stay.
compose_roll() {
  local id replicas old
  mapfile -t old < <(compose ps --quiet "$1")
  replicas=${#old[@]}
  for id in "${old[@]}"; do
    compose up --detach --wait --no-deps --no-recreate --scale "$1=$((replicas + 1))" "$1" >>"$run_dir/logs/upgrade.log" 2>&1 ||
      { tail -n 5 "$run_dir/logs/upgrade.log" >&2; fail "a new container of $1 did not become ready; the old ones go on"; }
    docker stop "$id" >/dev/null # after DRAIN_SECONDS
    docker rm "$id" >/dev/null
  done
}
