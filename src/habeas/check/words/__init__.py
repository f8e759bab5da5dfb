"""Words and wordings as data: YAML that a native speaker can extend without touching code."""
