/// `load_balancer.session_affinity`
package struct SessionAffinity: Equatable, Sendable {
    package var cookieName: String
    package var timeoutMilliseconds: UInt32

    package init(cookieName: String, timeoutMilliseconds: UInt32) {
        self.cookieName = cookieName
        self.timeoutMilliseconds = timeoutMilliseconds
    }
}
