"""One module a family of formats; each turns bytes into ``tables.Contents`` and runs inside the child process."""
