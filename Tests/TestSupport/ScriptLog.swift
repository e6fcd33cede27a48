internal import Synchronization

/// What has become of the connections of a ``ScriptedBackend``.
final class ScriptLog: Sendable {
    private struct Contents {
        var connectionCount = 0
        var endedCount = 0
        var failures: [String] = []
    }

    private let contents = Mutex(Contents())

    func connected() { contents.withLock { $0.connectionCount += 1 } }
    func ended() { contents.withLock { $0.endedCount += 1 } }
    func failed(_ error: any Error) { contents.withLock { $0.failures.append("\(error)") } }

    var connectionCount: Int { contents.withLock { $0.connectionCount } }
    var endedCount: Int { contents.withLock { $0.endedCount } }
    var failures: [String] { contents.withLock { $0.failures } }
}
