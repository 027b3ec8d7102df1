variable "project" {
  description = "The Google Cloud project's id."
  type        = string
}

variable "region" {
  description = "Where the server, its images and its clock are, e.g. europe-west1."
  type        = string
}

variable "database_location" {
  description = "Where Firestore keeps the data; it cannot be changed later. A region, or a multi-region such as eur3."
  type        = string
  default     = ""
}

variable "embedding_dimension" {
  description = "Numbers in a product's vector, if the catalogue is in Firestore and has vectors (see ../catalogue.md)."
  type        = number
  default     = 768
}

variable "schedule" {
  description = "When coming occasions and changed prices are looked for, as cron says it."
  type        = string
  default     = "0 9 * * *"
}

variable "time_zone" {
  description = "The time zone of the schedule."
  type        = string
  default     = "Etc/UTC"
}
