#!/bin/sh
# Builds the image and deploys it to Cloud Run, with sessions, memory, keys and sums in Firestore: the server, and the job
# that the clock of deployment/terraform starts. Terraform comes first: it makes the accounts, the secret and the database.
# deployment/cloud_run.sh PROJECT REGION [--dry-run]      --dry-run prints each command and runs none.
set -eu

if [ $# -lt 2 ] || [ $# -gt 3 ] || [ "${3:---dry-run}" != --dry-run ]; then
  echo "Usage: deployment/cloud_run.sh PROJECT REGION [--dry-run]" >&2
  exit 2
fi
cd "$(dirname "$0")/.."
project=$1 region=$2 mode=${3:-}
service=recsys-agent
account="$service@$project.iam.gserviceaccount.com"
clock="$service-clock@$project.iam.gserviceaccount.com"
image="$region-docker.pkg.dev/$project/$service/$service:$(git rev-parse --short HEAD 2>/dev/null || date +%Y%m%d%H%M%S)"

run() {
  if [ "$mode" = --dry-run ]; then
    printf '%s' "$1"; shift; printf ' %s' "$@"; printf '\n'
  else
    "$@"
  fi
}

run docker build -f deployment/Dockerfile -t "$image" .
run docker push "$image"
# --allow-unauthenticated: the server itself asks everybody for a credential, its own keys too, which Google does not know.
run gcloud run deploy "$service" --project "$project" --region "$region" --image "$image" \
  --service-account "$account" --allow-unauthenticated --cpu 1 --memory 1Gi --concurrency 40 --timeout 120 \
  --min-instances 1 --max-instances 10 --no-cpu-throttling \
  --set-env-vars "RECSYS_SESSION_URI=firestore://$project" --set-secrets "GOOGLE_API_KEY=$service-google-api-key:latest" \
  --startup-probe httpGet.path=/readyz,periodSeconds=5,failureThreshold=24 --liveness-probe httpGet.path=/healthz
run gcloud run jobs deploy "$service-tick" --project "$project" --region "$region" --image "$image" \
  --service-account "$account" --command python --args=-m,deployment.triggers,tick --max-retries 1 --task-timeout 30m \
  --set-env-vars "RECSYS_SESSION_URI=firestore://$project" --set-secrets "GOOGLE_API_KEY=$service-google-api-key:latest"
run gcloud run jobs add-iam-policy-binding "$service-tick" --project "$project" --region "$region" \
  --member "serviceAccount:$clock" --role roles/run.invoker
