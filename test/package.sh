#!/usr/bin/env bash
# Packs the package, installs it into an empty folder as a user would, and runs it there.
set -euo pipefail
cd "$(dirname "$0")/.."
checkout=$PWD
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

tarball=$(npm pack --silent --pack-destination "$folder")
types='dist/workloads/(public|runtime)\.d\.ts$'
if tar tzf "$folder/$tarball" | grep -vE "$types" | grep -E '\.map$|\.d\.ts$|\.test\.js$|/(benchmarks|test|conformance)/'; then
  echo 'package: the files above are of no use to whoever installs it' >&2
  exit 1
fi

cd "$folder"
npm init --yes >init.log
npm pkg set type=module
npm install --silent --no-audit --no-fund "./$tarball"
npx concurrency-bench run --quick --model event-loop,pool --workload cpu --out first
npx bench report first/run.json --format markdown --out report.md
grep -q 'event loop' report.md
cat >app.ts <<'END'
import { type Handler, task } from 'concurrency-bench';

export const double = task(import.meta.url, 'double', (value: number) => 2 * value);

export const handler: Handler = async (_request, { compute }) => {
  const doubled: number = await compute(double, 21);
  return { status: 200, body: `${doubled}` };
};
END
"$checkout/node_modules/.bin/tsc" --noEmit --strict --module nodenext --skipLibCheck false app.ts
npx bench run --quick --blocks 1 --duration 300ms --app ./app.ts --model pool --out own
npx bench schema >schema.json
node -e 'JSON.parse(require("node:fs").readFileSync("schema.json", "utf8"))'

# The Node.js outside the checkout's own: an old one must get one sentence and exit status 2.
old=$(PATH=$(tr : '\n' <<<"$PATH" | grep -v node_modules | paste -sd : -) command -v node || true)
if [[ -z $old ]] || (($("$old" -p 'parseInt(process.versions.node)') >= 24)); then
  echo 'package: the message for an old Node.js was not tried: none is installed here'
else
  status=0
  message=$("$old" node_modules/concurrency-bench/dist/runner/bin.js --version 2>&1) || status=$?
  [[ $status == 2 && $(wc -l <<<"$message") == 1 && $message == *'needs Node.js 24'* ]] || {
    echo "package: an old Node.js got exit status $status and: $message" >&2
    exit 1
  }
fi
echo 'package: installs and runs'
