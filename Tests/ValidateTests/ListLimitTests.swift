import Testing
import Validate

@Suite("Lists that each request goes through")
struct ListLimitTests {
    private static let head = "services: {web: {url: \"http://127.0.0.1:9001\"}}\nroute_rules:\n"

    @Test("A route has at most 1,024 targets")
    func targets() throws {
        func text(_ count: Int) -> String {
            let items = [String](repeating: "{service: web}", count: count).joined(separator: ", ")
            return Self.head + "  - {pattern: /a, targets: [\(items)]}\n"
        }
        #expect(try read(text(1_024)).configuration != nil)
        let refused = try read(text(1_025))
        #expect(refused.configuration == nil)
        #expect(refused.text.contains("`targets` has 1025 services; at most 1024"))
    }

    @Test("A condition has at most 1,024 address ranges")
    func addresses() throws {
        func text(_ count: Int) -> String {
            let items = (0..<count).map { "10.0.\($0 / 256).\($0 % 256)" }.joined(separator: ", ")
            return Self.head + "  - {pattern: /a, match: {client_ip: [\(items)]}, target: web}\n"
        }
        #expect(try read(text(1_024)).configuration != nil)
        let refused = try read(text(1_025))
        #expect(refused.configuration == nil)
        #expect(refused.text.contains("`client_ip` has 1025 ranges; at most 1024"))
    }
}
