# shellcheck shell=bash
# Starts the parts of the system. The caller's environment goes through to the services; what is set here is what they cannot know.

# Own Redis and store, unless the caller names others on purpose.
prepare_settings() {
  load_secrets
  JWT_SECRET=${JWT_SECRET:-$(secret JWT_SECRET)}
  if [ -z "${REDIS_ADDRS:-}" ]; then
    pick_port
    redis_port=$REPLY REDIS_ADDRS=127.0.0.1:$REPLY
    REDIS_PASSWORD=${REDIS_PASSWORD:-$(secret REDIS_PASSWORD)}
  fi
  if [ -z "${S3_ENDPOINT:-}" ]; then
    pick_port
    store_port=$REPLY S3_ENDPOINT=http://127.0.0.1:$REPLY
    S3_ACCESS_KEY=${S3_ACCESS_KEY:-$(secret S3_ACCESS_KEY)} S3_SECRET_KEY=${S3_SECRET_KEY:-$(secret S3_SECRET_KEY)}
  fi
  export JWT_SECRET REDIS_ADDRS REDIS_PASSWORD=${REDIS_PASSWORD:-} S3_ENDPOINT S3_BUCKET=${S3_BUCKET:-myfilebucket}
  [ -z "${S3_ACCESS_KEY:-}" ] || export S3_ACCESS_KEY
  [ -z "${S3_SECRET_KEY:-}" ] || export S3_SECRET_KEY
  # Services are reached through the gateway alone.
  export HTTP_HOST=127.0.0.1
  unset HTTP_PORT MANAGEMENT_PORT
}

# What the other verbs have to know of a system that runs; read back by running().
write_running() {
  local redis=${REDIS_ADDRS:-}
  printf '%s\n' "$gateway_port" "${redis%%,*}" "${REDIS_PASSWORD:-}" "${DRAIN_SECONDS:-}" >"$run_dir/running"
}

running() { sed -n "$1p" "$run_dir/running" 2>/dev/null || true; }
running_redis() { running 2; }
running_redis_password() { running 3; }
# How long a service may take to send its clients away.
running_patience() { echo $((10#$(DRAIN_SECONDS=$(running 4) && drain_seconds) + 15)); }

drain_seconds() {
  case ${DRAIN_SECONDS:-} in '' | *[!0-9]* | ?????*) echo 10 ;; *) echo "$DRAIN_SECONDS" ;; esac
}

start_redis() {
  mkdir -p "$run_dir/data/redis"
  cat >"$run_dir/redis.conf" <<CONF
include "$root/deployments/redis/redis.conf"
bind 127.0.0.1
port $redis_port
requirepass "$REDIS_PASSWORD"
dir "$run_dir/data/redis"
CONF
  start_process redis "$redis_port" 0 redis-server "$run_dir/redis.conf"
  wait_until_ready 30 redis
}

start_store() {
  mkdir -p "$run_dir/data/s3"
  S3_PORT=$store_port start_process store "$store_port" 0 "$root/deployments/s3/s3.sh" "$run_dir/data/s3"
}

# A young generation of 16 MB keeps an idle connection at a third of the memory that the defaults take.
heap_of() {
  case $1 in
    chat | match) echo -Xmn16m -Xmx256m ;;
    uploader) echo -Xmn24m -Xmx128m ;;
    *) echo -Xmn16m -Xmx96m ;;
  esac
}

# name of the process, service, HTTP port (empty: a free one)
start_service() {
  local port=${3:-} management heap
  [ -n "$port" ] || { pick_port && port=$REPLY; }
  pick_port && management=$REPLY
  read -ra heap <<<"$(heap_of "$2")"
  # shellcheck disable=SC2086 # JAVA_OPTS is a list of words, and comes last so that it wins.
  HTTP_PORT=$port MANAGEMENT_PORT=$management start_process "$1" "$port" "$management" "$JAVA_HOME/bin/java" \
    -XX:+UseSerialGC "${heap[@]}" -XX:+ExitOnOutOfMemoryError --enable-native-access=ALL-UNNAMED \
    --sun-misc-unsafe-memory-access=allow ${JAVA_OPTS:-} -jar "$(jar_of "$2")"
}

# The host:port of every process of a service, with commas.
upstreams_of() {
  local name list=''
  for name in $(recorded); do
    case $name in "$1" | "$1"-*) read_record "$name" && list+=",127.0.0.1:$its_port" ;; esac
  done
  printf %s "${list#,}"
}

start_gateway() {
  local log="$run_dir/logs" file
  for file in "$log/gateway-access.log" "$log/gateway-error.log"; do
    [ ! -f "$file" ] || mv -f "$file" "$file.old"
  done
  CHAT_UPSTREAMS=$(upstreams_of chat) MATCH_UPSTREAMS=$(upstreams_of match) USER_UPSTREAMS=$(upstreams_of user) \
    UPLOADER_UPSTREAMS=$(upstreams_of uploader) GATEWAY_PORT=$gateway_port \
    GATEWAY_ACCESS_LOG=$log/gateway-access.log GATEWAY_ERROR_LOG=$log/gateway-error.log \
    "$root/deployments/gateway/render.sh" "$run_dir/gateway" || exit 1
  start_process gateway "$gateway_port" 0 nginx -p "$run_dir/gateway" -c nginx.conf -e "$log/gateway-error.log"
}

# Everything may be ready and the door still closed: ask each service through it.
wait_for_the_door() {
  local path status deadline=$((SECONDS + 30))
  wait_until_ready 30 gateway
  for path in / /api/user/me /api/chat/users /api/uploader/download/presigned /api/match; do
    until status=$(http_status "$gateway_port" "$path") && [ "$status" -lt 500 ] && [ "$status" != 000 ]; do
      [ "$SECONDS" -lt "$deadline" ] || fail "the gateway answers $path with $status"
      pause 0.2
    done
  done
}
