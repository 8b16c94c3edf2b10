# shellcheck shell=bash
# Builds what is not built, or older than its sources.

jar_of() { printf %s "$root/$1-service/target/quarkus-app/quarkus-run.jar"; }

# Is there anything under these paths that is newer than the file?
newer_than() {
  local file=$1
  shift
  [ -f "$file" ] || return 0
  [ -n "$(find "$@" -newer "$file" -type f -print -quit 2>/dev/null)" ]
}

# Is there anything a service is made of that is newer than the file?
service_newer_than() {
  newer_than "$2" "$root/pom.xml" "$root/service-kit/pom.xml" "$root/service-kit/src/main" "$root/$1-service/pom.xml" "$root/$1-service/src/main"
}

# modules, further arguments…
run_maven() {
  local modules=$1
  shift
  need mvn
  say "Building ${modules//,/, } (the first time this takes some minutes) …"
  umask "$callers_umask"
  build_step mvn -q -B -ntp -f "$root/pom.xml" -DskipTests -Dspotless.check.skip=true -pl "$modules" -am "$@" package ||
    { grep -E '^\[(ERROR|FATAL)' "$run_dir/logs/build.log" | head -n 15 >&2; return 1; }
}

# A command that may take long, as a process of ours: a signal does not have to wait for its end.
build_step() {
  local status=0
  start_process build 0 0 "$@"
  wait $! || status=$?
  rm -f "$run_dir/processes/build"
  return "$status"
}

# Names of services, and s3…
build() {
  local part modules='' jars started
  if [ "${RUN_BUILD:-on}" = off ]; then
    for part in "$@"; do
      [ "$part" = s3 ] || [ -f "$(jar_of "$part")" ] || fail "$part-service is not built, and RUN_BUILD=off forbids to build it"
    done
    return
  fi
  mkdir -p "$root/target"
  (
    # One build of a clone at a time: the target folders are shared, also by runs of another RUN_DIR.
    flock 8
    for part in "$@"; do
      if [ "$part" = s3 ]; then
        jars=("$root"/deployments/s3/target/lib/s3proxy-*.jar)
        newer_than "${jars[0]}" "$root/deployments/s3/pom.xml" && modules+=",deployments/s3"
      else
        service_newer_than "$part" "$(jar_of "$part")" && modules+=",$part-service"
      fi
    done
    [ -n "$modules" ] || exit 0
    modules=${modules#,}
    started=$(date +%s)
    run_maven "$modules" || exit 1
    # Found up to date by Maven, yet older than its sources: not to be built again next time.
    for part in "$@"; do
      case ",$modules," in
        *",$part-service,"*) touch -d "@$started" "$(jar_of "$part")" ;;
        *,deployments/s3,*) [ "$part" != s3 ] || touch -d "@$started" "$root"/deployments/s3/target/lib/s3proxy-*.jar ;;
      esac
    done
  ) 8>"$root/target/build.lock" || fail "the build failed; see $run_dir/logs/build.log"
}

jre_image=${JRE_IMAGE:-eclipse-temurin:25-jre}

revision() { git -C "$root" rev-parse HEAD 2>/dev/null || echo unknown; }

# An image of ours is as old as the file that is touched once it is built.
build_images() {
  local part modules='' stamp started
  mkdir -p "$root/target"
  (
    flock 8
    for part in "${all_services[@]}"; do
      stamp=$root/$part-service/target/image
      if service_newer_than "$part" "$stamp" || ! docker image inspect "randomchat/$part-service:local" >/dev/null 2>&1; then
        modules+=",$part-service"
      fi
    done
    [ -n "$modules" ] || exit 0
    docker image inspect "$jre_image" >/dev/null 2>&1 || compose_step docker pull -q "$jre_image" || exit 1
    started=$(date +%s)
    IMAGE_BASE=docker://$jre_image IMAGE_REVISION=$(revision) run_maven "${modules#,},deployments/s3" -Dquarkus.container-image.build=true || exit 1
    for part in "${all_services[@]}"; do
      case ",$modules," in *",$part-service,"*) touch -d "@$started" "$root/$part-service/target/image" ;; esac
    done
  ) 8>"$root/target/build.lock" || fail "the images could not be built; see $run_dir/logs/build.log"
}

# Quarkus' dev mode needs Maven 3.9 or newer; Debian's is older. Sets REPLY to one that will do.
dev_maven() {
  local version home="$run_dir/tools/apache-maven-3.9.11"
  version=$(mvn -v 2>/dev/null | sed -n '1s/[^0-9]*\([0-9]*\)\.\([0-9]*\).*/\1 \2/p')
  # shellcheck disable=SC2086
  set -- $version
  if [ "${1:-0}" -gt 3 ] || { [ "${1:-0}" = 3 ] && [ "${2:-0}" -ge 9 ]; }; then
    REPLY=mvn
    return
  fi
  if [ ! -f "$home/bin/mvn" ]; then
    say "Fetching Maven 3.9 for dev mode …"
    (cd "$run_dir" && mvn -q -B -ntp org.apache.maven.plugins:maven-dependency-plugin:3.8.1:unpack \
      -Dartifact=org.apache.maven:apache-maven:3.9.11:zip:bin -DoutputDirectory="$run_dir/tools") ||
      fail "Maven 3.9 could not be fetched; install Maven 3.9 or newer for dev mode"
    chmod +x "$home/bin/mvn"
  fi
  REPLY=$home/bin/mvn
}
