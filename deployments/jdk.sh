# shellcheck shell=bash
# To be sourced: sets JAVA_HOME and PATH to a JDK of 25 or newer, since the default `java` of many machines is older.
# Looks at JAVA_HOME, at the javac on PATH, then under /usr/lib/jvm. Returns 1 with a message when there is none.

jdk_version() {
  local version
  [ -x "$1/bin/javac" ] || return 1
  version=$("$1/bin/javac" -version 2>/dev/null) || return 1
  version=${version#javac }
  version=${version%%[!0-9]*}
  [ -n "$version" ] && echo "$version"
}

find_jdk() {
  local candidate version javac
  local -a candidates=("${JAVA_HOME:-}")
  javac=$(command -v javac) && candidates+=("$(dirname "$(dirname "$(readlink -f "$javac")")")")
  candidates+=(/usr/lib/jvm/*)
  for candidate in "${candidates[@]}"; do
    if [ -n "$candidate" ] && version=$(jdk_version "$candidate") && [ "$version" -ge 25 ]; then
      export JAVA_HOME=$candidate PATH=$candidate/bin:$PATH
      return 0
    fi
  done
  echo "A JDK of 25 or newer is needed; none is at JAVA_HOME, on PATH or under /usr/lib/jvm." \
    "Install one (Eclipse Temurin 25, for example) and set JAVA_HOME to its folder." >&2
  return 1
}

find_jdk
