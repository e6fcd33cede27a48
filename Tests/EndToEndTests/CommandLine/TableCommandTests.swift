import TestSupport
import Testing

@Suite("wsroute dump and verify")
struct TableCommandTests {
    private let folder: TemporaryDirectory
    private let table: String

    init() throws {
        folder = try TemporaryDirectory()
        let source = try folder.write("chat.yaml", SampleConfiguration.guarded)
        table = folder.file("routes.bin")
        let run = try WsrouteRun("compile", source, "-o", table, "--allow-inert")
        guard run.status == 0 else { throw TestSupportError(run.errors) }
    }

    @Test("show the whole table")
    func dump() throws {
        let text = try WsrouteRun("dump", table)
        #expect(text.status == 0, "\(text.errors)")
        for part in [
            "ws.example.com", "/rooms/{room}", "chat.yaml:11", "ws://127.0.0.1:9001", "308",
            "protocol websocket", "header x-env = beta", "access",
        ] {
            #expect(text.output.contains(part), "\(part) in \(text.output)")
        }
        let json = try WsrouteRun("dump", table, "--format", "json")
        #expect(json.output == (try WsrouteRun("dump", table, "--format", "json").output))
        #expect(json.output.hasPrefix("{\"format\":"))
    }

    @Test("say what was checked")
    func verify() throws {
        let run = try WsrouteRun("verify", table)
        #expect(run.status == 0, "\(run.errors)")
        #expect(run.output.contains("digest"))
        #expect(run.output.contains("4 routes"))
    }

    @Test("tell what differs from a configuration, and end with 1")
    func otherConfiguration() throws {
        let source = folder.file("chat.yaml")
        let same = try WsrouteRun("verify", table, "--config", source)
        #expect(same.status == 0 && same.output.contains("gives this table"), "\(same.errors)")
        for (change, told) in [
            ("# moved\n" + SampleConfiguration.guarded, "only where they are written"),
            (
                SampleConfiguration.guarded + "\nfallback: {answer: {body: sorry}}\n",
                "with another fallback"
            ),
        ] {
            let other = try folder.write("chat.yaml", change)
            let run = try WsrouteRun("verify", table, "--config", other)
            #expect(run.status == 1 && run.output.contains(told), "\(run.output)\(run.errors)")
            #expect(run.errors.contains("not the table of \(other)"))
        }
    }

    @Test(
        "refuse what is no table, in one line",
        arguments: ["", "not a table", "WSRT\r\n\u{1A}\n"])
    func refusal(text: String) throws {
        let path = try folder.write("bad.bin", text)
        for command in ["dump", "verify"] {
            let run = try WsrouteRun(command, path)
            #expect(run.status == 1)
            #expect(run.output.isEmpty)
            #expect(run.errors.hasPrefix("wsroute: \(path): "))
            #expect(run.errors.split(separator: "\n").count == 1)
        }
    }

    @Test("end with 2 for a file that can't be read")
    func missingFile() throws {
        let run = try WsrouteRun("verify", folder.file("none.bin"))
        #expect(run.status == 2)
        #expect(
            run.errors
                == "wsroute: \(folder.file("none.bin")): can't read: no such file or directory\n")
    }
}
