"""The demo bureau: a fictional district branch in its 2026 cycle, once clean and once with planted faults."""
