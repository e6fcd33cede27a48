/// The times at which connections want to be woken, earliest first: a binary heap.
///
/// A time cannot be taken back. The loop asks the connection whether it still wants to be woken.
struct TimerQueue {
    private struct Entry {
        let time: UInt64
        let connection: UInt64
    }

    private var heap: [Entry] = []

    /// The earliest time, in monotonic milliseconds.
    var earliest: UInt64? { heap.first?.time }

    mutating func add(_ time: UInt64, connection: UInt64) {
        heap.append(Entry(time: time, connection: connection))
        var child = heap.count - 1
        while child > 0, heap[(child - 1) / 2].time > heap[child].time {
            heap.swapAt(child, (child - 1) / 2)
            child = (child - 1) / 2
        }
    }

    /// Removes the earliest entry if it is due.
    ///
    /// - Returns: The number of its connection.
    mutating func popDue(now: UInt64) -> UInt64? {
        guard let first = heap.first, first.time <= now else { return nil }
        heap.swapAt(0, heap.count - 1)
        heap.removeLast()
        var parent = 0
        while true {
            var least = parent
            for child in [2 * parent + 1, 2 * parent + 2]
            where child < heap.count && heap[child].time < heap[least].time {
                least = child
            }
            if least == parent { return first.connection }
            heap.swapAt(parent, least)
            parent = least
        }
    }
}
