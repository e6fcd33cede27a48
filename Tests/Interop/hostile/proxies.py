"""The three proxies, each before a port of its own, so that it is known what came of which."""

import os
import socket
import subprocess

NAMES = ("wsproxy", "nginx", "haproxy")


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def start(folder, products, backends):
    """Returns ports by name, and processes. Bounds on sizes are alike: they are not what is compared."""

    def write(name, text):
        path = os.path.join(folder, name)
        with open(path, "w", encoding="ascii") as file:
            file.write(text)
        return path

    ports = {name: free_port() for name in NAMES}
    routes = os.path.join(folder, "routes.bin")
    config = write(
        "routes.yaml",
        f"services: {{origin: {{url: 'http://127.0.0.1:{backends['wsproxy']}'}}}}\n"
        "route_rules: [{pattern: /*, target: origin}]\n",
    )
    subprocess.run([f"{products}/wsroute", "compile", config, "-o", routes], check=True, stdout=subprocess.DEVNULL)
    nginx = write(
        "nginx.conf",
        f"daemon off; master_process off; pid {folder}/nginx.pid; error_log /dev/null;\nevents {{}}\n"
        f"http {{ access_log off; client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;\n"
        f"fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;\n"
        "client_header_buffer_size 64k; large_client_header_buffers 4 64k; proxy_buffer_size 64k; proxy_buffers 4 64k;\n"
        f"server {{ listen 127.0.0.1:{ports['nginx']}; location / {{ proxy_http_version 1.1; proxy_next_upstream off;\n"
        f"proxy_request_buffering off; proxy_pass http://127.0.0.1:{backends['nginx']}; }} }} }}\n",
    )
    haproxy = write(
        "haproxy.cfg",
        "global\n tune.bufsize 131072\n tune.http.maxhdr 1000\n"
        "defaults\n mode http\n retries 0\n timeout client 5s\n timeout server 5s\n timeout connect 5s\n"
        f"frontend f\n bind 127.0.0.1:{ports['haproxy']}\n default_backend b\n"
        f"backend b\n server s 127.0.0.1:{backends['haproxy']}\n",
    )
    commands = [
        [f"{products}/wsproxy", "--routes", routes, "--listen", f"127.0.0.1:{ports['wsproxy']}=8080", "--log-level", "error"],
        ["nginx", "-c", nginx, "-p", folder],
        ["haproxy", "-db", "-q", "-f", haproxy],
    ]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    return ports, [subprocess.Popen(command, **quiet) for command in commands]
