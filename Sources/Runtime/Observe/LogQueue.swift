internal import CLinux
internal import Glibc
internal import Synchronization

/// Log lines of all threads on their way to one descriptor.
///
/// Appending never waits for the descriptor: a thread of the queue's own writes. What does not fit
/// the bound is dropped, counted, and reported by a line once there is room again.
package final class LogQueue: Sendable {
    /// Bytes that may wait: some seconds of a busy proxy's lines.
    package static let waitingBytesMax = 1 << 20
    /// How long the writer lets lines gather, so that a busy proxy wakes it 50 times a second and
    /// not for each line.
    private static let gatherMilliseconds: Int32 = 20
    /// Memory that is kept for ever.
    private static let keptCapacityMax = 64 * 1024
    /// How long no line comes before the memory of a burst is given back. While lines come it is used
    /// again: memory that is new with each batch costs a page fault for every ten lines.
    private static let quietMilliseconds: Int32 = 1_000
    /// Between two lines about lines of a file that were lost, and how long the writer waits for other work
    /// before it tells of some.
    private static let reportMilliseconds: UInt64 = 1_000

    private struct State {
        var waiting: [UInt8] = []
        var droppedLineCount: UInt64 = 0
        var droppedLineTotal: UInt64 = 0
        /// The writer must not let lines gather.
        var isUrgent = false
        var isClosed = false
        var mustReopen = false

        mutating func loseLines(_ count: UInt64) {
            droppedLineCount += count
            droppedLineTotal += count
        }
    }

    private let state = Mutex(State())
    private let wakeup: WakeupDescriptor
    /// Where lines go, unless a file was opened again since.
    private let output: Int32
    /// The file, if it is one of the queue's own.
    private let path: String?
    /// What a report calls it.
    private let name: String
    private let bytesMax: Int
    private let format: LogFormat
    /// Who is told of lines that are lost, if not the queue's own readers.
    private let reporter: EventLog?

    /// - Parameters:
    ///   - output: Stays the caller's.
    ///   - name: What a report calls it.
    ///   - reporter: Is told of lines that are lost; nil: those that follow tell.
    ///   - bytesMax: Bytes that may wait.
    /// - Throws: ``SystemError`` if the process has no descriptor left.
    package init(
        output: Int32, named name: String? = nil, format: LogFormat,
        reportingTo reporter: EventLog? = nil, bytesMax: Int = LogQueue.waitingBytesMax
    ) throws(SystemError) {
        self.wakeup = try WakeupDescriptor()
        self.output = output
        path = nil
        self.name = name ?? ""
        self.format = format
        self.bytesMax = bytesMax
        self.reporter = reporter
    }

    /// Appends to a file of the queue's own, which is made if it is not there.
    ///
    /// - Parameters:
    ///   - waitsForReader: If it is a pipe that nobody reads yet, somebody is waited for.
    ///   - reporter: Is told of lines that are lost: a file that takes none can't say so.
    /// - Throws: ``SystemError`` if it can't be written.
    package init(
        appendingTo path: String, waitingForReader waitsForReader: Bool = false,
        reportingTo reporter: EventLog? = nil
    ) throws(SystemError) {
        self.reporter = reporter
        wakeup = try WakeupDescriptor()
        output = try Self.open(path, waitingForReader: waitsForReader)
        self.path = path
        name = path
        format = .text
        bytesMax = Self.waitingBytesMax
    }

    /// Finds out whether a file can be appended to, or made, and does neither.
    ///
    /// - Throws: ``SystemError`` if it can't.
    static func check(_ path: String) throws(SystemError) {
        // SAFETY: the call reads the path, which outlives it.
        let descriptor = unsafe Glibc::open(path, O_WRONLY | O_APPEND | O_CLOEXEC | O_NONBLOCK)
        if descriptor >= 0 {
            Glibc::close(descriptor)
            return
        }
        // A pipe that nobody reads yet is waited for at the start.
        if errno == ENXIO { return }
        guard errno == ENOENT else { throw SystemError.last(.open) }
        let directory =
            path.lastIndex(of: "/").map { $0 == path.startIndex ? "/" : path[..<$0] } ?? "."
        // SAFETY: as above.
        guard unsafe access(String(directory), W_OK | X_OK) == 0 else {
            throw SystemError.last(.open)
        }
    }

    private static func open(
        _ path: String, waitingForReader waitsForReader: Bool
    ) throws(SystemError) -> Int32 {
        let flags = O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC
        // SAFETY: the call reads the path, which outlives it.
        let descriptor = unsafe Glibc::open(
            path, waitsForReader ? flags : flags | O_NONBLOCK, 0o640)
        guard descriptor >= 0 else { throw SystemError.last(.open) }
        // Lines are waited with, on a thread that is there for it.
        if !waitsForReader { _ = fcntl(descriptor, F_SETFL, O_APPEND) }
        return descriptor
    }

    /// Adds whole lines, each with its newline, or drops them all. One lock, and a system call only
    /// if nothing was waiting: a worker may collect the lines of a turn.
    ///
    /// - Parameter isUrgent: Write at once; for lines that a crash must not swallow.
    package func append(_ lines: RawSpan, lineCount: Int = 1, isUrgent: Bool = false) {
        // SAFETY: the bytes are copied before the span ends.
        let mustSignal = unsafe lines.withUnsafeBytes { bytes in
            state.withLock { state in
                guard bytes.count <= bytesMax - state.waiting.count else {
                    // Where lines wait the writer is awake.
                    let isUnnoticed = state.waiting.isEmpty && state.droppedLineCount == 0
                    state.loseLines(UInt64(lineCount))
                    return isUnnoticed
                }
                let halfway = bytesMax / 2
                let countBefore = state.waiting.count
                unsafe state.waiting.append(contentsOf: bytes)
                let becomesUrgent =
                    !state.isUrgent && (isUrgent || state.waiting.count > halfway)
                if becomesUrgent { state.isUrgent = true }
                return countBefore == 0 || becomesUrgent
            }
        }
        if mustSignal { wakeup.signal() }
    }

    /// Lines that were lost since the start.
    package var droppedLineTotal: UInt64 { state.withLock { $0.droppedLineTotal } }

    /// Has the file closed and opened again, so that one that was renamed is let go of.
    package func reopen() {
        state.withLock { $0.mustReopen = true }
        wakeup.signal()
    }

    /// Makes ``run()`` return once all that waits is written.
    package func close() {
        state.withLock { $0.isClosed = true }
        wakeup.signal()
    }

    /// Closes the file of a queue that nobody runs, nor will.
    func discard() {
        close()
        run()
    }

    /// Writes lines until the queue is closed. Call it once, on a thread of its own.
    package func run() {
        var batch: [UInt8] = []
        var output = output
        var nextReport: UInt64 = 0
        defer { if path != nil { Glibc::close(output) } }
        while true {
            awaitWork(&batch)
            if state.withLock({ !$0.isUrgent && !$0.isClosed && !$0.mustReopen }) {
                wait(milliseconds: Self.gatherMilliseconds)
            }
            let (isClosed, toldLineCount) = take(&batch)
            write(batch, telling: toldLineCount, to: output)
            report(isLast: isClosed, next: &nextReport)
            reopen(&output)
            batch.removeAll(keepingCapacity: true)
            if isClosed { return }
        }
    }

    /// Returns when something is to be written, or lines were lost that nobody was told of for a while.
    private func awaitWork(_ batch: inout [UInt8]) {
        if batch.capacity > Self.keptCapacityMax {
            if wait(milliseconds: Self.quietMilliseconds) { return }
            batch = giveBack()
            if hasUntoldLosses { return }
        }
        wait(milliseconds: hasUntoldLosses ? Int32(Self.reportMilliseconds) : -1)
    }

    private var hasUntoldLosses: Bool { state.withLock { $0.droppedLineCount > 0 } }

    /// Lets go of the memory of both buffers.
    ///
    /// - Returns: An empty batch.
    private func giveBack() -> [UInt8] {
        state.withLock { state in
            if state.waiting.isEmpty { state.waiting = [] }
        }
        return []
    }

    /// Swaps what waits into the empty batch, in front of a line about what was dropped if nobody else is told.
    ///
    /// - Returns: Whether the queue is closed, and of how many lost lines that line tells; 0: there is none.
    private func take(_ batch: inout [UInt8]) -> (isClosed: Bool, toldLineCount: UInt64) {
        let (isClosed, droppedLineCount) = state.withLock { state in
            swap(&state.waiting, &batch)
            state.isUrgent = false
            guard reporter == nil else { return (state.isClosed, UInt64(0)) }
            defer { state.droppedLineCount = 0 }
            return (state.isClosed, state.droppedLineCount)
        }
        if droppedLineCount > 0 {
            batch += EventLine.bytes(
                .warning, "log.dropped", [.number("lines", Int(clamping: droppedLineCount))],
                format: format)
        }
        return (isClosed, droppedLineCount)
    }

    /// Tells of lines that a file did not take: once a second, and at the end.
    ///
    /// - Parameter next: When somebody may be told again.
    private func report(isLast: Bool, next: inout UInt64) {
        guard let reporter else { return }
        let now = Clock.monotonicMicroseconds() / 1_000
        guard isLast || now >= next else { return }
        let count = state.withLock { state in
            defer { state.droppedLineCount = 0 }
            return state.droppedLineCount
        }
        guard count > 0 else { return }
        next = now + Self.reportMilliseconds
        reporter.write(
            .warning, "log.dropped",
            [.text("file", name), .number("lines", Int(clamping: count))])
    }

    /// What can't be opened again stays as it was: its lines are not lost.
    private func reopen(_ output: inout Int32) {
        let isDue = state.withLock { state in
            defer { state.mustReopen = false }
            return state.mustReopen
        }
        guard isDue, let path, let next = try? Self.open(path, waitingForReader: false)
        else { return }
        Glibc::close(output)
        output = next
    }

    /// - Returns: Whether somebody has woken the writer.
    @discardableResult
    private func wait(milliseconds: Int32) -> Bool {
        var interest = pollfd(fd: wakeup.descriptor, events: Int16(POLLIN), revents: 0)
        // SAFETY: one entry is what poll is told of.
        let count = unsafe poll(&interest, 1, milliseconds)
        guard count > 0 else { return false }
        wakeup.acknowledge()
        return true
    }

    /// Writes all bytes, or gives up if nobody reads any longer or the disk is full: what is lost is counted.
    ///
    /// - Parameter toldLineCount: Of how many lost lines the last one tells; 0: it is one like the others.
    private func write(_ bytes: [UInt8], telling toldLineCount: UInt64, to output: Int32) {
        var offset = 0
        while offset < bytes.count {
            // SAFETY: `offset` lies inside the array; the count is what remains behind it.
            let written = unsafe bytes.withUnsafeBytes { bytes in
                unsafe Glibc::write(
                    output, bytes.baseAddress.map { unsafe $0 + offset }, bytes.count - offset)
            }
            if written >= 0 {
                offset += written
            } else if errno == EAGAIN {
                var interest = pollfd(fd: output, events: Int16(POLLOUT), revents: 0)
                // SAFETY: one entry is what poll is told of.
                unsafe poll(&interest, 1, -1)
            } else if errno != EINTR {
                // Nobody has appended the line that tells of others: it is told again.
                let lineCount = UInt64(bytes[offset...].count { $0 == UInt8(ascii: "\n") })
                return state.withLock { state in
                    state.loseLines(lineCount - (toldLineCount > 0 ? 1 : 0))
                    state.droppedLineCount += toldLineCount
                }
            }
        }
    }
}
