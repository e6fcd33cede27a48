import Validate

/// A set of client addresses, as stretches in order that do not touch.
struct ClientSet {
    let stretches: [ClosedRange<UInt128>]

    static let all = ClientSet(stretches: [0...UInt128.max])

    init(stretches: [ClosedRange<UInt128>]) { self.stretches = stretches }

    init(_ ranges: [AddressRange]) { self.init(unionOf: ranges.map(Self.stretch)) }

    init(unionOf parts: [ClosedRange<UInt128>]) {
        var merged: [ClosedRange<UInt128>] = []
        for part in parts.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            guard let last = merged.last,
                last.upperBound == .max || part.lowerBound <= last.upperBound + 1
            else {
                merged.append(part)
                continue
            }
            merged[merged.count - 1] = last.lowerBound...max(last.upperBound, part.upperBound)
        }
        stretches = merged
    }

    private static func stretch(_ range: AddressRange) -> ClosedRange<UInt128> {
        let first = range.address.reduce(UInt128(0)) { $0 << 8 | UInt128($1) }
        let rest = range.prefixLength >= 128 ? 0 : UInt128.max >> UInt128(range.prefixLength)
        return first...(first | rest)
    }

    var first: UInt128? { stretches.first?.lowerBound }

    func contains(_ address: UInt128) -> Bool { stretches.contains { $0.contains(address) } }

    /// An address of this set that is not in `other`, or nil where there is none.
    func first(outside other: ClientSet) -> UInt128? {
        for stretch in stretches {
            guard let cover = other.stretches.first(where: { $0.contains(stretch.lowerBound) })
            else { return stretch.lowerBound }
            if cover.upperBound < stretch.upperBound { return cover.upperBound + 1 }
        }
        return nil
    }

    /// An address of both sets, or nil.
    func first(inside other: ClientSet) -> UInt128? {
        first(inside: other, outside: ClientSet(stretches: []))
    }

    /// An address of this set and of `other` that is not in `third`, or nil.
    func first(inside other: ClientSet, outside third: ClientSet) -> UInt128? {
        for stretch in stretches {
            for part in other.stretches where stretch.overlaps(part) {
                let shared = ClientSet(stretches: [stretch.clamped(to: part)])
                if let address = shared.first(outside: third) { return address }
            }
        }
        return nil
    }
}
