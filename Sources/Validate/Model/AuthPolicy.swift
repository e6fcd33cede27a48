/// `config` of a middleware of type `auth`. At least one of the three ways is given.
package struct AuthPolicy: Equatable, Sendable {
    /// `jwt`, or `jwt_secret` alone.
    package struct JWT: Equatable, Sendable {
        /// Names of RFC 7518, such as `HS256`. Not empty.
        package var algorithms: [String] = []
        package var secret: Secret?
        /// PEM file, read by wsproxy.
        package var publicKey: String?
        /// JSON Web Key Set, read by wsproxy.
        package var jwksFile: String?
        package var issuer: String?
        package var audience: [String] = []
        package var leewayMilliseconds: UInt32 = 0

        package init() {}
    }

    /// `forward_auth`: another service is asked.
    package struct Forward: Equatable, Sendable {
        package var url: Located<UpstreamURL>
        /// Names of headers, lower case, that its answer adds to the request.
        package var headers: [String]

        package init(url: Located<UpstreamURL>, headers: [String]) {
            self.url = url
            self.headers = headers
        }
    }

    package var jwt: JWT?
    /// One of them must be among the roles of the token; empty for no demand.
    package var roles: [String] = []
    package var rolesClaim = "roles"
    /// Where the token is looked for, in order. A `header` without a name is Authorization.
    package var tokenSources: [RequestKey] = [.header("authorization")]
    package var forward: Forward?
    /// `basic.users_file`, read by wsproxy.
    package var usersFile: String?
    /// `expired_close_code`; nil for 1008.
    package var expiredCloseCode: UInt16?

    package init() {}
}
