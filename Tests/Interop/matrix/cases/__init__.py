"""The cases, one module a family or two."""
