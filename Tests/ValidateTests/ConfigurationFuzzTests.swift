import TestSupport
import Testing
import Validate

/// Goal: no bytes may trap or hang the compiler's front.
/// Method: every fixture cut short, with bytes changed, and with pieces of others put in; always the same
/// ones, by a generator with a fixed seed.
@Suite("Hostile configurations")
struct ConfigurationFuzzTests {
    private static let paths =
        Fixtures.names(in: "valid", suffix: ".yaml").map { "valid/\($0)" }
        + Fixtures.names(in: "faulty", suffix: ".yaml").map { "faulty/\($0)" }

    @Test("A mutated fixture ends with diagnostics or a configuration", arguments: paths)
    func mutated(path: String) throws {
        let text = try #require(Fixtures.bytes("\(Fixtures.folder)/\(path)"))
        var generator = SeededGenerator(seed: UInt64(text.count))
        let tokens = [
            "*", "&a ", "*a", "<<: ", "- ", ": ", "{", "}", "[", "]", "\"", "'", "~", "${", "\t",
            "%", "\n",
        ]
        var diagnosticCount = 0
        for _ in 0..<40 {
            var bytes = text
            for _ in 0..<Int.random(in: 1...4, using: &generator) where !bytes.isEmpty {
                let index = Int.random(in: 0..<bytes.count, using: &generator)
                switch Int.random(in: 0..<4, using: &generator) {
                case 0: bytes.removeSubrange(index...)
                case 1: bytes[index] = UInt8.random(in: 0...255, using: &generator)
                case 2: bytes.remove(at: index)
                default:
                    bytes.insert(
                        contentsOf: (tokens.randomElement(using: &generator) ?? "").utf8, at: index)
                }
            }
            diagnosticCount += ConfigurationFuzz.run(bytes)
        }
        #expect(diagnosticCount > 0)
    }
}
