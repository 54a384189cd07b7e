"""``ploughshare serve``: the library in a browser."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from ploughshare.cli.options import library_option, on_option

#: More connections than that at a time are refused, so that memory stays bounded.
CONNECTIONS = 2000


@click.command("serve", epilog="Example: ploughshare serve --library disarmament --port 8080")
@click.option("--host", default="127.0.0.1", show_default=True, help="Where to listen; only this machine by default.")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="The port to listen on.")
@on_option
@library_option
def command(host: str, port: int, on: date | None, folder: Path) -> int:
    """Show a library in a browser, in six languages, until Ctrl-C. Whoever adds to it meanwhile is seen at once.

    Only this machine is answered, unless --host says more; then put a web server in front that speaks HTTPS.
    """
    import uvicorn

    from ploughshare.web.app import site

    app = site(folder, on)
    click.echo(f"http://{'localhost' if host == '127.0.0.1' else host}:{port}/  (Ctrl-C ends)")
    uvicorn.run(
        app,
        host=host,
        port=port,
        log_level="warning",
        access_log=False,
        server_header=False,
        limit_concurrency=CONNECTIONS,
        timeout_keep_alive=15,
        h11_max_incomplete_event_size=16_384,
    )
    return 0
