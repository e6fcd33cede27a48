import TestSupport
import Testing

@Suite("wsroute test")
struct TestCommandTests {
    private let folder: TemporaryDirectory
    private let source: String

    private static let sound = """
        tests:
          - name: rooms & halls
            variants: true
            request: {url: "ws://ws.example.com/rooms/blue"}
            expect: {service: chat, route: room, path: /r/blue}
        """
    private static let failing = """
        tests:
          - name: "<room>"
            request: {url: "http://ws.example.com/rooms/blue"}
            expect: {service: chat}
        """

    init() throws {
        folder = try TemporaryDirectory()
        source = try folder.write("chat.yaml", SampleConfiguration.chat)
    }

    @Test("passes tests that hold, against a configuration and against its table")
    func passes() throws {
        let tests = try folder.write("tests.yaml", Self.sound)
        let run = try WsrouteRun("test", tests, "--config", source)
        #expect(run.status == 0, "\(run.errors)")
        #expect(run.output.contains("1 passed, 0 failed"), "\(run.output)")
        #expect(run.output.contains("routes reached: 1 of 4 (25.0 %)"), "\(run.output)")
        let table = folder.file("routes.bin")
        #expect(try WsrouteRun("compile", source, "-o", table).status == 0)
        #expect(try WsrouteRun("test", tests, "--routes", table).output == run.output)
    }

    @Test("ends with 1 for a test that fails, and says why")
    func fails() throws {
        let tests = try folder.write("tests.yaml", Self.failing)
        let run = try WsrouteRun("test", tests, "--config", source)
        #expect(run.status == 1)
        #expect(run.output.contains("FAIL  \(tests):2: <room>"), "\(run.output)")
        #expect(run.output.contains("service: expected chat, got web"), "\(run.output)")
        #expect(run.output.contains("the protocol is http, not websocket"), "\(run.output)")
        #expect(run.output.contains("chat.yaml:14"), "\(run.output)")
    }

    @Test("ends with 1 for coverage below what is demanded", arguments: [("25", 0), ("25.1", 1)])
    func coverage(percent: String, status: Int) throws {
        let tests = try folder.write("tests.yaml", Self.sound)
        let run = try WsrouteRun("test", tests, "--config", source, "--fail-under", percent)
        #expect(Int(run.status) == status, "\(run.output)")
    }

    @Test("writes JUnit and JSON that others can parse")
    func machineForms() throws {
        let sound = try folder.write("sound.yaml", Self.sound)
        let failing = try folder.write("failing.yaml", Self.failing)
        let junit = try WsrouteRun(
            "test", sound, failing, "--config", source, "--format", "junit", "--fail-under", "90")
        #expect(junit.status == 1)
        let xml = try folder.write("junit.xml", junit.output)
        #expect(
            try python(
                """
                import sys, xml.etree.ElementTree as tree
                root = tree.parse(sys.argv[1]).getroot()
                cases = [case.get("name") for case in root.iter("testcase")]
                failed = [case.get("name") for case in root.iter("testcase") if len(case)]
                print(root.get("tests"), root.get("failures"), cases, failed)
                """, xml)
                == "3 2 ['rooms & halls', '<room>', 'routes reached'] "
                + "['<room>', 'routes reached']\n"
        )
        let json = try WsrouteRun(
            "test", sound, failing, "--config", source, "--format", "json")
        let document = try folder.write("out.json", json.output)
        #expect(
            try python(
                """
                import sys, json
                result = json.load(open(sys.argv[1]))
                print(result["passed"], result["failed"], result["coverage"]["routes"]["percent"],
                    result["tests"][1]["failures"][0]["expected"])
                """, document) == "1 1 50.0 chat\n")
    }

    @Test("reports what is wrong in a test file with its place, and runs nothing")
    func faults() throws {
        let tests = try folder.write(
            "tests.yaml", "tests:\n  - request: {url: \"http://a/\"}\n    expect: {servise: a}\n")
        let run = try WsrouteRun("test", tests, "--config", source)
        #expect(run.status == 1)
        #expect(run.output.isEmpty)
        #expect(run.errors.contains("\(tests):3:14: error:"), "\(run.errors)")
        #expect(run.errors.contains("did you mean `service`?"), "\(run.errors)")
        let missing = try WsrouteRun("test", folder.file("none.yaml"), "--config", source)
        #expect(missing.status == 2)
        #expect(missing.errors.contains("can't read: no such file"), "\(missing.errors)")
    }

    @Test(
        "refuses wrong usage",
        arguments: [
            ["test"], ["test", "t.yaml"], ["test", "t.yaml", "--config", "a", "--routes", "b"],
            ["test", "t.yaml", "--config", "a", "--fail-under", "101"],
            ["test", "t.yaml", "--config", "a", "--fail-under", "-1"],
            ["test", "t.yaml", "--config", "a", "--format", "xml"],
        ])
    func usage(arguments: [String]) throws {
        let run = try RunningProgram.run(BuiltPrograms.path("wsroute"), arguments)
        #expect(run.exit == .code(2), "\(run.errors)")
    }

    private func python(_ program: String, _ argument: String) throws -> String {
        let run = try RunningProgram.run("/usr/bin/env", ["python3", "-c", program, argument])
        guard run.exit == .code(0) else { throw TestSupportError(run.errors) }
        return run.output
    }
}
