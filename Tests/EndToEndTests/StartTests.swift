import TestSupport
import Testing

@Suite("Starting and refusing to start")
struct StartTests {
    private static let respond = """
        route_rules: [{pattern: /*, respond: {status: 200, body: ok}}]
        """

    /// Runs wsproxy on a file and checks that it ends with one clear line and 1.
    private func expectRefusal(_ table: String, naming name: String, _ comment: String = "") throws
    {
        let result = try RunningProgram.run(
            BuiltPrograms.path("wsproxy"), ["--routes", table, "--listen", "127.0.0.1:0=8080"])
        #expect(result.exit == .code(1), "\(comment): \(result.errors)\(result.output)")
        let lines = (result.output + result.errors).split(separator: "\n")
        #expect(lines.count == 1, "\(comment): \(lines)")
        #expect(lines.first?.contains(name) == true, "\(comment): \(lines)")
        #expect(lines.first?.contains("Fatal error") != true, "\(comment)")
    }

    @Test("It says in one line what it runs and where it listens")
    func readyLine() throws {
        let proxy = try ProxyUnderTest(
            Self.respond, listen: ["127.0.0.1:0=8080", "127.0.0.1:0=80"])
        #expect(proxy.ports.count == 2)
        let line = try proxy.program.line(containing: "listeners")
        #expect(line.contains("table"))
        #expect(line.contains("routes"))
        for port in proxy.ports {
            #expect(try TestConnection(port: port).request("GET", "/").text == "ok")
        }
    }

    @Test("A file that is no table is refused with one line and exit 1")
    func noTable() throws {
        let directory = try TemporaryDirectory()
        try expectRefusal(directory.path, naming: directory.path, "a directory")
        let missing = directory.file("missing.bin")
        try expectRefusal(missing, naming: missing, "a missing file")
        let empty = try directory.write("empty.bin", "")
        try expectRefusal(empty, naming: empty, "an empty file")
        let text = try directory.write("text.bin", String(repeating: "not a table ", count: 500))
        try expectRefusal(text, naming: text, "a text")
        let zeros = try directory.write("zeros.bin", bytes: [UInt8](repeating: 0, count: 8192))
        try expectRefusal(zeros, naming: zeros, "zeros")
    }

    /// Goal: where standard streams are closed, no table and no client's socket gets their numbers, and with them what
    /// is printed.
    @Test("Closed standard streams stay apart from what is opened")
    func closedStreams() throws {
        let directory = try TemporaryDirectory()
        try ProxyUnderTest.compile(Self.respond, in: directory)
        let intact = try directory.read("routes.bin")
        let configuration = try directory.write("again.yaml", Self.respond)
        let script = """
            "$0" compile "$2" -o "$3" <&- >&- 2>&-
            "$1" --routes "$3" --listen 127.0.0.1:0=8080 <&- >&- 2>&- & proxy=$!
            # Nothing says when it has begun: the last of the three is open then.
            until [ "$(readlink /proc/$proxy/fd/2)" = /dev/null ]; do kill -0 $proxy || exit 1; done
            for number in 0 1 2; do readlink /proc/$proxy/fd/$number; done
            kill -KILL $proxy
            """
        let result = try RunningProgram.run(
            "/bin/bash",
            [
                "-c", script, BuiltPrograms.path("wsroute"), BuiltPrograms.path("wsproxy"),
                configuration, directory.file("again.bin"),
            ])
        #expect(result.output == "/dev/null\n/dev/null\n/dev/null\n", "\(result.errors)")
        #expect(try directory.read("again.bin").count == intact.count)
    }

    /// Goal: no damaged file starts or traps. Method: cut and flip at places spread over the whole file; the table
    /// tests do the same at every byte without a process.
    @Test("A table that was cut or changed is refused with one line and exit 1")
    func damagedTable() throws {
        let directory = try TemporaryDirectory()
        try ProxyUnderTest.compile(Self.respond, in: directory)
        let bytes = try directory.read("routes.bin")
        let stride = max(1, bytes.count / 24)
        for place in Swift.stride(from: 0, to: bytes.count, by: stride) {
            let cut = try directory.write("damaged.bin", bytes: Array(bytes[..<place]))
            try expectRefusal(cut, naming: cut, "cut to \(place) of \(bytes.count) bytes")
            var flipped = bytes
            flipped[place] ^= 0x10
            let changed = try directory.write("damaged.bin", bytes: flipped)
            try expectRefusal(changed, naming: changed, "byte \(place) changed")
        }
    }

    @Test("--check verifies a table and does not listen")
    func check() throws {
        let directory = try TemporaryDirectory()
        let table = try ProxyUnderTest.compile(Self.respond, in: directory)
        let result = try RunningProgram.run(
            BuiltPrograms.path("wsproxy"), ["--routes", table, "--check"])
        #expect(result.exit == .code(0))
    }

    @Test("A port in use is named in one line")
    func portInUse() throws {
        let backend = try ScriptedBackend { _ in }
        let directory = try TemporaryDirectory()
        let table = try ProxyUnderTest.compile(Self.respond, in: directory)
        let result = try RunningProgram.run(
            BuiltPrograms.path("wsproxy"),
            ["--routes", table, "--listen", "127.0.0.1:\(backend.port)=8080"])
        #expect(result.exit == .code(1))
        let lines = (result.output + result.errors).split(separator: "\n")
        #expect(lines.count == 1)
        #expect(lines.first?.contains("127.0.0.1:\(backend.port)") == true, "\(lines)")
    }

    @Test("A certificate that cannot be read, or does not fit its key, is named in one line")
    func badCertificates() throws {
        let directory = try TemporaryDirectory()
        let one = try TestCertificate(in: directory, name: "one")
        let two = try TestCertificate(in: directory, name: "two")
        let missing = directory.file("missing.crt")
        let garbage = try directory.write("garbage.crt", "-----BEGIN NOTHING-----\n")
        for (certificate, key, named) in [
            (missing, one.keyPath, missing),
            (garbage, one.keyPath, garbage),
            (one.certificatePath, missing, missing),
            (one.certificatePath, two.keyPath, two.keyPath),
        ] {
            let table = try ProxyUnderTest.compile(
                """
                listeners:
                  - {address: 127.0.0.1, port: 8443, tls: {certificate: "\(certificate)", key: "\(key)"}}
                \(Self.respond)
                """, in: directory)
            let result = try RunningProgram.run(
                BuiltPrograms.path("wsproxy"), ["--routes", table, "--listen", "127.0.0.1:0=8443"])
            #expect(result.exit == .code(1))
            let lines = (result.output + result.errors).split(separator: "\n")
            #expect(lines.count == 1)
            #expect(lines.first?.contains(named) == true, "\(named) in \(lines)")
        }
    }

    @Test("Wrong usage ends with 2 and a hint", arguments: ["wsproxy", "wsroute", "wsorigin"])
    func usage(program: String) throws {
        let result = try RunningProgram.run(BuiltPrograms.path(program), ["--no-such-option"])
        #expect(result.exit == .code(2))
        #expect(result.errors.contains("--no-such-option"))
        #expect(result.errors.contains("--help"))
        #expect(try RunningProgram.run(BuiltPrograms.path(program), ["--help"]).exit == .code(0))
        let version = try RunningProgram.run(BuiltPrograms.path(program), ["--version"])
        #expect(version.output.hasPrefix("\(program) "))
    }
}
