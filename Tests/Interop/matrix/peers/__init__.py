"""One end of a WebSocket, by library."""
