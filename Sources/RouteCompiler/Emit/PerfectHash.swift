import TableFormat

/// A perfect hash of a fixed set of keys: each lookup is one pilot and one slot.
///
/// Keys fall into buckets; each bucket gets the least pilot that sends its keys to free slots, large
/// buckets first. All choices follow from the keys alone.
struct PerfectHash {
    let seed: UInt64
    let pilots: [UInt16]
    /// The key in each slot, or ``noKey``.
    let keyOfSlot: [Int32]

    static let noKey: Int32 = -1

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
    ) -> (pilots: [UInt16], slots: [Int32])? {
        let bucketCount = (keys.count + keysPerBucket - 1) / keysPerBucket
        let slotCount = keys.count + keys.count / 8 + 1
        let buckets = HashBuckets(keys, count: bucketCount, seed: seed)
        var pilots = [UInt16](repeating: 0, count: bucketCount)
        var slots = [Int32](repeating: noKey, count: slotCount)
        var places: [Int] = []
        for bucket in buckets.largestFirst {
            let members = buckets.members(of: bucket)
            var pilot: UInt16 = 0
            while !place(members, keys, pilot, seed, slots, &places) {
                guard pilot < .max else { return nil }
                pilot += 1
            }
            pilots[bucket] = pilot
            for (key, place) in zip(members, places) { slots[place] = key }
        }
        return (pilots, slots)
    }

    /// Finds the slots that a pilot leads to.
    ///
    /// - Returns: Whether all of them are free and different.
    private static func place(
        _ members: ArraySlice<Int32>, _ keys: [UInt64], _ pilot: UInt16, _ seed: UInt64,
        _ slots: [Int32], _ places: inout [Int]
    ) -> Bool {
        places.removeAll(keepingCapacity: true)
        for key in members {
            let slot = TableHash.slot(
                of: keys[Int(key)], pilot: pilot, count: slots.count, seed: seed)
            if slots[slot] != noKey || places.contains(slot) { return false }
            places.append(slot)
        }
        return true
    }
}
