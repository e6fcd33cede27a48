import Glibc

/// Finds wsproxy and becomes it.
enum ProxyProgram {
    /// Replaces this process. Returns only if that failed, with the reason.
    ///
    /// The wsproxy beside this program comes first: they are built together. Then the PATH.
    static func become(arguments: [String]) -> CommandFailure {
        let sibling = ownFolder.map { $0 + "/wsproxy" }
        // SAFETY: the call reads the terminated path.
        if let sibling, unsafe access(sibling, X_OK) == 0 {
            exec(sibling, arguments)
        } else {
            exec("wsproxy", arguments)
        }
        return CommandFailure.file(sibling ?? "wsproxy", "run", code: errno)
    }

    /// The folder of the running program, or nil where the system does not tell.
    private static var ownFolder: String? {
        var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
        // SAFETY: readlink writes at most as many bytes as it is told, without a terminator.
        let count = unsafe readlink("/proc/self/exe", &buffer, buffer.count)
        guard count > 0, count < buffer.count else { return nil }
        let path = String(
            decoding: buffer[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
        return path.lastIndex(of: "/").map { String(path[..<$0]) }
    }

    private static func exec(_ program: String, _ arguments: [String]) {
        // SAFETY: strdup's copies live until the process image is replaced, or until it ends soon
        // after.
        var words = unsafe ([program] + arguments).map { unsafe strdup($0) } + [nil]
        // SAFETY: the vector ends with nil, as execvp wants it.
        _ = unsafe execvp(program, &words)
    }
}
