"""Clients and servers that nobody here wrote, direct and through wsproxy, with the same result case by case."""
