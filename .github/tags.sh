#!/bin/sh
# The tags of the images that a workflow run makes, one a line. Arguments: name of the event, ref (as GITHUB_EVENT_NAME, GITHUB_REF).
#
#   pull request 2         pr-2
#   push to master         master
#   push to releases/v1    releases-v1
#   tag v1.2.3             v1.2.3, latest        also with a suffix, as v2.0.8-beta.67
#
# Anything else is no name of an image, and an error.
set -eu

event=${1:?} ref=${2:?}

refuse() {
  echo "there are no images for $event of $ref" >&2
  exit 1
}

matches() { printf '%s\n' "$1" | grep -Eqx "$2"; }

case $event:$ref in
  pull_request:refs/pull/*/merge)
    number=${ref#refs/pull/}
    number=${number%/merge}
    matches "$number" '[1-9][0-9]*' || refuse
    echo "pr-$number"
    ;;
  push:refs/heads/master) echo master ;;
  push:refs/heads/releases/*)
    branch=${ref#refs/heads/}
    matches "$branch" 'releases/v[0-9]+(\.[0-9]+)*' || refuse
    echo "$branch" | tr / -
    ;;
  push:refs/tags/*)
    tag=${ref#refs/tags/}
    matches "$tag" 'v(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)(-[0-9A-Za-z-]+(\.[0-9A-Za-z-]+)*)?' || refuse
    echo "$tag"
    echo latest
    ;;
  *) refuse ;;
esac
