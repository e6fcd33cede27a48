/// A host rule as the table holds it, for people.
struct HostDescription {
    /// As it was written.
    var pattern: String
    /// The listener port that it is for; nil for all.
    var port: UInt16?
    var place: Explanation.Place
    var isDeclaredOrder: Bool
    /// The service that takes what no route takes.
    var target: String?
    /// Middlewares of requests that go to the target, in the order in which they run.
    var middlewares: [String]
    /// The routes, best first.
    var routes: Range<Int>
}
