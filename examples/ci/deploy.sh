#!/bin/sh
# Deploys a stage, looks whether the account works, and goes back to the release before if it does not.
# Every pipeline in this folder runs it: sh examples/ci/deploy.sh prod
set -eu
stage="${1:?Name the stage: sh examples/ci/deploy.sh prod}"

# Nothing is deployed onto collections that are not there.
npm run provision -- --check --stage "$stage"

# The newest release stands in the second line, below the headings; a first deploy has none.
before="$(npm run --silent serverless -- deploy list --stage "$stage" | awk 'NR == 2 { print $1 }')"

if npm run deploy -- --stage "$stage" && npm run doctor -- --ci --stage "$stage"; then
  exit 0
fi

if [ -z "$before" ]; then
  echo "The first deploy of $stage is not well, and there is no release to go back to." >&2
  exit 1
fi
echo "The deploy of $stage is not well: going back to release $before." >&2
npm run serverless -- rollback -t "$before" --stage "$stage"
exit 1
