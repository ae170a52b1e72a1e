#!/bin/sh
# Builds the playground's page where Node 20 or newer is there, and only when its sources changed.
set -eu
cd "$(dirname "$0")/web"
if ! command -v node >/dev/null 2>&1 || ! command -v npm >/dev/null 2>&1; then
    echo "playground: not built (no Node)"
    exit 0
fi
if [ "$(node -p 'process.versions.node.split(".")[0]')" -lt 20 ]; then
    echo "playground: not built (Node 20 or newer is needed)"
    exit 0
fi
if [ -f dist/index.html ] && [ -z "$(find . ../queries ../../schema.graphql -newer dist/index.html -type f \
    -not -path './node_modules/*' -not -path './dist/*' -print -quit)" ]; then
    exit 0
fi
npm ci --no-audit --no-fund --loglevel=error
npm run --silent build
