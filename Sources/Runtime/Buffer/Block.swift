/// A block of memory lent by a ``BlockPool``, or none.
///
/// A handle, not an owner: who took it gives it back to the same pool, once.
@safe
package struct Block: BitwiseCopyable {
    fileprivate(set) var base: UnsafeMutableRawPointer?
    /// Size class: the block has `1 << sizeBits` bytes.
    private(set) var sizeBits: UInt8

    /// No block.
    package static var none: Block {
        // SAFETY: there is no memory that could be used or given back.
        unsafe Block(base: nil, sizeBits: 0)
    }

    @unsafe
    init(base: UnsafeMutableRawPointer?, sizeBits: UInt8) {
        unsafe self.base = unsafe base
        self.sizeBits = sizeBits
    }

    package var exists: Bool { unsafe base != nil }

    /// Size in bytes; 0 for no block.
    package var capacity: Int { exists ? 1 &<< Int(sizeBits) : 0 }
}
