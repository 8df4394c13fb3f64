"""页面公用: the one place for page chrome, components, error pages."""
