"""Results and uploads kept by an S3 server, spoken to through the minio client."""
