internal import Foundation

/// A program that a test has started. It is killed when the value goes away.
package final class RunningProgram: Sendable {
    /// Where a line was printed.
    package enum Stream: Equatable, Sendable {
        case output
        case errors
    }

    /// A line that the program printed.
    package struct Line: Equatable, Sendable {
        package let stream: Stream
        /// Without its end.
        package let text: String
        /// Whether it had an end. The last line of a stream may have none.
        package let isComplete: Bool
    }

    /// How the program ended.
    package enum Exit: Equatable, Sendable {
        case code(Int32)
        case signal(Int32)
    }

    /// What it was started with, for messages.
    package let commandLine: [String]
    /// Its process identifier.
    package let processIdentifier: Int32
    private let collector = LineCollector()

    /// Starts a program.
    ///
    /// - Parameters:
    ///   - path: Absolute, or a name that is looked for in `PATH`.
    ///   - environment: Added to the environment of the tests; an empty value removes.
    ///   - input: What it reads from its standard input, at most 64 KiB.
    package init(
        _ path: String, _ arguments: [String] = [], environment: [String: String] = [:],
        input: [UInt8] = []
    ) throws {
        commandLine = [path] + arguments
        let output = try PipeEnds()
        let errors = try PipeEnds()
        let standardInput = try PipeEnds()
        precondition(input.count <= 65536, "more input than a pipe holds")
        standardInput.write(input)
        processIdentifier = try Self.spawn(
            commandLine, environment: environment, input: standardInput.reading,
            output: output.writing, errors: errors.writing)
        for (ends, stream) in [(output, Stream.output), (errors, Stream.errors)] {
            ends.closeWriting()
            Self.readLines(ends, stream, into: collector)
        }
        Self.awaitEnd(of: processIdentifier, collector)
    }

    deinit {
        if collector.knownExit == nil { kill(processIdentifier, SIGKILL) }
    }

    /// All lines so far, in the order in which they were read.
    package var lines: [Line] { collector.all }

    /// The lines of one stream so far.
    package func text(_ stream: Stream) -> String {
        lines.filter { $0.stream == stream }
            .map { $0.text + ($0.isComplete ? "\n" : "") }.joined()
    }

    /// Sends a signal. Does nothing when the program has ended.
    package func send(_ signal: Int32) {
        if collector.knownExit == nil { kill(processIdentifier, signal) }
    }

    /// Waits for a line that contains `text`, among those printed and those to come.
    ///
    /// - Parameter index: Lines before this one do not count.
    /// - Throws: ``TestSupportError`` if the program ends or time runs out before it.
    @discardableResult
    package func line(
        containing text: String, from index: Int = 0, seconds: Double = Deadline.usualSeconds
    ) throws -> String {
        let found = collector.firstLine(from: index, before: Deadline(seconds: seconds)) {
            $0.contains(text)
        }
        guard let found else { throw failure("did not print '\(text)'") }
        return found.text
    }

    /// Waits until so many lines contain `text`.
    package func awaitLines(containing text: String, count: Int) throws {
        try Deadline.poll("\(count) lines with '\(text)'") {
            lines.count { $0.text.contains(text) } == count
        }
    }

    /// Waits for the end of the program and of all that it printed.
    ///
    /// - Throws: ``TestSupportError`` if time runs out before it; the program is then killed.
    package func exit(seconds: Double = Deadline.usualSeconds) throws -> Exit {
        if let exit = collector.exit(before: Deadline(seconds: seconds)) { return exit }
        kill(processIdentifier, SIGKILL)
        throw failure("did not end")
    }

    /// Number of sockets, pipes and files that the program has open.
    ///
    /// What a thread opens once for its own use is left out: epoll instances, eventfds and spare descriptors may
    /// still be on their way when the program says that it is ready.
    package func descriptorCount() throws -> Int {
        let folder = "/proc/\(processIdentifier)/fd"
        return try FileManager.default.contentsOfDirectory(atPath: folder).filter { name in
            let path = "\(folder)/\(name)"
            guard let target = try? FileManager.default.destinationOfSymbolicLink(atPath: path)
            else { return false }
            return !target.hasPrefix("anon_inode:") && target != "/dev/null"
        }.count
    }

    /// Stops the program, and returns once all of it stands still. `SIGCONT` lets it go on.
    package func pause() throws {
        send(SIGSTOP)
        try Deadline.poll("the program is stopped") { try isStopped() }
    }

    /// Whether a signal has stopped all of the program.
    private func isStopped() throws -> Bool {
        let folder = "/proc/\(processIdentifier)/task"
        return try FileManager.default.contentsOfDirectory(atPath: folder).allSatisfy { thread in
            // A thread may have ended since.
            let status = try? String(
                contentsOfFile: "\(folder)/\(thread)/status", encoding: .utf8)
            return status?.contains("State:\tT") ?? true
        }
    }

    /// An error that carries what the program has printed.
    package func failure(_ what: String) -> TestSupportError {
        let printed = lines.suffix(40).map { "    \($0.text)" }.joined(separator: "\n")
        let end = collector.knownExit.map { " (ended: \($0))" } ?? ""
        return TestSupportError(
            "\(commandLine.joined(separator: " ")) \(what)\(end); it printed:\n\(printed)")
    }

    private static func readLines(
        _ ends: PipeEnds, _ stream: Stream, into collector: LineCollector
    ) {
        Thread.detachNewThread {
            var waiting: [UInt8] = []
            while let piece = ends.read() {
                waiting += piece
                while let end = waiting.firstIndex(of: UInt8(ascii: "\n")) {
                    let text = String(decoding: waiting[..<end], as: UTF8.self)
                    collector.add(Line(stream: stream, text: text, isComplete: true))
                    waiting.removeSubrange(...end)
                }
            }
            if !waiting.isEmpty {
                let text = String(decoding: waiting, as: UTF8.self)
                collector.add(Line(stream: stream, text: text, isComplete: false))
            }
            collector.streamEnded()
        }
    }

    private static func awaitEnd(of process: Int32, _ collector: LineCollector) {
        Thread.detachNewThread {
            var status: Int32 = 0
            // SAFETY: the system writes one Int32.
            while unsafe waitpid(process, &status, 0) < 0, errno == EINTR {}
            // The macros WIFEXITED, WEXITSTATUS and WTERMSIG do not reach Swift.
            let signal = status & 0x7f
            collector.ended(signal == 0 ? .code((status >> 8) & 0xff) : .signal(signal))
        }
    }
}
