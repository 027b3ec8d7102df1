# What the server needs of Google Cloud before deployment/cloud_run.sh brings an image there:
# the database with its indexes and expiry, accounts with least rights, the model's key, a place for images, the clock.
#
#   terraform init && terraform apply -var project=my-project -var region=europe-west1
#
# The service itself is not here: an image is newer every day, and rolling back is one command (see ../runbook.md).

terraform {
  required_version = ">= 1.6"
  required_providers {
    google = {
      source  = "hashicorp/google"
      version = ">= 6.0, < 8.0"
    }
  }
}

provider "google" {
  project = var.project
  region  = var.region
}

locals {
  name = "recsys-agent"

  services = toset([
    "aiplatform.googleapis.com",
    "artifactregistry.googleapis.com",
    "cloudscheduler.googleapis.com",
    "firebaserules.googleapis.com",
    "firestore.googleapis.com",
    "iam.googleapis.com",
    "run.googleapis.com",
    "secretmanager.googleapis.com",
  ])
}

resource "google_project_service" "used" {
  for_each           = local.services
  service            = each.value
  disable_on_destroy = false # others in the project may use it, too
}

resource "google_artifact_registry_repository" "images" {
  repository_id = local.name
  location      = var.region
  format        = "DOCKER"
  description   = "Images of the server"

  cleanup_policies {
    id     = "keep-the-latest"
    action = "KEEP"
    most_recent_versions {
      keep_count = 10 # what a rollback can go back to
    }
  }

  cleanup_policies {
    id     = "delete-old"
    action = "DELETE"
    condition {
      older_than = "2592000s"
    }
  }

  depends_on = [google_project_service.used]
}
