/// The regexes that may match a request, best first. Memory for the worst case of the table is taken
/// once.
@safe
struct CandidateHeap: ~Copyable {
    private let items: UnsafeMutablePointer<UInt32>
    private let capacity: Int
    private(set) var count = 0
    /// A candidate did not fit: the worst case of the table was wrong. Matching then fails closed.
    private(set) var isOverfull = false

    init(capacity: Int) {
        self.capacity = max(capacity, 1)
        // SAFETY: memory of this value's own, of this capacity, given back in `deinit`.
        unsafe items = .allocate(capacity: self.capacity)
        unsafe items.initialize(repeating: 0, count: self.capacity)
    }

    deinit { unsafe items.deallocate() }

    mutating func removeAll() {
        count = 0
        isOverfull = false
    }

    /// - Complexity: O(log *n*).
    mutating func push(_ candidate: UInt32) {
        guard count < capacity else {
            isOverfull = true
            return
        }
        var child = count
        count += 1
        // SAFETY: all indices are below `count`, which is at most `capacity`.
        while child > 0 {
            let parent = (child - 1) / 2
            guard unsafe items[parent] > candidate else { break }
            unsafe items[child] = items[parent]
            child = parent
        }
        unsafe items[child] = candidate
    }

    /// Removes the best candidate.
    ///
    /// - Complexity: O(log *n*).
    mutating func pop() -> UInt32? {
        guard count > 0 else { return nil }
        // SAFETY: as in ``push(_:)``.
        let best = unsafe items[0]
        count -= 1
        let last = unsafe items[count]
        var parent = 0
        while true {
            var child = 2 * parent + 1
            guard child < count else { break }
            if child + 1 < count, unsafe items[child + 1] < items[child] { child += 1 }
            guard unsafe items[child] < last else { break }
            unsafe items[parent] = items[child]
            parent = child
        }
        unsafe items[parent] = last
        return best
    }
}
