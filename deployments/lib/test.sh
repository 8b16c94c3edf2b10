# shellcheck shell=bash
# `test`: everything that can be tested, and one line that says how it went.

# Sums an attribute over the first line of each report's <testsuite …>.
sum_of() {
  local attribute=$1
  shift
  [ $# -gt 0 ] || { echo 0; return; }
  sed -n '/<testsuite[ >]/{s/.*[ ]'"$attribute"'="\([0-9]*\)".*/\1/p;}' "$@" | awk '{ n += $1 } END { print n + 0 }'
}

# name of a TAP summary line, file
tap_count() { sed -n "s/^# $1 \([0-9]*\)$/\1/p" "$2" | awk 'END { print $0 + 0 }'; }

# Arguments for Maven; --long [minutes] means the long fault suite, of an hour unless told.
run_tests() {
  local passed failed skipped total status=0 tap tests=() reports=() started=$SECONDS
  local minutes=60
  if [ "${1:-}" = --long ]; then
    shift
    case ${1:-} in '' | *[!0-9]*) ;; *) minutes=$1 && shift ;; esac
    set -- "-Dfaults.minutes=$minutes" -Dfaults.without=none "$@"
  fi
  need_redis
  need nginx mvn chromium node
  need_kustomize
  export PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1
  umask "$callers_umask"
  cd "$root" || return

  find . -path '*/target/*-reports/TEST-*.xml' -not -path '*/node_modules/*' -delete
  mvn -B -ntp -T 2 --fail-at-end verify "$@" || status=1

  mapfile -t reports < <(find . -path '*/target/*-reports/TEST-*.xml' -not -path '*/node_modules/*')
  total=$(sum_of tests "${reports[@]}")
  failed=$(($(sum_of failures "${reports[@]}") + $(sum_of errors "${reports[@]}")))
  skipped=$(sum_of skipped "${reports[@]}")
  passed=$((total - failed - skipped))

  mapfile -t tests < <(find web/test .github \( -name '*.test.js' -o -name '*.test.mjs' \) 2>/dev/null | sort)
  if [ ${#tests[@]} -gt 0 ]; then
    [ "$(node -p 'parseInt(process.versions.node)')" -ge 18 ] || fail "Node.js 18 or newer is needed; node here is $(node -v)"
    tap=$run_dir/logs/node.tap
    node --test --test-reporter=spec --test-reporter-destination=stdout \
      --test-reporter=tap --test-reporter-destination="$tap" "${tests[@]}" || status=1
    passed=$((passed + $(tap_count pass "$tap")))
    failed=$((failed + $(tap_count fail "$tap") + $(tap_count cancelled "$tap")))
    skipped=$((skipped + $(tap_count skipped "$tap") + $(tap_count todo "$tap")))
  fi

  say "$((SECONDS - started)) s"
  # A build that broke before its tests is a failure, also where no report could say so.
  if [ "$status" != 0 ] && [ "$failed" = 0 ]; then say "The build failed outside of the tests."; fi
  say "$passed passed, $failed failed, $skipped skipped"
  [ "$status" = 0 ] && [ "$failed" = 0 ] && [ "$passed" -gt 0 ]
}
