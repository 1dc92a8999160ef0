#!/usr/bin/env bash
# Runs the end-to-end tests: starts an AWS API server (moto) on a free loopback port, runs vitest, stops the server.
# Arguments go to vitest. Needs python3 with venv; the environment is kept in ~/.cache/postern-e2e for the next time.
set -euo pipefail

here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
root="$(cd "$here/../.." && pwd)"
python="${PYTHON:-python3}"

# One environment for each set of pins and each Python, so that a change of either never meets an old one.
pins="$({ cat "$here/requirements.txt"; "$python" --version; } | sha256sum | cut -c1-12)"
venv="${POSTERN_E2E_CACHE:-$HOME/.cache/postern-e2e}/$pins.venv"
if [ ! -e "$venv/ready" ]; then
  rm -rf "$venv"
  "$python" -m venv "$venv"
  "$venv/bin/pip" install --quiet --disable-pip-version-check --no-deps -r "$here/requirements.txt"
  touch "$venv/ready"
fi

# What is made once for all tests of a run: the packaged service.
scratch="$(mktemp -d)"
log="$scratch/server.log"
server=''
stop() {
  if [ -n "$server" ]; then
    kill "$server" 2>/dev/null || true
    wait "$server" 2>/dev/null || true
  fi
  rm -rf "$scratch"
}
trap stop EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# Port 0: the system picks a free one, and the server's log says which.
"$venv/bin/python" "$venv/bin/moto_server" -H 127.0.0.1 -p 0 >"$log" 2>&1 &
server=$!
endpoint=''
for _ in $(seq 1 300); do
  endpoint="$(grep -oE 'http://127\.0\.0\.1:[0-9]+' "$log" | head -n 1 || true)"
  [ -n "$endpoint" ] && break
  if ! kill -0 "$server" 2>/dev/null; then break; fi
  sleep 0.2
done
if [ -z "$endpoint" ]; then
  echo 'The AWS API server did not start. It said:' >&2
  cat "$log" >&2
  exit 1
fi

cd "$root"
# The server takes any credentials. What the machine has of its own must neither be used nor sent.
env -u AWS_PROFILE -u AWS_SESSION_TOKEN -u AWS_ENDPOINT_URL -u AWS_CA_BUNDLE \
  AWS_ACCESS_KEY_ID=testing AWS_SECRET_ACCESS_KEY=testing AWS_EC2_METADATA_DISABLED=true \
  AWS_CONFIG_FILE=/dev/null AWS_SHARED_CREDENTIALS_FILE=/dev/null \
  POSTERN_E2E_SERVER="$endpoint" POSTERN_E2E_SCRATCH="$scratch" POSTERN_E2E_PYTHON="$venv/bin/python" \
  node_modules/.bin/vitest run --config test/e2e/vitest.config.ts "$@"
