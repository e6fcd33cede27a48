import Foundation
import Glibc
import Runtime
import Synchronization
import TestSupport
import Testing

@Suite("Log queue")
struct LogQueueTests {
    /// What came out of the pipe until its writing end was closed.
    private func readAll(_ descriptor: Int32) -> String {
        var bytes: [UInt8] = []
        var room = [UInt8](repeating: 0, count: 65536)
        while true {
            let count = unsafe read(descriptor, &room, room.count)
            guard count > 0 else { return String(decoding: bytes, as: UTF8.self) }
            bytes += room.prefix(count)
        }
    }

    /// Programs that other tests start do not get its ends: who reads would wait for them.
    private func makePipe() -> (reading: Int32, writing: Int32) {
        var ends: [Int32] = [-1, -1]
        precondition(unsafe pipe(&ends) == 0, "no pipe")
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        return (ends[0], ends[1])
    }

    /// Runs a queue on a thread of its own.
    ///
    /// - Returns: Is set when it has ended.
    private func runBeside(_ queue: LogQueue) -> LockedFlag {
        let hasEnded = LockedFlag(false)
        Thread.detachNewThread {
            queue.run()
            _ = hasEnded.exchange(true)
        }
        return hasEnded
    }

    private func append(_ text: String, to queue: LogQueue) {
        let bytes = Array(text.utf8)
        // SAFETY: bytes are plain data; the array outlives the span.
        unsafe queue.append(bytes.span.bytes)
    }

    @Test("Lines come out whole and in order")
    func order() throws {
        let pipe = makePipe()
        let queue = try LogQueue(output: pipe.writing, format: .text)
        for number in 0..<1000 { append("line \(number)\n", to: queue) }
        queue.close()
        queue.run()
        close(pipe.writing)
        #expect(readAll(pipe.reading) == (0..<1000).map { "line \($0)\n" }.joined())
        close(pipe.reading)
    }

