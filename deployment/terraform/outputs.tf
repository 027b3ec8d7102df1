output "session_uri" {
  description = "RECSYS_SESSION_URI of the server."
  value       = "firestore://${var.project}"
}

output "server_account" {
  description = "The account that the service and the job run as."
  value       = google_service_account.server.email
}

output "clock_account" {
  description = "The account that may start the job, and nothing else (granted by ../cloud_run.sh on the job itself)."
  value       = google_service_account.clock.email
}

output "images" {
  description = "Where images are pushed to."
  value       = "${var.region}-docker.pkg.dev/${var.project}/${google_artifact_registry_repository.images.repository_id}"
}
