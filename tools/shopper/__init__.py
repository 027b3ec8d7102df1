"""What a talking agent may call: read the shopper, and delegate. A file for each tool and each of its steps."""
