"""The hub's answers are not held back: small ones go out without waiting for an acknowledgement."""

import asyncio
import socket

from kamdesk.hub.online import serving


def test_what_the_hub_listens_on_sends_at_once() -> None:
    async def accepted() -> int:
        met: asyncio.Future[int] = asyncio.get_running_loop().create_future()

        def greet(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            line: socket.socket = writer.get_extra_info("socket")
            met.set_result(line.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
            writer.close()

        with serving._listener("127.0.0.1", 0) as listener:
            server = await asyncio.start_server(greet, sock=listener)
            async with server:
                _, writer = await asyncio.open_connection(*listener.getsockname())
                found = await met
                writer.close()
        return found

    assert asyncio.run(accepted()) != 0
