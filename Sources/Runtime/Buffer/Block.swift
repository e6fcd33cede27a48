/// A block of memory lent by a ``BlockPool``, or none.
///
/// A handle, not an owner, and no larger than an address: what else is to be known stands in front of
/// the block's bytes. Who took it gives it back to the same pool, once.
@safe
package struct Block: BitwiseCopyable {
    /// What stands in front of the bytes.
    struct Head: BitwiseCopyable {
        /// Where what waits in the block begins; for ``PendingBytes``.
        var start: UInt32 = 0
        /// Its end in 24 bits, and the size class in eight.
        private var bits: UInt32

        init(sizeClass: BlockSizes.Class) { bits = UInt32(sizeClass) &<< 24 }

        /// Where what waits in the block ends.
        var end: UInt32 {
            get { bits & 0xFF_FFFF }
            set { bits = bits & 0xFF00_0000 | newValue }
        }
        var sizeClass: BlockSizes.Class { BlockSizes.Class(truncatingIfNeeded: bits &>> 24) }
    }

    fileprivate(set) var base: UnsafeMutableRawPointer?

    /// No block.
    package static var none: Block {
        // SAFETY: there is no memory that could be used or given back.
        unsafe Block(base: nil)
    }

    @unsafe
    init(base: UnsafeMutableRawPointer?) {
        unsafe self.base = unsafe base
    }

    package var exists: Bool { unsafe base != nil }

    /// Size in bytes; 0 for no block.
    package var capacity: Int { exists ? BlockSizes.capacity(of: head.sizeClass) : 0 }

    /// - Precondition: There is a block.
    var head: Head {
        get {
            guard let base = unsafe base else { preconditionFailure("no block has no head") }
            // SAFETY: the pool has put a head in front of the bytes of each block.
            return unsafe (base - BlockSizes.headByteCount).load(as: Head.self)
        }
        nonmutating set {
            guard let base = unsafe base else { preconditionFailure("no block has no head") }
            // SAFETY: as above.
            unsafe (base - BlockSizes.headByteCount).storeBytes(of: newValue, as: Head.self)
        }
    }
}
