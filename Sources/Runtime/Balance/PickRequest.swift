/// What a choice of an endpoint depends on besides the endpoints.
package struct PickRequest: BitwiseCopyable, Sendable {
    package var now: MonotonicMilliseconds
    package var nowMicroseconds: UInt64
    /// Of what the request is spread by; only for strategies that hash.
    package var hash: UInt64 = 0
    /// The endpoint that the client's cookie names; `.max` if none.
    package var preferred: UInt32 = .max
    /// The cookie is to be given anew.
    package var renewsCookie = false
    /// Rather nobody than an endpoint that has failed it, can't be reached in time or is out.
    package var onlyWell = false
    /// An endpoint of the service has failed it.
    package var hasFailed = false
    /// By its connection: rather one that is ejected than that one again. Who has answered, if only with a failure,
    /// is more likely to do better the next time.
    package var hasLostConnection = false
    /// Where it has been sent already, or found no place.
    package var tried = TriedEndpoints()

    package init(now: MonotonicMilliseconds, nowMicroseconds: UInt64) {
        self.now = now
        self.nowMicroseconds = nowMicroseconds
    }
}
