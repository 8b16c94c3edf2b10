# shellcheck shell=bash
# What has to be on the machine. As root on Debian it is installed, elsewhere it is named.

# Debian keeps servers here, which is not on everybody's PATH.
PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin

package_of() {
  case $1 in
    redis-server | redis-cli) echo redis-server ;;
    mvn) echo maven ;;
    node) echo nodejs ;;
    setsid | flock) echo util-linux ;;
    *) echo "$1" ;;
  esac
}

# Commands…
need() {
  local command package packages=()
  for command in "$@"; do
    command -v "$command" >/dev/null && continue
    package=$(package_of "$command")
    case " ${packages[*]} " in *" $package "*) ;; *) packages+=("$package") ;; esac
  done
  [ ${#packages[@]} -gt 0 ] || return 0
  if [ "$(id -u)" != 0 ]; then
    fail "missing: ${packages[*]}. On Debian or Ubuntu: sudo apt-get install ${packages[*]}"
  fi
  command -v apt-get >/dev/null || fail "missing: ${packages[*]}. Please install them with the package manager of this system."
  say "Installing ${packages[*]} …"
  install_packages "${packages[@]}"
  for command in "$@"; do
    command -v "$command" >/dev/null || fail "$command is still missing after apt-get install ${packages[*]}"
  done
}

install_packages() {
  local policy=/usr/sbin/policy-rc.d log="$run_dir/logs/install.log" status=0
  (
    umask 022
    # Debian starts a server once it is installed, on the port that others expect it at. Not for us.
    if [ ! -e "$policy" ]; then
      trap 'rm -f "$policy"' EXIT
      trap 'exit 1' INT TERM HUP
      printf '#!/bin/sh\nexit 101\n' >"$policy"
      chmod 755 "$policy"
    fi
    apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@"
  ) >"$log" 2>&1 </dev/null || status=$?
  if [ "$status" != 0 ]; then
    tail -n 5 "$log" >&2
    fail "apt-get could not install $*; see $log"
  fi
}

need_redis() {
  need redis-server redis-cli
  local version
  version=$(redis-server --version | sed -n 's/.* v=\([0-9]*\).*/\1/p')
  [ "${version:-0}" -ge 7 ] || fail "Redis 7 or newer is needed; redis-server here is $(redis-server --version | cut -d' ' -f3)"
}

# For the tests of the Kubernetes manifests. Debian's own kubectl is too old, so nothing is installed here.
need_kustomize() {
  command -v kubectl >/dev/null || command -v kustomize >/dev/null ||
    fail "missing: kubectl (1.27 or newer, https://kubernetes.io/docs/tasks/tools) or kustomize (5 or newer; with Go: go install sigs.k8s.io/kustomize/kustomize/v5@v5.5.0)"
}
