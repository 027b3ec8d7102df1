# Two accounts: what serves, and what rings the bell. Neither owns or edits anything else of the project.

resource "google_service_account" "server" {
  account_id   = local.name
  display_name = "recsys_agent: the server"

  depends_on = [google_project_service.used]
}

resource "google_service_account" "clock" {
  account_id   = "${local.name}-clock"
  display_name = "recsys_agent: starts the daily job"

  depends_on = [google_project_service.used]
}

resource "google_project_iam_member" "server" {
  for_each = toset([
    "roles/aiplatform.user",   # Gemini through Vertex AI, where no API key is used
    "roles/cloudtrace.agent",  # writes traces; reads none
    "roles/datastore.user",    # sessions, memory, keys: reads and writes documents, changes no index
    "roles/logging.logWriter", # writes logs; reads none
  ])
  project = var.project
  role    = each.value
  member  = google_service_account.server.member
}

resource "google_secret_manager_secret" "google_api_key" {
  secret_id = "${local.name}-google-api-key"

  replication {
    auto {}
  }

  depends_on = [google_project_service.used]
}

# This secret, and no other. Its value never stands in Terraform's state: see ../runbook.md for how it is put in.
resource "google_secret_manager_secret_iam_member" "server_reads_key" {
  secret_id = google_secret_manager_secret.google_api_key.id
  role      = "roles/secretmanager.secretAccessor"
  member    = google_service_account.server.member
}
