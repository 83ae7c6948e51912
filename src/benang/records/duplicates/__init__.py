"""The same work from several databases: found, decided on by a person, and joined."""
