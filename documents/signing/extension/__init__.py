"""Whether a returned file is what went out and one update behind it that holds the one signature and nothing else."""
