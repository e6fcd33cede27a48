import Foundation
import TestSupport
import Testing

@Suite("wsroute check")
struct CheckCommandTests {
    private let folder: TemporaryDirectory

    init() throws { folder = try TemporaryDirectory() }

    @Test("is silent about a sound configuration")
    func soundConfiguration() throws {
        let run = try WsrouteRun("check", try folder.write("chat.yaml", SampleConfiguration.chat))
        #expect(run.status == 0)
        #expect(run.output.isEmpty, "\(run.output)")
        #expect(run.errors.isEmpty)
    }

    @Test("reports all files in one run, on standard output")
    func severalFiles() throws {
        let first = try folder.write("a.yaml", SampleConfiguration.misspelt)
        let second = try folder.write("b.yaml", SampleConfiguration.misspelt)
        let run = try WsrouteRun("check", first, second)
        #expect(run.status == 1)
        #expect(run.output.contains("a.yaml:3:1: error:"))
        #expect(run.output.contains("b.yaml:3:1: error:"))
        #expect(run.output.contains("did you mean `route_rules`?"))
        #expect(run.errors.isEmpty)
    }

    @Test("shows warnings, which --strict counts")
    func warnings() throws {
        let source = try folder.write("unused.yaml", SampleConfiguration.unused)
        let run = try WsrouteRun("check", source)
        #expect(run.status == 0)
        #expect(run.output.contains("warning:"))
        #expect(run.output.contains("`spare`"))
        #expect(try WsrouteRun("check", source, "--strict").status == 1)
    }

    @Test("prints one JSON object a line, and other forms")
    func formats() throws {
        let source = try folder.write("a.yaml", SampleConfiguration.misspelt)
        let json = try WsrouteRun("check", source, "--format", "json")
        let lines = json.output.split(separator: "\n")
        #expect(!lines.isEmpty)
        for line in lines {
            #expect(line.hasPrefix("{\"file\":"))
            #expect(line.contains("\"line\":"))
        }
        let sarif = try WsrouteRun("check", source, source, "--format", "sarif")
        #expect(sarif.output.contains("\"version\""))
        #expect(sarif.output.contains("2.1.0"))
        let github = try WsrouteRun("check", source, "--format", "github")
        #expect(github.output.hasPrefix("::error file="))
    }

    @Test("ends with 2 for a file that can't be read")
    func missingFile() throws {
        let run = try WsrouteRun("check", folder.file("none.yaml"))
        #expect(run.status == 2)
        #expect(run.errors.contains("none.yaml: can't read: no such file or directory"))
    }

    @Test("A file that can't be read does not keep the others from being checked")
    func missingFileAmongOthers() throws {
        let second = try folder.write("b.yaml", SampleConfiguration.misspelt)
        let run = try WsrouteRun("check", folder.file("none.yaml"), second)
        #expect(run.status == 2)
        #expect(run.errors.contains("none.yaml: can't read: no such file or directory"))
        #expect(run.output.contains("b.yaml:3:1: error:"))
    }

    @Test("What two configurations share is reported once")
    func sharedFragment() throws {
        try FileManager.default.createDirectory(
            atPath: folder.file("shared.d"), withIntermediateDirectories: false)
        _ = try folder.write(
            "shared.d/a.yaml", "host_rules: [{pattern: a.example, target: nowhere}]")
        let text =
            "config_dir: shared.d\nservices: {web: {url: \"http://10.0.0.1\"}}\nroute_rules: ["
        let first = try folder.write("a.yaml", text + "{pattern: \"/*\", target: web}]")
        let second = try folder.write("b.yaml", text + "{pattern: \"/a*\", target: web}, 5]")
        let run = try WsrouteRun("check", first, second)
        #expect(run.output.ranges(of: "[WR040]").count == 1, "\(run.output)")
        #expect(run.output.contains("b.yaml:3:46: error:"))
    }
}
