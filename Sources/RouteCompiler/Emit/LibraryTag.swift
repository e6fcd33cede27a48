import CPCRE2
import TableFormat

/// Which PCRE2 wrote a precompiled section.
enum LibraryTag {
    /// The tag of the library in this process.
    static func current() -> PrecompiledLayout.Tag? {
        var version = [UInt8](repeating: 0, count: PrecompiledLayout.versionByteCount)
        let byteCount = pcre2_config_8(UInt32(PCRE2_CONFIG_VERSION), nil)
        guard byteCount > 0, Int(byteCount) <= version.count else { return nil }
        // SAFETY: PCRE2 writes its version, whose length it told before.
        _ = unsafe pcre2_config_8(UInt32(PCRE2_CONFIG_VERSION), &version)
        var linkSize: UInt32 = 0
        // SAFETY: PCRE2 writes 32 bits.
        _ = unsafe pcre2_config_8(UInt32(PCRE2_CONFIG_LINKSIZE), &linkSize)
        return PrecompiledLayout.Tag(
            version: version, pointerByteCount: UInt32(MemoryLayout<Int>.size), linkSize: linkSize)
    }
}
