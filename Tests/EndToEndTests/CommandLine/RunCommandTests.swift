import TestSupport
import Testing

/// Method: a copy of wsroute with a script beside it in the place of wsproxy, which tells its
/// arguments. Both are written by a program of their own: a child that another test starts meanwhile holds all
/// descriptors of this process for a moment, and what somebody has open for writing can't be run.
@Suite("wsroute run")
struct RunCommandTests {
    private let folder: TemporaryDirectory

    init() throws {
        folder = try TemporaryDirectory()
        let script = try folder.write(
            "script", "#!/bin/sh\nprintf '%s\\n' \"$@\"\nhead -c 4 \"$2\"\n")
        for (source, name) in [(BuiltPrograms.path("wsroute"), "wsroute"), (script, "wsproxy")] {
            _ = try RunningProgram.run("install", [source, folder.file(name)])
        }
    }

    private func run(_ arguments: String...) throws -> (
        status: Int32, lines: [String], errors: String
    ) {
        let run = try RunningProgram.run(
            folder.file("wsroute"), ["run"] + arguments,
            environment: ["XDG_RUNTIME_DIR": folder.path])
        guard case .code(let status) = run.exit else { throw TestSupportError("\(run.exit)") }
        return (status, run.output.split(separator: "\n").map(String.init), run.errors)
    }

    @Test("compiles a configuration and becomes the wsproxy beside it")
    func configuration() throws {
        let source = try folder.write("chat.yaml", SampleConfiguration.chat)
        let run = try run(
            source, "--listen", "127.0.0.1:8081=80", "--workers=2", "--check",
            "--admin", "127.0.0.1:0")
        #expect(run.status == 0, "\(run.errors)")
        #expect(run.lines.first == "--routes")
        #expect(run.lines.count == 7, "\(run.lines)")
        #expect(
            Set(run.lines.dropFirst(2)) == [
                "--listen=127.0.0.1:8081=80", "--workers=2", "--check", "--admin=127.0.0.1:0",
                "WSRT",
            ])
    }

    @Test("keeps one table for one configuration, in a folder that is the user's alone")
    func folderOfTables() throws {
        let source = try folder.write("chat.yaml", SampleConfiguration.chat)
        let first = try run(source)
        let path = try #require(first.lines.dropFirst().first)
        #expect(try run(source).lines.dropFirst().first == path)
        let stat = try RunningProgram.run(
            "stat", ["-c", "%a", String(path[..<(path.lastIndex(of: "/") ?? path.endIndex)])])
        #expect(stat.output == "700\n")
    }

    @Test("needs no file for one upstream")
    func upstream() throws {
        let run = try run("--upstream", "wss://example.com:443", "--listen", "8080")
        #expect(run.status == 0, "\(run.errors)")
        #expect(run.lines.last == "WSRT")
        let table = try #require(run.lines.dropFirst().first)
        let dump = try WsrouteRun("dump", table)
        #expect(dump.output.contains("* port 8080"))
        #expect(dump.output.contains("wss://example.com:443"))
        #expect(dump.output.contains("/*"))
    }

    @Test("reports what is wrong with a configuration and runs nothing")
    func faultyConfiguration() throws {
        let run = try run(try folder.write("bad.yaml", SampleConfiguration.misspelt))
        #expect(run.status == 1)
        #expect(run.lines.isEmpty)
        #expect(run.errors.contains("bad.yaml:3:1"))
    }

    @Test(
        "says what it can't run",
        arguments: [
            [], ["x.yaml", "--upstream", "http://a"], ["--upstream", "http://a", "--listen", "x"],
            ["--upstream", "http://a", "--listen", ":80"],
            ["--upstream", "http://a", "--listen", "127.0.0.1:0"],
        ])
    func usage(arguments: [String]) throws {
        let run = try RunningProgram.run(BuiltPrograms.path("wsroute"), ["run"] + arguments)
        #expect(run.exit == .code(2))
        #expect(run.errors.contains("See 'wsroute run --help'."))
    }

    @Test("points at the upstream that is no URL")
    func faultyUpstream() throws {
        let run = try run("--upstream", "ftp://a")
        #expect(run.status == 1)
        #expect(run.errors.contains("ftp"))
    }
}
