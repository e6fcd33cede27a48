/// The `match` of a route. Everything that is given must hold.
package struct MatchConditions: Sendable {
    /// What the `protocol` of a match distinguishes.
    package enum RequestKind: UInt8, Sendable { case http = 0, sse = 1, webSocket = 2 }

    /// What one header, query parameter or cookie must be.
    package struct ValueCondition: Sendable {
        package var name: String
        package var test: ValueTest

        package init(name: String, test: ValueTest) {
            self.name = name
            self.test = test
        }
    }

    /// How a value is compared.
    package enum ValueTest: Hashable, Sendable {
        case equals(String)
        case regex(source: String, ignoresCase: Bool)
    }

    package var requestKind: RequestKind?
    /// Upper case, unique, sorted. Empty: all.
    package var methods: [String] = []
    /// In the order of the source. Header names are lower case and unique.
    package var headers: [ValueCondition] = []
    package var query: [ValueCondition] = []
    package var cookies: [ValueCondition] = []
    /// One of them must contain the client. Empty: all.
    package var clientAddresses: [AddressRange] = []

    package init() {}

    /// How many conditions there are; more win over fewer among routes of equal rank.
    /// `methods` and `client_ip` count as one each.
    package var count: Int {
        (requestKind == nil ? 0 : 1) + (methods.isEmpty ? 0 : 1) + headers.count + query.count
            + cookies.count + (clientAddresses.isEmpty ? 0 : 1)
    }
}
