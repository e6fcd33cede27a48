/// Bytes that wait in a block: for a socket that did not take them, or for the rest of a head.
///
/// Owns no memory while it is empty. The block goes back to its pool as soon as all is gone.
@safe
package struct PendingBytes: BitwiseCopyable {
    private var block = Block.none
    private var head: UInt32 = 0
    private var tail: UInt32 = 0

    package init() {}

    /// Number of bytes waiting.
    package var count: Int { Int(tail) &- Int(head) }

    package var isEmpty: Bool { head == tail }

    /// The waiting bytes. Valid until the value changes.
    @unsafe
    package var bytes: UnsafeRawBufferPointer {
        guard let base = unsafe block.base else {
            // SAFETY: a buffer without memory has no bytes.
            return unsafe UnsafeRawBufferPointer(start: nil, count: 0)
        }
        // SAFETY: `head + count` is `tail`, which never passes the end of the block.
        return unsafe UnsafeRawBufferPointer(start: base + Int(head), count: count)
    }

    /// The waiting bytes, writable. Valid until the value changes.
    @unsafe
    var mutableBytes: UnsafeMutableRawBufferPointer {
        guard let base = unsafe block.base else {
            // SAFETY: a buffer without memory has no bytes.
            return unsafe UnsafeMutableRawBufferPointer(start: nil, count: 0)
        }
        // SAFETY: `head + count` is `tail`, which never passes the end of the block.
        return unsafe UnsafeMutableRawBufferPointer(start: base + Int(head), count: count)
    }

    /// Appends `bytes`, moving to a larger block if need be.
    ///
    /// - Returns: False, with nothing appended, if more than ``BlockPool/blockBytesMax`` would wait.
    package mutating func append(_ bytes: UnsafeRawBufferPointer, from pool: inout BlockPool)
        -> Bool
    {
        guard bytes.count > 0 else { return true }
        guard makeRoom(bytes.count, from: &pool) else { return false }
        guard let base = unsafe block.base,
            let first = bytes.baseAddress
        else {
            preconditionFailure("room was made in no block")
        }
        // SAFETY: `makeRoom` left at least this many bytes behind `tail`.
        unsafe (base + Int(tail)).copyMemory(from: first, byteCount: bytes.count)
        tail += UInt32(bytes.count)
        return true
    }

    /// The room behind the waiting bytes, at least `byteCount` of it; nil if that would be too much.
    @unsafe
    mutating func room(
        _ byteCount: Int, from pool: inout BlockPool
    ) -> UnsafeMutableRawBufferPointer? {
        guard makeRoom(byteCount, from: &pool), let base = unsafe block.base else { return nil }
        // SAFETY: `makeRoom` keeps `tail` inside the block; what lies behind it is ours to fill.
        return unsafe UnsafeMutableRawBufferPointer(
            start: base + Int(tail), count: block.capacity - Int(tail))
    }

    /// Counts bytes that were written into ``room(_:from:)``.
    mutating func grow(_ byteCount: Int) {
        precondition(
            byteCount >= 0 && Int(tail) + byteCount <= block.capacity, "grown past the block")
        tail += UInt32(byteCount)
    }

    /// Drops the oldest bytes; the block goes back when none is left.
    package mutating func drop(_ byteCount: Int, to pool: inout BlockPool) {
        precondition(
            byteCount >= 0 && byteCount <= count, "dropping \(byteCount) of \(count) bytes")
        head += UInt32(byteCount)
        if head == tail { clear(to: &pool) }
    }

    /// Gives the block back and is empty.
    package mutating func clear(to pool: inout BlockPool) {
        pool.giveBack(&block)
        head = 0
        tail = 0
    }

    private mutating func makeRoom(_ byteCount: Int, from pool: inout BlockPool) -> Bool {
        if Int(tail) + byteCount <= block.capacity { return true }
        let needed = count + byteCount
        guard needed <= BlockPool.blockBytesMax else { return false }
        if needed <= block.capacity {
            // SAFETY: both ranges lie inside the block; `copyMemory` allows overlap.
            if let base = unsafe block.base {
                unsafe base.copyMemory(from: base + Int(head), byteCount: count)
            }
        } else {
            var larger = pool.take(needed)
            swap(&block, &larger)
            if let old = unsafe larger.base, let new = unsafe block.base {
                // SAFETY: the new block is at least as large as what waits.
                unsafe new.copyMemory(from: old + Int(head), byteCount: count)
            }
            pool.giveBack(&larger)
        }
        tail -= head
        head = 0
        return true
    }
}
