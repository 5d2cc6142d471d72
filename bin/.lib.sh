# What the scripts of this folder share; sourced by them.

say() { printf '\033[1m==>\033[0m %s\n' "$*" >&2; }
fail() { printf '\n%s\n' "$*" >&2; exit 1; }

# One hash of everything the environment is made from; a second start compares it and goes on.
environment_stamp() { cat "$1" pyproject.toml bin/setup | sha256sum | cut -d' ' -f1; }

# Make .venv if it is missing or older than what it is made from. --dev adds the tools of developers.
prepare_environment() {
  local kind=base
  [ "${1:-}" = --dev ] && kind=dev
  if [ -f .venv/.estafeta-dev ]; then kind=dev; fi
  if [ "$(cat ".venv/.estafeta-$kind" 2>/dev/null || true)" != "$(environment_stamp "requirements/$kind.txt")" ]; then
    if [ "$kind" = dev ]; then bin/setup --dev; else bin/setup; fi
  fi
  compile_translations_if_changed
}

compile_translations_if_changed() {
  local source
  for source in estafeta/locale/*/LC_MESSAGES/*.po; do
    if [ -e "$source" ] && ! [ "${source%.po}.mo" -nt "$source" ]; then
      bin/translations compile
      return
    fi
  done
}

# Install Debian packages that are missing. As a plain user say what to install and go on.
install_debian_packages() {
  command -v dpkg-query >/dev/null || return 0
  local missing=() package
  for package in "$@"; do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
  done
  [ ${#missing[@]} -eq 0 ] && return 0
  if [ "$(id -u)" != 0 ]; then
    say "Not installed: ${missing[*]}. Tests that need them are skipped; an administrator can run:"
    say "  apt-get install --no-install-recommends ${missing[*]}"
    return 0
  fi
  say "Installing ${missing[*]}"
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
    -o DPkg::Lock::Timeout=300 "${missing[@]}" >/dev/null
}
