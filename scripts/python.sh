#!/bin/sh
# Runs the first Python on this machine that is new enough, with the arguments given.
set -eu

for python in "${PYTHON:-python3.11}" python3 python; do
    if "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        exec "$python" "$@"
    fi
done
echo "No Python 3.11 or newer found. Install it, or name it: PYTHON=/path/to/python3.11 make ..." >&2
exit 1
