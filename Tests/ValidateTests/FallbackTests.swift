import Diagnostics
import RouteSyntax
import Testing
import Validate

@Suite("Fallbacks")
struct FallbackTests {
    private func read(_ text: String, _ files: [String: String] = [:]) throws -> ValidationResult {
        var files = files
        files["conf/main.yaml"] = text
        return try ConfigurationReader.read(
            "conf/main.yaml", from: MemoryFiles(files: files), environment: Environment())
    }

    @Test("Services have the steps of the top level that they have not themselves")
    func inheritance() throws {
        let result = try read(
            """
            services:
              own: {url: "http://a", fallback: {answer: {status: 500}}}
              other: {url: "http://a", fallback: {service: own}}
              none: {url: "http://a", fallback: none}
              plain: {url: "http://a"}
            route_rules:
              - {pattern: "/*", targets: [{service: own}, {service: other}, {service: none}, {service: plain}]}
            fallback: {answer: {body: Sorry}}
            """)
        let configuration = try #require(result.configuration, "\(result.text)")
        let statuses = configuration.services.map { service in
            service.fallback.answer.map { configuration.fallbackAnswers[$0].status }
        }
        #expect(statuses == [500, 503, nil, 503])
        #expect(configuration.services.map(\.fallbackService) == [nil, 0, nil, nil])
    }

    @Test("Kept answers are inherited too, and affinity makes them useless")
    func lastGood() throws {
        let result = try read(
            """
            services:
              own: {url: "http://a", fallback: {last_good: {max_stale: 1h, max_size: 2KiB, max_total: 1MB}}}
              plain: {url: "http://a"}
              none: {url: "http://a", fallback: none}
              sticky: {load_balancer: {backends: [{url: "http://a"}], session_affinity: {}}}
            route_rules:
              - {pattern: "/*", targets: [{service: own}, {service: plain}, {service: none}, {service: sticky}]}
            fallback: {last_good: {}}
            """)
        let services = try #require(result.configuration, "\(result.text)").services
        #expect(services[0].fallback.lastGood?.staleMillisecondsMax == 3_600_000)
        #expect(services[0].fallback.lastGood?.answerBytesMax == 2_048)
        #expect(services[0].fallback.lastGood?.totalBytesMax == 1_000_000)
        #expect(services[1].fallback.lastGood == LastGoodPolicy())
        #expect(services[2].fallback.lastGood == nil)
        #expect(result.codes == ["WR131"])
        #expect(result.text.contains("`sticky` has its clients send the cookie `wsroute-sticky`"))
    }

    @Test("Services of one host that share an affinity cookie are told, those of two hosts are not")
    func sharedCookie() throws {
        let services = ["one", "two", "three"].map {
            "  \($0): {load_balancer: {backends: [{url: \"http://a\"}],"
                + " session_affinity: {cookie_name: sticky}}}\n"
        }
        let together = try read(
            "services:\n" + services.joined()
                + """
                route_rules:
                  - {pattern: "/a/*", targets: [{service: one}, {service: two}]}
                  - {pattern: "/*", target: one}
                host_rules:
                  - {pattern: other.example, target: three}
                """)
        #expect(together.codes == ["WR138"], "\(together.text)")
        #expect(together.text.contains("main.yaml:3:3: warning: `two` and `one` of the host"))
        let ports = try read(
            "services:\n" + services.prefix(2).joined()
                + """
                listeners: [{port: 80}, {port: 81}]
                host_rules:
                  - {pattern: a.example, port: 80, target: one}
                  - {pattern: a.example, port: 81, target: two}
                """)
        #expect(ports.codes == ["WR138"], "\(ports.text)")
    }

    @Test("A body is read from a file beside the main file, which says what it is")
    func bodyFile() throws {
        let text = """
            services: {web: {url: "http://a", fallback: {answer: {body_file: pages/sorry.html}}}}
            route_rules: [{pattern: "/*", target: web}]
            """
        let result = try read(text, ["conf/pages/sorry.html": "<p>Sorry"])
        let answer = try #require(result.configuration?.fallbackAnswers.first, "\(result.text)")
        #expect(answer.body == Array("<p>Sorry".utf8))
        #expect(answer.contentType == "text/html; charset=utf-8")
        let missing = try read(text)
        #expect(missing.codes == ["WR018"])
        #expect(missing.hasUnreadableFile)
        let large = String(repeating: "a", count: 65_537)
        #expect(try read(text, ["conf/pages/sorry.html": large]).codes == ["WR028"])
        let largest = String(repeating: "a", count: 65_536)
        #expect(try read(text, ["conf/pages/sorry.html": largest]).codes == [])
    }

    @Test("A body is no larger than an answer may be, and so are all headers together")
    func sizes() throws {
        func codes(_ answer: String) throws -> [String] {
            try read(
                """
                services: {web: {url: "http://a"}}
                route_rules: [{pattern: "/*", target: web}]
                fallback: {answer: {\(answer)}}
                """
            ).codes
        }
        let long = String(repeating: "a", count: 65_537)
        #expect(try codes("body: \(long)") == ["WR028"])
        #expect(try codes("body: \(long.dropLast())") == [])
        let half = long.prefix(5_000)
        #expect(try codes("headers: {a: \(half), b: \(half)}") == ["WR028"])
        #expect(try codes("headers: {a: \(half), b: b}") == [])
    }
}
