"""Tags and filters of the components; ``ui`` gathers them and is built into every template."""
