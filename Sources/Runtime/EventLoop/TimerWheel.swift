/// Deadlines of connections, at most one for each slot, in a wheel of wheels.
///
/// Four levels of 64 buckets of 8 ms, 512 ms, 32 s and 35 min: setting, moving and cancelling cost O(1).
/// A timer fires up to 8 ms late and never early. The wheel reads no clock.
@safe
package struct TimerWheel: ~Copyable {
    private struct Node: BitwiseCopyable {
        /// In ticks; 0 when the timer is not set.
        var deadline: UInt64
        var next: UInt32
        var previous: UInt32
    }

    private static let tickBits: UInt64 = 3
    private static let levelBits: UInt64 = 6
    private static let levels = 4
    private static let bucketsPerLevel = 64
    private static let none = UInt32.max

    /// The longest sleep that ``advance(to:expired:)`` allows, so that a missed wake-up can't last.
    package static let sleepMillisecondsMax: UInt64 = 60_000

    private let nodes: UnsafeMutablePointer<Node>
    private let heads: UnsafeMutablePointer<UInt32>
    private let capacity: Int
    /// One bit for each bucket that is not empty, a word for each level.
    private var occupancy = InlineArray<4, UInt64>(repeating: 0)
    /// All ticks up to this one have been handled.
    private var current: UInt64
    package private(set) var count = 0

    /// - Parameters:
    ///   - capacity: Number of slots.
    ///   - now: The time from which deadlines are counted, in milliseconds.
    package init(capacity: Int, now: MonotonicMilliseconds) {
        precondition(capacity > 0, "a timer wheel needs slots")
        self.capacity = capacity
        current = now &>> Self.tickBits
        // SAFETY: both blocks are initialised before anything reads them. The nodes come from calloc so
        // that pages of slots never used stay untouched; all-zero is a node that is not set.
        unsafe nodes = unsafe ZeroedMemory.allocate(Node.self, count: capacity)
        let buckets = Self.levels * Self.bucketsPerLevel
        unsafe heads = UnsafeMutablePointer<UInt32>.allocate(capacity: buckets)
        unsafe heads.initialize(repeating: Self.none, count: buckets)
    }

    deinit {
        unsafe ZeroedMemory.free(nodes)
        unsafe heads.deallocate()
    }

    /// When the timer of `slot` fires, in milliseconds; nil if it is not set.
    package func deadline(of slot: UInt32) -> MonotonicMilliseconds? {
        precondition(Int(slot) < capacity, "a timer for slot \(slot) of \(capacity)")
        // SAFETY: checked above.
        let deadline = unsafe nodes[Int(slot)].deadline
        return deadline == 0 ? nil : deadline &<< Self.tickBits
    }

    /// Sets or moves the timer of `slot`.
    ///
    /// - Parameter deadline: In milliseconds. One that has passed fires at the next call of
    ///   ``advance(to:expired:)`` that moves on in time.
    package mutating func set(_ slot: UInt32, deadline: MonotonicMilliseconds) {
        cancel(slot)
        let tick = max((deadline &+ 7) &>> Self.tickBits, current &+ 1)
        link(slot, tick: tick)
        count += 1
    }

    /// Makes sure that the timer of `slot` fires no later than `deadline`; it may fire earlier.
    ///
    /// The cheap way to push a deadline back again and again: who gets an early timer looks at what
    /// is really due and sets it anew.
    package mutating func fireBy(_ slot: UInt32, deadline: MonotonicMilliseconds) {
        precondition(Int(slot) < capacity, "a timer for slot \(slot) of \(capacity)")
        // SAFETY: checked above.
        let armed = unsafe nodes[Int(slot)].deadline
        if armed != 0, armed <= (deadline &+ 7) &>> Self.tickBits { return }
        set(slot, deadline: deadline)
    }

    /// Clears the timer of `slot`, if it is set.
    package mutating func cancel(_ slot: UInt32) {
        precondition(Int(slot) < capacity, "a timer for slot \(slot) of \(capacity)")
        // SAFETY: checked above.
        guard unsafe nodes[Int(slot)].deadline != 0 else { return }
        unlink(slot)
        count -= 1
    }

    /// Moves the slots whose timers are due into `expired`.
    ///
    /// - Parameters:
    ///   - now: Monotonic time in milliseconds; not earlier than in the previous call.
    ///   - expired: Receives the slots. Elements already present are kept.
    /// - Complexity: O(*k*) for *k* expired or cascading timers, plus at most 64 buckets for each level.
    package mutating func advance(to now: MonotonicMilliseconds, expired: inout [UInt32]) {
        let target = now &>> Self.tickBits
        guard target > current else { return }
        if count == 0 {
            current = target
            return
        }
        while current < target {
            let step = ticksToNextEvent(limit: target &- current)
            current &+= step
            cascade()
            expire(into: &expired)
            if count == 0 {
                current = target
                return
            }
        }
    }

    /// Milliseconds from `now` until something may be due; nil when no timer is set.
    package func sleepMilliseconds(from now: MonotonicMilliseconds) -> UInt64? {
        guard count > 0 else { return nil }
        let ticks = ticksToNextEvent(limit: Self.sleepMillisecondsMax &>> Self.tickBits)
        let due = (current &+ ticks) &<< Self.tickBits
        return due > now ? min(due - now, Self.sleepMillisecondsMax) : 0
    }

    /// Ticks until a bucket of level 0 is due or a higher level must be looked at; at least 1.
    private func ticksToNextEvent(limit: UInt64) -> UInt64 {
        let mask = UInt64(Self.bucketsPerLevel - 1)
        let position = current & mask
        // Bits of level 0 behind the current position, up to the end of this turn of the wheel.
        let ahead = position == mask ? 0 : occupancy[0] &>> (position &+ 1)
        let toTurn = mask &- position &+ 1
        let toBucket = ahead == 0 ? toTurn : UInt64(ahead.trailingZeroBitCount) &+ 1
        return max(1, min(limit, min(toBucket, toTurn)))
    }

    /// Distributes the buckets of higher levels whose turn begins now.
    private mutating func cascade() {
        let mask = UInt64(Self.bucketsPerLevel - 1)
        var tick = current
        var level = 1
        while level < Self.levels, tick & mask == 0 {
            tick &>>= Self.levelBits
            relink(level: level, bucket: Int(tick & mask))
            level += 1
        }
    }

    private mutating func relink(level: Int, bucket: Int) {
        let index = level * Self.bucketsPerLevel + bucket
        // SAFETY: level and bucket are in range by the caller's loop and mask.
        var slot = unsafe heads[index]
        unsafe heads[index] = Self.none
        occupancy[level] &= ~(1 &<< UInt64(bucket))
        while slot != Self.none {
            // SAFETY: links hold slots below `capacity` only.
            let node = unsafe nodes[Int(slot)]
            link(slot, tick: max(node.deadline, current))
            slot = node.next
        }
    }

    private mutating func expire(into expired: inout [UInt32]) {
        let bucket = Int(current & UInt64(Self.bucketsPerLevel - 1))
        guard occupancy[0] & (1 &<< UInt64(bucket)) != 0 else { return }
        // SAFETY: `bucket` is below 64; links hold slots below `capacity` only.
        var slot = unsafe heads[bucket]
        unsafe heads[bucket] = Self.none
        occupancy[0] &= ~(1 &<< UInt64(bucket))
        while slot != Self.none {
            let next = unsafe nodes[Int(slot)].next
            unsafe nodes[Int(slot)].deadline = 0
            count -= 1
            expired.append(slot)
            slot = next
        }
    }

    /// The bucket that holds `tick`: the lowest level whose turn contains it.
    private func bucketIndex(for tick: UInt64) -> Int {
        let mask = UInt64(Self.bucketsPerLevel - 1)
        var level = 0
        while level < Self.levels - 1 {
            let shift = Self.levelBits &* UInt64(level &+ 1)
            if tick &>> shift == current &>> shift { break }
            level += 1
        }
        var position = tick &>> (Self.levelBits &* UInt64(level))
        if level == Self.levels - 1 {
            // Farther than the whole wheel: wait in its last bucket and be placed anew then.
            let base = current &>> (Self.levelBits &* UInt64(level))
            position = min(position, base &+ mask)
        }
        return level * Self.bucketsPerLevel + Int(position & mask)
    }

    private mutating func link(_ slot: UInt32, tick: UInt64) {
        let index = bucketIndex(for: tick)
        // SAFETY: `index` is below the number of buckets, `slot` and all links below `capacity`.
        let head = unsafe heads[index]
        unsafe nodes[Int(slot)] = Node(deadline: tick, next: head, previous: Self.none)
        if head != Self.none { unsafe nodes[Int(head)].previous = slot }
        unsafe heads[index] = slot
        occupancy[index / Self.bucketsPerLevel] |= 1 &<< UInt64(index % Self.bucketsPerLevel)
    }

    private mutating func unlink(_ slot: UInt32) {
        // SAFETY: `slot` and all links are below `capacity`; see ``link(_:tick:)``.
        let node = unsafe nodes[Int(slot)]
        unsafe nodes[Int(slot)].deadline = 0
        if node.next != Self.none { unsafe nodes[Int(node.next)].previous = node.previous }
        if node.previous != Self.none {
            unsafe nodes[Int(node.previous)].next = node.next
            return
        }
        // First of its bucket. Which one follows from where it would be linked now, except that a
        // cascade may not have reached it yet; so look for the head that names the slot.
        let index = headIndex(of: slot, tick: node.deadline)
        unsafe heads[index] = node.next
        if node.next == Self.none {
            occupancy[index / Self.bucketsPerLevel] &=
                ~(1 &<< UInt64(index % Self.bucketsPerLevel))
        }
    }

    private func headIndex(of slot: UInt32, tick: UInt64) -> Int {
        let mask = UInt64(Self.bucketsPerLevel - 1)
        for level in 0..<Self.levels {
            let position = tick &>> (Self.levelBits &* UInt64(level))
            let index = level * Self.bucketsPerLevel + Int(position & mask)
            // SAFETY: `index` is below the number of buckets.
            if unsafe heads[index] == slot { return index }
        }
        // A deadline beyond the wheel waits in the last bucket of the top level.
        for bucket in 0..<Self.bucketsPerLevel {
            let index = (Self.levels - 1) * Self.bucketsPerLevel + bucket
            // SAFETY: as above.
            if unsafe heads[index] == slot { return index }
        }
        preconditionFailure("a timer that is set hangs in no bucket")
    }
}
