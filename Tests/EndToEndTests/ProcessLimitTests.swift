import Foundation
import TestSupport
import Testing

/// Goal: where the system allows this process too little, it says so in one line, or loses lines of its logs, and
/// never dies of a signal. Method: a shell sets the limit and becomes the program.
@Suite("Limits of the process")
struct ProcessLimitTests {
    private static func limited(
        by limits: String, to file: String? = nil, _ program: String, _ arguments: [String]
    ) throws -> RunningProgram {
        let output = file.map { " > '\($0)'" } ?? ""
        return try RunningProgram(
            "/bin/bash",
            ["-c", "\(limits) && exec \"$0\" \"$@\"\(output)", BuiltPrograms.path(program)]
                + arguments)
    }

    /// The port in a ready line.
    private static func port(in line: String) throws -> UInt16 {
        let word = line.split(separator: " ").first { $0.hasPrefix("listeners=") }
        return try #require(word?.split(separator: ":").last.flatMap { UInt16($0) })
    }

    private static func read(_ path: String) -> String {
        FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) } ?? ""
    }

    @Test(
        "A route's log that may not become larger loses lines, which are told of, and no request",
        .enabled(if: AllocationCounter.isUsable, "sanitizers write files of their own"))
    func routeLog() throws {
        let directory = try TemporaryDirectory()
        let log = directory.file("own.log")
        let table = try ProxyUnderTest.compile(
            """
            middlewares:
              - {name: own, type: logging, config: {output: "\(log)", format: "{path}"}}
            route_rules:
              - {pattern: /*, respond: {status: 200, body: ok}, middlewares: [own]}
            """, in: directory)
        let program = try Self.limited(
            by: "ulimit -f 1", "wsproxy",
            ["--routes", table, "--listen", "127.0.0.1:0=8080", "--workers", "1"])
        let port = try Self.port(in: program.line(containing: "listeners="))
        let padding = String(repeating: "a", count: 700)
        for number in 0..<3 {
            let answer = try TestConnection(port: port).request("GET", "/\(number)?\(padding)")
            #expect(answer.status == 200)
        }
        let event = try program.line(containing: "log.dropped")
        #expect(event.contains("file=\(log)"))
        program.send(15)
        #expect(try program.exit() == .code(0))
        #expect(Self.read(log).hasPrefix("/0?"))
    }

    @Test(
        "So does standard output, of whose losses standard error tells",
        .enabled(if: AllocationCounter.isUsable, "sanitizers write files of their own"))
    func standardOutput() throws {
        let directory = try TemporaryDirectory()
        let file = directory.file("out.log")
        let table = try ProxyUnderTest.compile(
            "route_rules: [{pattern: /*, respond: {status: 200, body: ok}}]\n", in: directory)
        let program = try Self.limited(
            by: "ulimit -f 1", to: file, "wsproxy",
            ["--routes", table, "--listen", "127.0.0.1:0=8080"])
        try Deadline.poll("the ready line is there") { Self.read(file).contains("\n") }
        let port = try Self.port(in: Self.read(file))
        let padding = String(repeating: "a", count: 900)
        for _ in 0..<3 {
            #expect(try TestConnection(port: port).request("GET", "/?\(padding)").status == 200)
        }
        let event = try program.line(containing: "log.dropped")
        #expect(event.contains("file=stdout"))
        program.send(15)
        #expect(try program.exit() == .code(0))
    }

    @Test(
        "A table that may not become as large as it is leaves nothing behind",
        .enabled(if: AllocationCounter.isUsable, "sanitizers write files of their own"))
    func compile() throws {
        let directory = try TemporaryDirectory()
        let source = try directory.write(
            "config.yaml", "route_rules: [{pattern: /*, respond: {status: 200, body: ok}}]\n")
        let table = directory.file("routes.bin")
        let program = try Self.limited(
            by: "ulimit -f 1", "wsroute", ["compile", source, "-o", table])
        #expect(try program.exit() == .code(2))
        #expect(program.text(.errors).contains("\(table): can't write: file too large"))
        let left = try FileManager.default.contentsOfDirectory(atPath: directory.path)
        #expect(left == ["config.yaml"])
    }

    @Test(
        "Too little address space for the workers is told in one line that says how much it is",
        .enabled(if: AllocationCounter.isUsable, "sanitizers reserve more than any limit"))
    func addressSpace() throws {
        let directory = try TemporaryDirectory()
        let table = try ProxyUnderTest.compile(
            "route_rules: [{pattern: /*, respond: {status: 200, body: ok}}]\n", in: directory)
        // More descriptors are more slots: 256 times those of 4,096 are beyond a gigabyte with all the rest.
        let program = try Self.limited(
            by: "ulimit -n 4096 && ulimit -v 1000000", "wsproxy",
            ["--routes", table, "--listen", "127.0.0.1:0=8080", "--workers", "256"])
        #expect(try program.exit() == .code(1))
        let lines = program.lines.map(\.text)
        #expect(lines.count == 1, "\(lines)")
        let line = try #require(lines.first)
        #expect(line.hasPrefix("wsproxy: cannot start: "))
        #expect(line.contains(" MiB of address space can't be had for 256 workers"), "\(line)")
    }
}
