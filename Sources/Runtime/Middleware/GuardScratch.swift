import RouteTable

/// What the guards of one request have asked for so far. Belongs to a worker and is used for each request anew.
struct GuardScratch: ~Copyable {
    /// Changes to the head that goes to the upstream: see ``FieldChange``.
    var requestChanges = ByteWriter(capacity: Limits.fieldChangeBytesMax)
    /// Changes to the head of the answer, whoever gives it.
    var answerChanges = ByteWriter(capacity: Limits.fieldChangeBytesMax)
    /// One value while it is put together.
    var value = ByteWriter(capacity: Limits.fieldChangeBytesMax)
    /// Field lines on their way into a head, or an answer that was made here with other fields.
    var spare = ByteWriter(capacity: Limits.writerBytes)
    var claims = ClaimValues()
    /// The service in the place of the one that the route names.
    var service: ServiceIndex?
    /// When what lets the client in has run out.
    var expires = TokenExpiry.never
    /// Whether the client has offered the subprotocol `bearer` with a token behind it.
    var answersBearer = false
    /// Where the request is in its program: the step behind the one that is taken.
    var program = GuardProgram.empty
    var next: UInt32 = 0
    /// For a request that brings none of its own.
    var requestID: RequestIdentifier?

    /// Begins with another request.
    mutating func begin() {
        requestChanges.clear()
        answerChanges.clear()
        claims.removeAll()
        service = nil
        expires = .never
        requestID = nil
        answersBearer = false
    }

    /// Whether guards have asked for more than there is room for.
    mutating func isOverflowed() -> Bool {
        requestChanges.isOverflowed || answerChanges.isOverflowed
    }
}
