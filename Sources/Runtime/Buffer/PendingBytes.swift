/// Bytes that wait in a block: for a socket that did not take them, or for the rest of a head.
///
/// A handle: where they begin and end stands in the block. Owns no memory while it is empty; the block goes
/// back to its pool as soon as all is gone.
@safe
package struct PendingBytes: BitwiseCopyable {
    private var block = Block.none

    package init() {}

    /// Number of bytes waiting.
    package var count: Int {
        guard block.exists else { return 0 }
        let head = block.head
        return Int(head.end) &- Int(head.start)
    }

    package var isEmpty: Bool { !block.exists || count == 0 }

    /// The waiting bytes. Valid until the value changes.
    @unsafe
    package var bytes: UnsafeRawBufferPointer {
        guard let base = unsafe block.base else {
            // SAFETY: a buffer without memory has no bytes.
            return unsafe UnsafeRawBufferPointer(start: nil, count: 0)
        }
        // SAFETY: `start + count` is `end`, which never passes the end of the block.
        return unsafe UnsafeRawBufferPointer(
            start: base + Int(block.head.start), count: count)
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
        // SAFETY: `makeRoom` left at least this many bytes behind the end.
        unsafe (base + Int(block.head.end)).copyMemory(from: first, byteCount: bytes.count)
        block.head.end += UInt32(bytes.count)
        return true
    }

    /// Drops the oldest bytes; the block goes back when none is left.
    package mutating func drop(_ byteCount: Int, to pool: inout BlockPool) {
        precondition(
            byteCount >= 0 && byteCount <= count, "dropping \(byteCount) of \(count) bytes")
        guard byteCount < count else { return clear(to: &pool) }
        block.head.start += UInt32(byteCount)
    }

    /// Gives the block back and is empty.
    package mutating func clear(to pool: inout BlockPool) { pool.giveBack(&block) }

    private mutating func makeRoom(_ byteCount: Int, from pool: inout BlockPool) -> Bool {
        let waiting = count
        let needed = waiting + byteCount
        guard let base = unsafe block.base else {
            guard needed <= BlockPool.blockBytesMax else { return false }
            block = pool.take(needed)
            return true
        }
        let start = Int(block.head.start)
        if start + needed <= block.capacity { return true }
        guard needed <= BlockPool.blockBytesMax else { return false }
        if needed <= block.capacity {
            // SAFETY: both ranges lie inside the block; `copyMemory` allows overlap.
            unsafe base.copyMemory(from: base + start, byteCount: waiting)
            block.head.start = 0
        } else {
            var old = block
            block = pool.take(needed)
            if let new = unsafe block.base {
                // SAFETY: the new block is at least as large as what waits.
                unsafe new.copyMemory(from: base + start, byteCount: waiting)
            }
            pool.giveBack(&old)
        }
        block.head.end = UInt32(waiting)
        return true
    }
}
