"""A real HTTP server in a process of its own: `python http_process.py PORT FOLDER`.

Keeps each request's headers and body as a JSON file in FOLDER and answers with the status in FOLDER/status.
"""

import json
import sys
import threading
import uuid
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

FOLDER = Path(sys.argv[2])


class Hook(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        part = FOLDER / f"{uuid.uuid4().hex}.part"
        part.write_text(json.dumps({"headers": dict(self.headers), "body": body.decode()}))
        part.rename(part.with_suffix(".json"))
        status, answer = FOLDER / "status", "đã nhận".encode()
        self.send_response(int(status.read_text()) if status.exists() else 200)
        self.send_header("Content-Length", str(len(answer)))
        self.send_header("Content-Type", "text/plain; charset=utf-8")
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


if __name__ == "__main__":
    server = ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Hook)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    (FOLDER / "ready").touch()
    sys.stdin.read()
    server.shutdown()
