internal import Foundation

extension RunningProgram {
    /// Starts a program with these descriptors as its standard ones.
    ///
    /// - Returns: Its process identifier.
    static func spawn(
        _ commandLine: [String], environment: [String: String], input: Int32, output: Int32,
        errors: Int32
    ) throws -> Int32 {
        var actions = unsafe posix_spawn_file_actions_t()
        // SAFETY: initialised here, used by the calls in between, destroyed at the end.
        unsafe posix_spawn_file_actions_init(&actions)
        defer { unsafe posix_spawn_file_actions_destroy(&actions) }
        for (number, target) in [(input, STDIN_FILENO), (output, STDOUT_FILENO)] {
            // SAFETY: as above.
            unsafe posix_spawn_file_actions_adddup2(&actions, number, target)
        }
        // SAFETY: as above.
        unsafe posix_spawn_file_actions_adddup2(&actions, errors, STDERR_FILENO)
        var attributes = posix_spawnattr_t()
        // SAFETY: initialised here, used by the calls in between, destroyed at the end.
        unsafe posix_spawnattr_init(&attributes)
        defer { unsafe posix_spawnattr_destroy(&attributes) }
        // The threads that run tests block signals, and a program inherits that: it could not be told to end.
        var signals = sigset_t()
        // SAFETY: as above; the set is filled before it is used.
        unsafe sigemptyset(&signals)
        unsafe posix_spawnattr_setsigmask(&attributes, &signals)
        unsafe posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
        var variables = ProcessInfo.processInfo.environment
        variables.merge(environment) { _, new in new }
        let settings = variables.filter { !$0.value.isEmpty }.map { "\($0.key)=\($0.value)" }
        var process: pid_t = 0
        let result = unsafe withCStrings(commandLine) { arguments in
            unsafe withCStrings(settings) { environment in
                unsafe posix_spawnp(
                    &process, commandLine[0], &actions, &attributes, arguments, environment)
            }
        }
        guard result == 0 else {
            throw TestSupportError(
                "cannot start \(commandLine[0]): error \(result); build it first, or run"
                    + " Scripts/bootstrap --tests")
        }
        return process
    }

    /// Runs a program to its end.
    package static func run(
        _ path: String, _ arguments: [String] = [], environment: [String: String] = [:],
        input: [UInt8] = [], seconds: Double = Deadline.usualSeconds
    ) throws -> (exit: Exit, output: String, errors: String) {
        let program = try RunningProgram(
            path, arguments, environment: environment, input: input)
        let exit = try program.exit(seconds: seconds)
        return (exit, program.text(.output), program.text(.errors))
    }

    private static func withCStrings<Result>(
        _ texts: [String],
        _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>) -> Result
    ) -> Result {
        // SAFETY: strdup gives each string memory of its own, which is freed after the call.
        let copies = unsafe texts.map { unsafe strdup($0) } + [nil]
        defer { unsafe copies.forEach { unsafe free($0) } }
        return unsafe copies.withUnsafeBufferPointer { buffer in
            guard let base = buffer.baseAddress else { preconditionFailure("never empty") }
            return unsafe body(base)
        }
    }
}
