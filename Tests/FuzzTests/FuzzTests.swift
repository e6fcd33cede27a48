import FuzzEntries
import Testing

/// Goal: no bytes trap, hang or break a property.
/// Method: the kept inputs, and variants of them that are the same in every run. `Scripts/fuzz` goes further.
@Suite("Arbitrary bytes")
struct FuzzTests {
    /// Variants for each target. Together they take a few seconds without optimisation.
    private static let variantCounts: [FuzzTarget: Int] = [
        .configuration: 150, .table: 150, .httpRequest: 1500, .httpResponse: 1500, .chunked: 1500,
        .match: 1500, .httpStream: 1000, .proxyHeader: 1500, .eventStream: 1500,
        .proxyDialogue: 1500,
        .frames: 1500,
        .token: 1500,
    ]

    @Test("Each target has samples", arguments: FuzzTarget.allCases)
    func corpus(target: FuzzTarget) {
        #expect(FuzzInput.all(in: "Corpus", of: target).count >= 2)
    }

    @Test("The properties hold for the samples", arguments: FuzzTarget.allCases)
    func samples(target: FuzzTarget) {
        for input in FuzzInput.all(in: "Corpus", of: target) {
            #expect(target.violation(input.bytes) == nil, "\(input.name)")
        }
    }

    @Test("What once was a finding is none any more", arguments: FuzzTarget.allCases)
    func findings(target: FuzzTarget) {
        for input in FuzzInput.all(in: "Findings", of: target) {
            #expect(target.violation(input.bytes) == nil, "\(input.name)")
        }
    }

    @Test("The properties hold for variants of the samples", arguments: FuzzTarget.allCases)
    func variants(target: FuzzTarget) throws {
        let inputs =
            FuzzInput.all(in: "Corpus", of: target) + FuzzInput.all(in: "Findings", of: target)
        var mutator = Mutator(seed: 20_261_121)
        for round in 0..<(try #require(Self.variantCounts[target])) {
            let other = try #require(inputs.randomElement(using: &mutator))
            let bytes = mutator.mutate(
                inputs[round % inputs.count].bytes, with: other.bytes,
                byteCountMax: target.inputBytesMax)
            guard let violation = target.violation(bytes) else { continue }
            Issue.record("\(violation), in round \(round): \(bytes)")
            return
        }
    }

    @Test("A table can be made to begin with")
    func tableSeed() throws {
        let inputs = FuzzInput.all(in: "Corpus", of: .table)
        let table = try #require(inputs.first { $0.name.hasPrefix("table of") })
        #expect(table.bytes.starts(with: Array("WSRT".utf8)))
        #expect(TableSeed.table(compiledFrom: Array("services: 5".utf8)) == nil)
    }
}
