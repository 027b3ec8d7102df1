#!/bin/sh
# Deploys the agent to Agent Engine with `adk deploy`, sessions and memory in Firestore. It serves ADK's own interface,
# behind Google's credentials; the shop's interface (/v1), API keys and limits are the server's: deployment/cloud_run.sh.
# deployment/agent_engine.sh PROJECT REGION [--dry-run]    --dry-run stages the files, prints the command and runs none.
set -eu

if [ $# -lt 2 ] || [ $# -gt 3 ] || [ "${3:---dry-run}" != --dry-run ]; then
  echo "Usage: deployment/agent_engine.sh PROJECT REGION [--dry-run]" >&2
  exit 2
fi
cd "$(dirname "$0")/.."
project=$1 region=$2 mode=${3:-}
stage=.data/agent_engine
account="recsys-agent@$project.iam.gserviceaccount.com"

# `adk deploy` ships the agent's folder alone, and reads requirements.txt and .env in it. It adds a requirement of its own,
# which pip would refuse beside hashed ones: so versions are pinned here, and hashes left out.
rm -rf "$stage"
mkdir -p "$stage"
cp -R recsys_agent "$stage/recsys_agent"
find "$stage" -name __pycache__ -type d -prune -exec rm -rf {} +
rm -rf "$stage/recsys_agent/.adk"
grep -E '^[A-Za-z0-9._-]+(\[[a-z0-9,]+\])?==' requirements.txt | sed 's/ *\\$//' > "$stage/recsys_agent/requirements.txt"
cat > "$stage/recsys_agent/.env" <<END
RECSYS_DATA_DIR=/tmp/recsys
RECSYS_MEMORY_URI=firestore://$project
RECSYS_SESSION_URI=firestore://$project
END

run() {
  if [ "$mode" = --dry-run ]; then
    printf '%s' "$1"; shift; printf ' %s' "$@"; printf '\n'
  else
    "$@"
  fi
}

run adk deploy agent_engine --project "$project" --region "$region" --display_name recsys_agent \
  --service_account "$account" --session_service_uri "firestore://$project" --otel_to_cloud \
  --extra_packages sub_agents --extra_packages tools --extra_packages services.py "$stage/recsys_agent"
