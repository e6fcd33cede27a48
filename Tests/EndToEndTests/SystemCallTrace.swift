import Foundation
import TestSupport

/// The system calls of a running program, counted by strace.
enum SystemCallTrace {
    /// Whether there is a strace and it may look at other processes.
    static let isUsable: Bool = {
        let result = try? RunningProgram.run("strace", ["-c", "true"])
        return result?.exit == .code(0)
    }()

    /// Calls by name while `body` runs.
    static func calls(
        of program: RunningProgram, in directory: TemporaryDirectory, during body: () throws -> Void
    ) throws -> [String: Int] {
        var counts: [String: Int] = [:]
        for line in try lines(of: program, in: directory, during: body) {
            // `1234  recvfrom(7, ...`: the thread, then the call. Lines of other forms name no new call.
            let call = line.drop { $0 != " " }.drop { $0 == " " }.prefix { $0 != "(" }
            if call.count < line.count, call.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "_" })
            {
                counts[String(call), default: 0] += 1
            }
        }
        return counts
    }

    /// What strace writes while `body` runs.
    static func lines(
        of program: RunningProgram, in directory: TemporaryDirectory, during body: () throws -> Void
    ) throws -> [Substring] {
        let path = directory.file("trace")
        let tracer = try RunningProgram(
            "strace", ["-f", "-o", path, "-p", "\(program.processIdentifier)"])
        try tracer.line(containing: "attached")
        try body()
        tracer.send(15)
        _ = try tracer.exit()
        return try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
    }
}
