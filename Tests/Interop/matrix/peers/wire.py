"""A TCP connection without a buffer between it and the case: what was received is never lost to a failed write."""

import asyncio
import socket
import struct

READ_BYTES = 1 << 18


class Wire:
    """A socket that does not block."""

    def __init__(self, connection):
        connection.setblocking(False)
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.socket = connection
        self.local, self.remote = connection.getsockname(), connection.getpeername()
        self.is_open = True

    @classmethod
    async def connect(cls, port):
        """A connection to a port of 127.0.0.1."""
        connection = socket.socket()
        connection.setblocking(False)
        try:
            await asyncio.get_running_loop().sock_connect(connection, ("127.0.0.1", port))
        except BaseException:
            connection.close()
            raise
        return cls(connection)

    async def send(self, data):
        """Sends all of it. A peer that is gone is found out by reading."""
        if not self.is_open:
            return
        try:
            await asyncio.get_running_loop().sock_sendall(self.socket, data)
        except ConnectionError:
            pass

    async def receive(self):
        """Some bytes; none at the end of the stream. Raises ConnectionResetError after a reset."""
        if not self.is_open:
            return b""
        return await asyncio.get_running_loop().sock_recv(self.socket, READ_BYTES)

    async def receive_head(self):
        """Reads up to an empty line. Returns (head, what came behind it)."""
        data = b""
        while b"\r\n\r\n" not in data:
            more = await self.receive()
            if not more:
                raise ConnectionError(f"the stream ended in the head {data!r}")
            data += more
        head, _, rest = data.partition(b"\r\n\r\n")
        return head, rest

    def end_writing(self):
        """Sends the end of the stream; reading goes on."""
        try:
            self.socket.shutdown(socket.SHUT_WR)
        except OSError:
            pass

    def reset(self):
        """Ends the connection with a reset."""
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.close()

    def close(self):
        """Closes; what was sent still arrives."""
        if self.is_open:
            self.is_open = False
            self.socket.close()


async def accept_wires(handle):
    """Runs `handle(wire)` for each connection. Returns (port, stop)."""
    listener = socket.create_server(("127.0.0.1", 0), backlog=1024)
    listener.setblocking(False)
    tasks = set()

    async def one(wire):
        try:
            await handle(wire)
        except ConnectionError:
            pass
        finally:
            wire.close()

    async def accept():
        while True:
            connection, _ = await asyncio.get_running_loop().sock_accept(listener)
            try:
                wire = Wire(connection)
            except OSError:
                connection.close()
                continue
            task = asyncio.create_task(one(wire))
            tasks.add(task)
            task.add_done_callback(tasks.discard)

    acceptor = asyncio.create_task(accept())

    async def stop():
        acceptor.cancel()
        for task in list(tasks):
            task.cancel()
        await asyncio.gather(acceptor, *tasks, return_exceptions=True)
        listener.close()

    return listener.getsockname()[1], stop
