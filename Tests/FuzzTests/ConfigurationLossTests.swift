import FuzzEntries
import Testing

/// Goal: whatever a configuration lacks, `check` goes on to its end and says so.
/// Method: each line of each sample is left out with all that stands below it, or has its key misspelt, and that once
/// more without each of the sections of the top level.
@Suite("Configurations that lack something")
struct ConfigurationLossTests {
    private static let samples =
        FuzzInput.all(in: "Corpus", of: .configuration)
        + FuzzInput.all(in: "Findings", of: .configuration)

    @Test("A block that is missing or misspelt is told of, and nothing traps", arguments: samples)
    func losses(sample: FuzzInput) {
        let lines = sample.bytes.split(
            separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false
        ).map(Array.init)
        var variants = [lines]
        for place in lines.indices where Self.indentation(of: lines[place]) == 0 {
            variants.append(Self.without(place, of: lines))
        }
        var tried = 0
        for variant in variants {
            for place in variant.indices {
                for changed in [
                    Self.without(place, of: variant), Self.misspelt(place, of: variant),
                ] {
                    let bytes = Array(changed.joined(separator: [UInt8(ascii: "\n")]))
                    let violation = FuzzTarget.configuration.violation(bytes)
                    #expect(violation == nil, "\(String(decoding: bytes, as: UTF8.self))")
                    tried += 1
                }
            }
        }
        #expect(tried >= 2)
    }

    /// Nil for what begins no block: an empty line or a comment.
    private static func indentation(of line: [UInt8]) -> Int? {
        guard let first = line.firstIndex(where: { $0 != UInt8(ascii: " ") }) else { return nil }
        return line[first] == UInt8(ascii: "#") ? nil : first
    }

    private static func without(_ place: Int, of lines: [[UInt8]]) -> [[UInt8]] {
        guard let own = indentation(of: lines[place]) else { return lines }
        let end =
            lines[(place + 1)...].firstIndex { (indentation(of: $0) ?? .max) <= own } ?? lines.count
        return Array(lines[..<place] + lines[end...])
    }

    /// The second letter of the key is another one.
    private static func misspelt(_ place: Int, of lines: [[UInt8]]) -> [[UInt8]] {
        guard let own = indentation(of: lines[place]), own + 1 < lines[place].count else {
            return lines
        }
        var changed = lines
        changed[place][own + 1] = UInt8(ascii: "Z")
        return changed
    }
}
