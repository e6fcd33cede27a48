import TestSupport
import Testing

@Suite("wsroute diff and test --generate")
struct DiffCommandTests {
    private let folder: TemporaryDirectory
    private let old: String

    init() throws {
        folder = try TemporaryDirectory()
        old = try folder.write("old.yaml", SampleConfiguration.guarded)
    }

    @Test("compares configurations and tables, and ends with 1 for what is denied")
    func diff() throws {
        let new = try folder.write("new.yaml", SampleConfiguration.chat)
        let table = folder.file("new.bin")
        #expect(try WsrouteRun("compile", new, "-o", table).status == 0)
        for path in [new, table] {
            let run = try WsrouteRun("diff", old, path)
            #expect(run.status == 0, "\(run.errors)")
            #expect(run.output.contains("middleware-lost: room: ws.example.com /rooms/{room}"))
            #expect(run.output.contains("old.yaml:11"), "\(run.output)")
            #expect(run.output.contains("request: GET ws://ws.example.com:8080/rooms/x"))
            #expect(try WsrouteRun("diff", old, path, "--deny", "middleware-lost").status == 1)
            #expect(try WsrouteRun("diff", path, old, "--deny", "middleware-lost").status == 0)
        }
        let json = try WsrouteRun("diff", old, new, "--format", "json")
        #expect(json.output.hasPrefix("{\"changes\":[{\"kinds\":[\"middleware-lost\"]"))
        let same = try WsrouteRun("diff", old, old, "--deny", "middleware-lost")
        #expect(same.status == 0 && same.output == "no rule differs\n")
    }

    @Test("ends with 2 for a file that can't be read or is missing")
    func usage() throws {
        #expect(try WsrouteRun("diff", old, folder.file("none")).status == 2)
        #expect(try WsrouteRun("diff", old).status == 2)
        #expect(try WsrouteRun("diff", old, old, "--deny", "nothing").status == 2)
    }

    @Test("generates tests that pass, and replaces no file")
    func generate() throws {
        let tests = folder.file("tests.yaml")
        let run = try WsrouteRun("test", "--generate", tests, "--config", old)
        #expect(run.status == 0, "\(run.errors)")
        #expect(run.output == "\(tests): 4 tests\n")
        let check = try WsrouteRun("test", tests, "--config", old, "--fail-under", "100")
        #expect(check.status == 0, "\(check.output)")
        let again = try WsrouteRun("test", "--generate", tests, "--config", old)
        #expect(again.status == 2)
        let shown = try WsrouteRun("test", "--generate", "--config", old)
        #expect(shown.output.contains("tests:\n  # "), "\(shown.output)")
        let both = try WsrouteRun("test", "--generate", "--config", old, "--fail-under", "3")
        #expect(both.status == 2)
    }
}
