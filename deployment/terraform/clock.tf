# Once a day the job `recsys-agent-tick` (made by ../cloud_run.sh, with the server's image) looks for what is coming.

resource "google_cloud_scheduler_job" "tick" {
  name             = "${local.name}-tick"
  description      = "Starts the job that looks for coming occasions, lower prices and what is back in stock"
  schedule         = var.schedule
  time_zone        = var.time_zone
  attempt_deadline = "180s"

  retry_config {
    retry_count = 3 # a second start finds nothing new: what was sent is known
  }

  http_target {
    http_method = "POST"
    uri         = "https://run.googleapis.com/v2/projects/${var.project}/locations/${var.region}/jobs/${local.name}-tick:run"

    oauth_token {
      service_account_email = google_service_account.clock.email
      scope                 = "https://www.googleapis.com/auth/cloud-platform"
    }
  }

  depends_on = [google_project_service.used]
}
