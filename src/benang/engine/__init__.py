"""The engines that join and count: DuckDB here, Spark elsewhere, with one SQL text for both."""
