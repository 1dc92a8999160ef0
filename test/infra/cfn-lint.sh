#!/usr/bin/env bash
# Lints the packaged template and infra/stacksets/*.yml with cfn-lint, which knows every resource of CloudFormation; an error or a
# warning fails. Arguments go to cfn-lint. Needs python3 with venv; the environment is kept in ~/.cache/postern-cfn-lint.
set -euo pipefail

here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
root="$(cd "$here/../.." && pwd)"
python="${PYTHON:-python3}"

# One environment for each set of pins and each Python, so that a change of either never meets an old one.
pins="$({ cat "$here/requirements.txt"; "$python" --version; } | sha256sum | cut -c1-12)"
venv="${POSTERN_CFN_LINT_CACHE:-$HOME/.cache/postern-cfn-lint}/$pins.venv"
if [ ! -e "$venv/ready" ]; then
  rm -rf "$venv"
  "$python" -m venv "$venv"
  "$venv/bin/pip" install --quiet --disable-pip-version-check --no-deps -r "$here/requirements.txt"
  touch "$venv/ready"
fi

package="$(mktemp -d)"
trap 'rm -rf "$package"' EXIT
cd "$root"
node node_modules/serverless/bin/serverless.js package --package "$package"

"$venv/bin/cfn-lint" --non-zero-exit-code warning --regions us-east-1 eu-west-1 ap-southeast-2 "$@" \
  --template "$package/cloudformation-template-update-stack.json" infra/stacksets/*.yml
echo 'cfn-lint: no error, no warning'
