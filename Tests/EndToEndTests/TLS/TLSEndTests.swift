import TestSupport
import Testing

/// Goal: how TLS connections end, at either side, is answered and told as RFC 8446, 6.1 has it.
/// Method: Python speaks TLS, for it can leave out what it should say.
@Suite("Ends of TLS connections")
struct TLSEndTests {
    /// A backend over TLS, for one connection.
    ///
    /// - Parameters:
    ///   - setup: Lines of Python about `context`.
    ///   - script: Lines of Python about `session`, whose handshake is still to come, and `raw`, its socket.
    private static func backend(
        _ certificate: TestCertificate, setup: String = "pass", _ script: String
    ) throws -> (program: RunningProgram, port: Int) {
        let program = try RunningProgram(
            "/usr/bin/env",
            [
                "python3", "-c",
                """
                import os, socket, ssl
                context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
                context.load_cert_chain("\(certificate.certificatePath)", "\(certificate.keyPath)")
                \(setup)
                listener = socket.create_server(("127.0.0.1", 0))
                print("port", listener.getsockname()[1], flush=True)
                plain, _ = listener.accept()
                raw = socket.socket(fileno=os.dup(plain.fileno()))
                session = context.wrap_socket(
                    plain, server_side=True, do_handshake_on_connect=False)
                \(script)
                """,
            ])
        let line = try program.line(containing: "port ")
        return (program, try #require(line.split(separator: " ").last.flatMap { Int($0) }))
    }

    private static func proxy(to port: Int, isFramed: Bool) throws -> ProxyUnderTest {
        try ProxyUnderTest(
            """
            services:
              tls: {url: "https://127.0.0.1:\(port)", tls: {insecure_skip_verify: true}}
            middlewares:
              - {name: framed, type: websocket, config: {connection_tracking: true}}
            route_rules:
              - {pattern: /*, target: tls\(isFramed ? ", middlewares: [framed]" : "")}
            """)
    }

    /// Accepts an upgrade, sends `bytes`, and closes without close_notify when the client has ended.
    private static func following(sending bytes: String) -> String {
        """
        session.do_handshake()
        while not session.recv(65536).endswith(b"\\r\\n\\r\\n"): pass
        session.sendall(b"HTTP/1.1 101 Switching Protocols\\r\\nUpgrade: websocket\\r\\n"
            b"Connection: Upgrade\\r\\nSec-WebSocket-Accept: \(TestConnection.webSocketAccept)\\r\\n\\r\\n"
            + bytes(\(bytes)))
        while session.recv(65536): pass
        """
    }

    @Test(
        "A client that ends its side and a backend that only follows blame nobody else",
        arguments: [true, false])
    func follower(isFramed: Bool) throws {
        let directory = try TemporaryDirectory()
        let certificate = try TestCertificate(in: directory)
        let backend = try Self.backend(certificate, Self.following(sending: "[0x81, 1, 65]"))
        let proxy = try Self.proxy(to: backend.port, isFramed: isFramed)
        let client = try proxy.connect()
        #expect(try client.upgrade("/half").status == 101)
        #expect(try client.readFrame() == (1, [65]))
        client.endSending()
        // Neither a Close frame nor a reset.
        #expect(try client.isAtEnd())
        let line = try proxy.accessLine("/half")
        #expect(line.contains("\"closed_by\":\"client\""), "\(line)")
        #expect(line.contains(isFramed ? "\"fault\":\"client\"" : "\"fault\":null"), "\(line)")
    }

    @Test(
        "A backend that ends within a frame without close_notify is told", arguments: [true, false])
    func cutFrame(isFramed: Bool) throws {
        let directory = try TemporaryDirectory()
        let certificate = try TestCertificate(in: directory)
        let backend = try Self.backend(certificate, Self.following(sending: "[0x81, 9, 65]"))
        let proxy = try Self.proxy(to: backend.port, isFramed: isFramed)
        let client = try proxy.connect()
        #expect(try client.upgrade("/cut").status == 101)
        #expect(try client.read(byteCount: 3) == [0x81, 9, 65])
        client.endSending()
        let line = try proxy.accessLine("/cut")
        #expect(line.contains("\"fault\":\"upstream\""), "\(line)")
        #expect(line.contains("ended TLS without close_notify"), "\(line)")
    }

    /// Goal: in TLS 1.3 the backend's verdict on our certificate comes behind our last flight.
    @Test("A backend that wants a client's certificate is told of as a failed handshake")
    func wantedCertificate() throws {
        let directory = try TemporaryDirectory()
        let certificate = try TestCertificate(in: directory)
        let backend = try Self.backend(
            certificate, setup: "context.verify_mode = ssl.CERT_REQUIRED",
            """
            try: session.do_handshake()
            except ssl.SSLError: pass
            # What is not read would be answered with a reset, which could overtake the alert.
            while raw.recv(65536): pass
            """)
        let proxy = try Self.proxy(to: backend.port, isFramed: false)
        #expect(try proxy.request("GET", "/wanted").status == 502)
        let event = try proxy.program.line(containing: "tls.upstream_handshake_failed")
        #expect(event.contains("the peer says: certificate required"), "\(event)")
        let line = try proxy.accessLine("/wanted")
        #expect(line.contains("\"fault\":\"upstream\",\"reason\":\"TLS handshake failed\""))
    }

    /// Method: `unwrap` waits for the answer to its own close_notify and fails where there is none.
    @Test(
        "A client that announces its end gets the announcement of ours, whatever is under way",
        arguments: ["TLSv1_2", "TLSv1_3"],
        [
            "upgrade", "content",
            // The announcement and the end of the connection come together.
            "answer and end",
        ])
    func announcedEnd(version: String, moment: String) throws {
        let directory = try TemporaryDirectory()
        let certificate = try TestCertificate(in: directory)
        let backend =
            moment == "upgrade"
            ? try UpgradingBackend.start { _ = try $0.readToEnd() }
            : try ScriptedBackend { _ = try $0.readToEnd() }
        let proxy = try ProxyUnderTest(
            ProxyUnderTest.everything(to: backend.port, top: certificate.listeners()),
            listen: ["127.0.0.1:0=8443"], directory: directory)
        let request =
            switch moment {
            case "upgrade":
                "GET / HTTP/1.1\\r\\nHost: a\\r\\nUpgrade: websocket\\r\\nConnection: Upgrade\\r\\n"
                    + "Sec-WebSocket-Version: 13\\r\\n"
                    + "Sec-WebSocket-Key: \(TestConnection.webSocketKey)\\r\\n\\r\\n"
            case "content": "POST / HTTP/1.1\\r\\nHost: a\\r\\nContent-Length: 10\\r\\n\\r\\nabc"
            default: "GET / HTTP/1.1\\r\\nHost: a\\r\\n\\r\\n"
            }
        let program = """
            import os, socket, ssl
            context = ssl._create_unverified_context()
            context.maximum_version = ssl.TLSVersion.\(version)
            plain = socket.create_connection(("127.0.0.1", \(proxy.port)), 60)
            raw = socket.socket(fileno=os.dup(plain.fileno()))
            session = context.wrap_socket(plain)
            session.sendall(b"\(request)")
            answer = b"\(moment)" != b"upgrade" and b"\\r\\n\\r\\n" or b""
            while not answer.endswith(b"\\r\\n\\r\\n"):
                answer += session.recv(1000)
            if "end" in "\(moment)":
                session.setblocking(False)
                try: session.unwrap()
                except ssl.SSLWantReadError: pass
                raw.shutdown(socket.SHUT_WR)
                session.settimeout(60)
            print(session.unwrap().recv(1))
            """
        let result = try RunningProgram.run("/usr/bin/env", ["python3", "-c", program])
        #expect(result.exit == .code(0), "\(result.errors)")
        #expect(result.output == "b''\n")
    }
}
