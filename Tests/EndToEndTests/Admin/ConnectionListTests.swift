import Foundation
import TestSupport
import Testing

@Suite("Connections on the admin listener")
struct ConnectionListTests {
    private static func configuration(_ port: UInt16) -> String {
        """
        services: {origin: {url: "http://127.0.0.1:\(port)"}}
        route_rules:
          - {pattern: /ws/*, name: chat, target: origin}
          - {pattern: /sse, name: feed, target: origin}

        """
    }

    private struct Streams {
        let sockets: [TestConnection]
        let stream: TestConnection
    }

    private func open(_ admin: AdminUnderTest, sockets count: Int) throws -> Streams {
        let sockets = try (0..<count).map { _ in
            let socket = try admin.proxy.connect()
            #expect(try socket.upgrade("/ws/echo").status == 101)
            return socket
        }
        let stream = try admin.proxy.connect()
        try stream.send(TestConnection.head("GET", "/sse", fields: ["Accept: text/event-stream"]))
        _ = try stream.readHead()
        return Streams(sockets: sockets, stream: stream)
    }

    private func list(_ admin: AdminUnderTest, _ query: String = "") throws -> [[String: Any]] {
        try #require(
            try admin.object("/api/connections\(query)")["connections"] as? [[String: Any]])
    }

    @Test("All of them are listed, or those that are selected, in JSON and as text")
    func listing() throws {
        let origin = try TestOrigin()
        let admin = try AdminUnderTest(
            Self.configuration(origin.port), options: ["--workers", "2"])
        let streams = try open(admin, sockets: 3)
        let all = try list(admin)
        #expect(all.count == 4)
        let sockets = try list(admin, "?route=chat")
        #expect(sockets.count == 3)
        for socket in sockets {
            #expect(socket["kind"] as? String == "websocket")
            #expect(socket["client"] as? String == "127.0.0.1")
            #expect(socket["host"] as? String == "test.example")
            #expect(socket["service"] as? String == "origin")
            let started = try #require(socket["started_ms"] as? Double) / 1_000
            #expect(abs(started - Date().timeIntervalSince1970) < 60)
        }
        #expect(try list(admin, "?kind=sse").count == 1)
        #expect(try list(admin, "?client=127.0.0.1&service=origin").count == 4)
        #expect(try list(admin, "?client=127.0.0.2").isEmpty)
        #expect(try list(admin, "?route=nobody").isEmpty)
        let text = try admin.request("GET", "/api/connections", fields: ["Accept: text/plain"])
        #expect(text.value("Content-Type") == "text/plain; charset=utf-8")
        #expect(text.text.split(separator: "\n").count == 5)
        #expect(text.text.hasPrefix("ID "))
        _ = streams
    }

    @Test("A long list comes in pages")
    func pages() throws {
        let origin = try TestOrigin()
        let admin = try AdminUnderTest(
            Self.configuration(origin.port), options: ["--workers", "2"])
        let streams = try open(admin, sockets: 6)
        var seen: [String] = []
        var after: String? = ""
        while let last = after {
            let query = last.isEmpty ? "?limit=2" : "?limit=2&after=\(last)"
            let page = try admin.object("/api/connections\(query)")
            let connections = try #require(page["connections"] as? [[String: Any]])
            #expect(connections.count <= 2)
            #expect(page["total"] as? Int == 7)
            seen += connections.compactMap { $0["id"] as? String }
            after = page["next"] as? String
        }
        #expect(seen.count == 7)
        #expect(Set(seen).count == 7)
        _ = streams
    }

    @Test("One is closed by its id, others by what they have in common")
    func closing() throws {
        let origin = try TestOrigin()
        let admin = try AdminUnderTest(
            Self.configuration(origin.port), options: ["--workers", "2"])
        let streams = try open(admin, sockets: 3)
        let id = try #require(try list(admin, "?route=chat&limit=1").first?["id"] as? String)
        let one = try admin.request("DELETE", "/api/connections/\(id)?code=1008&reason=go+away")
        #expect(one.text == "{\"closed\":1}\n")
        // Its Close frame may not be answered yet; it is closed once.
        #expect(try admin.request("DELETE", "/api/connections/\(id)").status == 404)
        try Deadline.poll("one is gone") { try self.list(admin, "?route=chat").count == 2 }
        let again = try admin.request("DELETE", "/api/connections/\(id)")
        #expect(again.status == 404)
        let rest = try admin.request("DELETE", "/api/connections?route=chat&code=4001")
        #expect(rest.text == "{\"closed\":2}\n")
        try Deadline.poll("all are gone") { try self.list(admin, "?route=chat").isEmpty }
        #expect(try list(admin).count == 1)
        let feed = try admin.request("DELETE", "/api/connections?kind=sse")
        #expect(feed.text == "{\"closed\":1}\n")
        // The stream ends between two events; the connection could carry another request.
        _ = try streams.stream.read(through: "\r\n0\r\n\r\n")
    }

    @Test("What is not understood closes nothing")
    func refusals() throws {
        let origin = try TestOrigin()
        let admin = try AdminUnderTest(Self.configuration(origin.port))
        let streams = try open(admin, sockets: 1)
        for target in [
            "", "?rout=chat", "?code=1008", "?route=chat&code=1005", "?route=chat&code=x",
            "?route=chat&code=999", "?client=somebody", "?kind=http", "?route=chat&limit=1",
            "/nonsense",
            "/1-2", "?route=chat&reason=" + String(repeating: "r", count: 124),
        ] {
            let answer = try admin.request("DELETE", "/api/connections\(target)")
            #expect(answer.status == 400, "\(target)")
        }
        for query in ["?limit=0", "?limit=10001", "?code=1000", "?after=x", "?format=xml"] {
            #expect(try admin.request("GET", "/api/connections\(query)").status == 400)
        }
        #expect(try admin.request("POST", "/api/connections").status == 405)
        let foreign = try admin.request(
            "DELETE", "/api/connections?route=chat", fields: ["Origin: http://evil.example"])
        #expect(foreign.status == 403)
        #expect(try list(admin).count == 2)
        _ = streams
    }
}
