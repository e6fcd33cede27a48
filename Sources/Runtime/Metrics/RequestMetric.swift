/// How requests of a route are told apart: by method and by class of status.
enum RequestMetric {
    static let statusCount = 6
    static let methodNames: [StaticString] = [
        "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "other",
    ]
    /// `none`: the client left before there was a status.
    static let statusNames: [StaticString] = ["none", "1xx", "2xx", "3xx", "4xx", "5xx"]

    @inline(always)
    static func index(_ method: Method, status: UInt16) -> Int {
        let statusClass = Int(status) / 100
        return methodIndex(method) * statusCount + (statusClass < statusCount ? statusClass : 0)
    }

    @inline(always)
    private static func methodIndex(_ method: Method) -> Int {
        switch method {
        case .get: 0
        case .head: 1
        case .post: 2
        case .put: 3
        case .patch: 4
        case .delete: 5
        case .options: 6
        case .trace, .connect, .other: 7
        }
    }
}
