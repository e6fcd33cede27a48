import TestSupport

/// Changes bytes at random, always in the same way for the same seed.
struct Mutator: RandomNumberGenerator {
    private var random: SeededGenerator

    init(seed: UInt64) { random = SeededGenerator(seed: seed) }

    mutating func next() -> UInt64 { random.next() }

    /// A variant of `bytes`: some bytes changed, cut out or repeated, or a piece of `other` put in.
    mutating func mutate(_ bytes: [UInt8], with other: [UInt8], byteCountMax: Int) -> [UInt8] {
        var result = bytes
        for _ in 0..<Int.random(in: 1...4, using: &self) {
            let place = Int.random(in: 0...result.count, using: &self)
            switch Int.random(in: 0..<6, using: &self) {
            case 0 where place < result.count:
                result[place] = UInt8.random(in: 0...255, using: &self)
            case 1 where place < result.count:
                result[place] ^= 1 << UInt8.random(in: 0..<8, using: &self)
            case 2: result.removeLast(min(result.count - place, pieceByteCount()))
            case 3:
                result.removeSubrange(place..<min(result.count, place + pieceByteCount()))
            case 4:
                let end = min(result.count, place + pieceByteCount())
                result.insert(contentsOf: Array(result[place..<end]), at: place)
            default:
                let start = Int.random(in: 0...other.count, using: &self)
                let end = min(other.count, start + pieceByteCount())
                result.insert(contentsOf: other[start..<end], at: place)
            }
        }
        return Array(result.prefix(byteCountMax))
    }

    /// Mostly small, sometimes large.
    private mutating func pieceByteCount() -> Int {
        1 << Int.random(in: 0..<10, using: &self)
    }
}
