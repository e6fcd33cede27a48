internal import Glibc

/// What a caller of the admin listener has to know: the content of `--admin-token-file`.
package struct AdminToken: Sendable {
    private let bytes: [UInt8]

    /// - Returns: nil if it is too short, too long or not one word of visible ASCII.
    package init?(_ bytes: [UInt8]) {
        guard bytes.count >= AdminLimits.tokenBytesMin, bytes.count <= AdminLimits.tokenBytesMax,
            bytes.allSatisfy({ $0 > 0x20 && $0 < 0x7F })
        else { return nil }
        self.bytes = bytes
    }

    /// Reads the token from the first line of a file.
    ///
    /// - Parameter pipeMilliseconds: How long a pipe may take until the token is in it.
    package init(path: String, pipeMilliseconds: Int32 = 5_000) throws(StartupError) {
        // SAFETY: the call reads the path, which outlives it. Not blocking: it may name a pipe.
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
        guard descriptor >= 0 else {
            throw StartupError("\(path): \(SystemError.last(.open).description)")
        }
        defer { close(descriptor) }
        var watched = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        // SAFETY: one record, as said. What is in a file is there at once.
        guard unsafe poll(&watched, 1, pipeMilliseconds) != 0 else {
            throw StartupError("\(path): is a pipe that nobody writes to")
        }
        var room = [UInt8](repeating: 0, count: AdminLimits.tokenBytesMax + 2)
        // SAFETY: the count is the array's.
        let count = unsafe read(descriptor, &room, room.count)
        guard count >= 0 else {
            throw StartupError("\(path): \(SystemError.last(.read).description)")
        }
        var line = room[..<count]
        while let last = line.last, last == UInt8(ascii: "\n") || last == UInt8(ascii: "\r") {
            line.removeLast()
        }
        guard let token = AdminToken(Array(line)) else {
            throw StartupError(
                "\(path): the admin token is one word of \(AdminLimits.tokenBytesMin) to"
                    + " \(AdminLimits.tokenBytesMax) visible ASCII characters, such as what"
                    + " `openssl rand -hex 32` prints")
        }
        self = token
    }

    /// Whether `presented` is the token. The time it takes does not depend on where the two differ.
    package func matches(_ presented: RawSpan) -> Bool {
        guard presented.byteCount == bytes.count else { return false }
        var difference: UInt8 = 0
        for index in 0..<bytes.count { difference |= bytes[index] ^ presented.octet(at: index) }
        return difference == 0
    }
}
