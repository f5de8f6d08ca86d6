# Sourced by the scripts in the project's root: finds a JDK of version 25 or newer and exports JAVA_HOME.

# Sets jdk_major to the major version of a JDK: from its release file, which costs no start of it, else by asking it.
read_jdk_major() {
  local line
  jdk_major=0
  if [ -r "$1/release" ]; then
    while IFS= read -r line; do
      [[ $line =~ ^JAVA_VERSION=\"([0-9]+) ]] && jdk_major=${BASH_REMATCH[1]} && return
    done <"$1/release"
  fi
  line=$("$1/bin/java" -version 2>&1 || true)
  [[ ! $line =~ version\ \"([0-9]+) ]] || jdk_major=${BASH_REMATCH[1]}
}

# Takes the first JDK >= 25 of JAVA_HOME, the PATH and the usual install folders.
find_jdk() {
  local on_path candidate jdk_major
  on_path=$(command -v javac || true)
  [ -z "$on_path" ] || on_path=$(readlink -f "$on_path")
  for candidate in "${JAVA_HOME:-}" "${on_path%/bin/javac}" \
    /usr/lib/jvm/* /opt/java/* /opt/jdk* "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    [ -n "$candidate" ] && [ -x "$candidate/bin/javac" ] && [ -x "$candidate/bin/java" ] || continue
    read_jdk_major "$candidate"
    if [ "$jdk_major" -ge 25 ]; then
      export JAVA_HOME=$candidate
      return 0
    fi
  done
  echo "$(basename "$0"): no JDK 25 or newer found in JAVA_HOME, on the PATH or in the usual folders; install one and set JAVA_HOME" >&2
  return 1
}

# Says in one line which of the build's tools are missing.
need_build_tools() {
  local missing=""
  command -v mvn >/dev/null || missing="Maven (mvn)"
  if ! command -v node >/dev/null || ! command -v npm >/dev/null; then
    missing="${missing:+$missing and }Node 20 or newer (node, npm)"
  elif [ "$(node -p 'process.versions.node.split(".")[0]')" -lt 20 ]; then
    missing="${missing:+$missing and }Node 20 or newer (found $(node --version))"
  fi
  [ -z "$missing" ] || {
    echo "$(basename "$0"): missing to build: $missing; install it and run again" >&2
    return 1
  }
}

# Shows Maven's output as one line per module; the whole of it goes to the file named first.
maven_progress() {
  tee "$1" | sed -un 's/^\[INFO\] Building narthex-\([a-z0-9-]*\) .*\[\(.*\)\]$/  \2  \1/p'
}
