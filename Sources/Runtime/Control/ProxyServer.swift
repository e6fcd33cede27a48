internal import CLinux
internal import Glibc

/// The proxy as a program: loads a table, runs the workers, ends when told to.
package enum ProxyServer {
    /// How long the last log lines may take. A reader that has stopped must not keep the process
    /// alive.
    private static let flushMilliseconds = 1000

    /// The version of this program.
    package static let version = "0.1.0"

    /// Has the signals that steer the process wait until ``run(_:)`` takes them. Call it before anything else: one
    /// that comes earlier ends the process.
    package static func holdSignals() { SignalDescriptor.blockSignals() }

    /// Runs until a signal ends it. Call it once, on the first thread, before any other is started.
    ///
    /// Says what it has to say on standard output (one line when ready, then the access log) and on
    /// standard error.
    ///
    /// - Returns: The status to exit with: 0 after a drain, 1 if the proxy could not start.
    package static func run(_ options: ProxyOptions) -> Int32 {
        do throws(StartupError) {
            // A peer that has gone is an error of the write, not the end of the process.
            signal(SIGPIPE, SIG_IGN)
            // So is a file that must not become larger.
            signal(SIGXFSZ, SIG_IGN)
            let ticketKeys = TLSTicketKeys()
            let signals = try signalDescriptor()
            let generation = try TableGeneration(
                options, number: 1, ticketKeys: ticketKeys, after: nil)
            if options.checksOnly {
                if let path = options.adminTokenPath { _ = try AdminToken(path: path) }
                try LogOutputs.check(generation.logPaths)
                print("\(options.routesPath): fine: \(generation.summary)")
                return 0
            }
            // Held by nobody but those who use it: a table that is replaced is let go of.
            return try serve(consume generation, options, ticketKeys, signals)
        } catch {
            report(error)
            return 1
        }
    }

    private static func signalDescriptor() throws(StartupError) -> SignalDescriptor {
        do throws(SystemError) { return try SignalDescriptor() } catch {
            throw StartupError(starting: error)
        }
    }

    private static func serve(
        _ generation: consuming TableGeneration, _ options: ProxyOptions,
        _ ticketKeys: TLSTicketKeys,
        _ signals: borrowing SignalDescriptor
    ) throws(StartupError) -> Int32 {
        // What is open by now stays open. Whoever started the process may have left it some of his own.
        let limit = clinux_raise_descriptor_limit()
        let descriptorCountMax = limit - min(limit, ProcessFigures.descriptors())
        do throws(SystemError) {
            let events = try LogQueue(output: STDERR_FILENO, format: options.logFormat)
            let eventLog = EventLog(
                queue: events, level: options.logLevel, format: options.logFormat)
            let access = try LogQueue(
                output: STDOUT_FILENO, named: "stdout", format: options.logFormat,
                reportingTo: eventLog)
            let accessThread = try PosixThread(name: "access-log") { access.run() }
            let eventThread = try PosixThread(name: "event-log") { events.run() }
            let logs = Logs(
                access: access, events: eventLog,
                format: options.logFormat, level: options.logLevel)
            let status = control(
                consume generation, options, ticketKeys, signals, logs, descriptorCountMax)
            // A reader of the access log that has stopped must not cost the events, nor the reverse. What the access
            // log has lost in the end is an event.
            access.close()
            let linesAreWritten = accessThread.join(withinMilliseconds: flushMilliseconds)
            events.close()
            let eventsAreWritten = eventThread.join(withinMilliseconds: flushMilliseconds)
            let isWritten = eventsAreWritten && linesAreWritten
            // Threads that still run must not meet what exit() tears down.
            if !isWritten || status.leavesThreads { _exit(status.exitStatus) }
            return status.exitStatus
        } catch {
            throw StartupError(starting: error)
        }
    }

    private static func control(
        _ generation: consuming TableGeneration, _ options: ProxyOptions,
        _ ticketKeys: TLSTicketKeys,
        _ signals: borrowing SignalDescriptor, _ logs: Logs, _ descriptorCountMax: UInt64
    ) -> ControlLoop.End {
        do throws(StartupError) {
            let loop = try ControlLoop(
                consume generation, options, ticketKeys, logs,
                descriptorCountMax: descriptorCountMax)
            let pidFile = try PidFile(path: options.pidPath)
            defer { pidFile.remove() }
            try loop.start()
            defer { loop.closeLogs() }
            return loop.run(signals)
        } catch {
            report(error)
            return ControlLoop.End(exitStatus: 1, leavesThreads: true)
        }
    }

    private static func report(_ error: StartupError) {
        let line = Array("wsproxy: \(error.message)\n".utf8)
        // SAFETY: the count is the array's. Nobody could be told of a failure.
        _ = unsafe write(STDERR_FILENO, line, line.count)
    }
}
