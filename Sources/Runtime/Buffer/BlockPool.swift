import Glibc

/// The blocks of one worker, by powers of two from 64 bytes to 256 KiB.
///
/// What is given back is kept for the next taker, up to a bound for each size, so that steady traffic
/// does not allocate and a burst does not stay for ever.
@safe
package struct BlockPool: ~Copyable {
    private static let sizeBitsMin = 6
    private static let sizeBitsMax = 18
    /// Bytes of free blocks that are kept in each size.
    private static let keptBytesMax = 1 << 20

    @unsafe
    private struct FreeList: BitwiseCopyable {
        var head: UnsafeMutableRawPointer?
        var count: Int
    }

    private let lists: UnsafeMutablePointer<FreeList>
    /// Blocks taken and not given back.
    package private(set) var lentCount = 0
    /// Calls of the system's allocator so far: steady traffic must not raise it.
    package private(set) var allocationCount = 0

    package init() {
        let count = Self.sizeBitsMax - Self.sizeBitsMin + 1
        // SAFETY: initialised at once.
        unsafe lists = UnsafeMutablePointer<FreeList>.allocate(capacity: count)
        unsafe lists.initialize(repeating: FreeList(head: nil, count: 0), count: count)
    }

    deinit {
        for index in 0...(Self.sizeBitsMax - Self.sizeBitsMin) {
            // SAFETY: free blocks hold the next one's address in their first word.
            var block = unsafe lists[index].head
            while let free = unsafe block {
                unsafe block = free.load(as: UnsafeMutableRawPointer?.self)
                unsafe Glibc::free(free)
            }
        }
        unsafe lists.deallocate()
    }

    /// Largest block that can be had, in bytes.
    package static var blockBytesMax: Int { 1 << sizeBitsMax }

    /// Lends a block of at least `byteCount` bytes. Its contents are undefined.
    ///
    /// - Precondition: `byteCount` is at most ``blockBytesMax``.
    package mutating func take(_ byteCount: Int) -> Block {
        precondition(byteCount <= Self.blockBytesMax, "no block of \(byteCount) bytes")
        var bits = Self.sizeBitsMin
        while 1 << bits < byteCount { bits += 1 }
        lentCount += 1
        let index = bits - Self.sizeBitsMin
        // SAFETY: `index` is in range; free blocks hold the next one's address in their first word.
        if let block = unsafe lists[index].head {
            unsafe lists[index].head = block.load(as: UnsafeMutableRawPointer?.self)
            unsafe lists[index].count -= 1
            return unsafe Block(base: block, sizeBits: UInt8(bits))
        }
        allocationCount += 1
        guard let memory = unsafe malloc(1 << bits) else {
            fatalError("out of memory for a block of \(1 << bits) bytes")
        }
        return unsafe Block(base: memory, sizeBits: UInt8(bits))
    }

    /// Takes a block back; `block` is none afterwards. Nothing happens if it is none already.
    package mutating func giveBack(_ block: inout Block) {
        guard let base = unsafe block.base else { return }
        lentCount -= 1
        precondition(lentCount >= 0, "a block was given back twice")
        let index = Int(block.sizeBits) - Self.sizeBitsMin
        // SAFETY: the block came from `take`, so its class is in range and it holds at least a word.
        if (unsafe lists[index].count + 1) << Int(block.sizeBits) > Self.keptBytesMax {
            unsafe free(base)
        } else {
            unsafe base.storeBytes(of: lists[index].head, as: UnsafeMutableRawPointer?.self)
            unsafe lists[index].head = base
            unsafe lists[index].count += 1
        }
        block = .none
    }
}
