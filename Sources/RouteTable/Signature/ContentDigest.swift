import COpenSSL
import TableFormat

/// The SHA-256 of the sections: what a digest and a signature are made of.
enum ContentDigest {
    /// Whether every section has the digest that the directory states.
    ///
    /// - Parameter bytes: The whole table. Its directory was checked, so the sections lie in it.
    static func areGenuine(_ entries: [SectionEntry], in bytes: UnsafeRawBufferPointer) -> Bool {
        entries.allSatisfy { entry in
            let start = Int(entry.offset)
            // SAFETY: the section lies in the bytes.
            let section = unsafe UnsafeRawBufferPointer(
                rebasing: bytes[start..<(start + Int(entry.byteCount))])
            return unsafe digest(of: section) == entry.contentDigest
        }
    }

    /// SHA-256 over the SHA-256 of each 64 KiB.
    private static func digest(of section: UnsafeRawBufferPointer) -> [UInt8] {
        let step = TableLimits.digestChunkBytes
        let chunkCount = (section.count + step - 1) / step
        var chunks = [UInt8](repeating: 0, count: chunkCount * 32)
        for index in 0..<chunkCount {
            let start = index * step
            let count = min(step, section.count - start)
            // SAFETY: the chunk lies in the section; each digest has 32 bytes of its own.
            unsafe chunks.withUnsafeMutableBytes { room in
                guard let base = section.baseAddress, let target = room.baseAddress else { return }
                _ = unsafe SHA256(
                    (base + start).assumingMemoryBound(to: UInt8.self), count,
                    (target + index * 32).assumingMemoryBound(to: UInt8.self))
            }
        }
        return TableDirectory.sha256(chunks)
    }
}
