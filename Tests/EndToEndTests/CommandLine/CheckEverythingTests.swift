import TestSupport
import Testing

/// Goal: one run of `check` tells every mistake, whatever else is wrong, and nothing that only follows from another.
/// Method: mistakes that have nothing to do with each other are made one by one, then two and two, then all at once.
/// Each must give the same diagnostics on its own lines as it gives alone.
@Suite("One run of check tells everything")
struct CheckEverythingTests {
    private struct Mistake {
        /// The section that it is in.
        let section: String
        /// Lines of that section, without indentation beyond their own.
        let lines: [String]
        let codes: Set<String>

        init(_ section: String, _ codes: Set<String>, _ lines: String...) {
            self.section = section
            self.codes = codes
            self.lines = lines
        }
    }

    private static let sound: [String: [String]] = [
        "services": ["  web: {url: \"http://10.0.0.1\"}"],
        "middlewares": [
            "  - {name: sign-in, type: auth, config: {basic: {users_file: /run/users}}}",
            "  - name: tenant", "    type: headers",
            "    config: {request: {set: {X-Tenant: \"{tenant}\"}}}",
        ],
        "host_rules": [
            "  - {pattern: sound.example.com, target: web, middlewares: [sign-in]}",
            "  - pattern: '~^(?<tenant>[a-z]+)\\.sound\\.example\\.org$'",
            "    target: web", "    middlewares: [tenant]",
        ],
    ]

    private static let mistakes: [Mistake] = [
        Mistake("services", ["WR050"], "  a: {url: \"ftp://10.0.0.1\"}", "  # a: used below"),
        Mistake("services", ["WR113"], "  nobody: {url: \"http://10.0.0.2\"}"),
        Mistake("services", ["WR022"], "  empty: {ping_interval: 5}"),
        Mistake("services", ["WR119"], "  pings: {url: \"http://a\", ping_interval: 90}"),
        Mistake("services", ["WR026"], "  slow: {url: \"http://a\", read_timeout: soon}"),
        Mistake(
            "services", ["WR111"],
            "  open: {url: \"https://a\", tls: {insecure_skip_verify: true}}"),
        Mistake("middlewares", ["WR046"], "  - {name: guard, type: gaurd}"),
        Mistake("middlewares", ["WR114"], "  - {name: idle, type: logging}"),
        Mistake(
            "middlewares", ["WR110", "WR127"],
            "  - {name: jwt, type: auth, is_global: true, config: {jwt_secret: weak}}"),
        Mistake("middlewares", ["WR022"], "  - {type: logging}"),
        Mistake("host_rules", ["WR040"], "  - {pattern: b.example.com, target: nowhere}"),
        Mistake(
            "host_rules", ["WR041"],
            "  - {pattern: c.example.com, target: web, middlewares: [missing-one]}"),
        Mistake("host_rules", ["WR052"], "  - {pattern: \"a..b\", target: web}"),
        Mistake("host_rules", ["WR061"], "  - {pattern: d.example.com}"),
        Mistake(
            "host_rules", ["WR150"],
            "  - pattern: e.example.com", "    order: declared", "    route_rules:",
            "      - {pattern: \"/*\", target: web}", "      - {pattern: \"/a\", target: web}"),
        Mistake(
            "host_rules", ["WR151"],
            "  - pattern: f.example.com", "    order: declared", "    route_rules:",
            "      - {pattern: \"/*\", target: web}",
            "      - {pattern: \"/a\", target: web, middlewares: [sign-in]}"),
        Mistake(
            "host_rules", ["WR012"],
            "  - pattern: g.example.com", "    route_rules:",
            "      - {pattern: \"/{a}\", target: web}", "      - {pattern: \"/*/\", target: web}",
            "      - {pattern: \"/{b}\", target: web}"),
        Mistake(
            "host_rules", ["WR153"],
            "  - pattern: h.example.com", "    route_rules:",
            "      - {pattern: \"/*\", target: web, match: {headers: {a: b}}}",
            "      - {pattern: \"/*\", respond: {status: 404}, match: {headers: {c: d}}}"),
        Mistake(
            "host_rules", ["WR152"],
            "  - pattern: i.example.com", "    route_rules:",
            "      - {pattern: \"/*\", target: web, match: {protocol: websocket, methods: [PUT]}}"),
        Mistake(
            "host_rules", ["WR020", "WR055"],
            "  - pattern: j.example.com", "    route_rules:",
            "      - {pattern: \"~^/(a\", traget: web}"),
        Mistake(
            "host_rules", ["WR112"],
            "  - pattern: k.example.com", "    route_rules: [{pattern: /, target: web}]"),
        Mistake(
            "host_rules", ["WR120", "WR121"],
            "  - pattern: l.example.com", "    route_rules: [{pattern: \"~[0-9]\", target: web}]"),
        Mistake("host_rules", ["WR124"], "  - {pattern: \"*.m.example.com\", target: web}"),
        Mistake(
            "host_rules", ["WR059"],
            "  - {pattern: n.example.com, target: web, middlewares: [tenant]}"),
        Mistake(
            "host_rules", ["WR016"], "  - {pattern: q.example.com, target: \"${NO_SUCH_VARIABLE}\"}"
        ),
        Mistake("host_rules", ["WR007"], "  - {pattern: o.example.com, target: web, target: web}"),
        Mistake("host_rules", ["WR009"], "  - {pattern: p.example.com, target: *nothing}"),
    ]

