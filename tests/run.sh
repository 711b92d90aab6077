#!/usr/bin/env bash
# Runs every test. Installs what they need through apt when missing and root, else says what to install.
set -euo pipefail
cd "$(dirname "$0")/.."

packages=()
command -v chromium >/dev/null || packages+=(chromium)
python3 -c 'import aiosmtpd' 2>/dev/null || /usr/bin/python3 -c 'import aiosmtpd' 2>/dev/null || packages+=(python3-aiosmtpd)
command -v pdftotext >/dev/null || packages+=(poppler-utils)
command -v qpdf >/dev/null || packages+=(qpdf)
command -v xmllint >/dev/null || packages+=(libxml2-utils)
/usr/bin/python3 -c 'import icalendar' 2>/dev/null || packages+=(python3-icalendar)
/usr/bin/python3 -c 'import jsonschema' 2>/dev/null || packages+=(python3-jsonschema)
[ -n "$(fc-list ':lang=ar' family 2>/dev/null | grep -i noto || true)" ] || packages+=(fontconfig fonts-noto-core)
[ -n "$(fc-list ':lang=ja' family 2>/dev/null | grep -i noto || true)" ] || packages+=(fonts-noto-cjk)
[ -e /usr/share/hyphen/hyph_en_US.dic ] || packages+=(hyphen-en-us)
if [ ${#packages[@]} -gt 0 ]; then
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Installing ${packages[*]} …"
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${packages[@]}" >/dev/null
  else
    echo "The tests need these packages of Debian: ${packages[*]}" >&2
    echo "Install them with: sudo apt-get install ${packages[*]}" >&2
    exit 1
  fi
fi

# What is missing now is a failure, not a reason to skip.
export ABSTRACTREVIEW_TEST_COMPLETE=1
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
dotnet build AbstractReview.sln --verbosity quiet
server=${ABSTRACTREVIEW_TEST_SQLSERVER:-}
ABSTRACTREVIEW_TEST_SQLSERVER='' dotnet test --solution AbstractReview.sln --no-build --max-parallel-test-modules 2 "$@" || status=$?
# Where a SQL Server is named, application and web are tested on it too, each test in a database of its own.
if [ -n "$server" ]; then
  for suite in App Web; do dotnet test --project "tests/AbstractReview.$suite.Tests" --no-build "$@" || status=$?; done
fi
exit "${status:-0}"
