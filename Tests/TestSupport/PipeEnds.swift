internal import Foundation

/// Two connected sockets that serve as a pipe. Closed when the value goes away.
///
/// Children inherit neither by chance: Glibc's module has no `pipe2`, but sockets can be made that way.
final class PipeEnds: Sendable {
    let reading: Int32
    let writing: Int32
    private let writingIsOpen = LockedFlag(true)

    init() throws {
        var numbers: [Int32] = [-1, -1]
        // SAFETY: the system writes two descriptors.
        guard
            unsafe socketpair(
                AF_UNIX, CloseOnExec.stream, 0, &numbers) == 0
        else {
            throw TestSupportError("no pipe can be made")
        }
        reading = numbers[0]
        writing = numbers[1]
    }

    deinit {
        close(reading)
        closeWriting()
    }

    func closeWriting() {
        if writingIsOpen.exchange(false) { close(writing) }
    }

    func write(_ bytes: [UInt8]) {
        // SAFETY: the count is that of the bytes.
        _ = unsafe Foundation.write(writing, bytes, bytes.count)
    }

    /// Waits for bytes.
    ///
    /// - Returns: `nil` at the end.
    func read() -> [UInt8]? {
        var room = [UInt8](repeating: 0, count: 64 * 1024)
        while true {
            // SAFETY: the system writes at most the given number of bytes.
            let count = unsafe Foundation.read(reading, &room, room.count)
            if count > 0 { return Array(room[..<count]) }
            if count == 0 || errno != EINTR { return nil }
        }
    }
}
