import CBytes
import TableFormat

/// Paths to which nothing is to be done, which are nearly all: copied, cut and hashed many bytes at a time.
extension CanonicalPath {
    /// Takes a path of at most 64 bytes to which nothing is to be done, which is nearly every one: no
    /// escape, no empty segment and none that begins with a dot. Hashes its segments in the same pass.
    ///
    /// - Parameter range: Where the path stands in `head`; not empty.
    /// - Returns: Whether it is such a path; else nothing is known about it.
    @inline(__always)
    mutating func setShortPlain(_ head: RawSpan, _ range: ByteRange, seed: UInt64) -> Bool {
        // SAFETY: the range was checked to lie in the head; 64 bytes are less than there is room for.
        let path = unsafe head.withUnsafeBytes { buffer in
            guard let base = buffer.baseAddress else { return cbytes_plain_path() }
            return unsafe cbytes_set_plain_path(
                base.assumingMemoryBound(to: UInt8.self) + range.start, Int(range.count),
                buffer.count &- range.start, seed, bytes, starts, hashes)
        }
        guard path.segment_count > 0 else { return false }
        count = Int(range.count)
        segmentCount = path.segment_count
        hashSum = path.sum
        hashedSeed = seed
        return true
    }

    /// The same for a longer path, 64 bytes at a time and without hashes.
    mutating func setPlain(_ head: RawSpan, _ range: ByteRange) -> Bool {
        let length = Int(range.count)
        var found = 0
        var offset = 0
        // What the bytes before leave: the last of them was a slash.
        var afterSlash: UInt64 = 0
        while offset < length {
            let part = min(length &- offset, 64)
            // SAFETY: the range was checked to lie in the head; the slack of `bytes` takes a block more.
            let masks = unsafe head.withUnsafeBytes { buffer in
                guard let base = buffer.baseAddress else { return cbytes_path_masks() }
                let start = range.start &+ offset
                return unsafe cbytes_copy_path(
                    base.assumingMemoryBound(to: UInt8.self) + start, part,
                    buffer.count &- start, bytes + offset)
            }
            var slashes = masks.slashes
            let starts = slashes &<< 1 | afterSlash
            guard masks.wrong | starts & (slashes | masks.dots) == 0 else { return false }
            afterSlash = slashes &>> 63
            while slashes != 0 {
                guard found < TableLimits.segmentCountMax else { return false }
                // SAFETY: `found` is below `segmentCountMax`.
                unsafe self.starts[found] = UInt32(
                    truncatingIfNeeded: offset &+ slashes.trailingZeroBitCount &+ 1)
                found &+= 1
                slashes &= slashes &- 1
            }
            offset &+= 64
        }
        count = length
        segmentCount = found
        // SAFETY: `found` is at most `segmentCountMax`; behind it is room for the end.
        unsafe starts[found] = UInt32(truncatingIfNeeded: length &+ 1)
        return true
    }
}
