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

    @Test("denies another order of rules with different middlewares")
    func order() throws {
        let rules = [
            "  - {pattern: \"~^/api/.*$\", target: a, middlewares: [inside]}\n",
            "  - {pattern: \"~^/.*[.]json$\", target: a}\n",
        ]
        let head =
            "services: {a: {url: \"http://127.0.0.1:1\"}}\n"
            + "middlewares: [{name: inside, type: ip_filter, config: {allow: [10.0.0.0/8]}}]\n"
            + "route_rules:\n"
        let first = try folder.write("first.yaml", head + rules.joined())
        let second = try folder.write("second.yaml", head + rules.reversed().joined())
        #expect(try WsrouteRun("diff", first, second).status == 0)
        let run = try WsrouteRun("diff", first, second, "--deny", "middleware-lost")
        #expect(run.status == 1)
        #expect(run.output.contains("may go elsewhere, and past a middleware\n"), "\(run.output)")
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
