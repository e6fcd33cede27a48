import Glibc
import TableFormat

/// What a thread of its own checks while the caller looks at the content of a table: the CRC32C of all sections, and
/// the sources, which nothing else leads to.
///
/// It has about two thirds as much to do as the caller. Only a large table is worth a thread.
@safe
struct ChecksAside: ~Copyable {
    /// What was found to be wrong.
    enum Finding {
        /// A section has not its checksum.
        case checksum(SectionEntry)
        /// All have, and a source makes no sense.
        case source(TableDamage)
    }

    /// Below this a thread costs more than it brings, in bytes.
    private static let byteCountMin = 512 * 1024

    /// What the thread is given and what it leaves.
    @safe
    private final class Job {
        let entries: [SectionEntry]
        let bytes: UnsafeRawBufferPointer
        let view: TableView
        var finding: Finding?

        init(_ entries: [SectionEntry], _ bytes: UnsafeRawBufferPointer, _ view: TableView) {
            self.entries = entries
            unsafe self.bytes = bytes
            self.view = view
        }

        func run() {
            // SAFETY: the directory was checked before.
            if let damaged = unsafe ChecksAside.firstDamaged(of: entries, in: bytes) {
                finding = .checksum(damaged)
                return
            }
            do throws(TableDamage) {
                try TableVerifier.verifySources(view)
            } catch {
                finding = .source(error)
            }
        }
    }

    private let job: Job
    private var thread: pthread_t?

    /// Begins. ``finding()`` has to be called before the bytes go away.
    ///
    /// - Parameters:
    ///   - bytes: The whole table, whose directory was checked.
    ///   - view: The same.
    init(of entries: [SectionEntry], in bytes: UnsafeRawBufferPointer, _ view: TableView) {
        // SAFETY: the caller keeps the bytes until ``finding()`` is done.
        job = unsafe Job(entries, bytes, view)
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

    /// The first section that has not its checksum.
    ///
    /// - Parameter bytes: The whole table, whose directory was checked.
    static func firstDamaged(
        of entries: [SectionEntry], in bytes: UnsafeRawBufferPointer
    ) -> SectionEntry? {
        entries.first { entry in
            let start = Int(entry.offset)
            // SAFETY: the directory was checked: the section lies in the bytes.
            let section = unsafe UnsafeRawBufferPointer(
                rebasing: bytes[start..<(start + Int(entry.byteCount))])
            return unsafe CRC32C.checksum(of: section) != entry.checksum
        }
    }

    /// What is wrong first, or nil. Waits for the thread.
    consuming func finding() -> Finding? {
        if let thread {
            // Made above, and waited for once.
            _ = pthread_join(thread, nil)
        } else {
            job.run()
        }
        return job.finding
    }
}
