# What the benchmarks share: a sandbox without rate limits, and the peak resident set of one command.

stop_sandbox() {
  kill "$sandbox" 2>/dev/null && wait "$sandbox" 2>/dev/null
  rm -rf "$work"
}

start_sandbox() {
  work=$(mktemp -d)
  endpoints=$work/endpoints.properties
  target/sandbox/bin/sandbox --endpoints-file "$endpoints" --rate-limit 0 --files-rate-limit 0 --processing-delay 100 >"$work/sandbox.log" 2>&1 &
  sandbox=$!
  trap stop_sandbox EXIT
  until [ -f "$endpoints" ]; do
    kill -0 $sandbox || { cat "$work/sandbox.log" >&2; exit 1; }
    sleep 0.5
  done
  # at the speed of the machine, not of the services
  export CLARIFAI_REQUESTS_PER_SECOND=0
}

setting() { sed -n "s/^$1=//p" "$endpoints"; }

sql() {
  curl -sf -H "Authorization: Bearer $(setting databricks.token)" -d "{\"warehouse_id\": \"$(setting databricks.warehouse-id)\", \"statement\": \"$1\", \"wait_timeout\": \"50s\"}" \
    "$(setting databricks.host)/api/2.0/sql/statements" | grep -q SUCCEEDED
}

# measure NAME ARGUMENT...: runs databricks-connect; prints its peak resident set in kB
measure() {
  local name=$1 pid peak=0 now
  shift
  target/databricks-connect/bin/databricks-connect --config "$endpoints" "$@" >"$work/out" 2>"$work/err" &
  pid=$!
  while now=$(sed -n 's/^VmHWM:[^0-9]*\([0-9]*\).*/\1/p' /proc/$pid/status 2>/dev/null) && [ -n "$now" ]; do
    peak=$now
    sleep 0.1
  done
  wait $pid || { cat "$work/err" >&2; exit 1; }
  echo "$name: peak $((peak / 1024)) MB  $(cat "$work/out")" >&2
  echo $peak
}

ratio() { awk -v n="$1" -v a="$2" -v b="$3" 'BEGIN { printf "%s: ratio %.2f (at most 1.30)\n", n, b / a; exit b / a > 1.3 }'; }
