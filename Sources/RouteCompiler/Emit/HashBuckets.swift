import TableFormat

/// The keys of a perfect hash by bucket, without an array for each bucket.
struct HashBuckets {
    /// The keys, those of one bucket behind each other, in order.
    private var keys: [Int32]
    /// Where the keys of each bucket begin; one more than there are buckets.
    private var starts: [Int]
    /// The buckets that have keys, those with most keys first, then as they are numbered.
    private(set) var largestFirst: [Int] = []

    init(_ hashes: [UInt64], count: Int, seed: UInt64) {
        let buckets = hashes.map { TableHash.bucket(of: $0, count: count, seed: seed) }
        starts = [Int](repeating: 0, count: count + 1)
        for bucket in buckets { starts[bucket + 1] += 1 }
        for bucket in 0..<count { starts[bucket + 1] += starts[bucket] }
        keys = [Int32](repeating: 0, count: hashes.count)
        var next = starts
        for (key, bucket) in buckets.enumerated() {
            keys[next[bucket]] = Int32(key)
            next[bucket] += 1
        }
        sortBuckets(count)
    }

    func members(of bucket: Int) -> ArraySlice<Int32> { keys[starts[bucket]..<starts[bucket + 1]] }

    private mutating func sortBuckets(_ count: Int) {
        var bySize: [[Int]] = []
        for bucket in 0..<count {
            let size = starts[bucket + 1] - starts[bucket]
            while bySize.count <= size { bySize.append([]) }
            bySize[size].append(bucket)
        }
        for buckets in bySize.dropFirst().reversed() { largestFirst += buckets }
    }
}
