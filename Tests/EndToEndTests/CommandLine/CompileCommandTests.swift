import Glibc
import TestSupport
import Testing

@Suite("wsroute compile")
struct CompileCommandTests {
    private let folder: TemporaryDirectory

    init() throws { folder = try TemporaryDirectory() }

    @Test("writes a table and says what is in it")
    func summary() throws {
        let source = try folder.write("chat.yaml", SampleConfiguration.chat)
        let run = try WsrouteRun("compile", source, "-o", folder.file("routes.bin"))
        #expect(run.status == 0, "\(run.errors)")
        #expect(run.output.contains("4 routes, 1 host, 2 services"))
        #expect(run.output.hasPrefix(folder.file("routes.bin") + ": "))
        #expect(try folder.read("routes.bin").starts(with: Array("WSRT".utf8)))
    }

    @Test("writes the same bytes for the same configuration, wherever it lies")
    func determinism() throws {
        let other = try TemporaryDirectory()
        let first = try folder.write("chat.yaml", SampleConfiguration.chat)
        let second = try other.write("chat.yaml", SampleConfiguration.chat)
        #expect(try WsrouteRun("compile", first, "-o", folder.file("a.bin")).status == 0)
        #expect(try WsrouteRun("compile", second, "-o", other.file("b.bin")).status == 0)
        #expect(try folder.read("a.bin") == other.read("b.bin"))
    }

    @Test("refuses to write over what the table is made of")
    func ownInput() throws {
        let source = try folder.write("chat.yaml", SampleConfiguration.chat)
        let run = try WsrouteRun("compile", source, "-o", folder.file("./chat.yaml"))
        #expect(run.status == 2)
        #expect(run.errors.contains("write it elsewhere"))
        #expect(try folder.read("chat.yaml") == Array(SampleConfiguration.chat.utf8))
    }

    @Test(
        "keeps the mode of the file that was there, but for others' leave to write",
        arguments: [
            (0o600, "600"), (0o640, "640"), (0o666, "644"),
        ])
    func mode(old: Int, kept: String) throws {
        let source = try folder.write("chat.yaml", SampleConfiguration.chat)
        let table = try folder.write("routes.bin", "old")
        #expect(unsafe chmod(table, mode_t(old)) == 0)
        #expect(try WsrouteRun("compile", source, "-o", table).status == 0)
        #expect(try RunningProgram.run("stat", ["-c", "%a", table]).output == kept + "\n")
    }

    @Test("writes to what is no file as it is")
    func pipe() throws {
        let source = try folder.write("chat.yaml", SampleConfiguration.chat)
        let pipe = folder.file("pipe")
        #expect(unsafe mkfifo(pipe, 0o600) == 0)
        let reader = unsafe open(pipe, O_RDONLY | O_NONBLOCK)
        defer { close(reader) }
        #expect(try WsrouteRun("compile", source, "-o", pipe).status == 0)
        var magic = [UInt8](repeating: 0, count: 4)
        // SAFETY: the array has as many bytes as are asked for.
        #expect(unsafe read(reader, &magic, magic.count) == 4)
        #expect(magic == Array("WSRT".utf8))
    }

    @Test("does not wait for a pipe that nobody writes to")
    func pipeAsSource() throws {
        #expect(unsafe mkfifo(folder.file("source.yaml"), 0o600) == 0)
        let run = try WsrouteRun(
            "compile", folder.file("source.yaml"), "-o", folder.file("routes.bin"))
        #expect(run.status == 2)
        #expect(run.errors.contains("a pipe that nobody writes to"))
    }

    @Test("leaves the old table when the configuration is wrong")
    func oldTableStays() throws {
        let source = try folder.write("bad.yaml", SampleConfiguration.misspelt)
        let table = try folder.write("routes.bin", "old")
        let run = try WsrouteRun("compile", source, "-o", table)
        #expect(run.status == 1)
        #expect(run.output.isEmpty)
        #expect(run.errors.contains("bad.yaml:3:1"))
        #expect(run.errors.contains("route_rules"))
        #expect(try folder.read("routes.bin") == Array("old".utf8))
    }

    @Test("writes a table with warnings, but none that --strict refuses")
    func warnings() throws {
        let source = try folder.write("unused.yaml", SampleConfiguration.unused)
        let accepted = try WsrouteRun(
            "compile", source, "-o", folder.file("a.bin"), "--allow-inert")
        #expect(accepted.status == 0, "\(accepted.errors)")
        #expect(accepted.errors.contains("warning"))
        let strict = try WsrouteRun("compile", source, "-o", folder.file("b.bin"), "--strict")
        #expect(strict.status == 1)
        #expect(throws: (any Error).self) { try folder.read("b.bin") }
    }

    @Test("says in one line which file it can't read or write")
    func files() throws {
        let missing = try WsrouteRun(
            "compile", folder.file("none.yaml"), "-o", folder.file("a.bin"))
        #expect(missing.status == 2)
        #expect(
            missing.errors
                == "wsroute: \(folder.file("none.yaml")): can't read: no such file or directory\n")
        let source = try folder.write("chat.yaml", SampleConfiguration.chat)
        let target = folder.file("no/such/folder.bin")
        let unwritable = try WsrouteRun("compile", source, "-o", target)
        #expect(unwritable.status == 2)
        #expect(
            unwritable.errors.hasSuffix(
                "wsroute: \(target): can't write: no such file or directory\n"))
        let folderAsFile = try WsrouteRun("compile", folder.path, "-o", folder.file("a.bin"))
        #expect(folderAsFile.status == 2)
        #expect(
            folderAsFile.errors == "wsroute: \(folder.path): can't read: is a directory\n")
    }

    @Test(
        "explains its usage",
        arguments: [
            (["compile"], "-o FILE"), (["compile", "a.yaml"], "--output is missing"),
            (["complie"], "did you mean 'compile'?"), ([], "a command is missing"),
            (["compile", "a.yaml", "-o", "b", "--stric"], "did you mean --strict?"),
        ])
    func usage(arguments: [String], expected: String) throws {
        let run = try RunningProgram.run(BuiltPrograms.path("wsroute"), arguments)
        #expect(run.exit == .code(2))
        #expect(run.errors.contains(expected) || run.errors.contains("--output is missing"))
        #expect(run.output.isEmpty)
    }

    @Test("tells its version and lists only commands that work")
    func help() throws {
        let version = try WsrouteRun("--version")
        #expect(version.status == 0)
        #expect(version.output.hasPrefix("wsroute "))
        let help = try WsrouteRun("--help")
        for name in [
            "compile", "check", "explain", "test", "dump", "verify", "diff", "bench", "run",
            "schema",
        ] {
            #expect(help.output.contains("\n  \(name) "), "\(name)")
        }
    }
}
