import Diagnostics
import RouteSyntax
import Testing
import Validate

@Suite("Captures as keys of a hash")
struct HashCaptureTests {
    private func read(_ rest: String, key: String = "room") throws -> ValidationResult {
        let text = """
            services:
              cap:
                load_balancer:
                  strategy: consistent_hash
                  hash_key: "capture:\(key)"
                  backends: [{url: "http://a"}, {url: "http://b"}]
              other: {url: "http://c", fallback_service: third}
              third: {url: "http://d", fallback_service: cap}
            \(rest)
            """
        return try ConfigurationReader.read(
            "main.yaml", from: MemoryFiles(files: ["main.yaml": text]), environment: Environment())
    }

    @Test("A name that no route captures is told of, with the place and the one that was meant")
    func misspelt() throws {
        let result = try read(
            "route_rules: [{pattern: \"/cap/{room}\", target: cap}]", key: "rooom")
        let found = result.diagnostics.filter { $0.code == .captureNotTaken }
        #expect(found.map(\.severity) == [.warning], "\(result.text)")
        let told =
            "main.yaml:5:17: warning: no route that leads to `cap` captures `rooom`: its requests "
            + "are spread by the client's address instead [WR139]"
        #expect(result.text.contains(told), "\(result.text)")
        #expect(result.text.contains("help: did you mean `room`?"))
    }

    @Test(
        "A name that one of the ways captures is none",
        arguments: [
            "route_rules: [{pattern: \"/cap/{room}\", target: cap}]",
            "route_rules: [{pattern: \"/cap/{room...}\", target: cap}, {pattern: /x, target: cap}]",
            "route_rules: [{pattern: \"~^/(?<room>[a-z]+)$\", target: cap}]",
            "route_rules: [{pattern: \"/{room}\", targets: [{service: third}, {service: other}]}]",
            "route_rules: [{pattern: \"/{room}/x\", target: other}]",
            """
            host_rules:
              - pattern: \"~^(?<room>[a-z]+)\\\\.example\\\\.com$\"
                route_rules: [{pattern: /x, target: cap}]
            """,
        ])
    func captured(rest: String) throws {
        let result = try read(rest)
        #expect(!result.diagnostics.contains { $0.severity == .error }, "\(result.text)")
        #expect(!result.codes.contains("WR139"), "\(result.text)")
    }

    @Test("For the target of a host nothing is captured")
    func hostTarget() throws {
        let host = "host_rules: [{pattern: \"~^(?<room>[a-z]+)[.]example[.]com$\", target: cap"
        let result = try read(host + "}]")
        #expect(result.codes.contains("WR139"), "\(result.text)")
        #expect(result.text.contains("help: for the `target` of a host nothing is captured: write"))
        let routed = try read(host + ", route_rules: [{pattern: \"/*\", target: cap}]}]")
        #expect(!routed.codes.contains("WR139"), "\(routed.text)")
    }

    @Test("What a dynamic_route picks is led to as well", arguments: ["pick", "last"])
    func picked(middleware: String) throws {
        func codes(_ pattern: String) throws -> [String] {
            let text = """
                services:
                  plain: {url: "http://e"}
                  other: {url: "http://c", fallback_service: cap}
                  cap:
                    load_balancer:
                      {strategy: consistent_hash, hash_key: "capture:room", backends: [{url: "http://a"}]}
                middlewares:
                  - {name: pick, type: dynamic_route, config: {from: "header:X", services: {a: cap}}}
                  - {name: last, type: dynamic_route, config: {from: "header:X", services: {a: plain},
                      default: other}}
                route_rules:
                  - {pattern: "\(pattern)", target: plain, middlewares: [\(middleware)]}
                """
            return try ConfigurationReader.read(
                "main.yaml", from: MemoryFiles(files: ["main.yaml": text]),
                environment: Environment()
            ).codes
        }
        #expect(try codes("/x/{room}").filter { $0 == "WR139" } == [])
        #expect(try codes("/x/{other}").filter { $0 == "WR139" } == ["WR139"])
    }

    @Test("Nothing is said of a service that nothing leads to, nor beside an error")
    func unknown() throws {
        let unused = try read("route_rules: [{pattern: /x, redirect: {to: /y}}]")
        #expect(!unused.codes.contains("WR139"), "\(unused.text)")
        let faulty = try read(
            "route_rules: [{pattern: /x, target: cap}, {pattern: \"/y/{room}\", target: cup}]")
        #expect(faulty.diagnostics.contains { $0.severity == .error })
        #expect(!faulty.codes.contains("WR139"), "\(faulty.text)")
    }
}
