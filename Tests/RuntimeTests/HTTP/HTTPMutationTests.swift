import Runtime
import TestSupport
import Testing

@Suite("Mutated heads")
struct HTTPMutationTests {
    /// Pieces that matter to a parser, put in at random.
    private static let pieces = [
        "\r\n", "\r", "\n", "\u{0}", " ", "\t", ":", ",", ";", "\r\n ", "\r\n\r\n", "Host: x\r\n",
        "Content-Length: 5\r\n", "Transfer-Encoding: chunked\r\n", "Connection: close, x\r\n",
        "Connection: host, content-length\r\n", "Upgrade: websocket\r\n", "HTTP/1.0", "chunked",
        "0",
        "HEAD", "http://h", "%", "_", "\"", "X-Forwarded-For: 1\r\n", "Expect: 100-continue\r\n",
        "5\r\n",
    ].map { Array($0.utf8) }

    private static func mutated(
        _ seed: [UInt8], with generator: inout SeededGenerator
    ) -> [UInt8] {
        var bytes = seed
        for _ in 0..<Int.random(in: 1...4, using: &generator) {
            let place = Int.random(in: 0...bytes.count, using: &generator)
            switch Int.random(in: 0..<5, using: &generator) {
            case 0 where place < bytes.count:
                bytes[place] = UInt8.random(in: 0...255, using: &generator)
            case 1 where place < bytes.count:
                let count = Int.random(in: 1...min(8, bytes.count - place), using: &generator)
                bytes.removeSubrange(place..<place + count)
            case 2:
                let count = Int.random(in: 0...min(20, bytes.count - place), using: &generator)
                bytes.insert(contentsOf: Array(bytes[place..<place + count]), at: place)
            default:
                let piece = pieces[Int.random(in: 0..<pieces.count, using: &generator)]
                bytes.insert(contentsOf: piece, at: place)
            }
        }
        return bytes
    }

    private static let chunkSeeds = ChunkedDecoderTests.valid.map { Array($0.0.utf8) }

    /// Goal: no bytes make a parser trap, read otherwise in pieces, or let a rewritten head mean
    /// something else. Method: change samples at random, from a fixed seed, and check the
    /// properties of ``HTTPFuzz``.
    @Test("The properties hold for mutated samples", arguments: [UInt64(1), 2, 3, 4])
    func properties(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let samples =
            (HeadSamples.requests + HeadSamples.responses + HeadSamples.refusedRequests)
            .map { Array($0.utf8) } + Self.chunkSeeds
        var completeCount = 0
        for round in 0..<5000 {
            let bytes = Self.mutated(samples[round % samples.count], with: &generator)
            let span = bytes.span
            // SAFETY: the view is of bytes and is used while the array lives.
            let violation = unsafe HTTPFuzz.violation(span.bytes)
            if let violation {
                Issue.record("\(violation), seed \(seed), round \(round): \(bytes)")
                return
            }
            if parseRequest(bytes).head != nil { completeCount += 1 }
        }
        // If hardly any mutant were accepted, the test would show little.
        #expect(completeCount > 200)
    }

    @Test("The properties hold for the samples themselves")
    func samples() {
        for sample in HeadSamples.requests + HeadSamples.responses + HeadSamples.refusedRequests {
            let bytes = Array(sample.utf8)
            let span = bytes.span
            // SAFETY: the view is of bytes and is used while the array lives.
            let violation = unsafe HTTPFuzz.violation(span.bytes)
            #expect(violation.map { "\($0)" } == nil)
        }
    }
}
