"""What shoppers viewed and bought: read, kept beside the catalogue, and turned into what comes next."""
