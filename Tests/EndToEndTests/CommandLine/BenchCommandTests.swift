import Foundation
import TestSupport
import Testing

@Suite("wsroute bench")
struct BenchCommandTests {
    private let folder: TemporaryDirectory
    private let configuration: String

    init() throws {
        folder = try TemporaryDirectory()
        configuration = try folder.write("c.yaml", SampleConfiguration.chat)
    }

    private func json(_ arguments: String...) throws -> [String: Any] {
        let run = try RunningProgram.run(
            BuiltPrograms.path("wsroute"),
            ["bench"] + arguments + ["--format", "json", "--matches", "640"])
        #expect(run.exit == .code(0), "\(run.errors)")
        let object = try JSONSerialization.jsonObject(with: Data(run.output.utf8))
        return try #require(object as? [String: Any])
    }

    @Test("measures tables and configurations, and counts allocations")
    func figures() throws {
        let table = folder.file("c.bin")
        #expect(try WsrouteRun("compile", configuration, "-o", table).status == 0)
        for path in [table, configuration] {
            let found = try json(path)
            #expect(found["routes"] as? Int == 4)
            #expect(found["requests"] as? Int == 4)
            #expect(found["matches"] as? Int == 640 && found["taken"] as? Int == 640)
            for name in [
                "p50_ns", "p99_ns", "mean_ns", "matches_per_second", "load_ms", "table_bytes",
            ] {
                #expect(found[name] is NSNumber, "\(name)")
            }
            // The host has a target, so only unknown hosts miss.
            let misses = try #require(found["misses"] as? [String: Any])
            #expect(misses["taken"] as? Int == 0 && misses["requests"] as? Int == 4)
            if AllocationCounter.isUsable, AllocationCounter.programsAreOptimised {
                #expect(found["allocations"] as? Int == 0)
            }
        }
        let zipf = try json(table, "--distribution", "zipf", "--miss")
        #expect(zipf["traffic"] as? String == "misses" && zipf["taken"] as? Int == 0)
        #expect(zipf["distribution"] as? String == "zipf")
        let text = try WsrouteRun("bench", table, "--cold", "--matches", "32")
        #expect(text.status == 0 && text.output.contains("caches cold"), "\(text.errors)")
        #expect(text.output.contains("allocations   "))
    }

    @Test("replays a log")
    func log() throws {
        let log = try folder.write(
            "log",
            """
            # three requests
            GET ws.example.com /rooms/1
            t info access client=- method=GET host=ws.example.com path=/old protocol=http
            {"event":"access","method":"GET","host":"nobody.test","path":"/"}
            t info reload.done
            """)
        let found = try json(configuration, "--requests", log)
        #expect(found["requests"] as? Int == 3 && found["distribution"] as? String == "log")
        #expect(found["taken"] as? Int == 427)
    }

    @Test("says what is wrong, and where")
    func errors() throws {
        let log = try folder.write("log", "GET a /\nGET nowhere\n")
        let malformed = try WsrouteRun("bench", configuration, "--requests", log)
        #expect(malformed.status == 1)
        #expect(malformed.errors.contains("\(log):2: expected METHOD host path"))
        let empty = try WsrouteRun(
            "bench", configuration, "--requests", folder.write("empty", "# nothing\n"))
        #expect(empty.status == 1 && empty.errors.contains("no line is a request"))
        #expect(
            try WsrouteRun("bench", configuration, "--requests", folder.file("none")).status == 2)
        #expect(try WsrouteRun("bench", folder.file("none")).status == 2)
        #expect(try WsrouteRun("bench").status == 2)
        #expect(
            try WsrouteRun("bench", configuration, "--requests", log, "--distribution", "zipf")
                .status == 2)
        #expect(try WsrouteRun("bench", configuration, "--requests", log, "--miss").status == 2)
        #expect(try WsrouteRun("bench", configuration, "--matches", "0").status == 2)
        let broken = try folder.write("broken.bin", "WSRT and no more")
        #expect(try WsrouteRun("bench", broken).status == 1)
        let faulty = try folder.write("faulty.yaml", SampleConfiguration.misspelt)
        #expect(try WsrouteRun("bench", faulty).status == 1)
    }
}
