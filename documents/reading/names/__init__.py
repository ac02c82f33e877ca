"""Names that papers use: units of their day, bodies, posts, types of papers."""
