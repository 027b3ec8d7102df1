# Indexes and expiry come from ../firestore.indexes.json, the one place where they are written down and tested.

locals {
  firestore = jsondecode(file("${path.module}/../firestore.indexes.json"))

  indexes = {
    for index in local.firestore.indexes : join("/", concat(
      [index.collectionGroup],
      [for field in index.fields : "${field.fieldPath}:${try(field.order, try(field.arrayConfig, "VECTOR"))}"],
    )) => index
  }

  overrides = {
    for override in local.firestore.fieldOverrides : "${override.collectionGroup}/${override.fieldPath}" => override
  }
}

resource "google_firestore_database" "default" {
  name                              = "(default)"
  location_id                       = var.database_location != "" ? var.database_location : var.region
  type                              = "FIRESTORE_NATIVE"
  delete_protection_state           = "DELETE_PROTECTION_ENABLED"
  point_in_time_recovery_enablement = "POINT_IN_TIME_RECOVERY_ENABLED"

  depends_on = [google_project_service.used]
}

resource "google_firestore_index" "of_queries" {
  for_each    = local.indexes
  database    = google_firestore_database.default.name
  collection  = each.value.collectionGroup
  query_scope = each.value.queryScope

  dynamic "fields" {
    for_each = each.value.fields
    content {
      field_path   = fields.value.fieldPath
      order        = try(fields.value.order, null)
      array_config = try(fields.value.arrayConfig, null)

      dynamic "vector_config" {
        for_each = can(fields.value.vectorConfig) ? [fields.value.vectorConfig] : []
        content {
          dimension = var.embedding_dimension
          flat {}
        }
      }
    }
  }
}

# Expiry (`ttl`), and what is never queried and so needs no index of its own (`indexes: []`).
resource "google_firestore_field" "of_records" {
  for_each   = local.overrides
  database   = google_firestore_database.default.name
  collection = each.value.collectionGroup
  field      = each.value.fieldPath

  dynamic "ttl_config" {
    for_each = try(each.value.ttl, false) ? [1] : []
    content {}
  }

  index_config {
    dynamic "indexes" {
      for_each = each.value.indexes
      content {
        order        = try(indexes.value.order, null)
        array_config = try(indexes.value.arrayConfig, null)
        query_scope  = indexes.value.queryScope
      }
    }
  }
}

# Browsers and apps reach nothing: the server alone does, with its own account.
resource "google_firebaserules_ruleset" "closed" {
  source {
    files {
      name    = "firestore.rules"
      content = file("${path.module}/../firestore.rules")
    }
  }

  depends_on = [google_firestore_database.default]
}

resource "google_firebaserules_release" "firestore" {
  name         = "cloud.firestore"
  ruleset_name = google_firebaserules_ruleset.closed.name
}
