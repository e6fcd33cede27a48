internal import CLinux
import Glibc
import TableFormat

/// The bytes of a table: a mapping that nobody can change under us, or, for tests, memory of our own.
@safe
struct TableMemory: ~Copyable, @unchecked Sendable {
    /// Blocks of PCRE2 and cache lines want this much.
    private static let alignment = 64

    let base: UnsafeRawPointer
    let byteCount: Int
    private let isMapped: Bool
    /// Only root and the user could have written the file.
    let isTrusted: Bool

    /// Copies `bytes`.
    init(copying bytes: [UInt8], isTrusted: Bool) {
        let memory = UnsafeMutableRawPointer.allocate(
            byteCount: max(bytes.count, 1), alignment: Self.alignment)
        // SAFETY: the block holds `bytes.count` bytes and does not overlap the array.
        unsafe bytes.withUnsafeBytes { buffer in
            guard let start = buffer.baseAddress else { return }
            unsafe memory.copyMemory(from: start, byteCount: buffer.count)
        }
        unsafe base = UnsafeRawPointer(memory)
        byteCount = bytes.count
        isMapped = false
        self.isTrusted = isTrusted
    }

    /// Maps the file at `path`, or a sealed copy of it where others may write to it.
    ///
    /// A file that is truncated while it is mapped would stop the process, and one that is written to
    /// would not be what was verified.
    init(path: String) throws(TableError) {
        // SAFETY: `open` hands over memory that nobody else owns; `deinit` gives it back.
        let file = unsafe try Self.open(path)
        unsafe base = file.base
        byteCount = unsafe file.byteCount
        isMapped = true
        isTrusted = unsafe file.isTrusted
    }

    private static func open(
        _ path: String
    ) throws(TableError) -> (base: UnsafeRawPointer, byteCount: Int, isTrusted: Bool) {
        // SAFETY: Swift passes the path as a C string.
        let descriptor = unsafe Glibc::open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
        guard descriptor >= 0 else {
            throw errno == ELOOP ? .isSymbolicLink : .unreadable(number: errno)
        }
        defer { _ = close(descriptor) }
        var status = stat()
        // SAFETY: `fstat` fills the structure.
        guard unsafe fstat(descriptor, &status) == 0 else { throw .unreadable(number: errno) }
        switch status.st_mode & S_IFMT {
        case S_IFREG: break
        case S_IFDIR: throw .isDirectory
        default: throw .notRegularFile
        }
        let byteCount = Int(status.st_size)
        guard byteCount > 0 else { throw .isEmpty }
        guard byteCount <= TableLimits.fileBytesMax else { throw .tooLarge(byteCount: byteCount) }
        let isTrusted =
            (status.st_uid == 0 || status.st_uid == geteuid())
            && status.st_mode & (S_IWGRP | S_IWOTH) == 0
        let base =
            unsafe isTrusted
            ? try map(descriptor, byteCount) : try mapCopy(of: descriptor, byteCount)
        return unsafe (base, byteCount, isTrusted)
    }

    deinit {
        release()
    }

    private borrowing func release() {
        // SAFETY: owned since `init`; nobody holds a pointer into it any more.
        if isMapped {
            unsafe munmap(UnsafeMutableRawPointer(mutating: base), byteCount)
        } else {
            unsafe base.deallocate()
        }
    }

    private static func map(
        _ descriptor: Int32, _ byteCount: Int
    ) throws(TableError) -> UnsafeRawPointer {
        // SAFETY: a new mapping, whose address is checked.
        let address = unsafe mmap(
            nil, byteCount, PROT_READ, MAP_PRIVATE, descriptor, 0)
        guard let address = unsafe address, unsafe address != MAP_FAILED else {
            throw .unreadable(number: errno)
        }
        return UnsafeRawPointer(address)
    }

    /// A mapping of a copy that nobody can change, not even this process: what is run is what was checked.
    private static func mapCopy(
        of descriptor: Int32, _ byteCount: Int
    ) throws(TableError) -> UnsafeRawPointer {
        // SAFETY: Swift passes the name as a C string.
        let copy = unsafe clinux_memory_file("wsroute-table")
        guard copy >= 0 else { throw .unreadable(number: errno) }
        defer { _ = close(copy) }
        var done = 0
        while done < byteCount {
            // No offset is given, so both files go on from where they are.
            let moved = sendfile(copy, descriptor, nil, byteCount - done)
            if moved < 0 && errno == EINTR { continue }
            guard moved >= 0 else { throw .unreadable(number: errno) }
            guard moved > 0 else {
                throw .wrongLength(stated: UInt64(byteCount), found: done)
            }
            done += moved
        }
        guard clinux_seal(copy) == 0 else { throw .unreadable(number: errno) }
        // SAFETY: a new mapping; the caller owns it.
        return try unsafe map(copy, byteCount)
    }
}
