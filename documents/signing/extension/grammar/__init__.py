"""PDF as signing programs write it, read strictly: what readers could understand in two ways is not taken at all."""