    @Test("What does not fit is dropped, counted and reported", arguments: [LogFormat.text, .json])
    func dropping(format: LogFormat) throws {
        let pipe = makePipe()
        let queue = try LogQueue(output: pipe.writing, format: format, bytesMax: 10)
        append("123456789\n", to: queue)
        append("lost\n", to: queue)
        append("lost\n", to: queue)
        queue.close()
        queue.run()
        close(pipe.writing)
        let lines = readAll(pipe.reading).split(separator: "\n")
        close(pipe.reading)
        #expect(lines.count == 2)
        #expect(lines.first == "123456789")
        let isReported =
            format == .text
            ? lines.last?.hasSuffix(" warning log.dropped lines=2")
            : lines.last?.hasSuffix(#""level":"warning","event":"log.dropped","lines":2}"#)
        #expect(isReported == true)
    }

    @Test("A reader that has gone does not keep the queue from ending")
    func goneReader() throws {
        signal(SIGPIPE, SIG_IGN)
        let pipe = makePipe()
        close(pipe.reading)
        let queue = try LogQueue(output: pipe.writing, format: .text)
        append("nobody reads this\n", to: queue)
        queue.close()
        queue.run()
        #expect(close(pipe.writing) == 0)
    }

    /// What has come out of the pipe by the end of a line; nil if none comes in ten seconds.
    private func readLine(_ descriptor: Int32) -> String? {
        var bytes: [UInt8] = []
        while bytes.last != UInt8(ascii: "\n") {
            var interest = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            var room = [UInt8](repeating: 0, count: 4_096)
            // SAFETY: one entry, and as many bytes as there is room for.
            guard unsafe poll(&interest, 1, 10_000) == 1 else { return nil }
            let count = unsafe read(descriptor, &room, room.count)
            guard count > 0 else { return nil }
            bytes += room.prefix(count)
        }
        return String(decoding: bytes.dropLast(), as: UTF8.self)
    }

    /// Goal: nobody has to write another line for the loss of the last one to be known.
    /// Method: a disk that is always full. The second line is lost within a second of the report about the first.
    @Test("Lines that a file has lost are told of, though no others follow")
    func losses() throws {
        let pipe = makePipe()
        let events = try LogQueue(output: pipe.writing, format: .text)
        let log = EventLog(queue: events, level: .warning, format: .text)
        let queue = try LogQueue(appendingTo: "/dev/full", reportingTo: log)
        let haveEventsEnded = runBeside(events)
        let hasEnded = runBeside(queue)
        append("one\n", to: queue)
        #expect(readLine(pipe.reading)?.hasSuffix("file=/dev/full lines=1") == true)
        append("two\nthree\n", to: queue)
        #expect(readLine(pipe.reading)?.hasSuffix("file=/dev/full lines=2") == true)
        queue.close()
        try Deadline.poll("the queue ends") { hasEnded.isSet }
        #expect(queue.droppedLineTotal == 3)
        events.close()
        try Deadline.poll("the events end") { haveEventsEnded.isSet }
        close(pipe.writing)
        close(pipe.reading)
    }

    /// Goal: a reload does not stop the thread that takes signals.
    @Test("A pipe is refused until somebody reads it")
    func pipeWithoutReader() throws {
        let directory = try TemporaryDirectory()
        let pipe = directory.file("pipe")
        try #require(unsafe mkfifo(pipe, 0o600) == 0)
        #expect(throws: SystemError(.open, ENXIO)) { try LogQueue(appendingTo: pipe) }
        let reader = unsafe open(pipe, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
        defer { close(reader) }
        _ = try LogQueue(appendingTo: pipe)
    }

    /// Goal: standard output that takes nothing more is told of where somebody may still read.
    /// Method: a disk that is always full stands in for a file at its limit.
    @Test("What an output has lost another log tells, by its name")
    func lossesOfAnOutput() throws {
        let pipe = makePipe()
        let full = unsafe open("/dev/full", O_WRONLY | O_CLOEXEC)
        let events = try LogQueue(output: pipe.writing, format: .text)
        let queue = try LogQueue(
            output: full, named: "stdout", format: .text,
            reportingTo: EventLog(queue: events, level: .warning, format: .text))
        append("one\ntwo\n", to: queue)
        queue.close()
        queue.run()
        events.close()
        events.run()
        close(pipe.writing)
        let text = readAll(pipe.reading)
        #expect(text.hasSuffix(" warning log.dropped file=stdout lines=2\n"), "\(text)")
        #expect(queue.droppedLineTotal == 2)
        close(pipe.reading)
        close(full)
    }

    @Test("A line that never fits is told of at once")
    func hugeLine() throws {
        let pipe = makePipe()
        let queue = try LogQueue(output: pipe.writing, format: .text, bytesMax: 10)
        let hasEnded = runBeside(queue)
        append("more than ten bytes\n", to: queue)
        #expect(readLine(pipe.reading)?.hasSuffix(" warning log.dropped lines=1") == true)
        queue.close()
        try Deadline.poll("the queue ends") { hasEnded.isSet }
        close(pipe.writing)
        close(pipe.reading)
    }

    @Test("Events below the level are not written, others are escaped")
    func events() throws {
        let pipe = makePipe()
        let queue = try LogQueue(output: pipe.writing, format: .json)
        let log = EventLog(queue: queue, level: .notice, format: .json)
        log.write(.debug, "test.hidden")
        log.write(
            .error, "test.shown", .text("reason", "a \"b\"\n"), .number("count", -3),
            .word("kind", "odd"))
        queue.close()
        queue.run()
        close(pipe.writing)
        let text = readAll(pipe.reading)
        close(pipe.reading)
        #expect(
            text.hasSuffix(
                #""event":"test.shown","reason":"a \"b\"\n","count":-3,"kind":"odd"}"# + "\n"))
        #expect(text.filter { $0 == "\n" }.count == 1)
    }
}