    private let folder: TemporaryDirectory

    init() throws { folder = try TemporaryDirectory() }

    /// The codes on the lines of each mistake, when these are made together.
    private func told(_ mistakes: [Mistake]) throws -> [Set<String>] {
        var text = ""
        var lineOwners: [Int: Int] = [:]
        var line = 0
        func write(_ content: String, of owner: Int?) {
            text += content + "\n"
            line += 1
            lineOwners[line] = owner
        }
        for section in ["services", "middlewares", "host_rules"] {
            write("\(section):", of: nil)
            for content in Self.sound[section] ?? [] { write(content, of: nil) }
            for (owner, mistake) in mistakes.enumerated() where mistake.section == section {
                for content in mistake.lines { write(content, of: owner) }
            }
        }
        write("route_rules:", of: nil)
        for service in ["a", "empty", "pings", "slow", "open"]
        where text.contains("  \(service): {") {
            write("  - {pattern: /\(service)/*, target: \(service)}", of: nil)
        }
        write("  - {pattern: \"/*\", target: web}", of: nil)
        let run = try WsrouteRun("check", try folder.write("all.yaml", text))
        var result = [Set<String>](repeating: [], count: mistakes.count)
        for place in run.output.matches(
            of: /all\.yaml:(\d+):\d+: (?:error|warning|note): .*\[(WR\d+)\]\n/)
        {
            let owner = Int(place.1).flatMap { lineOwners[$0] }
            if let owner {
                result[owner].insert(String(place.2))
            } else {
                Issue.record("a sound line has a mistake: \(place.0)")
            }
        }
        return result
    }

    @Test("Alone, each mistake gives what it is there for")
    func alone() throws {
        for mistake in Self.mistakes {
            #expect(try told([mistake]) == [mistake.codes], "\(mistake.lines)")
        }
    }

    @Test("All at once, each gives what it gives alone")
    func together() throws {
        let told = try told(Self.mistakes)
        for (codes, mistake) in zip(told, Self.mistakes) {
            #expect(codes == mistake.codes, "\(mistake.lines)")
        }
    }

    @Test("In the company of any other, each gives what it gives alone")
    func pairs() throws {
        for (place, first) in Self.mistakes.enumerated() {
            // Neighbours and others in turn: half of all pairs say what all of them do.
            for second in Self.mistakes[(place + 1)...].enumerated()
            where second.offset % 3 == place % 3 {
                let expected = [first.codes, second.element.codes]
                #expect(
                    try told([first, second.element]) == expected,
                    "\(first.lines) \(second.element.lines)")
            }
        }
    }
}
