import Glibc
import TableFormat

/// The CRC32C of all sections, computed by a thread of its own while the caller looks at their content.
///
/// Loading is the sum of two passes over the same bytes, and this makes them one. Only a large table is worth a thread.
@safe
struct SectionChecksums: ~Copyable {
    /// Below this a thread costs more than it brings, in bytes.
    private static let byteCountMin = 512 * 1024

    /// What the thread is given and what it leaves.
    @safe
    private final class Job {
        let entries: [SectionEntry]
        let bytes: UnsafeRawBufferPointer
        var damaged: SectionEntry?

        init(_ entries: [SectionEntry], _ bytes: UnsafeRawBufferPointer) {
            self.entries = entries
            unsafe self.bytes = bytes
        }

        func run() {
            damaged = entries.first { entry in
                let start = Int(entry.offset)
                // SAFETY: the directory was checked: the section lies in the bytes.
                let section = unsafe UnsafeRawBufferPointer(
                    rebasing: bytes[start..<(start + Int(entry.byteCount))])
                return unsafe CRC32C.checksum(of: section) != entry.checksum
            }
        }
    }

    private let job: Job
    private var thread: pthread_t?

    /// Begins. ``firstDamaged()`` has to be called before the bytes go away.
    ///
    /// - Parameter bytes: The whole table, whose directory was checked.
    init(of entries: [SectionEntry], in bytes: UnsafeRawBufferPointer) {
        // SAFETY: the caller keeps the bytes until ``firstDamaged()`` is done.
        job = unsafe Job(entries, bytes)
        guard bytes.count >= Self.byteCountMin else { return }
        var thread = pthread_t()
        // SAFETY: the thread takes the reference over, and gives it back; without a thread it is given back here.
        let context = unsafe Unmanaged.passRetained(job)
        let code = unsafe pthread_create(
            &thread, nil,
            { context in
                guard let context = unsafe context else { return nil }
                unsafe Unmanaged<Job>.fromOpaque(context).takeRetainedValue().run()
                return nil
            }, context.toOpaque())
        if code == 0 { self.thread = thread } else { unsafe context.release() }
    }

    /// The first section that has not its checksum, or nil. Waits for the thread.
    consuming func firstDamaged() -> SectionEntry? {
        if let thread {
            // Made above, and waited for once.
            _ = pthread_join(thread, nil)
        } else {
            job.run()
        }
        return job.damaged
    }
}
