/// What a request says about where it should go at one service: kept for when its head is no longer at hand.
struct ServiceSpread: BitwiseCopyable {
    /// `.max`: of none.
    var service: UInt32 = .max
    /// The endpoint that the client's cookie names; `.max` if none.
    var preferred: UInt32 = .max
    /// Of what the request is spread by.
    var hash: UInt64 = 0
    /// The cookie is to be given anew.
    var renewsCookie = false

    init() {}

    init(_ request: PickRequest, at service: UInt32) {
        self.service = service
        preferred = request.preferred
        hash = request.hash
        renewsCookie = request.renewsCookie
    }
}
