"""Exchange of memories: one module a format, imported on use; :mod:`tm.formats.registry` lists them."""
