"""Measures TLS terminating proxies beside each other. `compare --help` says how, README.md what the figures mean."""
