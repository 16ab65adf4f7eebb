#!/bin/sh
# Prints the path of a Chromium for the browser tests; nothing when there is none and they are to be left out.
# CHROME_PATH names one; otherwise a known one is looked for, and root on Debian or Ubuntu installs it.
set -eu

find_browser() {
    for browser in "${CHROME_PATH:-}" chromium chromium-browser google-chrome google-chrome-stable; do
        if [ -n "$browser" ] && command -v "$browser"; then
            return
        fi
    done
    return 1
}

if find_browser; then
    exit 0
fi
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "No browser found: installing Debian's chromium for the browser tests." >&2
    { apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -yq --no-install-recommends chromium; } >&2 || true
    if find_browser; then
        exit 0
    fi
fi
if [ -n "${CI:-}" ]; then
    echo "No browser: install chromium or set CHROME_PATH. CI does not pass without the browser tests." >&2
    exit 1
fi
echo "*** NO BROWSER FOUND: THE BROWSER TESTS ARE LEFT OUT. Install chromium or set CHROME_PATH. ***" >&2
