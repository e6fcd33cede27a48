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
    /// Keeps others from writing to the mapped file; nil where it was copied, or nobody cares.
    private let lease: FileLease?

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
        lease = nil
    }

    /// Maps the file at `path`, or a sealed copy of it where others may write to it.
    ///
    /// A file that is truncated while it is mapped would stop the process, and one that is written to
    /// would not be what was verified.
    ///
    /// - Parameter staysInUse: The owner may write to it as well, and must not before ``giveWay()``: where the
    ///   kernel gives no lease, the file is copied. The process has to block or ignore SIGIO.
    init(path: String, staysInUse: Bool) throws(TableError) {
        // SAFETY: Swift passes the path as a C string.
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
        guard descriptor >= 0 else {
            throw errno == ELOOP ? .isSymbolicLink : .unreadable(number: errno)
        }
        let lease = staysInUse ? FileLease(taking: descriptor) : nil
        defer { if lease == nil { _ = close(descriptor) } }
        let file = try Self.checkedFile(descriptor)
        let isMappedAsIs = file.isTrusted && (lease != nil) == staysInUse
        // SAFETY: the memory is nobody else's; `deinit` gives it back.
        unsafe base =
            isMappedAsIs
            ? try Self.map(descriptor, file.byteCount)
            : try Self.mapCopy(of: descriptor, file.byteCount)
        byteCount = file.byteCount
        isMapped = true
        isTrusted = file.isTrusted
        self.lease = isMappedAsIs ? lease : nil
    }

    /// How long an open file is and whether it can be trusted.
    private static func checkedFile(
        _ descriptor: Int32
    ) throws(TableError) -> (byteCount: Int, isTrusted: Bool) {
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
        return (byteCount, isTrusted)
    }

    deinit {
        release()
    }

    /// Puts a sealed copy in the place of the file if somebody waits to write to it, and lets them. Whoever reads
    /// the table meanwhile sees the same bytes. For one thread.
    ///
    /// - Parameter isGenuine: Whether bytes are those that were verified. The kernel lets writers go on after some
    ///   time, whether the lease was given back or not.
    /// - Returns: Whether somebody did.
    /// - Throws: ``TableError/changedInUse``: the table that is in use cannot be relied on any more. Anything else:
    ///   nothing has changed, and it may be tried again.
    borrowing func giveWay(
        isGenuine: (UnsafeRawBufferPointer) -> Bool
    ) throws(TableError) -> Bool {
        guard let lease, lease.isWanted else { return false }
        let copy: UnsafeRawPointer
        do throws(TableError) {
            // SAFETY: a mapping of this value's own from here on.
            unsafe copy = try Self.mapCopy(of: lease.descriptor, byteCount)
        } catch {
            if case .wrongLength = error { throw .changedInUse }
            throw error
        }
        // SAFETY: the copy has this many bytes, and takes the place of the old mapping, which is as large.
        guard unsafe isGenuine(UnsafeRawBufferPointer(start: copy, count: byteCount)),
            unsafe clinux_replace_mapping(base, copy, byteCount) == 0
        else {
            unsafe munmap(UnsafeMutableRawPointer(mutating: copy), byteCount)
            throw .changedInUse
        }
        lease.giveBack()
        return true
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
        // Of the file's own place nothing is known: an earlier call may have ended half way.
        var done: off_t = 0
        while done < byteCount {
            // SAFETY: the call counts `done` on.
            let moved = unsafe sendfile(copy, descriptor, &done, byteCount - Int(done))
            if moved < 0 && errno == EINTR { continue }
            guard moved >= 0 else { throw .unreadable(number: errno) }
            guard moved > 0 else {
                throw .wrongLength(stated: UInt64(byteCount), found: Int(done))
            }
        }
        guard clinux_seal(copy) == 0 else { throw .unreadable(number: errno) }
        // SAFETY: a new mapping; the caller owns it.
        return try unsafe map(copy, byteCount)
    }
}
