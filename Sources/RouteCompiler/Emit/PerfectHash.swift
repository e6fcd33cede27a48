import TableFormat

/// A perfect hash of a fixed set of keys: each lookup is one pilot and one slot.
///
/// Keys fall into buckets; each bucket gets the least pilot that sends its keys to free slots, large
/// buckets first. All choices follow from the keys alone.
struct PerfectHash {
    let seed: UInt64
    let pilots: [UInt16]
    /// The key in each slot, or nil.
    let keyOfSlot: [Int?]

    /// Keys in a bucket on average. More make smaller tables and slower builds.
    private static let keysPerBucket = 4
    /// Seeds to try. Each succeeds almost surely unless two keys are equal.
    private static let seedsMax: UInt64 = 32

    /// - Parameter keys: The hashes of the keys.
    /// - Returns: nil if two hashes are equal: then the keys must be hashed with another seed.
    init?(keys: [UInt64]) {
        guard !keys.isEmpty else {
            seed = 0
            pilots = []
            keyOfSlot = []
            return
        }
        let sorted = keys.sorted()
        for index in sorted.indices.dropFirst() where sorted[index] == sorted[index - 1] {
            return nil
        }
        for seed in 0..<Self.seedsMax {
            guard let built = Self.build(keys, seed) else { continue }
            self.seed = seed
            pilots = built.pilots
            keyOfSlot = built.slots
            return
        }
        return nil
    }

    private static func build(
        _ keys: [UInt64], _ seed: UInt64
    ) -> (pilots: [UInt16], slots: [Int?])? {
        let bucketCount = (keys.count + keysPerBucket - 1) / keysPerBucket
        let slotCount = keys.count + keys.count / 8 + 1
        var buckets = [[Int]](repeating: [], count: bucketCount)
        for (index, key) in keys.enumerated() {
            buckets[TableHash.bucket(of: key, count: bucketCount, seed: seed)].append(index)
        }
        let order = buckets.indices.sorted {
            buckets[$0].count == buckets[$1].count
                ? $0 < $1 : buckets[$0].count > buckets[$1].count
        }
        var pilots = [UInt16](repeating: 0, count: bucketCount)
        var slots = [Int?](repeating: nil, count: slotCount)
        var places: [Int] = []
        for bucket in order where !buckets[bucket].isEmpty {
            var pilot: UInt16 = 0
            search: while true {
                places.removeAll(keepingCapacity: true)
                for key in buckets[bucket] {
                    let slot = TableHash.slot(
                        of: keys[key], pilot: pilot, count: slotCount, seed: seed)
                    if slots[slot] != nil || places.contains(slot) {
                        guard pilot < .max else { return nil }
                        pilot += 1
                        continue search
                    }
                    places.append(slot)
                }
                break
            }
            pilots[bucket] = pilot
            for (key, place) in zip(buckets[bucket], places) { slots[place] = key }
        }
        return (pilots, slots)
    }
}
