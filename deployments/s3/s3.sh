#!/usr/bin/env bash
# Runs the embedded object store (s3proxy on a folder) in the foreground:
#
#   S3_PORT=9000 S3_BUCKET=myfilebucket S3_ACCESS_KEY=… S3_SECRET_KEY=… deployments/s3/s3.sh <folder for its data>
#
# It listens on S3_HOST, 127.0.0.1 if that is not set, and needs `mvn -pl deployments/s3 package` once.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# An image has its own Java.
if [ -f "$here/../jdk.sh" ]; then
  # shellcheck source-path=SCRIPTDIR source=../jdk.sh
  . "$here/../jdk.sh"
fi

[ $# -eq 1 ] || { sed -n '2,/^set/s/^# \{0,1\}//p' "$0" >&2; exit 2; }
: "${S3_ACCESS_KEY:?must be set}" "${S3_SECRET_KEY:?must be set}"

# s3proxy takes a bucket whose folder others may read for a public one, and then lists it to anybody.
umask 077
mkdir -p "$1/objects/${S3_BUCKET:-myfilebucket}"
chmod 700 "$1/objects/${S3_BUCKET:-myfilebucket}"

cat >"$1/s3proxy.properties" <<PROPERTIES
s3proxy.endpoint=http://${S3_HOST:-127.0.0.1}:${S3_PORT:-9000}
s3proxy.authorization=aws-v2-or-v4
s3proxy.identity=$S3_ACCESS_KEY
s3proxy.credential=$S3_SECRET_KEY
jclouds.provider=filesystem
jclouds.filesystem.basedir=$1/objects
jclouds.identity=unused
jclouds.credential=unused
PROPERTIES

# A form of 64 MiB is held in memory as a whole, and more than once; everything else needs a tenth of this.
exec "$JAVA_HOME/bin/java" -XX:+UseSerialGC -Xmn24m -Xmx512m -XX:MinHeapFreeRatio=10 -XX:MaxHeapFreeRatio=30 --sun-misc-unsafe-memory-access=allow \
  --enable-native-access=ALL-UNNAMED -Dlogback.configurationFile="$here/logback.xml" -cp "$here/target/lib/*" org.gaul.s3proxy.Main --properties "$1/s3proxy.properties"
