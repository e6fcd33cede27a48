import Foundation
import TestSupport
import Testing

@Suite("Lines of routes")
struct RouteLogTests {
    private func configuration(_ port: UInt16, _ config: String) -> String {
        """
        services: {origin: {url: "http://127.0.0.1:\(port)"}}
        middlewares:
          - {name: own, type: logging, config: {\(config)}}
        route_rules:
          - {pattern: /echo, name: echo, target: origin, middlewares: [own]}
          - {pattern: /gone, name: gone, respond: {status: 410, body: gone}, middlewares: [own]}
          - {pattern: /*, name: rest, target: origin}

        """
    }

    private func lines(_ path: String) -> [String] {
        guard let data = FileManager.default.contents(atPath: path) else { return [] }
        return String(decoding: data, as: UTF8.self).split(separator: "\n").map(String.init)
    }

    @Test("A file in a form of one's own, and all others where they were")
    func ownForm() throws {
        let origin = try TestOrigin()
        let directory = try TemporaryDirectory()
        let path = directory.file("echo.log")
        let proxy = try ProxyUnderTest(
            configuration(
                origin.port,
                "output: \"\(path)\", format:"
                    + " \"{method} {path} {status} {route} {fault} {request_id}\""
            ), options: ["--workers", "1"], directory: directory)
        #expect(
            try proxy.request("GET", "/echo?a b", fields: ["X-Request-Id: r-1"]).status == 400)
        #expect(try proxy.request("GET", "/echo?a", fields: ["X-Request-Id: r-1"]).status == 200)
        #expect(try proxy.request("GET", "/gone").status == 410)
        #expect(try proxy.request("GET", "/elsewhere").status == 404)
        _ = try proxy.accessLine("/elsewhere")
        #expect(try proxy.terminate() == .code(0))
        #expect(lines(path) == ["GET /echo?a 200 echo - r-1", "GET /gone 410 gone - -"])
    }

    @Test("Only what did not end well, and as JSON")
    func level() throws {
        let origin = try TestOrigin()
        let directory = try TemporaryDirectory()
        let path = directory.file("own.log")
        let proxy = try ProxyUnderTest(
            configuration(origin.port, "output: \"\(path)\", format: json, log_level: warning"),
            directory: directory)
        #expect(try proxy.request("GET", "/echo").status == 200)
        #expect(try proxy.request("GET", "/gone").status == 410)
        #expect(try proxy.terminate() == .code(0))
        let all = lines(path)
        try #require(all.count == 1)
        let object = try #require(
            try JSONSerialization.jsonObject(with: Data(all[0].utf8)) as? [String: Any])
        #expect(object["path"] as? String == "/gone")
        #expect((object["table"] as? String)?.count == 16)
    }

    @Test("A share of them, by lot")
    func sample() throws {
        let origin = try TestOrigin()
        let directory = try TemporaryDirectory()
        let path = directory.file("own.log")
        let proxy = try ProxyUnderTest(
            configuration(origin.port, "output: \"\(path)\", sample: 0.5"), directory: directory)
        let connection = try proxy.connect()
        for _ in 0..<200 { #expect(try connection.request("GET", "/gone").status == 410) }
        #expect(try proxy.terminate() == .code(0))
        #expect((40...160).contains(lines(path).count))
    }

    @Test("SIGUSR1 has a file that was renamed opened again")
    func reopening() throws {
        let origin = try TestOrigin()
        let directory = try TemporaryDirectory()
        let path = directory.file("own.log")
        let proxy = try ProxyUnderTest(
            configuration(origin.port, "output: \"\(path)\", format: \"{path}\""),
            directory: directory)
        #expect(try proxy.request("GET", "/gone?1").status == 410)
        try Deadline.poll("the first line is there") { self.lines(path) == ["/gone?1"] }
        try FileManager.default.moveItem(atPath: path, toPath: path + ".1")
        proxy.program.send(SIGUSR1)
        _ = try proxy.program.line(containing: "log.reopened")
        try Deadline.poll("there is a new file") { FileManager.default.fileExists(atPath: path) }
        #expect(try proxy.request("GET", "/gone?2").status == 410)
        try Deadline.poll("the second line is in the new one") { self.lines(path) == ["/gone?2"] }
        #expect(lines(path + ".1") == ["/gone?1"])
    }

    @Test("A disk that is full loses lines, and counts them, but no request")
    func fullDisk() throws {
        let origin = try TestOrigin()
        let admin = try AdminUnderTest(configuration(origin.port, "output: /dev/full"))
        for _ in 0..<3 { #expect(try admin.proxy.request("GET", "/gone").status == 410) }
        try admin.awaitSample("wsproxy_log_dropped_lines_total{log=\"access\"}", 3)
        // The file can't tell, so somebody else does.
        let line = try admin.proxy.program.line(containing: "log.dropped")
        #expect(line.contains("\"file\":\"/dev/full\""))
    }

    @Test("A file that can't be written keeps the table from being loaded")
    func unwritable() throws {
        let directory = try TemporaryDirectory()
        let path = directory.file("missing/own.log")
        let table = try ProxyUnderTest.compile(
            configuration(9, "output: \"\(path)\""), in: directory)
        let result = try RunningProgram.run(
            BuiltPrograms.path("wsproxy"), ["--routes", table, "--listen", "127.0.0.1:0=8080"])
        #expect(result.exit == .code(1))
        #expect(result.errors == "wsproxy: \(path): no such file or directory\n")
    }

    /// Goal: a reload that is refused leaves nothing half done. Method: the second of two files can't be opened at
    /// first.
    @Test("A file that a refused reload has opened is closed again, and written by the next one")
    func refusedReload() throws {
        let directory = try TemporaryDirectory()
        let (first, second) = (directory.file("a.log"), directory.file("b/b.log"))
        let proxy = try ProxyUnderTest(
            configuration(9, "format: \"{path}\""), directory: directory)
        let descriptorCount = try proxy.program.descriptorCount()
        try ProxyUnderTest.compile(
            """
            middlewares:
              - {name: a, type: logging, config: {output: "\(first)", format: "{path}"}}
              - {name: b, type: logging, config: {output: "\(second)", format: "{path}"}}
            route_rules:
              - {pattern: /a, respond: {status: 410, body: gone}, middlewares: [a]}
              - {pattern: /b, respond: {status: 410, body: gone}, middlewares: [b]}

            """, in: directory)
        proxy.program.send(SIGHUP)
        #expect(try proxy.program.line(containing: "reload.refused").contains(second))
        try proxy.awaitDescriptorCount(descriptorCount)
        try FileManager.default.createDirectory(
            atPath: directory.file("b"), withIntermediateDirectories: false)
        try proxy.reload()
        for path in ["/a", "/b"] { #expect(try proxy.request("GET", path).status == 410) }
        #expect(try proxy.terminate() == .code(0))
        #expect(lines(first) == ["/a"])
        #expect(lines(second) == ["/b"])
    }

    @Test("A check finds a file that can't be written, and makes none that can")
    func checked() throws {
        let directory = try TemporaryDirectory()
        for (path, isFine) in [
            (directory.file("made.log"), true), (directory.file("none/x.log"), false),
            (directory.path, false),
        ] {
            let table = try ProxyUnderTest.compile(
                configuration(1, "output: \"\(path)\""), in: directory)
            let result = try RunningProgram.run(
                BuiltPrograms.path("wsproxy"), ["--routes", table, "--check"])
            #expect(result.exit == .code(isFine ? 0 : 1))
            #expect(result.errors.contains(path) == !isFine)
        }
        #expect(!FileManager.default.fileExists(atPath: directory.file("made.log")))
    }

    @Test("A field that is not there is found when it is compiled")
    func unknownField() throws {
        let directory = try TemporaryDirectory()
        let source = try directory.write(
            "config.yaml", configuration(9, "format: \"{tyme} {path}\""))
        let result = try RunningProgram.run(BuiltPrograms.path("wsroute"), ["check", source])
        #expect(result.exit == .code(1))
        #expect((result.output + result.errors).contains("no field `{tyme}`"))
    }

    @Test("The client behind a trusted proxy is named, and identifiers are passed on")
    func forwardedClient() throws {
        let origin = try TestOrigin()
        let proxy = try ProxyUnderTest(
            ProxyUnderTest.everything(
                to: origin.port, top: "advanced: {security: {trusted_proxies: [127.0.0.1]}}"))
        let trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00"
        let answer = try proxy.request(
            "GET", "/echo",
            fields: ["X-Forwarded-For: 192.0.2.9", "traceparent: \(trace)", "X-Request-Id: r-2"])
        #expect(answer.text.contains(trace))
        let line = try proxy.accessLine("/echo")
        #expect(line.contains(#""client":"192.0.2.9""#))
        #expect(line.contains(#""request_id":"r-2""#))
        #expect(line.contains(#""trace_id":"0af7651916cd43dd8448eb211c80319c""#))
        let made = try proxy.request("GET", "/echo?made")
        #expect(made.text.contains("traceparent"))
    }
}
