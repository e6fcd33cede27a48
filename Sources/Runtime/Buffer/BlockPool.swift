import Glibc

/// The blocks of one worker: see ``BlockSizes``.
///
/// What is given back is kept for the next taker, so that steady traffic does not allocate. Large blocks
/// are kept up to a bound for each size, and let go of by ``trim()``, so that a burst does not stay for
/// ever. Small ones are cut from chunks of their own and stay: they are what long connections hold, and
/// between large ones they would keep a burst's memory from going back to the system.
@safe
package struct BlockPool: ~Copyable {
    /// Bytes of free blocks that are kept in each large size.
    private static let keptBytesMax = 1 << 20
    private static let chunkBytes = 64 << 10

    @unsafe
    private struct FreeList: BitwiseCopyable {
        var head: UnsafeMutableRawPointer?
        var count: Int
    }

    private let lists: UnsafeMutablePointer<FreeList>
    /// The last chunk, whose first word is the address of the one before it.
    private var chunk: UnsafeMutableRawPointer?
    /// Bytes of the last chunk that were given out, or are its link.
    private var chunkUsed = BlockPool.chunkBytes
    /// Blocks taken and not given back.
    package private(set) var lentCount = 0
    /// Calls of the system's allocator so far: steady traffic must not raise it.
    package private(set) var allocationCount = 0

    package init() {
        // SAFETY: initialised at once.
        unsafe lists = UnsafeMutablePointer<FreeList>.allocate(capacity: BlockSizes.count)
        unsafe lists.initialize(
            repeating: FreeList(head: nil, count: 0), count: BlockSizes.count)
        unsafe chunk = nil
    }

    deinit {
        releaseLarge()
        // SAFETY: each chunk was mapped by `cut` and holds the address of the one before it.
        var last = unsafe chunk
        while let mapped = unsafe last {
            unsafe last = mapped.load(as: UnsafeMutableRawPointer?.self)
            unsafe munmap(mapped, Self.chunkBytes)
        }
        unsafe lists.deallocate()
    }

    /// Largest block that can be had, in bytes.
    package static var blockBytesMax: Int { BlockSizes.bytesMax }

    /// Lends a block of at least `byteCount` bytes. Its contents are undefined.
    ///
    /// - Precondition: `byteCount` is at most ``blockBytesMax``.
    package mutating func take(_ byteCount: Int) -> Block {
        let sizeClass = BlockSizes.smallestClass(for: byteCount)
        lentCount += 1
        let index = Int(sizeClass)
        let block: Block
        // SAFETY: `index` is in range; free blocks hold the next one's address in their first word.
        if let free = unsafe lists[index].head {
            unsafe lists[index].head = free.load(as: UnsafeMutableRawPointer?.self)
            unsafe lists[index].count -= 1
            block = unsafe Block(base: free)
        } else {
            let total = BlockSizes.headByteCount + BlockSizes.capacity(of: sizeClass)
            // SAFETY: both give that much memory, which is a block's from now on.
            let memory =
                sizeClass < BlockSizes.smallCount ? unsafe cut(total) : unsafe allocate(total)
            block = unsafe Block(base: memory + BlockSizes.headByteCount)
        }
        block.head = Block.Head(sizeClass: sizeClass)
        return block
    }

    private mutating func allocate(_ byteCount: Int) -> UnsafeMutableRawPointer {
        allocationCount += 1
        // SAFETY: the block that is made of it is freed once: by ``giveBack(_:)`` or ``trim()``.
        guard let memory = unsafe malloc(byteCount) else {
            OutOfMemory.stop("a block")
        }
        return unsafe memory
    }

    /// Takes bytes of the last chunk, or of a new one. Rests are lost: fewer than a block's.
    private mutating func cut(_ byteCount: Int) -> UnsafeMutableRawPointer {
        if chunkUsed + byteCount > Self.chunkBytes {
            allocationCount += 1
            // SAFETY: an anonymous mapping; the kernel picks the address.
            let address = unsafe mmap(
                nil, Self.chunkBytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
            guard let address = unsafe address, unsafe address != MAP_FAILED else {
                OutOfMemory.stop("blocks")
            }
            unsafe address.storeBytes(of: chunk, as: UnsafeMutableRawPointer?.self)
            unsafe chunk = address
            chunkUsed = BlockSizes.headByteCount
        }
        guard let chunk = unsafe chunk else { preconditionFailure("a chunk was just mapped") }
        defer { chunkUsed += byteCount }
        // SAFETY: that many bytes of the chunk are left.
        return unsafe chunk + chunkUsed
    }

    /// Takes a block back; `block` is none afterwards. Nothing happens if it is none already.
    package mutating func giveBack(_ block: inout Block) {
        guard let base = unsafe block.base else { return }
        lentCount -= 1
        precondition(lentCount >= 0, "a block was given back twice")
        let sizeClass = block.head.sizeClass
        let index = Int(sizeClass)
        // SAFETY: the block came from `take`, so its class is in range and it holds at least a word.
        let isKept =
            sizeClass < BlockSizes.smallCount
            || (unsafe lists[index].count + 1) * BlockSizes.capacity(of: sizeClass)
                <= Self.keptBytesMax
        if isKept {
            // SAFETY: a free block's first word is the list's.
            unsafe base.storeBytes(of: lists[index].head, as: UnsafeMutableRawPointer?.self)
            unsafe lists[index].head = base
            unsafe lists[index].count += 1
        } else {
            // SAFETY: large blocks come from malloc, their head included.
            unsafe free(base - BlockSizes.headByteCount)
        }
        block = .none
    }

    /// Gives the large blocks that nobody has back to the allocator.
    package mutating func trim() { releaseLarge() }

    private func releaseLarge() {
        for index in Int(BlockSizes.smallCount)..<BlockSizes.count {
            // SAFETY: free blocks hold the next one's address in their first word.
            var block = unsafe lists[index].head
            while let base = unsafe block {
                unsafe block = base.load(as: UnsafeMutableRawPointer?.self)
                unsafe free(base - BlockSizes.headByteCount)
            }
            unsafe lists[index] = FreeList(head: nil, count: 0)
        }
    }
}
