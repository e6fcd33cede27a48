/// Counters of the whole server, for tests that look for leaks.
struct Statistics: Equatable {
    var connectionsAccepted: UInt64 = 0
    var connectionsOpen: UInt64 = 0
    var requests: UInt64 = 0

    var json: String {
        "{\"connections_accepted\":\(connectionsAccepted),"
            + "\"connections_open\":\(connectionsOpen),\"requests\":\(requests)}\n"
    }
}
